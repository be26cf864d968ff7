"""The library of central and other texts: added, listed, searched, read, removed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from duizhao.api import examples_stored as examples
from duizhao.api.answers_stored import AddedOut, EntriesOut, EntryOut, EntryTextOut, HitOut, HitsOut
from duizhao.api.bodies import require_json
from duizhao.api.conditions import REVALIDATED, unchanged
from duizhao.api.errors import Problem
from duizhao.api.paging import Cursor, Limit, cursor_of, place
from duizhao.api.schemas import IsoDate
from duizhao.api.schemas_stored import LibraryIn
from duizhao.api.service import Its, Service, in_thread
from duizhao.errors import TooLarge
from duizhao.exporters import json
from duizhao.stores.library import Entry, document_of, entry_of, list_entries, remove_text
from duizhao.stores.library_search import Filter
from duizhao.types.articles import Level

router = APIRouter(prefix="/v1/library", tags=["kept"])
EntryId = Annotated[str, Path(pattern=r"^t[0-9a-f]{16}$")]
NO_TEXT = "The library has no text of this id."
EXAMPLE: Any = {"texts": {"summary": "a central text", "value": examples.LIBRARY_IN}}


@router.post("", summary="Add texts to the library", status_code=201, dependencies=[Depends(require_json)])
async def add(request: Request, body: Annotated[LibraryIn, Body(openapi_examples=EXAMPLE)], its: Its) -> AddedOut:
    """Keep texts with who speaks, at which level, on which themes. A text that is there already stays as it is."""
    documents = [t.document(f"text{n}") for n, t in enumerate(body.texts, 1)]
    if sum(len(d.text) for d in documents) > its.settings.max_request_characters:
        raise TooLarge(f"The texts have more than {its.settings.max_request_characters} characters together.")
    made = await its.answer(request, lambda _: its.engine.add_to_library(documents))
    return AddedOut(entries=[_shown(entry) for entry, _ in made], added=sum(new for _, new in made))


@router.get("", summary="List the library")
async def entries(its: Its, limit: Limit = 50, cursor: Cursor = None) -> EntriesOut:
    """The texts of the library in the order they came, without their words."""
    return await in_thread(_list, its, limit, cursor)


@router.get("/search", summary="Search the library")
async def search(
    request: Request,
    its: Its,
    q: Annotated[str, Query(min_length=1, max_length=500, description="words, or a sentence", examples=["粮食安全"])],
    date_from: Annotated[IsoDate | None, Query(description="not older than this day")] = None,
    date_to: Annotated[IsoDate | None, Query(description="not younger than this day")] = None,
    theme: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_]{1,20}$", description="an id of /v1/themes")] = None,
    level: Level | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HitsOut:
    """The texts that speak of what was asked, by their words and, where an encoder is set, by their meaning."""
    wanted = Filter(date_from, date_to, theme, level)
    hits = await its.answer(request, lambda _: its.engine.search_library(q, wanted, limit))
    return HitsOut(hits=[HitOut(entry=_shown(h.entry), score=h.score, excerpt=h.excerpt) for h in hits])


@router.get("/{entry_id}", summary="Read a text of the library", response_model=EntryTextOut)
async def entry(request: Request, entry_id: EntryId, its: Its) -> Response:
    """The text with what is known of it; it never changes, and neither does its ETag."""
    value = await in_thread(_text, its, entry_id)
    etag = f'"{entry_id}"'
    return unchanged(request, etag) or Response(
        json.dumps(value, indent=None), media_type="application/json", headers={"ETag": etag, **REVALIDATED}
    )


@router.delete("/{entry_id}", summary="Remove a text from the library", status_code=204)
async def remove(entry_id: EntryId, its: Its) -> Response:
    """Take the text out of the library."""
    if not await in_thread(remove_text, its.database, entry_id):
        raise Problem("not-found", NO_TEXT)
    return Response(status_code=204)


def _list(its: Service, limit: int, given: str | None) -> EntriesOut:
    rows = list_entries(its.database, limit + 1, place(given, r"\d{1,18}"))
    more = len(rows) > limit
    shown = [_shown(e) for e, _ in rows[:limit]]
    return EntriesOut(entries=shown, next=cursor_of(rows[limit - 1][1]) if more else None)


def _text(its: Service, entry_id: str) -> dict[str, Any]:
    document, found = document_of(its.database, entry_id), entry_of(its.database, entry_id)
    if document is None or found is None:
        raise Problem("not-found", NO_TEXT)
    return _shown(found).model_dump() | {"text": document.text}


def _shown(e: Entry) -> EntryOut:
    return EntryOut(
        id=e.id,
        title=e.title,
        date=e.date,
        level=e.level,
        issuer=e.issuer,
        themes=list(e.themes),
        characters=e.characters,
    )
