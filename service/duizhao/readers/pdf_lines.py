"""Builds printed lines from the characters of a page: `Glyph`s in content order in, `PrintedLine`s in that order out.

Content order is kept, because it is nearly always right in newspapers; geometry only decides where a line ends, which
fragments of one line belong together, and which stacked characters are one vertical line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from duizhao.readers.pdf_glyphs import Glyph

# All in units of the type size.
# Another baseline begins here: superscripts stay, the tightest leading does not.
RISE = 0.35
# Two sizes are one line when they differ by less than this (Latin beside Chinese type).
SIZES = 0.25
# A gap inside a justified line stays under this; the gutter between two columns is wider.
GUTTER = 1.0
# Inside one text object the setter spaced the characters himself (spaced-out headlines).
SPACED = 2.6
# Fragments that do not follow one another join only across less than this; of one font, only where they touch
# (hung and overhanging marks of two columns nearly meet in the gutter).
MEND, TOUCH = 0.35, 0.12
# A gap that reads as a space between Latin words, and between Chinese ones.
LATIN_SPACE, WIDE_SPACE = 0.22, 0.7
# Pitch of stacked characters, from centre to centre; beyond `SPACED_PITCH` a space stood there.
LEAST_PITCH, MOST_PITCH, SPACED_PITCH = 0.85, 2.0, 1.4
# So many stacked characters are no accident of short lines.
STACK = 3
# Ascent of the type box over the baseline.
ASCENT = 0.88


class PrintedLine(NamedTuple):
    """One line of print: text without white space at its ends, box, type size, font, and whether it runs downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str
    vertical: bool


def printed_lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """Lines of a page in content order."""
    fragments = _fragments(glyphs)
    stacks, stacked = _stacks(fragments)
    lines = {i: _vertical([fragments[j][0] for j in chain]) for i, chain in stacks.items()}
    lines |= {i: _horizontal(glyphs) for i, glyphs in _mend(fragments, stacked).items()}
    return [lines[i] for i in sorted(lines)]


def _fragments(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Runs of characters that follow one another on one baseline without a gutter between them."""
    found: list[list[Glyph]] = []
    spaces: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            spaces.append(glyph)
            continue
        if found and _goes_on(found[-1][-1], spaces, glyph):
            found[-1] += [*spaces, glyph]
        else:
            found.append([glyph])
        spaces = []
    return found


def _goes_on(last: Glyph, spaces: list[Glyph], glyph: Glyph) -> bool:
    if not _level(last, glyph):
        return False
    size = max(last.size, glyph.size)
    edge = max([last.right, *(s.right for s in spaces if s.left >= last.left)])
    gap = glyph.left - edge
    if gap < 0:
        backwards = last.left - glyph.right
        return glyph.left >= last.left or (abs(backwards) < 0.3 * size and not spaces)
    return gap < (SPACED if last.run == glyph.run else GUTTER) * size


def _level(a: Glyph, b: Glyph) -> bool:
    size = max(a.size, b.size)
    close = abs(a.size - b.size) < SIZES * size or abs(a.base - b.base) < 0.05 * size
    return close and abs(a.base - b.base) < RISE * min(a.size, b.size) + 0.02 * size


def _mend(fragments: list[list[Glyph]], stacked: set[int]) -> dict[int, list[Glyph]]:
    """Puts fragments of one line together that stand apart in the content (each font drawn for itself)."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for i, fragment in enumerate(fragments):
        if i not in stacked:
            by_row[round(fragment[0].base)].append(i)
    parent = list(range(len(fragments)))
    for row, members in by_row.items():
        near = [*members, *by_row.get(row + 1, [])]
        _join_row(fragments, sorted(near, key=lambda i: fragments[i][0].left), parent)
    joined: dict[int, list[Glyph]] = {}
    for i, fragment in enumerate(fragments):
        if i not in stacked:
            joined.setdefault(_root(parent, i), []).extend(fragment)
    return {
        i: sorted(glyphs, key=lambda g: g.left) if len(glyphs) != len(fragments[i]) else glyphs
        for i, glyphs in joined.items()
    }


def _join_row(fragments: list[list[Glyph]], order: list[int], parent: list[int]) -> None:
    for i, j in pairwise(order):
        left, right = fragments[i], fragments[j]
        edge = max(g.right for g in left)
        size = max(left[-1].size, right[0].size)
        reach = TOUCH if left[-1].font == right[0].font else MEND
        if _level(left[-1], right[0]) and abs(right[0].left - edge) < reach * size:
            a, b = _root(parent, i), _root(parent, j)
            parent[max(a, b)] = min(a, b)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _stacks(fragments: list[list[Glyph]]) -> tuple[dict[int, list[int]], set[int]]:
    """Fragments of one character that stand under one another: first in content order -> members from top to bottom."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for fragment in fragments:
        if len(fragment) > 1:
            for row in (-1, 0, 1):
                rows[round(fragment[0].base) + row] += (fragment[0], fragment[-1])
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, fragment in enumerate(fragments):
        if len(fragment) == 1 and not _beside(fragment[0], rows[round(fragment[0].base)]):
            places[round(_middle(fragment[0]) / 2), round(fragment[0].size * 2)].append(i)
    stacks: dict[int, list[int]] = {}
    for members in places.values():
        members.sort(key=lambda i: fragments[i][0].base)
        chain = members[:1]
        for i, j in [*pairwise(members), (members[-1], -1)]:
            if j >= 0 and _under(fragments[i][0], fragments[j][0]):
                chain.append(j)
                continue
            if _is_stack([fragments[k][0] for k in chain]):
                stacks[min(chain)] = chain
            chain = [j]
    return stacks, {i for chain in stacks.values() for i in chain}


def _beside(glyph: Glyph, ends: list[Glyph]) -> bool:
    """A longer fragment of the same line begins or ends next to the character."""
    reach = MEND * glyph.size
    level = (g for g in ends if _level(g, glyph))
    return any(min(abs(g.left - glyph.right), abs(glyph.left - g.right)) < reach for g in level)


def _is_stack(glyphs: list[Glyph]) -> bool:
    """Enough characters, and most of them Chinese: numbers of a list or a table stand under one another too."""
    return len(glyphs) >= STACK and 2 * sum("\u3400" <= g.char <= "\u9fff" for g in glyphs) > len(glyphs)


def _under(a: Glyph, b: Glyph) -> bool:
    return LEAST_PITCH * a.size <= b.base - a.base <= MOST_PITCH * a.size


def _middle(glyph: Glyph) -> float:
    """Centre of the full-width cell; a narrow character of a vertical line stands at the cell's left edge."""
    return glyph.left + max(glyph.right - glyph.left, glyph.size) / 2


def _vertical(glyphs: list[Glyph]) -> PrintedLine:
    size = glyphs[0].size
    text = glyphs[0].char
    for above, glyph in pairwise(glyphs):
        text += (" " if glyph.base - above.base > SPACED_PITCH * size else "") + glyph.char
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    top, bottom = glyphs[0].base - ASCENT * size, glyphs[-1].base + (1 - ASCENT) * size
    return PrintedLine(text, left, top, right, bottom, size, glyphs[0].font, True)


def _horizontal(glyphs: list[Glyph]) -> PrintedLine:
    text = glyphs[0].char
    for last, glyph in pairwise(glyphs):
        text += (" " if _space_between(last, glyph) else "") + glyph.char
    widest = max(glyphs, key=lambda g: (g.right - g.left, -g.left))
    size, base = widest.size, widest.base
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return PrintedLine(text, left, base - ASCENT * size, right, base + (1 - ASCENT) * size, size, widest.font, False)


def _space_between(last: Glyph, glyph: Glyph) -> bool:
    if last.char.isspace() or glyph.char.isspace():
        return False
    gap = (glyph.left - last.right) / max(last.size, glyph.size)
    latin = last.char.isascii() and last.char.isalnum() and glyph.char.isascii() and glyph.char.isalnum()
    return gap > (LATIN_SPACE if latin else WIDE_SPACE)
