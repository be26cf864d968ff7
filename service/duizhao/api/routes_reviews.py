"""Reviewers' verdicts on alignments: kept and listed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query

from duizhao.api import examples_stored as examples
from duizhao.api.answers_stored import ReviewOut, ReviewsOut
from duizhao.api.bodies import require_json
from duizhao.api.paging import Cursor, Limit, cursor_of, place
from duizhao.api.schemas_stored import ReviewIn
from duizhao.api.service import Its, Service, Who, in_thread
from duizhao.stores.database import moment
from duizhao.stores.reviews import Review, add_review, list_reviews

router = APIRouter(prefix="/v1/reviews", tags=["kept"])
Hash = Annotated[str | None, Query(pattern=r"^[0-9a-f]{64}$", description="only verdicts on this unit")]
EXAMPLE: Any = {"accept": {"summary": "a link that holds", "value": examples.REVIEW_IN}}


@router.post("", summary="Review an alignment", status_code=201, dependencies=[Depends(require_json)])
async def add(body: Annotated[ReviewIn, Body(openapi_examples=EXAMPLE)], its: Its, who: Who) -> ReviewOut:
    """Keep a verdict on a pair of units. It holds for the same two texts in any comparison."""
    made = Review(body.central.name, body.local.name, body.verdict, body.relation, body.note, who.name, moment())
    await in_thread(add_review, its.database, made)
    return _shown(made)


@router.get("", summary="List the reviews")
async def reviews(
    its: Its, limit: Limit = 50, cursor: Cursor = None, central: Hash = None, local: Hash = None
) -> ReviewsOut:
    """Verdicts in the order they came; the last one on a pair counts."""
    return await in_thread(_list, its, limit, cursor, central, local)


def _list(its: Service, limit: int, given: str | None, central: str | None, local: str | None) -> ReviewsOut:
    rows = list_reviews(its.database, limit + 1, place(given, r"\d{1,18}"), central=central, local=local)
    more = len(rows) > limit
    return ReviewsOut(
        reviews=[_shown(r) for r, _ in rows[:limit]], next=cursor_of(rows[limit - 1][1]) if more else None
    )


def _shown(r: Review) -> ReviewOut:
    return ReviewOut(**{name: getattr(r, name) for name in ReviewOut.model_fields})
