"""The span invariant at run time: a segmented page in, nothing out, or an error that says what was lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from duizhao.errors import InternalError
from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.pages import Field, Span

# How many characters around the first fault the message shows.
SHOWN = 20


def check_spans(result: SegmentedPage) -> None:
    """Every non-space character of the page lies in exactly one printed field or piece of furniture.

    Raises:
        InternalError: one does not, or a field's text is not what its spans say.
    """
    text = result.page.text
    steps = np.zeros(len(text) + 1, dtype=np.int64)
    spans = [span for article in result.articles for field in printed_fields(article) for span in field.spans]
    spans += [span for piece in result.furniture for span in piece.spans]
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise InternalError(f"page {result.page.id}: the span {start}-{end} lies outside of the page")
        steps[start] += 1
        steps[end] -= 1
    owners = np.cumsum(steps[:-1])
    for at in np.flatnonzero(owners != 1):
        if not text[at].isspace():
            what = "belongs to nothing" if owners[at] == 0 else f"belongs to {owners[at]} fields"
            raise InternalError(f"page {result.page.id}: character {at} {what}: {text[at : at + SHOWN]!r}")
    for article in result.articles:
        for field in every_field(article):
            _check_text(result.page.id, text, field.text, field.spans)
    for piece in result.furniture:
        _check_text(result.page.id, text, piece.text, piece.spans)


def every_field(article: Article) -> Iterator[Field]:
    """All fields of an article that point at the page."""
    single = (
        article.column,
        article.kicker,
        article.headline,
        article.subheadline,
        article.byline,
        article.dateline,
        article.continues_on,
        article.continued_from,
    )
    yield from (field for field in single if field)
    yield from article.captions
    yield from article.paragraphs


def printed_fields(article: Article) -> Iterator[Field]:
    """The fields of an article that own their characters."""
    yield from (field for field in every_field(article) if not field.inline)


def _check_text(page_id: str, text: str, shown: str, spans: tuple[Span, ...]) -> None:
    if shown != "".join(text[s:e] for s, e in spans).replace("\n", " "):
        raise InternalError(f"page {page_id}: the field {shown[:SHOWN]!r} is not what stands at its place")
