"""Digests and other long work: pages in, a job out; jobs listed, watched, read, cancelled, retried."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples_stored as examples
from duizhao.api.answers_stored import JobOut, JobsOut
from duizhao.api.bodies import digest_inputs
from duizhao.api.errors import request_id
from duizhao.api.job_events import progress
from duizhao.api.job_views import accepted, owner_of, shown
from duizhao.api.paging import Cursor, Limit, cursor_of, place
from duizhao.api.service import Its, Who, in_thread
from duizhao.jobs import MEDIA_TYPES, Options, ResultFormat, State

router = APIRouter(prefix="/v1", tags=["jobs"])
JobId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
# what a cursor of the list holds
AGE = r"[0-9a-f]{12}-[0-9a-f]{16}"
FILES = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": FILES | {"description": "pages: text, PDF, docx, html, zip, JSONL"}},
                }
            },
            "application/x-ndjson": {"schema": {"type": "string", "minLength": 2}, "example": examples.RECORDS},
            "application/zip": {"schema": {"type": "string", "format": "binary"}},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
        },
    }
}
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the events progress ..., then end; each has an id",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": examples.PROGRESS}},
    }
}
SHOWN: dict[str, dict[str, Any]] = {"md": {"example": examples.DIGEST_MD}}
FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the result",
        "content": {
            kind.partition(";")[0]: {"schema": {} if form == "json" else {"type": "string"}, **SHOWN.get(form, {})}
            for form, kind in MEDIA_TYPES.items()
        },
    }
}
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"headers": {"Location": {"description": "where the job is", "schema": {"type": "string"}}}}
}


@router.post(
    "/digests",
    summary="Make a digest of pages",
    status_code=202,
    response_model=JobOut,
    responses=ACCEPTED,
    openapi_extra=BODY,
)
async def digest(
    request: Request,
    its: Its,
    who: Who,
    model: Annotated[str | None, Query(pattern=r"^[a-z0-9_]{1,40}$", description="a summarizer")] = None,
    title: Annotated[str | None, Query(min_length=1, max_length=100, description="title of the digest")] = None,
) -> Response:
    """Queue a digest over pages: text, PDF, docx, html, zip archives of them, JSONL of texts or batch requests.

    The answer is a job; `duizhao worker` does it. With an `Idempotency-Key` the same request again gives the same
    job; the same key with other pages is refused. Pages that were digested before cost nothing again.
    """
    its.engine.check_model("summarizer", model)
    inputs = await digest_inputs(request, its.settings)
    key = request.headers.get("idempotency-key")
    job, _ = await in_thread(
        its.jobs.digests.submit, inputs, owner=who.owner, idempotency_key=key, options=Options(model=model, title=title)
    )
    return accepted(job)


@router.get("/jobs", summary="List the jobs")
async def jobs(its: Its, who: Who, state: State | None = None, limit: Limit = 50, cursor: Cursor = None) -> JobsOut:
    """The jobs of the key (all of them for an admin), digests and comparisons, the newest first."""
    after = place(cursor, AGE)
    found = await in_thread(its.jobs.list, owner=owner_of(who), state=state, limit=limit, after=after)
    return JobsOut(jobs=[shown(job) for job in found.jobs], next=found.after and cursor_of(found.after))


@router.get("/jobs/{job_id}", summary="Read a job")
async def job(job_id: JobId, its: Its, who: Who) -> JobOut:
    """How far the job is, and what did not work."""
    return shown(await in_thread(its.jobs.get, job_id, owner=owner_of(who)))


@router.get("/jobs/{job_id}/events", summary="Watch a job", responses=EVENTS, response_class=Response)
async def events(request: Request, job_id: JobId, its: Its, who: Who) -> Response:
    """The progress of the job as server-sent events, until it is over.

    Each event has an id; a client that comes back with `Last-Event-ID` gets no event twice.
    """
    owner = owner_of(who)
    await in_thread(its.jobs.get, job_id, owner=owner)
    last = request.headers.get("last-event-id", "")
    stream = progress(lambda: its.jobs.get(job_id, owner=owner), last, request_id(request.scope))
    return EventSourceResponse(stream)


@router.get("/jobs/{job_id}/result", summary="Read the result of a job", responses=FORMS)
async def result(
    job_id: JobId,
    its: Its,
    who: Who,
    format: Annotated[ResultFormat, Query(description="json, md, html, docx, xlsx")] = "json",
) -> Response:
    """What the job has made, once it is done."""
    content = await in_thread(its.jobs.result, job_id, format, owner=owner_of(who))
    headers = {} if format == "json" else {"Content-Disposition": f'attachment; filename="{job_id}.{format}"'}
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)


@router.delete("/jobs/{job_id}", summary="Cancel a job")
async def cancel(job_id: JobId, its: Its, who: Who) -> JobOut:
    """End the job; one that is over stays as it is."""
    return shown(await in_thread(its.jobs.cancel, job_id, owner=owner_of(who)))


@router.post("/jobs/{job_id}/retry", summary="Retry a job", status_code=202, response_model=JobOut, responses=ACCEPTED)
async def retry(job_id: JobId, its: Its, who: Who) -> Response:
    """Queue a job that is over again: its failed pages and articles, and pages that were not reached.

    What is finished is not done again. `409` while the job waits or runs, and when it was run as often as the settings
    allow; a comparison that is done stays as it is.
    """
    job = await in_thread(its.jobs.retry, job_id, owner=owner_of(who))
    its.runner.wake()
    return accepted(job)
