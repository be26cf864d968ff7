"""Where columns and heads stand as seen from one another: `Parts` in, answers for the links out."""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.segmenter.geometry_columns import Column
from duizhao.segmenter.geometry_parts import Parts
from duizhao.segmenter.geometry_scene import Scene, overlap_x, overlap_y
from duizhao.types.pages import Box

# In type sizes of the body.
# The gutter between two columns is at most so wide.
GUTTER = 4.5
# Text begins so near under its head (in leadings).
NEAR = 2.6
# Edges agree within this.
EDGE = 1.1


@dataclass(frozen=True)
class Places:
    """The geometry of a page's parts; columns and heads are given by number."""

    scene: Scene
    parts: Parts
    boxes: tuple[Box, ...]
    heads: tuple[Box, ...]
    order: tuple[int, ...]
    heads_over: tuple[tuple[int, ...], ...]

    def between(self, i: int, j: int) -> str | None:
        """Where column j stands as seen from column i."""
        a, b = self.boxes[i], self.boxes[j]
        size = self.scene.body
        if b.left - a.right > -size:
            if overlap_y(a, b) <= 0 and b.bottom < a.top:
                return None if b.left - a.right > GUTTER * size else "right"
            beside = b.left - a.right < GUTTER * size and overlap_y(a, b) > 0
            return "next" if beside else "right"
        if overlap_x(a, b) > 0:
            return "below" if b.top >= a.bottom - 2 else None
        return "next band" if b.top > a.top + size and a.left - b.right > -size else None

    def apart(self, i: int, j: int) -> float:
        """Free distance of two columns, as a share of the page's height."""
        a, b = self.boxes[i], self.boxes[j]
        across, down = max(0.0, -overlap_x(a, b) - GUTTER * self.scene.body), max(0.0, -overlap_y(a, b))
        return (across + down) * 4 / max(1.0, self.scene.height)

    def head_between(self, i: int, j: int) -> bool:
        """A head stands between the end of one column and the start of the other that is under or beside it."""
        a, b = self.boxes[i], self.boxes[j]
        if overlap_x(a, b) > 0:
            between = (h for h in self.heads if a.bottom - 2 <= h.top and h.bottom <= b.top + 2)
            return any(overlap_x(h, b) > 0 and overlap_x(h, a) > 0 for h in between)
        if b.left < a.right:
            return False
        return any(
            h.left >= a.right - 2 and h.right <= b.left + 2 and overlap_y(h, a) > 0 and overlap_y(h, b) > 0
            for h in self.heads
        )

    def column_between(self, i: int, j: int) -> bool:
        """Another column stands between the two."""
        a, b = self.boxes[i], self.boxes[j]
        for k, c in enumerate(self.boxes):
            if k in (i, j):
                continue
            if overlap_x(a, b) > 0:
                if overlap_x(c, a) > 2 and overlap_x(c, b) > 2 and a.bottom - 2 <= c.top and c.bottom <= b.top + 2:
                    return True
            elif a.right - 2 <= c.left and c.right <= b.left + 2 and overlap_y(c, a) > 2 and overlap_y(c, b) > 2:
                return True
        return False

    def of_head(self, h: int, j: int) -> tuple[str, float] | None:
        """Where column j stands as seen from head h, and how far (in type sizes of the head)."""
        head, box = self.heads[h], self.boxes[j]
        size = max(self.parts.heads[h].size, self.scene.body)
        leading = self.parts.columns[j].leading
        down = box.top - head.bottom
        if -0.5 * leading <= down < 12 * leading and self._reaches(h, j):
            return "under", max(0.0, down) / size
        if self._row_beside(h, j):
            return "aside", 0.0
        across = -overlap_x(head, box)
        level = overlap_y(head, box)
        if level > 0 and -1.3 * self.scene.body <= across < 6 * size + GUTTER * self.scene.body:
            return "aside", max(0.0, across - 2 * self.scene.body) / size
        up = self._above(h, j)
        return None if up is None else ("over", up / size)

    def _reaches(self, h: int, j: int) -> bool:
        """The column stands under the head, or left of it in a row of columns and pictures that begin on one line."""
        head, box = self.heads[h], self.boxes[j]
        if overlap_x(head, box) > 0:
            return True
        under = [*self.boxes, *self.scene.pictures]
        row = [b for b in under if abs(b.top - box.top) < self.parts.columns[j].leading and overlap_x(b, head) > 0]
        # a mark hung at the end of a line stands in the gutter, or beyond it
        return bool(row) and box.right <= min(b.left for b in row) + self.scene.body

    def _row_beside(self, h: int, j: int) -> bool:
        """The column begins level with a head on its right, and so do the columns between them."""
        head, at = self.heads[h], j
        reach = GUTTER * self.scene.body
        near = NEAR * self.parts.columns[j].leading
        while True:
            box = self.boxes[at]
            if abs(box.top - head.top) > near or head.left < box.right - 2 or overlap_y(head, box) <= 0:
                return False
            level = [k for k, b in enumerate(self.boxes) if abs(b.top - box.top) < near]
            # always further right: columns narrower than the play would lead back to themselves
            nexts = [k for k in level if self.boxes[k].left > max(box.left, box.right - 2)]
            nexts = [k for k in nexts if self.boxes[k].left - box.right < reach]
            if not nexts:
                return head.left - box.right < 6 * self.parts.heads[h].size + reach
            at = min(nexts, key=lambda k: abs(self.boxes[k].top - box.top))
            if self.boxes[at].left > head.left:
                return True

    def _above(self, h: int, j: int) -> float | None:
        """Distance of the head from a column right above it: column j, or one right of it that begins level with it."""
        head, box = self.heads[h], self.boxes[j]
        leading = self.parts.columns[j].leading
        frame = self.parts.columns[j].frame
        gaps = [
            head.top - b.bottom
            for k, b in enumerate(self.boxes)
            if overlap_x(b, head) > 0 and b.left >= box.left and self.parts.columns[k].frame == frame
            if abs(b.top - box.top) < NEAR * leading and -0.5 * leading <= head.top - b.bottom < 4 * leading
        ]
        return min(gaps, default=None)

    def fits(self, h: int, j: int, place: str) -> float:
        """How well the head sits over columns that begin with column j: centred, or ranged left."""
        head, box = self.heads[h], self.boxes[j]
        size = self.scene.body
        if place == "aside":
            return self._fits_aside(head, box)
        rights = [b.right for b in self.boxes if b.right >= head.right - size and overlap_y(b, box) > 0]
        centred = any(abs((head.left + head.right) - (box.left + r)) < 2 * size for r in rights)
        ranged = abs(head.left - box.left) < EDGE * size
        return 1.0 if centred and not ranged else 0.7 if centred or ranged else 0.0

    def _fits_aside(self, head: Box, box: Box) -> float:
        """A head beside the first column stands over the columns next to it, centred or ranged left."""
        size = self.scene.body
        if head.left < box.right - size:
            return 0.5
        beside = [b.left for b in self.boxes if b.left > box.right - size and overlap_y(b, box) > 0]
        lefts = [*beside, box.right + 1.5 * size]
        rights = [b.right for b in self.boxes if b.right >= head.right - size]
        if any(abs(head.left - left) < EDGE * size for left in lefts):
            return 1.0
        return float(any(abs(head.left + head.right - left - right) < 2 * size for left in lefts for right in rights))

    def tops(self, h: int, j: int, place: str) -> float:
        """The column begins where it should: right under the head, or level with its top."""
        head, box = self.heads[h], self.boxes[j]
        leading = self.parts.columns[j].leading
        if place == "under":
            return float(box.top - head.bottom < NEAR * leading)
        if place == "aside":
            return float(abs(box.top - head.top) < NEAR * leading)
        return float((self._above(h, j) or 0.0) < NEAR * leading)

    def covers(self, h: int, j: int, place: str) -> float:
        """Share of the column's width that the head covers."""
        head, box = self.heads[h], self.boxes[j]
        return max(0.0, overlap_x(head, box)) / max(1.0, box.right - box.left) if place != "aside" else 0.0

    def headed(self, i: int, j: int) -> float:
        """A head stands right over column j and not over column i: 1, or less where it may be inset beside column i."""
        a = self.boxes[i]
        worst = 0.0
        for h in self.heads_over[j]:
            head = self.heads[h]
            if overlap_x(head, a) > 0.3 * (a.right - a.left):
                continue
            leading = self.parts.columns[i].leading
            inset = -leading < head.top - a.top < NEAR * leading
            worst = max(worst, 0.2 if inset else 1.0)
        return worst

    def leftmost(self, h: int, j: int) -> bool:
        """No other column that begins on the same line under the head stands further left and starts a paragraph."""
        head, box = self.heads[h], self.boxes[j]
        leading = self.parts.columns[j].leading
        for k, b in enumerate(self.boxes):
            level = abs(b.top - box.top) < leading and b.left < box.left and overlap_x(b, head) > 0
            if k != j and level and self.parts.columns[k].frame == self.parts.columns[j].frame:
                return False
        return True

    def rule_between(self, h: int, j: int) -> bool:
        """A rule parts the head from the column."""
        head, box = self.heads[h], self.boxes[j]
        if overlap_y(head, box) <= 0:
            upper, lower = (head, box) if head.top < box.top else (box, head)
            return self.scene.ruled_off(upper, lower)
        return self.scene.parted(head, box)

    def nearer_head(self, h: int, j: int) -> bool:
        """Another head stands between this head and the column."""
        head, box = self.heads[h], self.boxes[j]
        for k, other in enumerate(self.heads):
            if k == h:
                continue
            under = head.bottom - 2 <= other.top and other.bottom <= box.top + 2 and overlap_x(other, box) > 0
            if under and overlap_x(other, head) > 0:
                return True
        return False


def places_of(scene: Scene, parts: Parts) -> Places:
    """The geometry of the parts."""
    boxes = tuple(c.box for c in parts.columns)
    heads = tuple(h.box for h in parts.heads)
    rank = sorted(range(len(boxes)), key=lambda i: parts.columns[i].items[0].index)
    order = {i: n for n, i in enumerate(rank)}
    over = tuple(
        tuple(h for h, head in enumerate(heads) if _over(head, box, column))
        for box, column in zip(boxes, parts.columns, strict=True)
    )
    return Places(scene, parts, boxes, heads, tuple(order[i] for i in range(len(boxes))), over)


def _over(head: Box, box: Box, column: Column) -> bool:
    return -2 <= box.top - head.bottom < NEAR * column.leading and overlap_x(head, box) > 0
