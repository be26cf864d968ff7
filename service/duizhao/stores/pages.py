"""Segmented pages in, kept under ids that come from their content; the pages out again, until they are deleted."""

from __future__ import annotations

import hashlib
import json as plain_json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Engine, Integer, String, Table, Text, delete, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from duizhao.exporters import json
from duizhao.stores.database import METADATA, moment
from duizhao.stores.page_json import segmented_from
from duizhao.types.articles import SegmentedPage

PAGES = Table(
    "pages",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("source", String(200), nullable=False),
    Column("paper", String(200)),
    Column("date", String(20)),
    Column("articles", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("stored", DateTime, nullable=False, index=True),
    Column("content", Text, nullable=False),
)


class Changed(Exception):
    """Somebody else changed the page in between."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page with its version, which grows by one with each edit."""

    page: SegmentedPage
    version: int
    stored: datetime

    @property
    def etag(self) -> str:
        """What tells this version from all others."""
        return f'"{self.page.page.id}.{self.version}"'


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in a list."""

    id: str
    source: str
    paper: str | None
    date: str | None
    articles: int
    version: int
    stored: datetime


def content_ids(data: bytes, source: str, pages: Sequence[SegmentedPage]) -> list[SegmentedPage]:
    """The pages under ids made of the file's name and bytes, so that the same file twice is the same page."""
    name = hashlib.sha256(source.encode("utf-8", "replace") + b"\0" + data).hexdigest()[:24]
    ids = [f"p{name}" if len(pages) == 1 else f"p{name}-{n}" for n in range(1, len(pages) + 1)]
    return [_named(page, page_id) for page, page_id in zip(pages, ids, strict=True)]


def store_pages(database: Engine, pages: Sequence[SegmentedPage]) -> None:
    """Keep pages; one that is there already stays as it is, with what was edited by hand."""
    for page in pages:
        values = {
            "id": page.page.id,
            "source": page.page.source[:200],
            "paper": page.page.paper and page.page.paper[:200],
            "date": page.page.date and page.page.date[:20],
            "articles": len(page.articles),
            "version": 1,
            "stored": moment(),
            "content": json.dumps(json.segmented(page), indent=None),
        }
        try:
            with database.begin() as connection:
                known = connection.execute(select(PAGES.c.id).where(PAGES.c.id == page.page.id)).first()
                if known is None:
                    connection.execute(insert(PAGES).values(**values))
        except IntegrityError:
            continue  # another request stored the same page at the same moment


def page_of(database: Engine, page_id: str) -> StoredPage | None:
    """A page by its id."""
    with database.connect() as connection:
        row = connection.execute(select(PAGES).where(PAGES.c.id == page_id)).first()
    return StoredPage(segmented_from(plain_json.loads(row.content)), row.version, row.stored) if row else None


def list_pages(database: Engine, count: int, after: tuple[str, str] | None = None) -> list[PageRow]:
    """At most `count` pages, the newest first; `after` is the moment and id of the last one of the list before."""
    wanted = select(*(c for c in PAGES.c if c.name != "content"))
    if after:
        wanted = wanted.where(tuple_(PAGES.c.stored, PAGES.c.id) < tuple_(datetime.fromisoformat(after[0]), after[1]))
    with database.connect() as connection:
        rows = connection.execute(wanted.order_by(PAGES.c.stored.desc(), PAGES.c.id.desc()).limit(count))
        return [PageRow(**row._mapping) for row in rows]


def replace_page(database: Engine, before: StoredPage, page: SegmentedPage) -> StoredPage:
    """Put an edited page in the place of the version that was edited.

    Raises:
        Changed: that version is not the last one any more.
    """
    content, version = json.dumps(json.segmented(page), indent=None), before.version + 1
    with database.begin() as connection:
        same = (PAGES.c.id == page.page.id, PAGES.c.version == before.version)
        values = {"content": content, "version": version, "articles": len(page.articles)}
        if connection.execute(update(PAGES).where(*same).values(**values)).rowcount != 1:
            raise Changed
    return StoredPage(page, version, before.stored)


def delete_page(database: Engine, page_id: str) -> bool:
    """Delete a page with its articles; whether it was there."""
    with database.begin() as connection:
        return connection.execute(delete(PAGES).where(PAGES.c.id == page_id)).rowcount == 1


def delete_older(database: Engine, days: float) -> int:
    """Delete the pages that were stored more than so many days ago; how many."""
    with database.begin() as connection:
        return connection.execute(delete(PAGES).where(PAGES.c.stored < moment() - timedelta(days=days))).rowcount


def _named(page: SegmentedPage, page_id: str) -> SegmentedPage:
    articles = tuple(replace(a, page_id=page_id) for a in page.articles)
    return replace(page, page=replace(page.page, id=page_id), articles=articles)
