"""The results of one file in, the rows that the result page prints out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Failure
from duizhao.types.summaries import SourcedSentence, Summary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the whole path made of one file.

    `name` is the file that was sent, empty for pasted text; `comparison_note` says why there is no comparison.
    """

    name: str
    pages: tuple[SegmentedPage, ...]
    summaries: tuple[tuple[Article, Summary | Failure], ...]
    comparisons: tuple[Comparison, ...] = ()
    comparison_note: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of an article's text and the numbers of the summary sentences that were made of it.

    `fresh` are the sentences whose first source begins there, so that a link can lead to it.
    """

    text: str
    sentences: tuple[int, ...] = ()
    fresh: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with its summary, and its paragraphs cut at the sources of the summary.

    `key` is its anchor in the result page; `name` is the printed title, or the headline of the summary
    where none was printed.
    """

    key: str
    name: str
    article: Article
    summary: Summary | None
    failure: Failure | None
    paragraphs: tuple[tuple[Stretch, ...], ...]


def article_rows(outcome: Outcome) -> tuple[ArticleRow, ...]:
    """One row an article, in the order of the pages; those without a body have no summary."""
    made = {(article.page_id, article.id): result for article, result in outcome.summaries}
    several = len(outcome.pages) > 1
    return tuple(
        _row(article, made.get((article.page_id, article.id)), f"p{number}-{article.id}" if several else article.id)
        for number, page in enumerate(outcome.pages, 1)
        for article in page.articles
    )


def paragraphs(text: str, sentences: Sequence[SourcedSentence]) -> tuple[tuple[Stretch, ...], ...]:
    """The paragraphs of a text, cut wherever a source begins or ends; only the newlines between them are left out."""
    spans = [(s, min(e, len(text)), n) for n, sentence in enumerate(sentences) for s, e in sentence.sources]
    seen: set[int] = set()
    found, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        near = [(s, e, n) for s, e, n in spans if s < end and e > at]
        cuts = sorted({at, end, *(max(at, s) for s, _, _ in near), *(min(end, e) for _, e, _ in near)})
        cut = []
        for low, high in pairwise(cuts):
            own = tuple(dict.fromkeys(n for s, e, n in near if s <= low and high <= e))
            fresh = tuple(n for n in own if n not in seen)
            seen.update(fresh)
            cut.append(Stretch(text[low:high], own, fresh))
        found.append(tuple(cut))
        at = end + 1
    return tuple(p for p in found if p)


def _row(article: Article, made: Summary | Failure | None, key: str) -> ArticleRow:
    summary = made if isinstance(made, Summary) else None
    failure = made if isinstance(made, Failure) else None
    name = article.title or (summary.texts.get("headline", "") if summary else "")
    sentences = summary.sentences if summary else ()
    return ArticleRow(key, name, article, summary, failure, paragraphs(article.text, sentences))
