"""POST /v1/compare: central and local texts, or one page, in; where they line up out, at once or as a job."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import comparing, examples
from duizhao.api.answers_compare import ComparisonOut, ComparisonsOut, GroupsOut
from duizhao.api.answers_stored import JobOut
from duizhao.api.bodies import require_json
from duizhao.api.errors import Problem
from duizhao.api.job_views import accepted
from duizhao.api.schemas import CompareIn
from duizhao.api.service import Its, Who, in_thread
from duizhao.api.worker import Ticket
from duizhao.exporters import json

router = APIRouter(prefix="/v1", tags=["work"], dependencies=[Depends(require_json)])
EXAMPLES: Any = {
    "texts": {"summary": "local texts against a central one", "value": examples.COMPARE_TEXTS_IN},
    "page": {"summary": "the articles of one page", "value": examples.COMPARE_PAGE_IN},
    "library": {"summary": "a local text against the library", "value": examples.COMPARE_LIBRARY_IN},
}
LATER: dict[int | str, dict[str, Any]] = {
    202: {
        "model": JobOut,
        "description": "the comparison is a job",
        "headers": {
            "Location": {"description": "where the job is", "schema": {"type": "string"}},
            "Preference-Applied": {"description": "respond-async, if it was preferred", "schema": {"type": "string"}},
        },
    }
}


@router.post(
    "/compare",
    summary="Compare local texts with central ones",
    response_model=ComparisonOut | ComparisonsOut | GroupsOut,
    responses=LATER,
)
async def compare(
    request: Request, body: Annotated[CompareIn, Body(openapi_examples=EXAMPLES)], its: Its, who: Who
) -> Response:
    """Show where local texts line up with central ones, with the evidence.

    One central and one local text give a comparison; several local texts share their central one; several central
    texts give a list of comparisons. With `page`, the central articles of the page are set against its local ones;
    with `"central": "library"`, each local text against those of the library that it most likely answers to.
    A large comparison, or one with `Prefer: respond-async`, is a job: 202 and its place.
    """
    its.engine.check_model("embedder", body.model)
    comparing.check(body, its.settings)
    wished = _wants_async(request)
    if wished or comparing.is_large(body, its.settings):
        if not who.may("write"):
            raise Problem(
                "forbidden", "A comparison that is answered later is kept: this needs a key of the scope write."
            )
        job = await in_thread(its.jobs.comparisons.submit, body.model_dump_json(), owner=who.owner)
        its.runner.wake()
        answer = accepted(job)
        if wished:
            answer.headers["Preference-Applied"] = "respond-async"
        return answer

    def work(ticket: Ticket) -> str:
        return json.dumps(comparing.value(comparing.compared(its.engine, body, ticket.check)), indent=None)

    return Response(await its.answer(request, work), media_type="application/json")


def _wants_async(request: Request) -> bool:
    wishes = ",".join(request.headers.getlist("prefer")).lower().split(",")
    return any(wish.partition(";")[0].strip() == "respond-async" for wish in wishes)
