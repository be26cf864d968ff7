"""What the lines of a page are: a `Scene` in, its columns, heads, captions and jump marks out, each line in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from duizhao.segmenter.cues import JUMP_FROM, JUMP_TO, is_caption
from duizhao.segmenter.geometry_columns import INDENT, Column, columns_of, edges_of, table_column
from duizhao.segmenter.geometry_display import RANK, Head, groups_of, heads_in
from duizhao.segmenter.geometry_scene import SAME_SIZE, Item, Scene, overlap_x, overlap_y, union
from duizhao.segmenter.geometry_stacks import evenly_spaced, stacked, stacks
from duizhao.segmenter.geometry_tables import tables_of
from duizhao.types.pages import Box

# No page of print has more heads and columns.
MOST_PARTS = 250
# Type of running text is at most so much larger than the body of the page.
LARGEST_BODY = 1.35
# So many lines with so many characters each, with punctuation, are running text in any size.
RUNNING_LINES, RUNNING_WIDTH = 4, 7
# A caption stands so near to its picture (in its own type size).
CAPTION_GAP = 2.2


@dataclass(frozen=True)
class Caption:
    """Lines that belong to a picture, and the box of both."""

    items: tuple[Item, ...]
    box: Box
    picture: Box | None


@dataclass(frozen=True)
class Parts:
    """All lines of a page by kind, each line once."""

    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    captions: tuple[Caption, ...]
    jumps: tuple[Item, ...]

    @cached_property
    def indented(self) -> bool:
        """First lines are indented on this page (office documents part paragraphs by space instead)."""
        starts = sum(sum(c.indent(i) > INDENT for i in c.items) for c in self.columns if len(c.items) > 1)
        return starts >= 1 + len(self.columns) / 10


def parts_of(scene: Scene, items: Sequence[Item]) -> Parts | None:
    """Sorts the lines of a page (without its furniture) into columns, heads, captions and jump marks.

    None for what is no page of running print (a drawing, a sheet of figures): it has too many parts.
    """
    jumps = [i for i in items if not i.vertical and _is_jump(i)]
    marks = {i.index for i in jumps}
    tables = tables_of([i for i in items if i.index not in marks], scene.body)
    taken = marks | {i.index for table in tables for row in table for i in row}
    flat = [i for i in items if not i.vertical and i.index not in taken]
    captions: list[Caption] = []
    running: list[list[Item]] = []
    display: list[list[Item]] = [[i] for i in items if i.vertical]
    for run in stacks(scene, flat):
        caption = _caption(scene, run)
        if caption:
            captions.append(caption)
        elif _is_running(scene, run):
            running.append(run)
        else:
            display.append(run)
    told = {run[0].frame for run in running if any("。" in i.text for i in run)} | {-1}
    display += [run for run in running if run[0].frame not in told]
    running = [run for run in running if run[0].frame in told]
    if len(running) + len(display) > MOST_PARTS:
        return None
    running, small = _small_display(scene, running, display)
    display = [part for run in [*display, *small] for part in evenly_spaced(run)]
    columns = _columns(scene, running) + [table_column(table) for table in tables]
    bodied = {c.frame for c in columns} | {-1}
    heads = [head for group in groups_of(scene, display) for head in heads_in(group, jumps, bodied)]
    return Parts(tuple(columns), tuple(heads), tuple(captions), tuple(jumps))


def _is_jump(item: Item) -> bool:
    text = item.text.strip()
    match = JUMP_TO.match(text) or JUMP_FROM.match(text)
    return match is not None and match.end() == len(text)


def _is_running(scene: Scene, run: Sequence[Item]) -> bool:
    size = run[0].size
    if abs(size - scene.body) <= SAME_SIZE * scene.body:
        return True
    if len(run) < RUNNING_LINES or size > LARGEST_BODY * scene.body:
        return False
    text = "".join(i.text for i in run)
    stops = sum(c in "，。；" for c in text)
    return len(text) >= RUNNING_WIDTH * len(run) and stops >= len(run) / 3 and "。" in text


def _caption(scene: Scene, run: Sequence[Item]) -> Caption | None:
    text = "".join(i.text for i in run)
    box = union([i.box for i in run])
    size = run[0].size
    if size > LARGEST_BODY * scene.body:
        return None
    told = is_caption(text)
    near = [p for p in scene.pictures if _beside_picture(p, box, size, aside=told or len(run) > 2)]
    small = size < scene.body * (1 - SAME_SIZE) or told
    if near and small:
        picture = min(near, key=lambda p: abs(box.top - p.bottom))
        return Caption(tuple(run), union([picture, box]), picture)
    if told and len(run) <= 6 and abs(size - scene.body) > SAME_SIZE * scene.body:
        return Caption(tuple(run), box, None)
    return None


def _beside_picture(picture: Box, box: Box, size: float, *, aside: bool) -> bool:
    wide = overlap_x(picture, box) > 0.7 * (box.right - box.left)
    under = -0.5 * size <= box.top - picture.bottom <= CAPTION_GAP * size
    over = -0.5 * size <= picture.top - box.bottom <= CAPTION_GAP * size
    level = overlap_y(picture, box) > 0.7 * (box.bottom - box.top)
    aside = aside and level and -CAPTION_GAP * size < overlap_x(picture, box) <= 0
    within = wide and level
    return (wide and (under or over)) or aside or within


def _columns(scene: Scene, runs: Sequence[Sequence[Item]]) -> list[Column]:
    edges = edges_of([c for run in runs for c in columns_of(run)])
    return stacked(scene, [c for run in runs for c in columns_of(run, edges)])


def _small_display(
    scene: Scene, running: Sequence[list[Item]], display: Sequence[list[Item]]
) -> tuple[list[list[Item]], list[list[Item]]]:
    """Parts off what belongs to a head in type of about the body's size: a line or two, or a summary under it."""
    fonts = Counter(i.font for run in running for i in run)
    usual = fonts.most_common(1)[0][0] if fonts else ""
    boxes = [(run[0], union([i.box for i in run])) for run in display if not run[0].vertical]
    kept: list[list[Item]] = []
    parted: list[list[Item]] = []
    for run in running:
        (parted if _belongs_to_head(scene, run, boxes, usual) else kept).append(run)
    return kept, parted


def _belongs_to_head(scene: Scene, run: Sequence[Item], display: Sequence[tuple[Item, Box]], usual: str) -> bool:
    text = "".join(i.text for i in run)
    box, size = union([i.box for i in run]), run[0].size
    if size > (1 + SAME_SIZE) * scene.body:
        return _leads(scene, run, display)
    if len(run) > 2 or "。" in text or is_caption(text):
        return False
    for item, other in display:
        if item.frame != run[0].frame or item.size < RANK * size or overlap_x(box, other) <= 0:
            continue
        upper, lower = (other, box) if other.top < box.top else (box, other)
        centred = abs((box.left + box.right) - (other.left + other.right)) < 2 * size
        ranged = abs(box.left - other.left) < 0.5 * size and run[0].font != usual
        close = -1 < lower.top - upper.bottom < 0.6 * item.size
        if (centred or ranged) and close and not scene.ruled_off(upper, lower):
            return True
    return False


def _leads(scene: Scene, run: Sequence[Item], display: Sequence[tuple[Item, Box]]) -> bool:
    """Several lines in type a little larger than the body, right under a headline and over body type: a summary."""
    box = union([i.box for i in run])
    under = any(
        item.frame == run[0].frame
        and item.size >= RANK * run[0].size
        and -1 < box.top - other.bottom < 0.6 * item.size
        and overlap_x(other, box) > 0
        for item, other in display
    )
    return under and any(
        abs(i.size - scene.body) <= SAME_SIZE * scene.body
        and -1 < i.box.top - box.bottom < 2 * run[0].size
        and overlap_x(i.box, box) > 0
        for i in scene.items
    )
