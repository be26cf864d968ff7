"""POST /v1/compare: central and local texts, or one page, in; where they line up out."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples
from duizhao.api.answers_compare import ComparisonOut, ComparisonsOut, GroupsOut
from duizhao.api.bodies import encoded, require_json
from duizhao.api.errors import Problem
from duizhao.api.schemas import CompareIn, ComparePageIn, CompareTextsIn, TextIn
from duizhao.api.service import Its, Service
from duizhao.api.worker import Ticket
from duizhao.documents import dated
from duizhao.errors import TooLarge
from duizhao.exporters import json
from duizhao.settings import Settings
from duizhao.types import Comparison, Document

router = APIRouter(prefix="/v1", tags=["work"], dependencies=[Depends(require_json)])
EXAMPLES: Any = {
    "texts": {"summary": "local texts against a central one", "value": examples.COMPARE_TEXTS_IN},
    "page": {"summary": "the articles of one page", "value": examples.COMPARE_PAGE_IN},
}


@router.post(
    "/compare",
    summary="Compare local texts with central ones",
    response_model=ComparisonOut | ComparisonsOut | GroupsOut,
)
async def compare(request: Request, body: Annotated[CompareIn, Body(openapi_examples=EXAMPLES)], its: Its) -> Response:
    """Show where local texts line up with central ones, with the evidence.

    One central and one local text give a comparison; several local texts share their central one; several central
    texts give a list of comparisons. With `page`, the central articles of the page are set against its local ones.
    """
    its.engine.check_model("embedder", body.model)
    if isinstance(body, ComparePageIn):
        text = await its.answer(request, _page_work(its, body))
    else:
        text = await its.answer(request, _texts_work(its, body))
    return Response(text, media_type="application/json")


def _page_work(its: Service, body: ComparePageIn) -> Any:
    def work(ticket: Ticket) -> str:
        pages = its.engine.segment(encoded(body.page), "page.txt")
        ticket.check()
        found = its.engine.compare_pages([dated(page, body.date) for page in pages], body.model)
        ticket.check()
        value = json.page_comparison(found.groups)
        value["warnings"] = [*value.get("warnings", ()), *found.warnings]
        return json.dumps(value, indent=None)

    return work


def _texts_work(its: Service, body: CompareTextsIn) -> Any:
    if body.central == "library":
        raise Problem("not-available-yet", "The library is not available yet: send the central texts.")
    central, local = _documents(body.central, "central"), _documents(body.local, "local")
    _check(central + local, its.settings)
    its.engine.check_size(len(central) * len(local), sum(len(d.text) for d in central + local))

    def work(ticket: Ticket) -> str:
        identified = [its.engine.identified(d) for d in local]
        groups: list[tuple[Comparison, ...]] = []
        for each in central:
            document = its.engine.identified(each)
            found: list[Comparison] = []
            for other in identified:
                ticket.check()
                found += its.engine.compare(document, [other], body.model)
            groups.append(tuple(found))
        ticket.check()
        value = json.page_comparison(groups)
        return json.dumps({**value, "warnings": value.get("warnings", [])}, indent=None)

    return work


def _documents(texts: list[TextIn], side: str) -> list[Document]:
    return [text.document(f"{side}{n}") for n, text in enumerate(texts, 1)]


def _check(documents: list[Document], settings: Settings) -> None:
    if len(documents) > settings.max_documents:
        raise TooLarge(f"More than {settings.max_documents} texts in one comparison; send fewer at a time.")
    twice = [name for name, n in Counter(d.id for d in documents).items() if n > 1]
    if twice:
        raise Problem("invalid-request", f"Two texts have the same id: {', '.join(twice)}.")
