"""Sets of lines that stand under one another in one column: items in, `Column`s with edges out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from duizhao.segmenter.geometry_scene import Item, union
from duizhao.segmenter.lines import ends_sentence, first_cluster
from duizhao.types.pages import Box

# In units of the type size.
# Opening marks hang into the margin by half a character, squeezed lines miss the edge by as much.
PLAY = 0.8
# First lines are indented by two characters (one and a half behind a hung quotation mark).
INDENT = 1.2
# Lines that stop so far from the edge were stopped on purpose.
SHORT = 1.5
# The measure changes by at least this.
STEP = 1.5


Edges = Mapping[int, Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class Column:
    """Lines of one size under one another, with the edges between which they are set.

    A table is a column too: its cells row by row.
    """

    items: tuple[Item, ...]
    left: float
    right: float
    size: float
    leading: float
    table: bool = False

    @cached_property
    def box(self) -> Box:
        """From edge to edge, first line to last."""
        return Box(self.left, self.items[0].box.top, self.right, max(i.box.bottom for i in self.items))

    @cached_property
    def text(self) -> str:
        """All lines, joined."""
        return "".join(i.text for i in self.items)

    @cached_property
    def font(self) -> str:
        """The font of most characters."""
        fonts: Counter[str] = Counter()
        for item in self.items:
            fonts[item.font] += len(item.text)
        return fonts.most_common(1)[0][0]

    @property
    def frame(self) -> int:
        """Number of the frame around it, -1 for none."""
        return self.items[0].frame

    def indent(self, item: Item) -> float:
        """Distance of a line from the left edge, in type sizes."""
        return (item.box.left - self.left) / self.size

    def room(self, item: Item) -> float:
        """Distance of a line's end from the right edge, in type sizes."""
        return (self.right - item.box.right) / self.size

    @property
    def starts_paragraph(self) -> bool:
        """Its first line is indented."""
        return self.indent(self.items[0]) > INDENT

    @property
    def ends_short(self) -> bool:
        """Its last line closes a sentence and leaves room."""
        last = self.items[-1]
        return ends_sentence(last.text) and self.room(last) > SHORT + 0.6


def columns_of(run: Sequence[Item], edges: Edges | None = None) -> list[Column]:
    """A run cut where its measure changes, each part with its edges; `edges` of longer columns help short ones."""
    parts = [part for half in _cut(list(run)) for part in _cut_upwards(half)]
    return [_column(part, (edges or {}).get(part[0].frame, ())) for part in parts]


def edges_of(columns: Sequence[Column]) -> Edges:
    """Edges between which the longer columns of every frame are set, and where columns of that grid would stand."""
    found: dict[int, set[tuple[float, float]]] = defaultdict(set)
    for column in columns:
        if len(column.items) >= 4:
            found[column.frame].add((round(column.left, 1), round(column.right, 1)))
    return {frame: tuple(sorted(edges | set(_grid(sorted(edges))))) for frame, edges in found.items()}


def _grid(edges: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The column to the left and to the right of two neighbours of one width, if nothing is known of it."""
    for (left, right), (left_2, right_2) in pairwise(edges):
        pitch = left_2 - left
        if abs((right - left) - (right_2 - left_2)) < 4 and 0 < left_2 - right < 0.3 * pitch:
            for step in (-1, 2):
                new = (round(left + step * pitch, 1), round(right + step * pitch, 1))
                if not any(abs(new[0] - lo) < 6 for lo, _ in edges):
                    yield new


def paragraph_starts(column: Column) -> list[bool]:
    """For every line of a column whether a paragraph starts there; the first line counts as indented or not."""
    if column.table:
        pairs = pairwise(column.items)
        return [True, *(abs(a.box.bottom - b.box.bottom) > 0.3 * column.size for a, b in pairs)]
    starts = [column.starts_paragraph]
    for above, line in pairwise(column.items):
        starts.append(_starts(column, above, line))
    return starts


def _starts(column: Column, above: Item, line: Item) -> bool:
    if abs(above.box.bottom - line.box.bottom) < 0.3 * column.size:
        return False
    if column.indent(line) > INDENT:
        return True
    room = column.room(above) - first_cluster(line.text)
    return room > 0.5 and ends_sentence(above.text)


def _cut(run: list[Item]) -> list[list[Item]]:
    """Cuts a run before a line that breaks out of the measure of the lines above it."""
    parts: list[list[Item]] = [[]]
    for item in run:
        if parts[-1] and _breaks_out(parts[-1], item):
            parts.append([])
        parts[-1].append(item)
    return parts


def _cut_upwards(run: list[Item]) -> list[list[Item]]:
    """The same from the last line up: where the measure becomes narrower."""
    parts: list[list[Item]] = [[]]
    for item in reversed(run):
        if parts[-1] and _breaks_out(parts[-1], item, upwards=True):
            parts.append([])
        parts[-1].append(item)
    return [part[::-1] for part in parts[::-1]]


def _breaks_out(part: Sequence[Item], item: Item, *, upwards: bool = False) -> bool:
    size = item.size
    right, left = max(i.box.right for i in part), min(i.box.left for i in part)
    if item.box.right > right + STEP * size:
        full = [i for i in part if i.box.right > right - 0.7 * size]
        if len(full) >= 2 and any(not ends_sentence(i.text) for i in full):
            return True
    if item.box.left < left - STEP * size and len(part) >= 2:
        lefts = [i.box.left for i in part]
        solid = sum(x < left + 0.7 * size for x in lefts) >= 2
        wrapped = any(not ends_sentence(a.text) for a in (part[1:] if upwards else part[:-1]))
        return solid and (wrapped or item.box.left < left - 2.5 * size)
    return False


def _column(part: Sequence[Item], edges: Sequence[tuple[float, float]]) -> Column:
    size = median(i.size for i in part)
    lefts = [i.box.left for i in part]
    hang = [i.box.left for i in part if i.text[:1] not in "“‘（《【〈「『("]
    left, right = min(hang or lefts), max(i.box.right for i in part)
    counts: Counter[int] = Counter(round(i.box.right) for i in part)
    common, often = counts.most_common(1)[0]
    if often >= 3 and 0 < right - common < 1.2 * size:
        right = float(common)
    if len(part) < 4:
        around = [(lo, hi) for lo, hi in edges if lo - PLAY * size <= min(lefts) and right <= hi + PLAY * size]
        if around:
            left, right = min(around, key=lambda e: (_off(min(lefts) - e[0], size), e[1] - e[0], e))
    steps = [b.box.top - a.box.top for a, b in pairwise(part)]
    return Column(tuple(part), left, right, size, median(steps) if steps else 1.4 * size)


def _off(indent: float, size: float) -> float:
    """How far a line begins from where lines begin: at the edge, or two characters in (in half type sizes)."""
    return round(2 * min(abs(indent), abs(indent - 2 * size), abs(indent + size / 2), abs(indent - 1.5 * size)) / size)


def table_column(rows: Sequence[Sequence[Item]]) -> Column:
    """A table as a column."""
    items = tuple(item for row in rows for item in row)
    box, size = union([i.box for i in items]), items[0].size
    return Column(items, box.left, box.right, size, (box.bottom - box.top) / len(rows), table=True)
