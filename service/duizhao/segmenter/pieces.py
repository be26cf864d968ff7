"""Cuts printed rows that run across columns: rows in, pieces of one column each out, with what their looks tell.

Some extractors (pdftotext without -raw) print what stands side by side row by row, with one space for the gap. A row is
cut at a space where what stands before it fills a common measure of the page; what is cut wrongly is put together
again, because a piece may go on in the next one of its row (`order`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.segmenter.cues import CAPTION_OPENING, JUMP_FROM, JUMP_TO, opens_article
from duizhao.segmenter.followers import Numbers, followers
from duizhao.segmenter.lines import NARROWEST, NOT_AT_START, OPENERS, Strip, ends_sentence, width
from duizhao.text import strip_span

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

# A measure is common if so many tokens of the page have it (those one character off count half).
COMMON = 3.0
# A piece is full within this (characters); the first line of a paragraph is short by so much.
FULL, INDENTED = 1.2, (1.2, 3.0)
# Of characters set apart (a line drawn out to its measure) no columns are made: share of single ones, of so many.
SPREAD, LEAST_SPREAD = 0.6, 6
MARKS = "，。、；："


def common_measures(strips: Sequence[Strip]) -> list[int]:
    """Widths that many stretches between spaces have."""
    counts = Counter(round(width(token)) for strip in strips for token in strip.text.split(" "))
    return sorted(
        w for w, n in counts.items() if w >= NARROWEST and n + 0.5 * (counts[w - 1] + counts[w + 1]) >= COMMON
    )


def cut(strip: Strip, measures: Sequence[int]) -> list[Strip]:
    """The pieces of one row."""
    tokens = strip.text.split(" ")
    if len(tokens) == 1 or (len(tokens) >= LEAST_SPREAD and sum(len(t) == 1 for t in tokens) > SPREAD * len(tokens)):
        return [strip]
    stops: list[int] = []
    start = at = 0
    for token in tokens[:-1]:
        at += len(token)
        if any(abs(m - width(strip.text[start:at])) <= FULL for m in measures):
            stops.append(at)
            start = at + 1
        at += 1
    places = zip([0, *stops], [*stops, len(strip.text)], strict=True)
    spans = (strip_span(strip.text, a, b) for a, b in places)
    return [
        Strip(strip.start + a, strip.start + b, strip.blank and a == 0, strip.indented and a == 0, strip.text[a:b])
        for a, b in spans
        if a < b
    ]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the looks and words of every piece tell.

    `own` is the common measure nearest to its width, `row` the number of its printed row, `column` its place in the
    row, `stretch` the number of blank lines before it; `last` and `first` are its outermost characters by number.
    """

    count: int
    width: Array
    own: Array
    full: Flags
    indented: Flags
    sentence: Flags
    clause: Flags
    impossible: Flags
    opener: Flags
    opens: Flags
    quote: Flags
    digit_last: Flags
    digit_first: Flags
    jump_to: Flags
    jump_from: Flags
    caption: Flags
    marked: Flags
    blank: Flags
    before_blank: Flags
    row: Numbers
    column: Numbers
    stretch: Numbers
    last: Numbers
    first: Numbers
    outer: Sequence[tuple[str, str]]
    pairs: Counter[str]


def describe(strips: Sequence[Strip], row: Numbers, measures: Sequence[int]) -> Pieces:
    """Look at every piece; `row` is the number of its printed row."""
    texts = ["".join(s.text.split()) for s in strips]
    widths = np.array([width(s.text) for s in strips])
    off = np.array([*measures, 1e3])[None, :] - widths[:, None]
    full = np.abs(off).min(axis=1) <= FULL
    blank = np.array([s.blank for s in strips])
    last, first = followers().ends(texts)
    return Pieces(
        count=len(strips),
        width=widths,
        own=np.array([*measures, 1e3])[np.abs(off).argmin(axis=1)],
        full=full,
        indented=~full & ((off >= INDENTED[0]) & (off <= INDENTED[1])).any(axis=1),
        sentence=np.array([ends_sentence(s.text) for s in strips]),
        clause=np.array([t[-1] in "，、；：,;" for t in texts]),
        impossible=np.array([t[0] in NOT_AT_START for t in texts]),
        opener=np.array([t[-1] in OPENERS for t in texts]),
        opens=np.array([opens_article(s.text) for s in strips]),
        quote=np.array([t[0] in "“‘《（" for t in texts]),
        digit_last=np.array([t[-1].isascii() and t[-1].isalnum() for t in texts]),
        digit_first=np.array([t[0].isascii() and t[0].isalnum() for t in texts]),
        jump_to=np.array([JUMP_TO.search(t[-14:]) is not None for t in texts]),
        jump_from=np.array([JUMP_FROM.match(t) is not None for t in texts]),
        caption=np.array([CAPTION_OPENING.match(t) is not None for t in texts]),
        marked=np.array([any(mark in t for mark in MARKS) for t in texts]),
        blank=blank,
        before_blank=np.append(blank[1:], True),
        row=row,
        column=np.arange(len(strips)) - np.searchsorted(row, row),
        stretch=np.cumsum(blank),
        last=last,
        first=first,
        outer=[(t[0], t[-1]) for t in texts],
        pairs=Counter(pair for t in texts for pair in {t[k : k + 2] for k in range(len(t) - 1)}),
    )
