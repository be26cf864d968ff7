"""Gathers linked blocks into drafts of articles: blocks and links in, `Draft`s in reading order out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.credits import is_byline
from duizhao.segmenter.cues import JUMP_FROM, NUMBERED, PHOTO_OF
from duizhao.segmenter.lines import Joints
from duizhao.segmenter.links import link
from duizhao.segmenter.reading import bigrams, reading_of

# A page has some hundred blocks at most; more are worked on in portions, so that time grows with length only.
PORTION = 400
MOST, SMALL_PORTION = 1200, 60
# A caption of its own is longer than this (characters) and shares less than this with the articles beside it; the
# first paragraphs of an article say what it is about.
SHORT_CAPTION = 30
RELATED = 0.25
OPENING = 12


@dataclass
class Draft:
    """Block numbers of one article, by what they are."""

    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Its first block in reading order."""
        return min(self.head + self.body + self.captions + self.jumps)


def drafts_of(blocks: Sequence[Block], joints: Joints) -> list[Draft]:
    """Drafts that together hold every block once; `joints` as in `links.link`."""
    after: dict[int, int] = {}
    portion = PORTION if len(blocks) <= MOST else SMALL_PORTION
    for base in range(0, len(blocks), portion):
        part = link(reading_of(blocks[base : base + portion]), joints)
        after.update({base + i: base + j for i, j in part.items()})
    drafts, owner = _chains(blocks, after)
    _crossheads(blocks, drafts, owner)
    _captions(blocks, drafts, owner)
    _jumps(blocks, drafts, owner)
    return sorted((d for d in drafts if d.head or d.body or d.captions or d.jumps), key=lambda d: d.first)


def _chains(blocks: Sequence[Block], after: dict[int, int]) -> tuple[list[Draft], dict[int, int]]:
    """Follow the links from every block that nothing leads to; a ring of links is cut before its first block."""
    drafts: list[Draft] = []
    owner: dict[int, int] = {}
    targets = set(after.values())
    linked = [i for i, b in enumerate(blocks) if b.kind in ("paragraph", "display")]
    for i in [i for i in linked if i not in targets] + linked:
        if i in owner:
            continue
        draft, at = Draft(), i
        while at not in owner:
            (draft.head if blocks[at].kind == "display" else draft.body).append(at)
            owner[at] = len(drafts)
            at = after.get(at, at)
        drafts.append(draft)
    return drafts, owner


def _crossheads(blocks: Sequence[Block], drafts: list[Draft], owner: dict[int, int]) -> None:
    """A display line without a body, between two paragraphs of one article, is a heading inside that article."""
    above, below = _nearest([b.kind == "paragraph" for b in blocks])
    for draft in drafts:
        if draft.body or not draft.head:
            continue
        before, after = above[draft.head[0]], below[draft.head[-1]]
        target = owner[before] if before is not None else None
        inside = target is not None and after is not None and owner[after] == target
        loose = len(draft.head) == 1 and _belongs_above(blocks, draft.head[0])
        if target is not None and (inside or loose):
            _move(draft, drafts[target], owner, target)


def _belongs_above(blocks: Sequence[Block], i: int) -> bool:
    """Not a head at all: a signature, a list item or a remainder under a paragraph."""
    if i == 0 or blocks[i - 1].kind != "paragraph":
        return False
    return is_byline(blocks[i].text) or NUMBERED.match(blocks[i].text) is not None or not blocks[i - 1].complete


def _nearest(wanted: Sequence[bool]) -> tuple[list[int | None], list[int | None]]:
    """For every block the nearest wanted one above it and below it."""
    above: list[int | None] = []
    last: int | None = None
    for i, yes in enumerate(wanted):
        above.append(last)
        last = i if yes else last
    below: list[int | None] = []
    last = None
    for i in range(len(wanted) - 1, -1, -1):
        below.append(last)
        last = i if wanted[i] else last
    return above, below[::-1]


def _move(draft: Draft, target: Draft, owner: dict[int, int], number: int) -> None:
    below = next((n for n, i in enumerate(target.body) if i > draft.head[0]), len(target.body))
    target.body[below:below] = draft.head
    for i in draft.head:
        owner[i] = number
    draft.head = []


def _captions(blocks: Sequence[Block], drafts: list[Draft], owner: dict[int, int]) -> None:
    """A caption goes to the neighbour that shares most words with it; a photo story of its own stays alone."""
    above, below = _nearest([i in owner for i in range(len(blocks))])
    for i, block in enumerate(blocks):
        if block.kind != "caption":
            continue
        near = [owner[n] for n in (above[i], below[i]) if n is not None]
        words = bigrams(block.text)
        common = {n: _shared(blocks, drafts[n], words) for n in near}
        best = max(near, key=lambda n: common[n], default=None)
        own = PHOTO_OF.match(block.text) is None and len(block.text) > SHORT_CAPTION
        if best is None or (own and drafts[best].body and common[best] < RELATED):
            drafts.append(Draft(captions=[i]))
            owner[i] = len(drafts) - 1
        else:
            drafts[best].captions.append(i)
            owner[i] = best


def _shared(blocks: Sequence[Block], draft: Draft, words: set[str]) -> float:
    """Share of a caption's bigrams in the opening of an article, those in its head counted twice again."""
    if not words:
        return 0.0
    head = set().union(*(bigrams(blocks[i].text) for i in draft.head))
    body = set().union(*(bigrams(blocks[i].text) for i in draft.body[:OPENING]))
    return (2 * len(words & head) + len(words & body)) / len(words)


def _jumps(blocks: Sequence[Block], drafts: list[Draft], owner: dict[int, int]) -> None:
    """（下转…） belongs to what stands above it, （上接…） to what stands below."""
    above, below = _nearest([i in owner for i in range(len(blocks))])
    for i, block in enumerate(blocks):
        if block.kind != "jump":
            continue
        first, second = (below[i], above[i]) if JUMP_FROM.match(block.text) else (above[i], below[i])
        at = first if first is not None else second
        if at is None:
            drafts.append(Draft(jumps=[i]))
        else:
            drafts[owner[at]].jumps.append(i)
