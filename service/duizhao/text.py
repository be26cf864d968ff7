"""Small text helpers that every stage shares: spans in, spans or strings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from duizhao.types.pages import Field, Span

CLOSERS = "”’》」』）)】〉"
SENTENCE_END = re.compile(rf"[。！？!?…]+[{CLOSERS}]*")


def visible(text: str) -> int:
    """Number of characters that are not white space."""
    return sum(not c.isspace() for c in text)


def strip_span(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends (empty at `start` if nothing is left)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Sentences of a stretch of text, ends stripped of white space.

    A sentence ends after 。！？… and the closing marks that follow, or at a newline. A tail without a stop
    is a sentence too. Together the spans hold every non-space character.
    """
    end = len(text) if end is None else end
    for line_start, line_end in _lines(text, start, end):
        at = line_start
        for match in SENTENCE_END.finditer(text, line_start, line_end):
            yield from _nonempty(strip_span(text, at, match.end()))
            at = match.end()
        yield from _nonempty(strip_span(text, at, line_end))


def field_of(text: str, spans: Iterable[tuple[int, int]], *, inline: bool = False) -> Field:
    """The field made of these slices of a page text: one character for one, newlines shown as spaces."""
    kept = tuple(Span(s, e) for s, e in spans if s < e)
    return Field("".join(text[s:e] for s, e in kept).replace("\n", " "), kept, inline)


def page_spans(field: Field, start: int, end: int) -> tuple[Span, ...]:
    """Where the characters `start:end` of a field's text stand on the page."""
    found, at = [], 0
    for s, e in field.spans:
        low, high = max(start - at, 0), min(end - at, e - s)
        if low < high:
            found.append(Span(s + low, s + high))
        at += e - s
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield Span(at, stop)
        at = stop + 1


def _nonempty(span: Span) -> Iterator[Span]:
    if span.start < span.end:
        yield span
