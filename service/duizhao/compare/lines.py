"""A text in; its paragraphs out, lines that a column or a screen has broken joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.compare.clauses import ENUMERATOR
from duizhao.text import SENTENCE_END, strip_span
from duizhao.types.pages import Span

LONGEST_HEADING = 40
# A text is taken for one set in a measure when at least this share of at least this many lines is full
FULL_SHARE, FEWEST_LINES, WIDEST = 0.5, 6, 60

_STOPS = re.compile(rf"(?:{SENTENCE_END.pattern}|[；;：:，,、])\s*$")
_SENTENCE_STOP = re.compile(rf"{SENTENCE_END.pattern}\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text without white space at its ends."""

    start: int
    end: int
    heading: bool = False


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs in the order of the text. A short line without a stop is a heading where other lines have stops."""
    lines = [span for span in _lines(text) if span.start < span.end]
    stops = sum(1 for start, end in lines if _STOPS.search(text[max(start, end - 4) : end]))
    for start, end in _joined(text, lines):
        yield Paragraph(start, end, heading=bool(stops) and _is_heading(text[start:end]))


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield strip_span(text, at, at + len(line))
        at += len(line)


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines, those of a text set in a measure put together: a full line that does not end a sentence goes on."""
    measure = _measure(lines)
    start: int | None = None
    for span in lines:
        start = span.start if start is None else start
        full = measure is not None and span.end - span.start >= measure - 2
        if full and not _SENTENCE_STOP.search(text[max(span.start, span.end - 4) : span.end]):
            continue
        yield Span(start, span.end)
        start = None
    if start is not None:
        yield Span(start, lines[-1].end)


def _measure(lines: list[Span]) -> int | None:
    """Characters of a full line, or None where lines are paragraphs."""
    lengths = Counter(end - start for start, end in lines)
    if len(lines) < FEWEST_LINES:
        return None
    common = lengths.most_common(1)[0][0]
    full = sum(count for length, count in lengths.items() if common - 2 <= length <= common + 1)
    return common if common <= WIDEST and full >= FULL_SHARE * len(lines) and common > 8 else None


def _is_heading(line: str) -> bool:
    if len(line) > LONGEST_HEADING or _STOPS.search(line):
        return False
    return bool(ENUMERATOR.match(line)) or "，" not in line
