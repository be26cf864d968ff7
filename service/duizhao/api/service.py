"""What every route reaches through the application: settings, engine, worker, kept results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

from fastapi import Depends
from starlette.requests import Request

from duizhao.api.kept import Kept
from duizhao.api.waiting import answer
from duizhao.api.worker import Ticket, Worker
from duizhao.settings import Settings

if TYPE_CHECKING:
    from duizhao.api.engine import Engine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service."""

    settings: Settings
    engine: Engine
    worker: Worker
    kept: Kept

    async def answer(self, request: Request, work: Callable[[Ticket], T]) -> T:
        """Let the worker do the work for this request, within the time limit."""
        return await answer(request, self.worker, self.settings.request_seconds, work)


def service_of(request: Request) -> Service:
    """The service behind a request."""
    return cast("Service", request.app.state.service)


Its = Annotated[Service, Depends(service_of)]
