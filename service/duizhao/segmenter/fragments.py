"""Columns cut to pieces: a `Reading` in, the log-odds that a piece goes on in another one that is not the next out.

Some extractors print a column in pieces and other articles between them. A piece that stops in mid-sentence at the
full measure goes on in one that begins unindented: the characters on both sides of the cut, open quotes and brackets,
and shared words tell which. A piece that stops with its paragraph goes on in one that begins with a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.cues import opens_article
from duizhao.segmenter.lines import NOT_AT_START
from duizhao.segmenter.reading import Reading, shared

# Log-odds, set by hand on twenty generated pages in pdftotext's order (November 2026): of one candidate before anything
# is known; of the next piece; of a pair of characters across the cut that the page also has elsewhere (and has not);
# of a bracket or quote that is closed (or is not); of all words shared; of every paragraph of distance.
PRIOR = {True: 0.0, False: -4.0}
NEXT = 2.0
SEEN, UNSEEN = 1.5, -1.0
CLOSED, UNCLOSED = 1.5, -2.0
SHARED = 4.0
DISTANCE, FAR = 0.1, 20
BACK = 2.0
# Measures of one column differ by less (characters).
SAME_MEASURE = 2.5
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def far_continuations(s: Reading) -> dict[tuple[int, int], float]:
    """Log-odds for pairs of paragraphs (by their numbers) across the breaks of a page that has breaks."""
    blocks = [s.blocks[i] for i in s.paragraphs]
    ends = [i for i in range(len(blocks)) if _piece_ends(s, i)]
    begins = [j for j in range(len(blocks)) if _piece_begins(s, j)]
    return {
        (i, j): _score(s, blocks, i, j)
        for i in ends
        for j in begins
        if i != j
        and blocks[i].ends_full == blocks[j].starts_full
        and _same_column(blocks[i], blocks[j])
        and (blocks[i].ends_full or j != i + 1)
    }


def _piece_ends(s: Reading, i: int) -> bool:
    at = s.paragraphs[i] + 1
    return at == len(s.blocks) or s.blocks[at].breaks or s.blocks[at].after_furniture


def _piece_begins(s: Reading, j: int) -> bool:
    block = s.blocks[s.paragraphs[j]]
    return (block.breaks or block.after_furniture) and not opens_article(block.text)


def _same_column(a: Block, b: Block) -> bool:
    return abs(a.measure - b.measure) <= SAME_MEASURE and b.text[0] not in NOT_AT_START


def _score(s: Reading, blocks: Sequence[Block], i: int, j: int) -> float:
    a, b = blocks[i], blocks[j]
    score = PRIOR[a.ends_full] + NEXT * (j == i + 1) - BACK * (j < i) - DISTANCE * min(abs(j - i), FAR)
    score += SHARED * shared(s.bodies[max(0, i - 1) : i + 1], s.bodies[j : j + 2], s.idf)
    if a.ends_full:
        score += SEEN if a.text[-1] + b.text[0] in s.idf else UNSEEN
        score += sum(_closes(a.text, b.text, *pair) for pair in PAIRS)
    return score


def _closes(above: str, below: str, opener: str, closer: str) -> float:
    """Evidence from a mark that is open above: closed below before another one opens, or not."""
    begins, ends = below.find(opener), below.find(closer)
    orphan = ends >= 0 and (begins < 0 or ends < begins)
    if above.rfind(opener) > above.rfind(closer):
        return CLOSED if orphan else UNCLOSED
    return UNCLOSED if orphan else 0.0
