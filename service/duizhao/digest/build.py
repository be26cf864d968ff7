"""Articles with their summaries in, one digest out: reprints merged, central news first, failures kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from duizhao.digest.reprints import reprints
from duizhao.types.articles import Article, Level, SegmentedPage
from duizhao.types.digests import Digest, DigestEntry, Failure, Reprint
from duizhao.types.pages import Page
from duizhao.types.summaries import Summary

LEVEL_ORDER: dict[Level | None, int] = {"central": 0, "province": 1, "city": 2, "county": 3, None: 4}


def build_digest(
    pages: Sequence[SegmentedPage],
    summaries: Iterable[tuple[Article, Summary | Failure]],
    themes: dict[tuple[str, str], tuple[str, ...]] | None = None,
) -> Digest:
    """The digest of pages that were just segmented.

    Args:
        pages: the pages that the articles come from; their warnings are carried on.
        summaries: each article with its summary, or with the failure to summarize it.
        themes: names of themes by (page id, article id).
    """
    entries, failures = [], []
    for article, result in summaries:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            names = (themes or {}).get((article.page_id, article.id), ())
            entries.append(DigestEntry(article, result, names))
    warnings = [f"{p.page.id}: {w}" for p in pages for w in p.warnings]
    return merge([p.page for p in pages], entries, failures, warnings)


def merge(
    pages: Sequence[Page], entries: Sequence[DigestEntry], failures: Sequence[Failure], warnings: Sequence[str]
) -> Digest:
    """The digest of entries from many pages: page after page, on each by level, an article that came again once.

    Of an article and its reprints the longest stands for all; the others are named with it.
    """
    page_order = {page.id: n for n, page in enumerate(pages)}
    ordered = sorted(
        entries, key=lambda e: (page_order.get(e.article.page_id, 0), LEVEL_ORDER[e.article.identity.level])
    )
    kept: list[DigestEntry] = []
    again = reprints(ordered)
    others = {number for group in again.values() for number in group}
    for number, entry in enumerate(ordered):
        if number in others:
            continue
        copies = [ordered[n].article for n in again.get(number, ())]
        kept.append(replace(entry, reprints=tuple(Reprint(a.page_id, a.id, a.title) for a in copies)))
    return Digest(tuple(pages), tuple(kept), tuple(failures), tuple(warnings))
