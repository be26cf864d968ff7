"""What stands where on a printed page: a `Page` whose lines carry boxes in, a `Scene` of items and shapes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from duizhao.types.pages import Box, Page

# A frame or a tint that covers more of the page than this is the page itself.
WHOLE_PAGE = 0.8
# Artwork of more shapes is looked at no further: the largest count. Boxes of single rules are sought among fewer.
MOST_SHAPES, MOST_RULES = 500, 160
# A picture has at least this width and height, in type sizes of the body.
PICTURE = 2.5
# Lines count as body type within this share of its size.
SAME_SIZE = 0.035


@dataclass(frozen=True, slots=True)
class Item:
    """A printed line: its number and place in the page text, box, type size, font, and the frame it stands in."""

    index: int
    start: int
    end: int
    text: str
    box: Box
    size: float
    font: str
    vertical: bool
    frame: int = -1


@dataclass(frozen=True)
class Scene:
    """Items in content order and what is drawn around them; `body` is the type size of most of the text.

    `frames` are framed or tinted areas that hold lines; an item's `frame` is the number of the smallest around it.
    """

    page: Page
    items: tuple[Item, ...]
    body: float
    frames: tuple[Box, ...]
    across: tuple[Box, ...]
    down: tuple[Box, ...]
    pictures: tuple[Box, ...]

    @cached_property
    def width(self) -> float:
        """Width of the page in points."""
        return self.page.width or max((i.box.right for i in self.items), default=0.0)

    @cached_property
    def height(self) -> float:
        """Height of the page in points."""
        return self.page.height or max((i.box.bottom for i in self.items), default=0.0)

    def ruled_off(self, upper: Box, lower: Box) -> bool:
        """A rule runs between two boxes, one of which stands above the other."""
        left, right = max(upper.left, lower.left), min(upper.right, lower.right)
        middle = (left + right) / 2
        return any(
            upper.bottom - 2 <= r.top <= lower.top + 2 and r.left - 2 <= middle <= r.right + 2 for r in self.across
        )

    def parted(self, first: Box, second: Box) -> bool:
        """A vertical rule runs between two boxes that stand side by side."""
        if first.left > second.left:
            first, second = second, first
        low, high = max(first.top, second.top), min(first.bottom, second.bottom)
        if low >= high:
            return False
        middle = (low + high) / 2
        return any(
            first.right - 3 <= r.left <= second.left + 3 and r.top - 3 <= middle <= r.bottom + 3 for r in self.down
        )


def scene_of(page: Page) -> Scene:
    """The scene of a page; lines without a box are left out."""
    items = [item for i in range(len(page.lines)) if (item := _item(page, i))]
    body = body_size(items)
    shapes = sorted(page.shapes, key=lambda s: -max(s.box.right - s.box.left, s.box.bottom - s.box.top))[:MOST_SHAPES]
    rules = [s.box for s in shapes if s.kind == "rule"]
    boxes = _distinct([s.box for s in shapes if s.kind == "box"] + _ruled_boxes(rules[:MOST_RULES]))
    fills = _distinct([s.box for s in shapes if s.kind == "fill"])
    images = [s.box for s in shapes if s.kind == "image"]
    area = max((page.width or 0) * (page.height or 0), 1.0)
    holding = [b for b in boxes + fills if area_of(b) < WHOLE_PAGE * area and _holds_text(b, items, body)]
    empty = [b for b in boxes + fills if b not in holding and area_of(b) < WHOLE_PAGE * area]
    frames = tuple(sorted(holding, key=area_of))
    return Scene(
        page,
        tuple(_framed(item, frames) for item in items),
        body,
        frames,
        tuple(r for r in rules if r.right - r.left > r.bottom - r.top),
        tuple(r for r in rules if r.right - r.left <= r.bottom - r.top),
        tuple(_pictures([*images, *empty], frames, items, body)),
    )


def body_size(items: Sequence[Item]) -> float:
    """Type size (points, to a tenth) in which most characters are set; of two, those of running text count double."""
    sizes: Counter[float] = Counter()
    for item in items:
        if not item.vertical:
            sizes[round(item.size, 1)] += len(item.text) * (2 if len(item.text) >= 8 else 1)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def area_of(box: Box) -> float:
    """Area in square points."""
    return (box.right - box.left) * (box.bottom - box.top)


def overlap_x(a: Box, b: Box) -> float:
    """Common width of two boxes (negative: the gap between them)."""
    return min(a.right, b.right) - max(a.left, b.left)


def overlap_y(a: Box, b: Box) -> float:
    """Common height of two boxes (negative: the gap between them)."""
    return min(a.bottom, b.bottom) - max(a.top, b.top)


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def inside(x: float, y: float, box: Box) -> bool:
    """Whether a point lies in a box."""
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def centre(box: Box) -> tuple[float, float]:
    """Middle of a box."""
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _item(page: Page, i: int) -> Item | None:
    line = page.lines[i]
    if line.box is None:
        return None
    size = line.size or line.box.bottom - line.box.top
    text = page.text[line.start : line.end]
    return Item(i, line.start, line.end, text, line.box, size, line.font or "", line.vertical)


def _framed(item: Item, frames: Sequence[Box]) -> Item:
    x, y = centre(item.box)
    for number, frame in enumerate(frames):
        if inside(x, y, frame):
            return replace(item, frame=number)
    return item


def _holds_text(box: Box, items: Sequence[Item], body: float) -> bool:
    if box.right - box.left < 3 * body or box.bottom - box.top < 1.5 * body:
        return False
    return any(inside(*centre(i.box), box) and i.box.right < box.right + body for i in items)


def _pictures(areas: Sequence[Box], frames: Sequence[Box], items: Sequence[Item], body: float) -> list[Box]:
    """Areas without text, those that overlap as one."""
    least = PICTURE * body
    found: list[Box] = []
    for area in sorted(areas, key=area_of, reverse=True):
        if min(area.right - area.left, area.bottom - area.top) < least or area in frames:
            continue
        if not any(overlap_x(area, f) > 0 and overlap_y(area, f) > 0 for f in found):
            found.append(area)
    return found


def _distinct(boxes: Sequence[Box]) -> list[Box]:
    kept: list[Box] = []
    for box in boxes:
        if not any(max(abs(p - q) for p, q in zip(box, other, strict=True)) < 4 for other in kept):
            kept.append(box)
    return kept


def _ruled_boxes(rules: Sequence[Box]) -> list[Box]:
    """Boxes drawn as four single rules."""
    across = [r for r in rules if r.right - r.left > r.bottom - r.top]
    down = [r for r in rules if r.right - r.left <= r.bottom - r.top]
    found = []
    for top in across:
        for bottom in across:
            if bottom.top - top.top < 20 or abs(bottom.left - top.left) > 3 or abs(bottom.right - top.right) > 3:
                continue
            sides = [d for d in down if abs(d.top - top.top) < 3 and abs(d.bottom - bottom.top) < 3]
            if any(abs(d.left - top.left) < 3 for d in sides) and any(abs(d.left - top.right) < 3 for d in sides):
                found.append(Box(top.left, top.top, top.right, bottom.bottom))
    return found
