"""Which columns and heads belong together: `Parts` in, one optimal set of links out.

Every column has one place before it. It is filled by the end of another column (the text goes on) or by a head (an
article starts); each column end and each head fills one place at most. One assignment maximizes the sum of gains;
leaving a place empty gains nothing and is always allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from duizhao.segmenter.cues import JUMP_FROM, JUMP_TO, ends_open, opens_article, opens_with_reporter
from duizhao.segmenter.geometry_columns import SHORT, Column
from duizhao.segmenter.geometry_parts import Parts
from duizhao.segmenter.geometry_places import Places, places_of
from duizhao.segmenter.geometry_scene import SAME_SIZE, Item, Scene, overlap_x
from duizhao.segmenter.geometry_stacks import STEPS
from duizhao.segmenter.geometry_weights import FOLLOWS, HEADS, NEVER
from duizhao.segmenter.lines import ends_sentence, first_cluster

Array = NDArray[np.float64]
Gains = dict[str, float]

# Tables are set smaller than the text around them, by up to this share.
TABLE_SIZE = 0.25


@dataclass(frozen=True, slots=True)
class Links:
    """`after[i]`: the column that follows column i; `first[h]`: the column with which the article of head h begins."""

    after: dict[int, int]
    first: dict[int, int]
    gains: dict[tuple[str, int, int], Gains] = field(default_factory=dict)


def link(scene: Scene, parts: Parts) -> Links:
    """The best links of a page."""
    columns, heads = parts.columns, parts.heads
    if not columns:
        return Links({}, {})
    places = places_of(scene, parts)
    told = _jumped(parts)
    n, m = len(columns), len(heads)
    score = np.full((n + m, 2 * n + m), NEVER)
    gains: dict[tuple[str, int, int], Gains] = {}
    for i in range(n):
        for j in range(n):
            if i != j and (found := follows(scene, places, parts, told, i, j)) is not None:
                gains["c", i, j] = found
                score[i, j] = gain(FOLLOWS, found)
    for h in range(m):
        for j in range(n):
            if (found := begins(places, parts, h, j)) is not None:
                gains["h", h, j] = found
                score[n + h, j] = gain(HEADS, found)
    score[:, n:] = 0.0
    rows, targets = linear_sum_assignment(score, maximize=True)
    after, first = {}, {}
    for row, target in zip(rows, targets, strict=True):
        if target < n and score[row, target] > 0:
            if row < n:
                after[int(row)] = int(target)
            else:
                first[int(row) - n] = int(target)
    return Links(_without_circles(after, score), first, gains)


def follows(scene: Scene, places: Places, parts: Parts, told: Sequence[bool], i: int, j: int) -> Gains | None:
    """What speaks for and against column j going on with the text of column i; None where that cannot be."""
    a, b = parts.columns[i], parts.columns[j]
    other = TABLE_SIZE if a.table or b.table else 2 * SAME_SIZE
    if a.frame != b.frame or abs(a.size - b.size) > other * a.size:
        return None
    place = places.between(i, j)
    if place is None:
        return None
    found = {"bias": 1.0, place: 1.0}
    found["jumped"] = float(told[i])
    found["opens"] = float(_opens(b.text))
    found["comes from"] = float(JUMP_FROM.match(b.text) is not None)
    found["font"] = float(a.font != b.font)
    text = not (a.table or b.table)
    found["measure"] = float(text and abs((a.right - a.left) - (b.right - b.left)) > a.size)
    pitch = abs(a.leading - b.leading) > 0.06 * a.size and min(len(a.items), len(b.items)) > 2
    found["leading"] = float(text and pitch)
    ruled = place == "below" and not b.table and scene.ruled_off(a.box, b.box)  # a table has rules of its own
    found["rule"] = float(ruled or scene.parted(a.box, b.box))
    step = b.items[0].box.bottom - a.items[-1].box.bottom
    flush = place == "below" and abs(step - a.leading) < STEPS * a.leading
    # on the next line of the grid the text goes on, however the measure changes
    found |= {"flush": 1.0} if flush else _text_goes_on(a, b, indented=parts.indented)
    found["headed"] = places.headed(i, j)
    found["apart"] = places.apart(i, j)
    found["bottoms"] = float(place != "below" and abs(a.box.bottom - b.box.bottom) < 1.2 * a.leading)
    found["tops"] = float(place != "below" and abs(a.box.top - b.box.top) < 0.6 * a.leading)
    order = places.order[j] - places.order[i]
    found["next in content"] = float(order == 1)
    found["before in content"] = float(order < 0)
    if gain(FOLLOWS, found) <= 0:
        return None
    found["head between"] = float(places.head_between(i, j))
    found["column between"] = float(places.column_between(i, j))
    return found


def gain(weights: Gains, found: Gains) -> float:
    """Sum of the weighted features."""
    return sum(weights[name] * value for name, value in found.items())


def begins(places: Places, parts: Parts, h: int, j: int) -> Gains | None:
    """What speaks for and against the article of head h beginning with column j; None where that cannot be."""
    head, column = parts.heads[h], parts.columns[j]
    if head.frame != column.frame:
        return None
    place = places.of_head(h, j)
    if place is None:
        return None
    name, distance = place
    found = {"bias": 1.0, name: 1.0, "distance": distance}
    text = column.text
    found["mid paragraph"] = float(
        parts.indented and not column.starts_paragraph and not column.table and not JUMP_FROM.match(text)
    )
    found["opens"] = float(_opens(text))
    found["comes from"] = float(JUMP_FROM.match(text) is not None)
    found["fits"] = places.fits(h, j, name)
    found["tops"] = places.tops(h, j, name)
    found["rule"] = float(places.rule_between(h, j))
    found["another nearer"] = float(places.nearer_head(h, j))
    found["leftmost"] = float(places.leftmost(h, j))
    found["covers"] = places.covers(h, j, name)
    return found


def _opens(text: str) -> bool:
    """A dateline, 本报讯 or a credit; 记者 alone begins sentences too."""
    credit = opens_with_reporter(text) and not text.lstrip().startswith(("记者", "通讯员"))
    return opens_article(text[:80]) or credit


def _text_goes_on(a: Column, b: Column, *, indented: bool) -> Gains:
    if a.table or b.table:
        return {}
    last = a.items[-1]
    stop, short = ends_sentence(last.text), a.room(last) > SHORT + 0.6
    fits = a.room(last) - first_cluster(b.items[0].text) > 0.6
    starts = b.starts_paragraph or (not indented and stop)
    return {
        "goes on": float(not stop and not starts and not short),
        "goes on after stop": float(stop and not starts and not fits),
        "new paragraph": float((stop or short) and starts),
        "broken off": float(not stop and not short and starts),
        "torn": float(fits and stop and not starts),
        "open": float(ends_open(last.text) and not starts),
    }


def _jumped(parts: Parts) -> list[bool]:
    """For every column whether a jump mark ends it, on its last line or close under it."""
    return [_has_jump(column, parts.jumps) for column in parts.columns]


def _has_jump(column: Column, jumps: Sequence[Item]) -> bool:
    if JUMP_TO.search(column.items[-1].text):
        return True
    return any(jump_of(column, jump) for jump in jumps)


def jump_of(column: Column, jump: Item) -> bool:
    """Whether a mark that it goes on elsewhere stands at the end of a column."""
    if JUMP_FROM.match(jump.text) or jump.frame != column.frame:
        return False
    gap = jump.box.bottom - column.items[-1].box.bottom
    return -2 <= gap < 2.2 * column.leading and overlap_x(jump.box, column.box) > 0.5 * (jump.box.right - jump.box.left)


def _without_circles(after: dict[int, int], score: Array) -> dict[int, int]:
    """Cuts the weakest link of every circle (an assignment may close one)."""
    links = dict(after)
    for start in list(after):
        seen, at = [start], start
        while at in links and links[at] not in seen:
            at = links[at]
            seen.append(at)
        if at in links:
            circle = seen[seen.index(links[at]) :]
            del links[min(circle, key=lambda i: score[i, links[i]])]
    return links
