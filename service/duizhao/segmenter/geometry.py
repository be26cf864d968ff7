"""Segments a page whose lines carry boxes: a `Page` in, blocks and drafts of articles for the common core out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from duizhao.segmenter.blocks import Block, BlockKind, HeadPart, cut_jumps
from duizhao.segmenter.drafts import Draft
from duizhao.segmenter.furniture import furniture_roles
from duizhao.segmenter.geometry_columns import Column, paragraph_starts
from duizhao.segmenter.geometry_furniture import page_furniture
from duizhao.segmenter.geometry_heads import Names, column_names, head_parts
from duizhao.segmenter.geometry_links import link
from duizhao.segmenter.geometry_parts import Parts, parts_of
from duizhao.segmenter.geometry_scene import Item, scene_of
from duizhao.segmenter.geometry_stories import Story, stories_of
from duizhao.segmenter.layout import Layout
from duizhao.segmenter.lines import Row, width
from duizhao.types.pages import Page, Span

# A page of more lines is no page of print, and is left to the text front end.
MOST_LINES = 3000


def has_geometry(page: Page) -> bool:
    """Whether all lines of the page carry boxes, and are not too many for a page of print."""
    return 0 < len(page.lines) <= MOST_LINES and all(line.box is not None for line in page.lines)


def layout_of(page: Page) -> Layout | None:
    """Blocks and drafts of a page whose lines carry boxes; together with `roles` they hold every line once.

    None for what is no page of running print, or has all its type in one size: it is left to the text front end.
    """
    scene = scene_of(page)
    rows = [_row(item) for item in scene.items]
    roles = page_furniture(scene, furniture_roles(rows))
    parts = parts_of(scene, [i for i in scene.items if i.index not in roles])
    if parts is None or not (parts.heads or _goes_on(parts, scene.body)):
        return None
    stories = stories_of(scene, parts, link(scene, parts))
    names = column_names(parts)
    blocks: list[Block] = []
    drafts = [_draft(page, parts, story, names, blocks) for story in stories]
    return Layout(rows, roles, blocks, drafts, _column_count(parts.columns, scene.body))


def _goes_on(parts: Parts, body: float) -> bool:
    """Whether a page without any head is a further page of a report: all columns under one another, one left edge."""
    lefts = [c.left for c in parts.columns if len(c.items) > 1]
    return bool(lefts) and max(lefts) - min(lefts) < 3 * body


def _column_count(columns: Sequence[Column], body: float) -> int | None:
    """Columns side by side in the commonest measure."""
    widths = Counter[int]()
    for column in columns:
        widths[round((column.right - column.left) / body)] += len(column.items)
    if not widths:
        return None
    usual = widths.most_common(1)[0][0] * body
    same = [c for c in columns if abs(c.right - c.left - usual) < 1.5 * body and len(c.items) > 2]
    lefts = sorted(c.left for c in same)
    steps = [b - a for a, b in pairwise(lefts) if b - a > usual]
    pitch = min(steps, default=usual + 1.5 * body)
    across = max(c.right for c in columns) - min(c.left for c in columns)
    return max(1, round((across + pitch - usual) / pitch))


def _row(item: Item) -> Row:
    """A line for the cues of the core; what stands alone is told from its place here."""
    return Row(item.start, item.end, width(item.text), 0.0, blank=True, indented=False, text=item.text)


def _draft(page: Page, parts: Parts, story: Story, names: Names, blocks: list[Block]) -> Draft:
    draft = Draft()

    def add(block: Block, numbers: list[int]) -> None:
        numbers.append(len(blocks))
        blocks.append(block)

    for head in story.heads:
        for part, items in head_parts(parts.heads[head], names):
            add(_block(items, "display", part), draft.head)
    for paragraph in _paragraphs([parts.columns[c] for c in story.columns]):
        for block in cut_jumps(page.text, _block(paragraph, "paragraph")):
            add(block, draft.jumps if block.kind == "jump" else draft.body)
    for caption in story.captions:
        add(_block(parts.captions[caption].items, "caption"), draft.captions)
    for jump in story.jumps:
        add(_block([parts.jumps[jump]], "jump"), draft.jumps)
    return draft


def _paragraphs(columns: Sequence[Column]) -> list[list[Item]]:
    """Lines of every paragraph; one that runs over a column break is joined."""
    found: list[list[Item]] = []
    for n, column in enumerate(columns):
        for k, (item, starts) in enumerate(zip(column.items, paragraph_starts(column), strict=True)):
            torn = k == 0 and n > 0 and columns[n - 1].ends_short
            if starts or torn or not found:
                found.append([item])
            else:
                found[-1].append(item)
    return found


def _block(items: Sequence[Item], kind: BlockKind, role: HeadPart | None = None) -> Block:
    return Block(
        kind=kind,
        spans=tuple(Span(i.start, i.end) for i in items),
        text="".join(i.text for i in items),
        rows=len(items),
        width=0.0,
        measure=0.0,
        blank=True,
        complete=True,
        role=role,
    )
