"""Stored pages and articles: listed, read, edited by hand, deleted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples_stored as examples
from duizhao.api.answers import SegmentedOut
from duizhao.api.answers_stored import PageRowOut, PagesOut, StoredArticleOut
from duizhao.api.bodies import require_json
from duizhao.api.conditions import REVALIDATED, check_match, unchanged
from duizhao.api.errors import Problem
from duizhao.api.paging import Cursor, Limit, cursor_of, place
from duizhao.api.schemas_stored import EditsIn
from duizhao.api.service import Its, Service, in_thread
from duizhao.exporters import json
from duizhao.segmenter.edits import edit
from duizhao.stores.pages import Changed, StoredPage, delete_page, list_pages, page_of, replace_page

router = APIRouter(prefix="/v1", tags=["kept"])
PageId = Annotated[str, Path(pattern=r"^p[0-9a-f]{24}(-[0-9]{1,4})?$", description="`page.id` of /v1/segment")]
ArticleId = Annotated[
    str, Path(pattern=r"^p[0-9a-f]{24}(-[0-9]{1,4})?-a[0-9]{1,6}$", description="id of the page, a hyphen, id on it")
]
AFTER = r"\d{4}-[\d\-T:.]{5,30}\|[p0-9a-f-]{1,40}"
NO_PAGE = "No page is stored under this id."
EDITS: Any = {name: {"summary": name, "value": value} for name, value in examples.EDITS_IN.items()}


@router.get("/pages", summary="List the stored pages")
async def pages(its: Its, limit: Limit = 50, cursor: Cursor = None) -> PagesOut:
    """The stored pages, the newest first."""
    return await in_thread(_list, its, limit, cursor)


@router.get("/pages/{page_id}", summary="Read a stored page", response_model=SegmentedOut)
async def page(request: Request, page_id: PageId, its: Its) -> Response:
    """The page with its articles, as it was segmented or as it was edited since; its ETag names the version."""
    stored = await in_thread(_page, its, page_id)
    return unchanged(request, stored.etag) or _shown(stored)


@router.patch(
    "/pages/{page_id}",
    summary="Edit a stored page by hand",
    response_model=SegmentedOut,
    dependencies=[Depends(require_json)],
)
async def change(
    request: Request, page_id: PageId, body: Annotated[EditsIn, Body(openapi_examples=EDITS)], its: Its
) -> Response:
    """Merge articles, split one, or attach a headline by hand; all operations or none.

    Every character that is not white space still has exactly one owner afterwards: an edit that would break this is
    refused. With `If-Match` only the version that was read is edited.
    """
    stored = await in_thread(_page, its, page_id)
    check_match(request, stored.etag)
    edits = [operation.edit() for operation in body.operations]
    return _shown(await in_thread(_replaced, its, stored, edits))


@router.delete("/pages/{page_id}", summary="Delete a stored page", status_code=204)
async def remove(page_id: PageId, its: Its) -> Response:
    """Delete the page with its articles."""
    if not await in_thread(delete_page, its.database, page_id):
        raise Problem("not-found", NO_PAGE)
    return Response(status_code=204)


@router.get("/articles/{article_id}", summary="Read a stored article", response_model=StoredArticleOut)
async def article(request: Request, article_id: ArticleId, its: Its) -> Response:
    """One article of a stored page; POST /v1/summarize takes its id."""
    page_id, _, name = article_id.rpartition("-")
    stored = await in_thread(_page, its, page_id)
    found = next((a for a in stored.page.articles if a.id == name), None)
    if found is None:
        raise Problem("not-found", "The page has no article of this id.")
    etag = f'"{article_id}.{stored.version}"'
    value = json.article(found) | {"id": article_id, "page": page_id, "title": found.title, "text": found.text}
    return unchanged(request, etag) or _json(value, etag)


def _list(its: Service, limit: int, given: str | None) -> PagesOut:
    after = place(given, AFTER)
    rows = list_pages(its.database, limit + 1, tuple(after.split("|")) if after else None)  # type: ignore[arg-type]
    last = rows[limit - 1] if len(rows) > limit else None
    shown = [PageRowOut(**{name: getattr(r, name) for name in PageRowOut.model_fields}) for r in rows[:limit]]
    return PagesOut(pages=shown, next=cursor_of(f"{last.stored.isoformat()}|{last.id}") if last else None)


def _page(its: Service, page_id: str) -> StoredPage:
    found = page_of(its.database, page_id)
    if found is None:
        raise Problem("not-found", NO_PAGE)
    return found


def _replaced(its: Service, stored: StoredPage, edits: Any) -> StoredPage:
    try:
        return replace_page(its.database, stored, edit(stored.page, edits))
    except Changed:
        raise Problem("precondition-failed", "Somebody else edited the page just now: get it again.") from None


def _shown(stored: StoredPage) -> Response:
    return _json(json.segmented(stored.page), stored.etag)


def _json(value: Any, etag: str) -> Response:
    headers = {"ETag": etag, **REVALIDATED}
    return Response(json.dumps(value, indent=None), media_type="application/json", headers=headers)
