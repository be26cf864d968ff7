"""Articles with their summaries in, one digest out: central news first, then by level, failures kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duizhao.types import Article, Digest, DigestEntry, Failure, Level, SegmentedPage, Summary

LEVEL_ORDER: dict[Level | None, int] = {"central": 0, "province": 1, "city": 2, "county": 3, None: 4}


def build_digest(
    pages: Sequence[SegmentedPage],
    summaries: Iterable[tuple[Article, Summary | Failure]],
    themes: dict[tuple[str, str], tuple[str, ...]] | None = None,
) -> Digest:
    """Order the summaries for reading.

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
    page_order = {p.page.id: n for n, p in enumerate(pages)}
    entries.sort(key=lambda e: (page_order.get(e.article.page_id, 0), LEVEL_ORDER[e.article.identity.level]))
    warnings = tuple(f"{p.page.id}: {w}" for p in pages for w in p.warnings)
    return Digest(tuple(p.page for p in pages), tuple(entries), tuple(failures), warnings)
