"""Digests of many pages: articles with summaries and reprints, and what failed."""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.types.articles import Article
from duizhao.types.pages import Page
from duizhao.types.summaries import Summary


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not work: on which subject (a file, page or text), in which stage, of what type, and why.

    `article` is the id of the one article of the page that failed; None where the whole subject did.
    """

    subject: str
    stage: str
    type: str
    detail: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """The same report on another page."""

    page_id: str
    article_id: str
    title: str


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One article of a digest with its summary, the names of its themes, and where else it was printed."""

    article: Article
    summary: Summary
    themes: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Summaries of one or more pages, grouped for reading; failures are kept."""

    pages: tuple[Page, ...]
    entries: tuple[DigestEntry, ...]
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
