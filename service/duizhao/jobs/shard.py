"""Pages as they were given in, their articles with summaries out: a function of its arguments alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from pydantic import TypeAdapter

from duizhao import pipeline
from duizhao.documents import articles_of, segment_pages, whole_article
from duizhao.errors import DuizhaoError, InputRefused, InternalError
from duizhao.readers.batch_lines import read_record
from duizhao.settings import Settings
from duizhao.types.articles import SegmentedPage
from duizhao.types.digests import DigestEntry, Failure
from duizhao.types.pages import Page
from duizhao.types.summaries import Summary
from duizhao_models.base import Summarizer

PageKind = Literal["file", "record"]


@dataclass(frozen=True, slots=True)
class PageInput:
    """One page: a file, one `part` of a PDF (counted from 1), or one line of JSON (`record`)."""

    id: str
    source: str
    kind: PageKind
    data: bytes
    part: int | None = None


@dataclass(frozen=True, slots=True)
class PageResult:
    """The page without its lines and pictures, its articles with summaries, and what failed on it."""

    page: Page
    entries: tuple[DigestEntry, ...]
    failures: tuple[Failure, ...] = ()


_RESULT = TypeAdapter(PageResult)


def run_shard(pages: Sequence[PageInput], summarizer: Summarizer, settings: Settings) -> list[PageResult | Failure]:
    """The result of each page in order, or why there is none; no page stops another one."""
    found: list[PageResult | Failure] = []
    for _, group in groupby(pages, key=lambda page: (page.kind, id(page.data), page.part is None)):
        same = list(group)
        cut = _parts(same, settings) if same[0].part is not None else [_whole(page, settings) for page in same]
        for given, page in zip(same, cut, strict=True):
            found.append(page if isinstance(page, Failure) else _digested(given, page, summarizer, settings))
    return found


def encode(result: PageResult) -> bytes:
    """The bytes that are stored."""
    return zlib.compress(_RESULT.dump_json(result), 6)


def decode(data: bytes) -> PageResult:
    """What `encode` was given."""
    return _RESULT.validate_json(zlib.decompress(data))


def named(result: PageResult, page_id: str, source: str) -> PageResult:
    """The result under another name: the same bytes may come back as another file."""
    return PageResult(
        replace(result.page, id=page_id, source=source),
        tuple(
            replace(
                e,
                article=replace(e.article, page_id=page_id),
                summary=replace(e.summary, id=f"{page_id}-{e.article.id}"),
            )
            for e in result.entries
        ),
        tuple(replace(f, subject=source) for f in result.failures),
    )


def _whole(given: PageInput, settings: Settings) -> SegmentedPage | Failure:
    try:
        if given.kind == "record":
            return _of_record(given, settings)
        return next(iter(segment_pages(given.data, given.source, most_characters=settings.max_characters)))
    except DuizhaoError as error:
        return _failure(given, "read", error)
    except Exception as error:  # a fault of the program must not cost the other pages
        return _failure(given, "segment", InternalError(f"{type(error).__name__}"))


def _of_record(given: PageInput, settings: Settings) -> SegmentedPage:
    record = read_record(given.data.decode("utf-8"), 1)
    if not record.is_page:
        return whole_article(record, given.source)
    page = next(iter(segment_pages(record.text.encode(), given.source, most_characters=settings.max_characters)))
    facts = {"paper": record.paper, "date": record.date, "number": record.number}
    told = {k: v for k, v in facts.items() if v is not None}
    return replace(page, page=replace(page.page, **told))  # type: ignore[arg-type]


def _parts(pages: Sequence[PageInput], settings: Settings) -> Iterator[SegmentedPage | Failure]:
    """The parts of one PDF, which is opened once; a page that has no text or is damaged is a failure."""
    wanted = [page.part or 1 for page in pages]
    found: dict[int, SegmentedPage] = {}
    refused: DuizhaoError = InputRefused("the page could not be read")
    try:
        cut = segment_pages(pages[0].data, pages[0].source, only=wanted, most_characters=settings.max_characters)
        found.update(zip(wanted, cut, strict=False))
    except DuizhaoError as error:
        refused = error
    except Exception as error:  # as above
        refused = InternalError(f"{type(error).__name__}")
    for given in pages:
        page = found.get(given.part or 1)
        if not page:
            yield _failure(given, "read", refused)
        elif not page.page.text.strip():
            yield _failure(given, "read", InputRefused(page.page.warnings[0] if page.page.warnings else "no text"))
        else:
            yield page


def _digested(
    given: PageInput, page: SegmentedPage, summarizer: Summarizer, settings: Settings
) -> PageResult | Failure:
    try:
        found = articles_of([page])
        made = pipeline.summarize_documents([d for _, d in found], summarizer, settings)
        themes = pipeline.article_themes([a for a, _ in found], settings)
    except DuizhaoError as error:
        return _failure(given, "summarize", error)
    except Exception as error:  # as above
        return _failure(given, "summarize", InternalError(f"{type(error).__name__}"))
    pairs = list(zip((a for a, _ in found), made, strict=True))
    slim = replace(page.page, lines=(), shapes=(), picture=None, warnings=page.warnings)
    return PageResult(
        slim,
        tuple(DigestEntry(a, s, themes.get((a.page_id, a.id), ())) for a, s in pairs if isinstance(s, Summary)),
        tuple(replace(s, subject=given.source, article=a.id) for a, s in pairs if isinstance(s, Failure)),
    )


def _failure(given: PageInput, stage: str, error: DuizhaoError) -> Failure:
    return Failure(given.id, stage, type(error).__name__, str(error))
