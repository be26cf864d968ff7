"""Which blocks of a page belong together: a `Reading` in, one best set of links out.

Paragraphs and display lines have one place before them and one after. Small networks weigh each possible link, and one
assignment finds the best set. It is solved again with what the articles in the making share, until nothing changes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from duizhao.segmenter.block_context import look_again
from duizhao.segmenter.block_features import alone, bodies
from duizhao.segmenter.block_heads import heading_pairs, heads
from duizhao.segmenter.continuations import CONTINUES, continuations
from duizhao.segmenter.decisions import log_odds
from duizhao.segmenter.features import SAME_HEAD
from duizhao.segmenter.lines import Joints
from duizhao.segmenter.networks import Alone, Array, Candidates, Links, Numbers, best, weigh
from duizhao.segmenter.outline import Outline
from duizhao.segmenter.reading import SURE_START, Reading

SORTED, WHOLE = "sorted", "whole"
# The second look is taken again while it changes the links, at most so often: on generated pages more gained nothing.
LOOKS = 3
# On a page in its own order two display lines without a blank line between them are one head (log-odds).
TIGHT, NO_BLANK = 3.0, SAME_HEAD.index("no blank")


def link_blocks(s: Reading, joints: Joints) -> dict[int, int]:
    """The block that follows each block in its article (or in its head), where there is one.

    `joints`: what the order of the lines says, on a page that an extractor sorted by place; such pages and those in
    their own order have each their networks.
    """
    outline = Outline(s, joints)
    scope = SORTED if joints else WHOLE
    candidates, things = first_problem(outline)
    links, following = solve(f"{scope} first", candidates, things)
    for _ in range(LOOKS):
        before = following
        links, following = solve(f"{scope} second", look_again(outline, candidates, links, following), things)
        if np.array_equal(before, following):
            break
    blocks = s.paragraphs + s.displays
    return {blocks[i]: blocks[j] for i, j in enumerate(following.tolist()) if j >= 0}


def first_problem(outline: Outline) -> tuple[list[Candidates], list[Alone]]:
    """The possible links (bodies, heads, headings) looked at by themselves, paragraphs first, then display lines."""
    s = outline.s
    goes_on = [log_odds("goes on", CONTINUES, row) for row in continuations(s).tolist()]
    starts = np.array([SURE_START, *(-value for value in goes_on)]) if s.paragraphs else np.zeros(0)
    return [bodies(outline), heads(outline), heading_pairs(outline, starts)], alone(outline)


def _tight(candidates: list[Candidates]) -> Array:
    """What is added to the log-odds: lines set tight are one head."""
    return np.concatenate([
        TIGHT * (c.features[:, NO_BLANK] if c.kind == "head" else np.zeros(len(c.above))) for c in candidates
    ])  # fmt: skip


def solve(look: str, candidates: list[Candidates], things: list[Alone]) -> tuple[Links, Numbers]:
    """The links with their log-odds, and the best set of them."""
    links = weigh(look, candidates, things)
    if look.startswith(WHOLE):
        links = replace(links, values=links.values + _tight(candidates))
    return links, best(sum(len(t.numbers) for t in things), links)
