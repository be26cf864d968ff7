"""A text in; its paragraphs out, lines that a column, a screen or a page end has broken joined again."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.compare.clauses import ENUMERATOR
from duizhao.text import SENTENCE_END, is_folio, strip_span
from duizhao.types.pages import Span

LONGEST_HEADING = 40
# A text is taken for one set in a measure when at least this share of at least this many lines is full
FULL_SHARE, FEWEST_LINES, WIDEST = 0.5, 6, 60
REPEATED = 3  # times that a short line beside page numbers comes back before it is taken for the head of the pages

_STOPS = re.compile(rf"(?:{SENTENCE_END.pattern}|[；;：:，,、])\s*$")
_SENTENCE_STOP = re.compile(rf"{SENTENCE_END.pattern}\s*$")
_PART_STOP = re.compile(rf"(?:{SENTENCE_END.pattern}|[；;：:])\s*$")
_ITEM = re.compile("[一二三四五六七八九十]{1,3}是")  # 一是 opens a sentence, 一、 may be a heading


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text without white space at its ends."""

    start: int
    end: int
    heading: bool = False


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Paragraphs in the order of the text. A short line without a stop is a heading where other lines have stops.

    The number of a page is a heading too, but for one inside a paragraph that goes on below it.
    """
    lines = [span for span in _lines(text) if span.start < span.end]
    feet = _feet(text, lines)
    stops = any(_STOPS.search(text[max(start, end - 4) : end]) for start, end in lines)
    between = deque(lines[n] for n in feet)
    for start, end in _joined(text, lines, feet):
        while between and between[0].start < start:
            yield Paragraph(*between.popleft(), heading=True)
        while between and between[0].start < end:
            between.popleft()
        yield Paragraph(start, end, heading=stops and _is_heading(text[start:end]))
    yield from (Paragraph(*foot, heading=True) for foot in between)


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield strip_span(text, at, at + len(line))
        at += len(line)


def _feet(text: str, lines: list[Span]) -> list[int]:
    """The lines that number a page, and the short ones beside them that come back on page after page."""
    numbers = [n for n, (start, end) in enumerate(lines) if is_folio(text[start:end])]
    near = {n: text[slice(*lines[n])] for number in numbers for n in (number - 1, number + 1) if 0 <= n < len(lines)}
    times = Counter(said for said in near.values() if len(said) <= LONGEST_HEADING and not _STOPS.search(said))
    return sorted({*numbers, *(n for n, said in near.items() if times[said] >= REPEATED)})


def _joined(text: str, lines: list[Span], feet: list[int]) -> Iterator[Span]:
    """Lines but for the feet of pages, put together: in a text set in a measure a full line that ends no sentence.

    Where lines are paragraphs, one that a page end has cut goes on below the foot.
    """
    passed = set(feet)
    body = [n for n in range(len(lines)) if n not in passed]
    measure = _measure([lines[n] for n in body])
    start: int | None = None
    begun = False
    for n, following in zip(body, (*body[1:], len(lines)), strict=False):
        said = text[slice(*lines[n])]
        start = lines[n].start if start is None else start
        begun = begun or re.search("[，。；！？]", said) is not None
        if measure is not None:
            goes_on = len(said) >= measure - 2 and not _SENTENCE_STOP.search(said[-4:])
        else:  # a foot lies between
            goes_on = begun and n + 1 < following < len(lines) and _half(said, text[slice(*lines[following])])
        if not goes_on or n == body[-1]:
            yield Span(start, lines[n].end)
            start = None


def _half(said: str, following: str) -> bool:
    """Whether the last line of a page and the first one of the next are one sentence; the title comes before any."""
    heading = ENUMERATOR.match(said) and not _ITEM.match(said) and _is_heading(said)
    return not (_PART_STOP.search(said) or heading or ENUMERATOR.match(following))


def _measure(lines: list[Span]) -> int | None:
    """Characters of a full line, or None where lines are paragraphs."""
    lengths = Counter(end - start for start, end in lines)
    if len(lines) < FEWEST_LINES:
        return None
    common = lengths.most_common(1)[0][0]
    full = sum(count for length, count in lengths.items() if common - 2 <= length <= common + 1)
    return common if common <= WIDEST and full >= FULL_SHARE * len(lines) and common > 8 else None


def _is_heading(line: str) -> bool:
    if len(line) > LONGEST_HEADING or _STOPS.search(line) or SENTENCE_END.search(line):
        return False
    return bool(ENUMERATOR.match(line)) or "，" not in line
