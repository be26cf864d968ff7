"""What each paragraph or display line is: rows in, `Block`s (paragraph, display, caption, jump) in reading order out.

A PDF front end makes the same blocks from geometry and enters the core here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from duizhao.segmenter.cues import PHOTO_CREDIT, SEE, is_caption, jump_mark, opens_article
from duizhao.segmenter.lines import Row
from duizhao.segmenter.paragraphs import VERTICAL
from duizhao.text import strip_span
from duizhao.types.pages import Span

BlockKind = Literal["paragraph", "display", "caption", "jump"]
HeadPart = Literal["column", "kicker", "headline", "subheadline", "byline"]

# A line this near to its measure (characters) is full: an indented one is two short of it.
FULL = 1.2
# Headlines are set in at most so many lines of one size, and hold at most so many characters.
DISPLAY_ROWS = 4
DISPLAY_WIDTH = 90.0
# A question or an exclamation stands as a headline only when it is short.
SHORT_HEAD = 24.0
# A line in brackets closes an article (writer, source); it is no headline.
BRACKETED = re.compile(r"[（(【\[][^（()）]*[）)】\]]")
# Two to four lines without any of these are a headline.
MARKS = re.compile(r"[，。、；：？！,]")
STOPS = re.compile(r"[。；]")
COMMAS = re.compile(r"[，,]")


# who signs a notice, and on which day
SIGNED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or display line: its rows' spans, its text, and the white space and marks around it.

    `starts_full`: the first line fills its column, so it is not indented; `ends_full`: the last line fills its column
    and ends no sentence, so the text goes on somewhere; `breaks`: a new piece of a column begins with this block;
    `role`: its part of a head, where the type size tells it.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    text: str
    rows: int
    width: float
    measure: float
    blank: bool
    complete: bool
    after_furniture: bool = False
    breaks: bool = False
    starts_full: bool = False
    ends_full: bool = False
    jump: tuple[Span, ...] = ()
    role: HeadPart | None = None

    @property
    def start(self) -> int:
        """Offset of its first character on the page."""
        return self.spans[0].start


def blocks_of(
    page_text: str, rows: Sequence[Row], groups: Sequence[tuple[int, ...]], taken: dict[int, str], *, habit: bool
) -> list[Block]:
    """The blocks of a page in the order of its rows; jump marks are cut out of their paragraphs.

    `habit`: this page sets a blank line between paragraphs.
    """
    blocks: list[Block] = []
    for group in groups:
        block = _block([rows[i] for i in group], after_furniture=group[0] - 1 in taken, habit=habit)
        blocks.extend(cut_jumps(page_text, block))
    kinds = [_kind(blocks, i) if b.kind == "paragraph" else b.kind for i, b in enumerate(blocks)]
    return [b if b.kind == kind else replace(b, kind=kind) for b, kind in zip(blocks, kinds, strict=True)]


def _block(rows: Sequence[Row], *, after_furniture: bool, habit: bool) -> Block:
    text = "".join(r.text for r in rows)
    return Block(
        kind="paragraph",
        spans=tuple(Span(r.start, r.end) for r in rows),
        text=text,
        rows=len(rows),
        width=max(r.width for r in rows),
        measure=max(r.measure for r in rows),
        blank=rows[0].blank,
        complete=rows[-1].ends_sentence,
        after_furniture=after_furniture,
        breaks=rows[0].blank and not habit,
        starts_full=_full(rows[0]),
        ends_full=_full(rows[-1]) and not rows[-1].ends_sentence,
    )


def _full(row: Row) -> bool:
    return row.measure > 0 and abs(row.width - row.measure) <= FULL


def cut_jumps(page_text: str, block: Block) -> list[Block]:
    """The block without its jump mark, and the mark as a block of its own before or after it."""
    match = jump_mark(block.text)
    if match is None:
        return [block]
    before, mark, after = (
        _slice(page_text, block.spans, s, e)
        for s, e in ((0, match.start()), match.span(), (match.end(), len(block.text)))
    )
    jump = replace(block, kind="jump", spans=mark, text=match.group(), rows=1, complete=True)
    parts = [_part(page_text, block, before), jump, *_cut_rest(page_text, block, after)]
    return [p for p in parts if p is not None]


def _cut_rest(page_text: str, block: Block, spans: tuple[Span, ...]) -> list[Block]:
    rest = _part(page_text, block, spans)
    if rest is None:
        return []
    # text straight after a （上接…） is the paragraph; a second mark in one paragraph is cut in its turn
    return cut_jumps(page_text, replace(rest, blank=False)) if len(rest.text) < len(block.text) else [rest]


def _part(page_text: str, block: Block, spans: tuple[Span, ...]) -> Block | None:
    if not spans:
        return None
    text = "".join(page_text[s:e] for s, e in spans)
    whole = spans[-1] == block.spans[-1]
    return replace(
        block,
        spans=spans,
        text=text,
        rows=len(spans),
        complete=block.complete if whole else True,
        ends_full=block.ends_full and whole,
    )


def _slice(page_text: str, spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Where the characters `start:end` of the joined rows stand on the page, without white space at row ends."""
    found, at = [], 0
    for s, e in spans:
        low, high = max(start - at, 0), min(end - at, e - s)
        if low < high:
            found.append(strip_span(page_text, s + low, s + high))
        at += e - s
    return tuple(f for f in found if f.start < f.end)


def _kind(blocks: Sequence[Block], i: int) -> BlockKind:
    block = blocks[i]
    if is_caption(block.text) and not opens_article(block.text):
        return "caption"
    return "display" if _is_display(blocks, i) else "paragraph"


def _is_signature(blocks: Sequence[Block], i: int) -> bool:
    """Whether a block is who signs a notice, or the day under it: straight under the last sentence, no line between."""
    block = blocks[i]
    if i == 0 or block.blank or len(block.text) > DISPLAY_WIDTH:
        return False
    if SIGNED.fullmatch(block.text.strip()):
        return True
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    dated = below is not None and not below.blank and SIGNED.fullmatch(below.text.strip())
    return bool(dated) and blocks[i - 1].complete


def _breaks_off(block: Block, below: Block) -> bool:
    """A line before a jump mark is the last one of a paragraph, but what the mark only refers to is announced."""
    if below.kind != "jump" or below.blank or not block.measure:
        return False
    return SEE.match(below.text) is None


def _is_display(blocks: Sequence[Block], i: int) -> bool:
    block = blocks[i]
    text = block.text.rstrip()
    if _is_signature(blocks, i):
        return False
    if (BRACKETED.fullmatch(text.strip()) and not opens_article(text)) or PHOTO_CREDIT.match(text):
        return False
    if 1 < block.rows <= DISPLAY_ROWS and not MARKS.search(text):
        return not opens_article(text)
    if block.width <= VERTICAL and block.rows > 1:
        return True
    if block.rows > DISPLAY_ROWS or len(text) > DISPLAY_WIDTH or opens_article(text) or STOPS.search(text):
        return False
    if i + 1 < len(blocks) and _breaks_off(block, blocks[i + 1]):
        return False
    if block.complete:
        return block.width <= SHORT_HEAD and not COMMAS.search(text) and block.blank and block.rows <= 2
    if text.endswith(("，", "、", "；", "：", ",")):
        return text.endswith("：") and not COMMAS.search(text) and block.rows <= 2
    full = block.measure and abs(block.width - block.measure) <= 1.5
    if full and block.rows >= 3:
        return False
    commas = len(COMMAS.findall(text))
    return commas <= (0 if full and block.rows > 1 else 2)
