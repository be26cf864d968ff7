"""Printed lines with what their layout says: the lines of a `Page` in, `Strip`s and `Row`s with measures out.

Widths count in full-width characters (1 each; Latin letters, digits and spaces count one half), because that is the
unit in which a Chinese column is set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duizhao.text import CLOSERS
from duizhao.types.pages import Page

# How many lines on either side tell the measure of a line.
REACH = 6
# A measure needs this many lines of about its width, or it is an accident of a few short lines.
SUPPORT = 2.5
# A short line that happens to be as wide as a weaker candidate belongs to the wider one, if so much better supported
# and no wider than this beside it (lines; characters).
MARGIN, NEARBY = 0.4, 6.0
# Narrower columns than this are not set in newspapers (characters).
NARROWEST = 7.0

# What is never broken at a line end: numbers and Latin words with their signs.
CLUSTER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,+\-]*%?")
NOT_AT_START = "，。、；：！？）》”’】〉」』…—％%·,.;:!?)"
OPENERS = "“‘（《【〈「『("
ENDS = "。！？!?…"

# Log-odds that the line that ends at the first offset goes on in the one that begins at the second.
Joints = Mapping[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line before its column is known: place, blank lines before it, white space before it."""

    start: int
    end: int
    blank: bool
    indented: bool
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: place in the page text, width, measure of its column (0: unknown), blank lines before it."""

    start: int
    end: int
    width: float
    measure: float
    blank: bool
    indented: bool
    text: str

    @property
    def ends_sentence(self) -> bool:
        """The line closes a sentence (its closing quotes included)."""
        return ends_sentence(self.text)


def strips_of(page: Page) -> list[Strip]:
    """The lines of a page in their order."""
    strips, before = [], 0
    for line in page.lines:
        gap = page.text[before : line.start]
        strips.append(
            Strip(
                line.start,
                line.end,
                blank=before > 0 and _blank(gap),
                indented=bool(gap) and gap[-1] in " \t\u3000\xa0",
                text=page.text[line.start : line.end],
            )
        )
        before = line.end
    return strips


def rows_of(strips: Sequence[Strip]) -> list[Row]:
    """Lines with their widths and the measures of their columns."""
    widths = [width(strip.text) for strip in strips]
    return [
        Row(s.start, s.end, w, m, blank=s.blank, indented=s.indented, text=s.text)
        for s, w, m in zip(strips, widths, local_measures(widths), strict=True)
    ]


def width(text: str) -> float:
    """Width in full-width characters."""
    return len(text) - 0.5 * sum(map("\u2000".__gt__, text))


def ends_sentence(text: str) -> bool:
    """A sentence end, closing quotes and brackets after it or not."""
    bare = text.rstrip(CLOSERS + " ")
    return bool(bare) and bare[-1] in ENDS


def first_cluster(text: str) -> float:
    """Width of what must stay together at the start of a line: a number or one character, with closing marks."""
    match = CLUSTER.match(text)
    at = match.end() if match else 1
    while at < len(text) and text[at] in NOT_AT_START:
        at += 1
    return width(text[:at])


def local_measures(widths: Sequence[float]) -> list[float]:
    """For every line the full width of its column (0 where no width is common around it, nor on the page).

    Looked for in the lines before, around and after: of these the widest that the line itself nearly fills, because
    a column may change its width in the middle of a sentence; else the first that it does not overfill.
    """
    bins = [round(w) for w in widths]
    ahead = _modes_ahead(bins)
    whole = _mode(Counter(bins))
    last = len(widths) - 1
    return [
        _own_measure(w, [ahead[max(0, i - REACH)], ahead[max(0, i - REACH // 2)], ahead[min(i, last)]], whole)
        for i, w in enumerate(widths)
    ]


def _own_measure(w: float, candidates: Sequence[tuple[float, float]], whole: tuple[float, float]) -> float:
    """`candidates` are widths with the number of lines that support them; where there is none, `whole`, the page's."""
    known = [c for c in candidates if c[0]] or [c for c in (whole,) if c[0] >= w]
    filled = [c for c in known if -1.6 <= c[0] - w <= 2.6]
    if filled:
        c, support = max(filled)
        wider, more = max((k for k in known if k[0] > c), key=lambda k: k[1], default=(0.0, 0.0))
        return wider if more > support + MARGIN and wider - w < NEARBY else c
    return next((c for c, _ in known if c >= w), known[0][0] if known else 0.0)


def _modes_ahead(bins: Sequence[int]) -> list[tuple[float, float]]:
    """The commonest width of the lines i .. i + REACH, for every i."""
    window: Counter[int] = Counter(bins[:REACH])
    modes = []
    for i, gone in enumerate(bins):
        if i + REACH < len(bins):
            window[bins[i + REACH]] += 1
        modes.append(_mode(window))
        window[gone] -= 1
        if not window[gone]:
            del window[gone]
    return modes


def _mode(window: Counter[int]) -> tuple[float, float]:
    """The width with most lines, those one character off counted half, and its count; 0 without support."""
    best, best_count = 0, 0.0
    for w, count in window.items():
        total = count + 0.5 * (window.get(w - 1, 0) + window.get(w + 1, 0))
        if w >= NARROWEST and (total, w) > (best_count, best):
            best, best_count = w, total
    return (float(best), best_count) if best_count >= SUPPORT else (0.0, 0.0)


def _blank(gap: str) -> bool:
    return len(gap) > 1 and ("\f" in gap or gap.count("\n") > 1 or gap.count("\r") > 1)
