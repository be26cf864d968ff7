"""Printed fields made of slices of the page: spans in, `Field`s out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duizhao.text import field_of
from duizhao.types import Field, Span


def paragraph_field(page_text: str, spans: Sequence[Span]) -> Field:
    """A paragraph without its line breaks, except where they keep two Latin words apart."""
    pieces: list[Span] = []
    for k, span in enumerate(spans):
        pieces.append(span)
        if k + 1 < len(spans) and _latin(page_text, span.end - 1) and _latin(page_text, spans[k + 1].start):
            pieces.extend(_newline(page_text, span.end, spans[k + 1].start))
    return field_of(page_text, _merged(pieces))


def lines_field(page_text: str, spans: Sequence[Span]) -> Field:
    """A headline: each line but the last takes its line break along, which is shown as a space."""
    pieces: list[Span] = []
    for k, span in enumerate(spans):
        pieces.append(span)
        if k + 1 < len(spans) and span.end < spans[k + 1].start:
            pieces.extend(_newline(page_text, span.end, spans[k + 1].start))
    return field_of(page_text, _merged(pieces))


def _latin(page_text: str, at: int) -> bool:
    return page_text[at].isalpha() and page_text[at] < "\u2000"


def _newline(page_text: str, start: int, end: int) -> list[Span]:
    at = page_text.find("\n", start, end)
    return [Span(at, at + 1)] if at >= 0 else []


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged
