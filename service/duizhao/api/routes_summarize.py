"""POST /v1/summarize: a text in; its summary out, as JSON or sentence by sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import Response

from duizhao import pipeline
from duizhao.api import examples, logs
from duizhao.api.answers import SummaryOut
from duizhao.api.bodies import require_json
from duizhao.api.errors import problem_of, request_id
from duizhao.api.schemas import SummarizeIn
from duizhao.api.service import Its, Service, in_thread
from duizhao.api.summaries import alone, batch, stored_document
from duizhao.api.waiting import pings
from duizhao.api.worker import Job
from duizhao.errors import TooLarge
from duizhao.exporters import json
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import LENGTHS, Length, Summary

router = APIRouter(prefix="/v1", tags=["work"], dependencies=[Depends(require_json)])
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the summary; with `Accept: text/event-stream` the events sentence ..., then summary or error",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": examples.EVENTS}},
    }
}


@router.post(
    "/summarize",
    summary="Summarize a text",
    response_model=SummaryOut,
    response_model_exclude_none=True,
    responses=STREAM,
)
async def summarize(request: Request, body: SummarizeIn, its: Its) -> Response:
    """Summarize a text in four lengths: headline, brief, summary, long.

    Every sentence names the spans of the text that it is made of. With `Accept: text/event-stream` each sentence
    of the longest summary is an event of its own, sent once it has passed the check against the source; the last
    event is the whole summary, or the problem details of what went wrong.
    """
    its.engine.check_model("summarizer", body.model)
    document = await in_thread(stored_document, its.database, body.id or "") if body.is_stored else body.document()
    if len(document.text) > its.settings.max_request_characters:
        raise TooLarge(f"The text is longer than {its.settings.max_request_characters} characters; split it.")
    lengths: tuple[Length, ...] = (body.length,) if body.length else LENGTHS
    together = batch(its.engine, its.metrics, document, body.model, lengths, body.max_chars)
    if "text/event-stream" in request.headers.get("accept", ""):
        job = its.worker.submit(lambda _: alone(together), together)
        return EventSourceResponse(_events(its, job, body, document, request_id(request.scope)))
    made = await its.answer(request, lambda _: alone(together), together)
    return Response(json.dumps(_value(made, body, document), indent=None), media_type="application/json")


def _value(made: Summary | Failure, body: SummarizeIn, document: Document) -> dict[str, Any]:
    if isinstance(made, Failure):
        raise pipeline.refused(made)
    return json.summary(made, text=document.text if body.with_text else None)


async def _events(
    its: Service, job: Job[Summary | Failure], body: SummarizeIn, document: Document, name: str
) -> AsyncIterator[bytes]:
    try:
        async for _ in pings(job, its.worker, its.settings.request_seconds):
            yield KEEPALIVE_COMMENT
        value = _value(job.future.result(), body, document)
    except Exception as error:
        problem = problem_of(error)
        if problem.kind == "internal-error":
            logs.failure("event stream", error)
        yield format_sse_event(event="error", data_str=json.dumps(problem.body(name), indent=None))
        return
    for index, sentence in enumerate(value["sentences"]):
        event = json.dumps({"index": index, **sentence}, indent=None)
        yield format_sse_event(event="sentence", id=str(index), data_str=event)
    yield format_sse_event(event="summary", data_str=json.dumps(value, indent=None))
