"""Finds tables among printed lines: items in, the cells of every table row by row out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from duizhao.segmenter.geometry_scene import Item, overlap_x

# A row of a table holds so many cells, most of them narrower than any column of print (in type sizes), and no prose:
# the short last lines of paragraphs stand side by side too.
CELLS, NARROW, MOST_NARROW = 3, 9.0, 2 / 3
# Lines of one column follow one another within so much, and the first of a paragraph stands in by so much.
LEADING, INDENTED = 1.8, 2.5
# So many rows make a table, each at most so far under the last (in type sizes).
ROWS, PITCH = 3, 3.5
# Type of a table is at most so much larger than the body.
LARGEST = 1.15


def tables_of(items: Sequence[Item], body: float) -> list[list[list[Item]]]:
    """Tables, each a list of rows from top to bottom, each row its cells from left to right."""
    rows = _rows([i for i in items if not i.vertical and i.size <= LARGEST * body])
    found: list[list[list[Item]]] = []
    for row in rows:
        if found and _goes_on(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return [table for table in found if len(table) >= ROWS]


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    """Lines on one baseline in one frame that look like a row of a table."""
    lines: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in items:
        lines[item.frame, round(item.box.bottom / 2)].append(item)
    prose = [item for line in lines.values() if len(line) < CELLS for item in line]
    rows = [
        [item for item in sorted(line, key=lambda i: i.box.left) if not _of_a_column(item, prose)]
        for line in lines.values()
        if len(line) >= CELLS
    ]
    rows = [row for row in rows if len(row) >= CELLS]
    return sorted((row for row in rows if _is_row(row)), key=lambda row: (row[0].frame, row[0].box.top))


def _of_a_column(item: Item, prose: Sequence[Item]) -> bool:
    """A line of a column beside the table, that happens to stand on the baseline of a row: lines above or below it are
    as wide, and stand on no row.
    """
    if item.box.right - item.box.left < NARROW * item.size:
        return False
    return any(
        0 < abs(other.box.bottom - item.box.bottom) < LEADING * item.size
        and abs(other.box.left - item.box.left) < INDENTED * item.size
        and other.box.right - other.box.left >= NARROW * item.size
        for other in prose
    )


def _is_row(row: Sequence[Item]) -> bool:
    narrow = sum(i.box.right - i.box.left < NARROW * i.size for i in row)
    prose = sum(any(c in "，。；" for c in i.text) for i in row)
    if prose > len(row) / 4:
        return False
    return narrow >= MOST_NARROW * len(row) and all(overlap_x(a.box, b.box) <= 0 for a, b in pairwise(row))


def _goes_on(row: Sequence[Item], below: Sequence[Item]) -> bool:
    """Most cells of the row below stand under cells of this row."""
    size = row[0].size
    if row[0].frame != below[0].frame or below[0].box.top - row[0].box.top > PITCH * size:
        return False
    under = sum(any(overlap_x(a.box, b.box) > 0 for a in row) for b in below)
    return under > len(below) / 2
