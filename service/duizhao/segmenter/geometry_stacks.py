"""Which lines stand under one another: items in, runs of lines of one size out, and columns that go on put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from duizhao.segmenter.geometry_columns import INDENT, PLAY, Column
from duizhao.segmenter.geometry_scene import SAME_SIZE, Item, Scene, overlap_x

# In units of the type size.
# Baselines of one column stand at least and at most so far apart.
TIGHTEST, WIDEST = 0.8, 2.1
# A distance that is larger than the usual leading by this share ends a run.
LOOSE = 1.3
# Lines of one headline stand equally far apart, give or take this factor, and no farther (in type sizes).
EVEN, FARTHEST = 1.15, 1.45
# The first line of a column's next part stands one leading under the last, give or take this share.
STEPS = 0.12


def stacks(scene: Scene, items: Sequence[Item]) -> list[list[Item]]:
    """Lines of one size grouped into runs from top to bottom; each line in exactly one run."""
    leading = usual_leading(items)
    below = _nearest_below(scene, items, leading)
    above: dict[int, int] = {}
    for i, j in below.items():
        gap = items[j].box.top - items[i].box.top
        if j not in above or gap < items[j].box.top - items[above[j]].box.top:
            above[j] = i
    follows = {i: j for j, i in above.items() if below.get(i) == j}
    runs, heads = [], sorted(set(range(len(items))) - set(follows.values()))
    for head in heads:
        run = [head]
        while run[-1] in follows:
            run.append(follows[run[-1]])
        runs.append([items[i] for i in run])
    return runs


def evenly_spaced(run: Sequence[Item]) -> list[list[Item]]:
    """A run of display lines cut where they stand farther apart than the lines of one headline do."""
    steps = [b.box.bottom - a.box.bottom for a, b in pairwise(run)]
    least = min((step for step in steps if step > TIGHTEST * run[0].size), default=0.0)
    parts = [[run[0]]]
    for item, step in zip(run[1:], steps, strict=True):
        if step > min(EVEN * least, FARTHEST * item.size):
            parts.append([])
        parts[-1].append(item)
    return parts


def usual_leading(items: Sequence[Item]) -> float:
    """The commonest distance of baselines, in type sizes."""
    steps: Counter[float] = Counter()
    last: dict[int, Item] = {}
    for item in sorted(items, key=lambda i: i.box.top):
        place = round(item.box.right / (2 * item.size))
        before = last.get(place)
        if before:
            steps[round((item.box.bottom - before.box.bottom) / item.size, 2)] += 1
        last[place] = item
    usual = [(n, -d, d) for d, n in steps.items() if TIGHTEST <= d <= WIDEST]
    return max(usual)[2] if usual else 1.4


def stacked(scene: Scene, columns: Sequence[Column]) -> list[Column]:
    """Puts columns together that go on under one another line by line (parted by a crosshead or a fragment)."""
    found = list(columns)
    n = 0
    found.sort(key=lambda c: (c.items[0].box.bottom, c.left))
    while n < len(found):
        m = _next_under(scene, found, n)
        if m is None:
            n += 1
            continue
        upper, lower = found[n], found.pop(m)
        wide = upper if len(upper.items) >= len(lower.items) else lower
        items = sorted(upper.items + lower.items, key=lambda i: (round(i.box.bottom / 3), i.box.left))
        found[n] = Column(tuple(items), wide.left, wide.right, wide.size, wide.leading)
    return found


def _nearest_below(scene: Scene, items: Sequence[Item], leading: float) -> dict[int, int]:
    """For every line the line that stands next under it in the same column."""
    order = sorted(range(len(items)), key=lambda i: items[i].box.top)
    tops = [items[i].box.top for i in order]
    below: dict[int, int] = {}
    for place, i in enumerate(order):
        a = items[i]
        best: tuple[float, float] | None = None
        for k in range(place + 1, len(order)):
            gap = tops[k] - a.box.top
            if gap > LOOSE * leading * a.size:
                break
            b = items[order[k]]
            if gap < TIGHTEST * a.size or not _one_column(scene, a, b):
                continue
            key = (round(gap, 1), -overlap_x(a.box, b.box))
            if best is None or key < best:
                best, below[i] = key, order[k]
    return below


def _one_column(scene: Scene, a: Item, b: Item) -> bool:
    if a.frame != b.frame or abs(a.size - b.size) > SAME_SIZE * a.size:
        return False
    narrow = min(a.box.right - a.box.left, b.box.right - b.box.left)
    # a last line of one or two characters does not reach to the indented line under it
    near = abs(a.box.left - b.box.left) < 2.7 * a.size and overlap_x(a.box, b.box) > -0.7 * a.size
    return (near or overlap_x(a.box, b.box) > 0.5 * narrow) and not scene.ruled_off(a.box, b.box)


def _next_under(scene: Scene, columns: Sequence[Column], n: int) -> int | None:
    upper = columns[n]
    for m in range(n + 1, len(columns)):
        lower = columns[m]
        if lower.items[0].box.bottom - upper.items[-1].box.bottom > WIDEST * upper.size:
            if lower.items[0].box.bottom > upper.box.bottom + WIDEST * upper.size:
                return None
            continue
        if _goes_on_under(scene, upper, lower):
            return m
    return None


def _goes_on_under(scene: Scene, upper: Column, lower: Column) -> bool:
    size, big, small = upper.size, upper, lower
    if len(upper.items) < len(lower.items):
        big, small = lower, upper
    if (
        upper.table
        or lower.table
        or upper.frame != lower.frame
        or abs(upper.size - lower.size) > SAME_SIZE * size
        or len(big.items) < 2
    ):
        return False
    step = lower.items[0].box.bottom - upper.items[-1].box.bottom
    if abs(step) > 0.15 * size and abs(step - big.leading) > STEPS * big.leading:
        return False
    other = max(abs(big.left - small.left), abs(big.right - small.right)) > 1.2 * size
    if len(small.items) >= 3 and other and not _set_in(small, big):
        return False
    lefts, rights = [i.box.left for i in small.items], [i.box.right for i in small.items]
    fits = min(lefts) > big.left - PLAY * size and max(rights) < big.right + PLAY * size
    return fits and not scene.ruled_off(upper.items[-1].box, lower.items[0].box)


def _set_in(small: Column, big: Column) -> bool:
    """Most lines stand in the middle of the wider column, as verses do, or all are indented and none is full."""
    middle = big.left + big.right
    if all(INDENT < big.indent(i) < 2 * INDENT + 0.4 and big.room(i) > INDENT for i in small.items):
        return True
    return sum(abs(i.box.left + i.box.right - middle) < 1.6 * big.size for i in small.items) > len(small.items) / 2
