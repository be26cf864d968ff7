"""What every route reaches through the application: settings, engine, workers, stores, metrics, kept results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import sqlalchemy
from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from duizhao.api.guard import Caller, caller_of
from duizhao.api.kept import Kept
from duizhao.api.metrics import Metrics
from duizhao.api.runner import Runner
from duizhao.api.waiting import answer
from duizhao.api.worker import Ticket, Together, Worker
from duizhao.jobs import Desk
from duizhao.readers.files import is_pdf
from duizhao.settings import Settings
from duizhao.types.articles import SegmentedPage

if TYPE_CHECKING:
    from duizhao.api.bodies import Upload
    from duizhao.api.engine import Engine

T = TypeVar("T")


@dataclass(frozen=True)
class Service:
    """The parts of a running service. `readers` read PDFs, each in a process of its own, before the models' turn."""

    settings: Settings
    engine: Engine
    worker: Worker
    readers: Worker
    kept: Kept
    metrics: Metrics = field(default_factory=Metrics)

    @property
    def database(self) -> sqlalchemy.Engine:
        """The database of keys, pages, library and jobs."""
        return self.engine.database

    @cached_property
    def jobs(self) -> Desk:
        """The durable jobs."""
        return Desk(self.database, self.settings)

    @cached_property
    def runner(self) -> Runner:
        """What does the comparisons that are answered later."""
        return Runner(self.engine, self.worker)

    async def answer(self, request: Request, work: Callable[[Ticket], T], together: Together | None = None) -> T:
        """Let the models do the work for this request, within the time limit."""
        return await answer(request, self.worker, self.settings.request_seconds, work, together)

    async def segment(self, request: Request, upload: Upload) -> list[SegmentedPage]:
        """The pages of a file as articles."""
        if is_pdf(upload.data):
            read = await answer(
                request,
                self.readers,
                self.settings.request_seconds,
                lambda _: self.engine.read(upload.data, upload.source),
            )
            pages = await self.answer(request, lambda ticket: self.engine.segmented(read, ticket.check))
        else:
            pages = await self.answer(
                request, lambda ticket: self.engine.segment(upload.data, upload.source, ticket.check)
            )
        self.metrics.pages(len(pages))
        return pages


async def in_thread(work: Callable[..., T], *args: Any, **named: Any) -> T:
    """Short work that waits for the database, beside the event loop."""
    return await run_in_threadpool(work, *args, **named)


def service_of(request: Request) -> Service:
    """The service behind a request."""
    return cast("Service", request.app.state.service)


Its = Annotated[Service, Depends(service_of)]
Who = Annotated[Caller, Depends(caller_of)]
