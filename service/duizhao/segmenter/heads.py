"""The parts of a head: its display blocks in printed order in, column, kicker, headline and the others out."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.column_names import is_column
from duizhao.segmenter.credits import is_byline, is_name
from duizhao.segmenter.cues import DASH, KICKER_END
from duizhao.segmenter.lines import width
from duizhao.segmenter.paragraphs import VERTICAL
from duizhao.segmenter.reading import bigrams

# Who chaired or spoke stands in the sub-headline.
PRESENCE = re.compile(r"(?:主持|出席|讲话|致辞|见证|参加|作报告|作说明)(?:会议|并讲话)?$")
PRESENCE_WIDTH = 12.0


@dataclass(frozen=True, slots=True)
class Head:
    """The blocks of every part; empty where a part is not printed."""

    column: tuple[Block, ...] = ()
    kicker: tuple[Block, ...] = ()
    headline: tuple[Block, ...] = ()
    subheadline: tuple[Block, ...] = ()
    byline: tuple[Block, ...] = ()


def head_of(blocks: Sequence[Block], words: Set[str] = frozenset(), repeated: Set[str] = frozenset()) -> Head:
    """Roles of the display blocks of one head; `words`: bigrams of its article, `repeated`: lines printed again.

    The headline is set largest, so its lines hold the fewest characters; above it stand a standing column's name and
    the kicker, below it the sub-headline, often after a dash, and the byline: a credit, or a bare name at the end that
    the article does not tell of.
    """
    if any(b.role for b in blocks):
        return _as_printed(blocks)
    blocks = [part for block in blocks for part in parted(block)]
    bylines = tuple(b for b in blocks if is_byline(b.text)) if len(blocks) > 1 else ()
    if len(blocks) > 1 and not bylines and is_name(blocks[-1].text) and not bigrams(blocks[-1].text) & words:
        bylines = (blocks[-1],)
    rest = [b for b in blocks if b not in bylines]
    if not rest:
        return Head(headline=bylines)
    named = len(rest) > 1 and is_column(rest, words, again=rest[0].text.strip() in repeated)
    column, rest = tuple(rest[:named]), rest[named:]
    first, last = _headline(rest)
    return Head(column, tuple(rest[:first]), tuple(rest[first:last]), tuple(rest[last:]), bylines)


def parted(block: Block) -> list[Block]:
    """Lines that stand close together: a kicker that leads into the next one and who chaired are parts of their own."""
    if block.rows != len(block.spans) or block.rows < 2 or block.width <= VERTICAL:
        return [block]
    ends = list(accumulate(span.end - span.start for span in block.spans))
    lines = [block.text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    first = next((k + 1 for k, line in enumerate(lines[:-1]) if KICKER_END.search(line.rstrip())), 0)
    last = len(lines) - (len(lines) > first + 1 and _is_below(lines[-1]))
    cuts = sorted({0, first, last, len(lines)})
    return [
        replace(
            block,
            text="".join(lines[a:b]),
            spans=block.spans[a:b],
            rows=b - a,
            width=max(width(line) for line in lines[a:b]),
            blank=block.blank if a == 0 else True,
        )
        for a, b in pairwise(cuts)
    ]


def _as_printed(blocks: Sequence[Block]) -> Head:
    """The parts that the type sizes have told."""
    parts: dict[str, tuple[Block, ...]] = {}
    for block in blocks:
        part = block.role or "headline"
        parts[part] = (*parts.get(part, ()), block)
    return Head(**parts)


def _headline(blocks: Sequence[Block]) -> tuple[int, int]:
    """Numbers of the first block of the headline and of the first one after it."""
    dash = next((k for k, b in enumerate(blocks) if k and _is_below(b.text)), len(blocks))
    above = blocks[:dash]
    leads = [k for k, b in enumerate(above[:-1]) if KICKER_END.search(b.text.rstrip())]
    first = leads[-1] + 1 if leads else _narrowest(above)
    last = first + 1
    while last < dash and not blocks[last].blank:
        last += 1
    return first, last


def _is_below(text: str) -> bool:
    """A sub-headline: it opens with a dash, or says in a few words who chaired or spoke."""
    presence = width(text) <= PRESENCE_WIDTH and PRESENCE.search(text.rstrip()) is not None
    return presence or DASH.match(text) is not None


def _narrowest(blocks: Sequence[Block]) -> int:
    """The block with the shortest longest line; lines set tight together count as one block."""
    groups: list[list[int]] = []
    for k, block in enumerate(blocks):
        if groups and not block.blank:
            groups[-1].append(k)
        else:
            groups.append([k])
    best = min(groups, key=lambda g: max(blocks[k].width for k in g))
    return best[0]
