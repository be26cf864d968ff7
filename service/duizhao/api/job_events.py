"""A job that changes in, server-sent events of its progress out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from duizhao.api import logs
from duizhao.api.errors import problem_of
from duizhao.api.job_views import shown
from duizhao.api.service import in_thread
from duizhao.exporters import json
from duizhao.jobs import Job

LOOK_SECONDS = 0.5
# after so many looks without news a comment keeps the connection open
SILENT_LOOKS = 20


async def progress(look: Callable[[], Job], last: str, name: str) -> AsyncIterator[bytes]:
    """An event for each change, until the job is over. `last` is the id of the last event that the client has.

    The id of an event is made of what it tells, so that it is the same from every server and after a restart.
    """
    silent = 0
    try:
        while True:
            job = await in_thread(look)
            event_id = f"{job.attempt}-{job.state}-{job.done}-{job.total}"
            if event_id != last:
                told = json.dumps(shown(job).model_dump(mode="json"), indent=None)
                yield format_sse_event(event="end" if job.over else "progress", id=event_id, data_str=told)
                last, silent = event_id, 0
            if job.over:
                return
            silent += 1
            if silent % SILENT_LOOKS == 0:
                yield KEEPALIVE_COMMENT
            await asyncio.sleep(LOOK_SECONDS)
    except Exception as error:
        problem = problem_of(error)
        if problem.kind == "internal-error":
            logs.failure("job events", error)
        yield format_sse_event(event="error", data_str=json.dumps(problem.body(name), indent=None))
