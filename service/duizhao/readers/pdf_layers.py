"""Leaves out second text layers: glyphs of a page, visible or hidden, in; each printed character once out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from duizhao.readers.pdf_glyphs import Glyph, Tally

# The same character closer than this to itself (in its own size) is printed twice: a second layer, or fake bold.
TWICE = 0.3
# Side of the squares (points) by which neighbours are found.
CELL = 4.0


def without_layers(glyphs: Sequence[tuple[bool, Glyph]], tally: Tally) -> Iterator[Glyph]:
    """The glyphs without those that repeat themselves in place and hidden ones under visible text; `tally` counts both.

    Fake bold prints a text twice with a small offset; a scan with recognized text may carry a second, printed text.
    """
    seen: dict[str, dict[tuple[int, int], list[Glyph]]] = defaultdict(dict)
    covered = _cells(g for visible, g in glyphs if visible) if not all(v for v, _ in glyphs) else set()
    for visible, glyph in glyphs:
        if glyph.char.isspace():
            yield glyph
        elif not visible and _middle(glyph) in covered:
            tally.hidden += 1
        elif _stands_near(seen[glyph.char], glyph):
            tally.twice += 1
        else:
            seen[glyph.char].setdefault((int(glyph.left / CELL), int(glyph.base / CELL)), []).append(glyph)
            yield glyph


def _stands_near(seen: dict[tuple[int, int], list[Glyph]], glyph: Glyph) -> bool:
    reach = min(TWICE * glyph.size, 8 * CELL)
    across = min(reach, (glyph.right - glyph.left) / 2)
    if not seen:
        return False
    columns = range(int((glyph.left - across) / CELL), int((glyph.left + across) / CELL) + 1)
    rows = range(int((glyph.base - reach) / CELL), int((glyph.base + reach) / CELL) + 1)
    for column in columns:
        for row in rows:
            for g in seen.get((column, row), ()):
                if abs(g.left - glyph.left) < across and abs(g.base - glyph.base) < reach:
                    return True
    return False


def _middle(glyph: Glyph) -> tuple[int, int]:
    return int((glyph.left + glyph.right) / 2 / CELL), int((glyph.base - glyph.size / 3) / CELL)


def _cells(glyphs: Iterable[Glyph]) -> set[tuple[int, int]]:
    return {
        (x, y)
        for g in glyphs
        if not g.char.isspace()
        for x in range(int(g.left / CELL), int(g.right / CELL) + 1)
        for y in range(int((g.base - g.size * 0.8) / CELL), int(g.base / CELL) + 1)
    }
