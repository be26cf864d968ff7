"""Headlines of a printed page: runs of display type in, `Head`s with their kickers and sub-headlines out."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from duizhao.segmenter.cues import REPORTER
from duizhao.segmenter.geometry_scene import SAME_SIZE, Item, Scene, overlap_x, overlap_y, union
from duizhao.types.pages import Box

# A head stands so near to its kicker or sub-headline (in the larger of the two sizes).
HEAD_GAP, BESIDE_GAP = 0.95, 1.1
# A byline of its own is short.
LONGEST_BYLINE = 40
# A size that differs by this factor is another rank of a head.
RANK = 1.2
# Headlines that stand in one list are about as large as one another.
PEERS = 0.75


Run = tuple[Item, ...]


@dataclass(frozen=True)
class Head:
    """A headline with its kicker and sub-headline: runs of one size each, in reading order."""

    runs: tuple[Run, ...]
    byline: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All its lines."""
        return tuple(i for run in self.runs for i in run)

    @property
    def box(self) -> Box:
        """The box around its lines, the byline not counted."""
        return union([i.box for i in self.items])

    @property
    def size(self) -> float:
        """The largest type size in it."""
        return max(i.size for i in self.items)

    @property
    def vertical(self) -> bool:
        """Its lines run downwards."""
        return self.items[0].vertical

    @property
    def frame(self) -> int:
        """Number of the frame around it, -1 for none."""
        return self.items[0].frame


def groups_of(scene: Scene, runs: Sequence[Sequence[Item]]) -> list[list[Run]]:
    """Runs of display type that stand close together."""
    boxes = [union([i.box for i in run]) for run in runs]
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for i in range(len(runs)):
        for j in range(i + 1, len(runs)):
            if _close(scene, runs[i][0], boxes[i], runs[j][0], boxes[j]):
                parent[root(j)] = root(i)
    groups: dict[int, list[Run]] = {}
    for i, run in enumerate(runs):
        groups.setdefault(root(i), []).append(tuple(run))
    return list(groups.values())


def _close(scene: Scene, a: Item, box_a: Box, b: Item, box_b: Box) -> bool:
    if a.frame != b.frame or a.vertical != b.vertical:
        return False
    size = max(a.size, b.size)
    if a.vertical:
        gap = -overlap_x(box_a, box_b)
        high = overlap_y(box_a, box_b) > 0.4 * min(box_a.bottom - box_a.top, box_b.bottom - box_b.top)
        return high and gap < BESIDE_GAP * size and not scene.parted(box_a, box_b)
    upper, lower = (box_a, box_b) if box_a.top <= box_b.top else (box_b, box_a)
    common = overlap_x(box_a, box_b)
    if overlap_y(box_a, box_b) > 0.5 * min(a.size, b.size):
        level = abs(a.size - b.size) <= SAME_SIZE * size and abs(box_a.bottom - box_b.bottom) < 0.2 * size
        short = max(len(a.text), len(b.text)) <= 2
        near = -common < (2.5 if short else 0.6) * size and abs(a.index - b.index) == 1
        return level and near and not scene.parted(box_a, box_b)
    gap = lower.top - upper.bottom
    narrow = min(box_a.right - box_a.left, box_b.right - box_b.left)
    return common > 0.5 * narrow and gap < HEAD_GAP * size and not scene.ruled_off(upper, lower)


def heads_in(group: list[Run], jumps: Sequence[Item], bodied: Set[int]) -> list[Head]:
    """The heads in a group: several where a larger line comes again after a smaller one (a list of teasers)."""
    if group[0][0].vertical:
        return [Head(tuple(sorted(group, key=lambda run: -run[0].box.right)))]
    runs = sorted((tuple(sorted(run, key=_reading)) for run in group), key=lambda run: _reading(run[0]))
    parts: list[list[Run]] = [[]]
    for n, run in enumerate(runs):
        listed = run[0].frame not in bodied
        if parts[-1] and (_begins_anew(parts[-1], run, runs[n + 1 :], jumps) or (listed and _is_next(parts[-1], run))):
            parts.append([])
        parts[-1].append(run)
    return [_with_byline(part) for part in parts]


def _reading(item: Item) -> tuple[float, float]:
    return round(item.box.bottom / 3), item.box.left


def _begins_anew(part: Sequence[Run], run: Run, rest: Sequence[Run], jumps: Sequence[Item]) -> bool:
    above, box = union([i.box for i in part[-1]]), union([i.box for i in run])
    if any(above.top < j.box.top < box.top + 1 and overlap_x(j.box, union([above, box])) > 0 for j in jumps):
        return True
    largest, last, size = max(r[0].size for r in part), part[-1][0].size, run[0].size
    gap = box.top - above.bottom
    coming = max((r[0].size for r in rest), default=size)
    if largest >= PEERS * size and size >= RANK * last and largest >= RANK * last:
        return True
    if rest and largest >= PEERS * coming and largest >= RANK * size and rest[0][0].size >= RANK * size:
        return gap > union([i.box for i in rest[0]]).top - box.bottom + 1
    return abs(size - last) <= SAME_SIZE * size and largest < RANK * size and gap > 0.6 * size


def _is_next(part: Sequence[Run], run: Run) -> bool:
    """In a frame without any body: a line in the font of the first, apart from it, is the next teaser."""
    gap = union([i.box for i in run]).top - union([i.box for i in part[-1]]).bottom
    return run[0].font == part[0][0].font and gap > 0.45 * max(run[0].size, part[-1][0].size)


def _with_byline(runs: list[Run]) -> Head:
    if len(runs) > 1:
        text = "".join(i.text for i in runs[-1])
        if REPORTER.match(text) and len(text) <= LONGEST_BYLINE:
            return Head(tuple(runs[:-1]), runs[-1])
    return Head(tuple(runs))
