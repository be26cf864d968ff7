"""Joins printed lines into paragraphs: rows in, groups of row numbers out.

What decides is the measure, not the blank line (blank lines also stand at column breaks and before hung quotation
marks): a line that stops although its successor's first word would have fitted was ended on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from duizhao.segmenter.blank_lines import goes_on
from duizhao.segmenter.cues import (
    CAPTION_END,
    CAPTION_OPENING,
    DASH,
    JUMP_FROM,
    JUMP_TO,
    NUMBERED,
    PHOTO_CREDIT,
    ends_open,
    opens_article,
)
from duizhao.segmenter.lines import Row, first_cluster

# The first line of a paragraph is indented by two characters.
INDENT = 2.0
# Punctuation is squeezed or hung by up to half a character or so on either side.
PLAY = 0.8
# A line so much wider than its column is not of that column.
OVERHANG = 2.5


PUNCTUATION = re.compile(r"[，。、；：？！]")
# Lines of one or two characters one below the other are a headline set vertically.
VERTICAL = 2.0
# Such headlines of several lines, printed row by row, have at least so many rows, none wider, half of them narrow.
LEAST_STANDING, STANDING = 5, 6.0
# A page where this share of the sure paragraph ends has a blank line below sets one between paragraphs.
BLANK_HABIT = 0.75


def paragraphs(rows: Sequence[Row], taken: dict[int, str], *, habit: bool) -> list[tuple[int, ...]]:
    """Row numbers of every paragraph or display line, in order; rows in `taken` are parted off and left out.

    `habit`: this page sets a blank line between paragraphs. Where it does not, a blank line is a break between blocks
    of a column, and what goes on across it is found by `links`.
    """
    groups: list[list[int]] = []
    upright = {i for run in standing(rows) for i in run[1:]}
    for i, row in enumerate(rows):
        if i in taken:
            continue
        last = groups[-1][-1] if groups else -1
        if groups and last == i - 1 and (i in upright or _joins(rows, i - 1, row, above=len(groups[-1]), habit=habit)):
            groups[-1].append(i)
        else:
            groups.append([i])
    return [tuple(g) for g in groups]


def standing(rows: Sequence[Row]) -> list[range]:
    """Row numbers of headlines that are set vertically in several lines and printed row by row."""
    runs, start = [], 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i].blank or max(rows[i].width, rows[start].width) > STANDING:
            narrow = sum(row.width <= VERTICAL + 0.5 for row in rows[start:i])
            if i - start >= LEAST_STANDING and 2 * narrow >= i - start and rows[start].width <= STANDING:
                runs.append(range(start, i))
            start = i
    return runs


def blank_habit(rows: Sequence[Row]) -> bool:
    """Whether blank lines stand between the paragraphs of this page: seen at ends that are sure, being short."""
    sure = [b.blank for a, b in pairwise(rows) if a.ends_sentence and a.measure and a.width < a.measure - 4]
    return len(sure) < 3 or sum(sure) >= BLANK_HABIT * len(sure)


def _joins(rows: Sequence[Row], i: int, below: Row, *, above: int, habit: bool) -> bool:
    """Whether the line `below` goes on with the paragraph of line i, which has `above` lines so far."""
    known = verdict(rows, i, below, above=above, habit=habit)
    return goes_on(rows, i, above, indented=looks_indented(rows, i + 1, loose=False)) > 0 if known is None else known


def verdict(rows: Sequence[Row], i: int, below: Row, *, above: int, habit: bool) -> bool | None:
    """The same by the measure; None at a blank line in mid-sentence, where it does not tell."""
    row, first = rows[i], above == 1
    if opens_article(below.text) or _is_jump(row.text) or _is_jump(below.text) or JUMP_TO.search(row.text[-16:]):
        return False
    if below.blank and CAPTION_END.search(row.text[-40:]):
        return False
    if not below.blank and PHOTO_CREDIT.match(below.text):
        return True
    if max(row.width, below.width) <= VERTICAL and not below.blank:
        return not (row.ends_sentence or ends_open(row.text))
    if not row.measure and not below.measure:
        return _joins_unmeasured(row, below)
    measure = row.measure or below.measure
    room = measure - row.width - first_cluster(below.text)
    indent = INDENT if first and row.width <= measure - PLAY else 0.0
    if row.ends_sentence:
        # the line above in the same paragraph knows its column better than short lines below do
        own = max(measure, rows[i - 1].measure) if not first and not row.blank else measure
        return _joins_after_stop(rows, i, below, own, room + own - measure - indent * habit, habit)
    room -= indent
    short = room > (PLAY if first else 2.0)
    if not ends_open(row.text) and (_opens_under(below.text) or ((below.blank or short) and _opens(below.text))):
        return False
    wide = row.width > measure + OVERHANG > below.width and not PUNCTUATION.search(row.text)
    if short or (first and wide):
        return ends_open(row.text) and not (below.blank and first)
    if not below.blank:
        return True
    return False if not habit or _opens_under(row.text) else None


def _joins_after_stop(rows: Sequence[Row], i: int, below: Row, measure: float, room: float, habit: bool) -> bool:
    if room > PLAY / 2 or rows[i].width > measure + OVERHANG or _opens(below.text) or _opens_under(below.text):
        return False
    if not below.blank:
        return not looks_indented(rows, i + 1, loose=not habit)
    return below.width >= (below.measure or measure) - 0.6 and not looks_indented(rows, i + 1, loose=True)


def _joins_unmeasured(row: Row, below: Row) -> bool:
    """Without a measure (few lines, or one line a paragraph) only an open clause goes on."""
    if row.ends_sentence or below.blank:
        return False
    return ends_open(row.text) or (row.width > 12 and abs(row.width - below.width) < 2.6)


def looks_indented(rows: Sequence[Row], i: int, *, loose: bool) -> bool:
    """Line i leaves two characters free although the next line's first word would have fitted: it is indented."""
    row = rows[i]
    if row.indented:
        return True
    if i + 1 >= len(rows) or not row.measure or opens_article(rows[i + 1].text):
        return False
    room = row.measure - row.width
    spare = room - first_cluster(rows[i + 1].text)
    if loose:
        return INDENT - 1.1 <= room <= INDENT + 1.6 and spare > -0.3
    return INDENT - 0.6 <= room <= INDENT + 1.1 and spare > 0.3


def _opens(text: str) -> bool:
    """Captions and numbered heads begin a line, unless the line above is in mid-sentence."""
    return CAPTION_OPENING.match(text) is not None or NUMBERED.match(text) is not None


def _opens_under(text: str) -> bool:
    """A sub-headline opens with a dash, which is never set at the start of a line in running text."""
    return DASH.match(text) is not None and text[2:3] not in ("", " ")


def _is_jump(text: str) -> bool:
    match = JUMP_TO.match(text.strip()) or JUMP_FROM.match(text.strip())
    return match is not None and match.end() == len(text.strip())
