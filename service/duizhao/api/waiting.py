"""A job of the worker and its request in; the result out, or a problem when it takes too long or nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from starlette.requests import Request

from duizhao.api.errors import Problem
from duizhao.api.worker import Job, Ticket, Together, Worker

T = TypeVar("T")
PING_SECONDS = 10.0


async def answer(
    request: Request,
    worker: Worker,
    seconds: float,
    work: Callable[[Ticket], T],
    together: Together | None = None,
) -> T:
    """Let the worker do the work and wait for it.

    Raises:
        Problem: 503 when the queue is full or its turn did not come within `seconds`, 504 when the work itself
            did not end in time, 499 when the client went away. The job is abandoned in each case.
    """
    job = worker.submit(work, together)
    gone = asyncio.create_task(_until_gone(request))
    done = asyncio.wrap_future(job.future)
    try:
        waited: set[asyncio.Future[Any]] = {done, gone}
        await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if done.done():
            return done.result()
        raise (
            Problem("client-gone", "The client closed the connection.") if gone.done() else _late(job, worker, seconds)
        )
    finally:
        gone.cancel()
        done.cancel()
        worker.abandon(job)


async def pings(job: Job[T], worker: Worker, seconds: float) -> AsyncIterator[None]:
    """Yield from time to time until the job is done; raise a problem when it takes too long."""
    done = asyncio.wrap_future(job.future)
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    try:
        while not done.done():
            await asyncio.wait({done}, timeout=max(0.0, min(PING_SECONDS, end - loop.time())))
            if not done.done():
                if loop.time() >= end:
                    raise _late(job, worker, seconds)
                yield
        done.result()
    finally:
        done.cancel()
        worker.abandon(job)


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _late(job: Job[T], worker: Worker, seconds: float) -> Problem:
    if job.started:
        return Problem("time-out", f"The work was not done within {seconds:g} seconds; send less at a time.")
    detail = f"The turn of this request did not come within {seconds:g} seconds; try again later."
    return Problem("busy", detail, retry_after=worker.retry_after())
