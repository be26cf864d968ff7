"""What speaks for it that a paragraph goes on in the next one: a `Reading` in, an array of named features out.

Some extractors print a column in pieces, sorted by place. A piece that stops in mid-sentence at the full measure goes
on in one that begins unindented: the characters on both sides of the cut, open quotes and brackets, and shared words
tell. Each feature is a number about 0 to 1; the weights are in `weights`.
"""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.cues import JUMP_FROM, NUMBERED, closing_credit, opens_article, opens_with_reporter
from duizhao.segmenter.reading import SAME_MEASURE, Array, Reading, crosshead

CONTINUES = (
    "bias", "display", "displays", "crosshead", "caption", "jump to", "jump from", "furniture", "unfinished",
    "opens", "reporter", "measure", "narrower", "cohesion", "cohesion, few", "credit", "no blank", "numbered", "short",
    "quote", "break", "across", "cut", "misfit", "seen", "closed", "unclosed",
)  # fmt: skip
# Shared words of neighbours tell less where so few paragraphs are on the page.
FEW = 20
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def continuations(s: Reading) -> Array:
    """Features of every paragraph going on in the next one: (paragraphs - 1, CONTINUES)."""
    few = FEW / (FEW + len(s.paragraphs))
    pairs = range(len(s.paragraphs) - 1)
    rows = [[*_between(s, i), *_contents(s, i, few), *_cut(s, i)] for i in pairs]
    names = (*_BETWEEN, *_CONTENTS, *_CUT)
    order = [names.index(name) for name in CONTINUES]
    return np.array(rows, dtype=float).reshape(len(rows), len(names))[:, order]


_BETWEEN = (
    "bias", "display", "displays", "crosshead", "caption", "jump to", "jump from", "furniture", "numbered", "no blank",
    "break",
)  # fmt: skip


def _between(s: Reading, i: int) -> list[float]:
    """What stands between a paragraph and the next one."""
    first, last = s.paragraphs[i], s.paragraphs[i + 1]
    between = s.blocks[first + 1 : last]
    below = s.blocks[last]
    displays = [k for k in range(first + 1, last) if s.blocks[k].kind == "display"]
    jumps = [block.text for block in between if block.kind == "jump"]
    return [
        1.0,
        float(len(displays) == 1),
        min(2.0, max(0, len(displays) - 1)),
        max((crosshead(s, k) for k in displays), default=0.0),
        float(any(block.kind == "caption" for block in between)),
        float(any(not JUMP_FROM.match(text) for text in jumps)),
        float(any(JUMP_FROM.match(text) is not None for text in jumps)),
        float(below.after_furniture),
        float(any(NUMBERED.match(s.blocks[k].text) for k in displays)),
        float(not below.blank and not displays),
        float(any(block.breaks for block in (*between, below))),
    ]


_CONTENTS = (
    "unfinished", "opens", "reporter", "measure", "narrower", "cohesion", "cohesion, few", "credit", "short", "quote",
)  # fmt: skip


def _contents(s: Reading, i: int, few: float) -> list[float]:
    """What the two paragraphs themselves say."""
    a, b = s.blocks[s.paragraphs[i]], s.blocks[s.paragraphs[i + 1]]
    known = a.measure > 0 and b.measure > 0
    cohesion = float(s.cohesion[i])
    opens = opens_article(b.text)
    return [
        float(not a.complete),
        float(opens),
        float(opens or opens_with_reporter(b.text)),
        float(known and abs(a.measure - b.measure) > SAME_MEASURE),
        float(known and b.measure < a.measure - SAME_MEASURE),
        cohesion,
        cohesion * few,
        float(closing_credit(a.text)),
        float(len(b.text) < 12),
        float(b.text[:1] in ("“", "‘")),
    ]


_CUT = ("across", "cut", "misfit", "seen", "closed", "unclosed")


def _cut(s: Reading, i: int) -> list[float]:
    """Whether the text may have been cut here in mid-sentence, where a piece ends and another one begins."""
    above, below = s.paragraphs[i], s.paragraphs[i + 1]
    a, b = s.blocks[above], s.blocks[below]
    if below == above + 1 and not b.breaks:
        return [0.0] * len(_CUT)
    cut = a.ends_full and _may_be_rest(a, b)
    closed, open_ = unclosed(a.text, b.text) if cut else (0, 0)
    return [
        1.0,
        float(cut),
        float(a.ends_full != _may_be_rest(a, b)),
        float(cut and a.text[-1] + b.text[0] in s.idf),
        float(closed),
        float(open_),
    ]


def _may_be_rest(a: Block, b: Block) -> bool:
    """The second may be the rest of a paragraph: it is not indented, or it is one short line, which does not show."""
    return b.starts_full or (a.ends_full and b.rows == 1 and b.kind == "paragraph")


def unclosed(above: str, below: str) -> tuple[int, int]:
    """How many kinds of marks that are open above are closed below; of how many one side lacks the other."""
    found = [_closes(above, below, *pair) for pair in PAIRS]
    return sum(m > 0 for m in found), sum(m < 0 for m in found)


def _closes(above: str, below: str, opener: str, closer: str) -> int:
    """1: a mark that is open above is closed below before another one opens; -1: it is not, or only one of them."""
    begins, ends = below.find(opener), below.find(closer)
    orphan = ends >= 0 and (begins < 0 or ends < begins)
    if above.rfind(opener) > above.rfind(closer):
        return 1 if orphan else -1
    return -1 if orphan else 0
