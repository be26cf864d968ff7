"""Which blocks belong together: a `Reading` in, one optimal set of links out.

Every paragraph and display line has one place before it and one after it. A link fills the place after one block and
the place before another: a paragraph goes on in the next one, a display line in the next line of its head, the last
line of a head in the first paragraph of its article. One assignment maximizes the sum of log-odds; "none" is always
allowed. Heads stand before their bodies, after them, or all at the end: that is a property of the page, so each is
tried for the whole page, and the mode is chosen by its sum and by what stands at the top, the bottom and the seams.
Once it is known that a text is a page, or where its lines had to be put into order, `block_links` finds the links; a
plain text is linked here, and so is a text without any head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from duizhao.segmenter import weights
from duizhao.segmenter.block_links import link_blocks
from duizhao.segmenter.continuations import continuations
from duizhao.segmenter.cues import opens_article
from duizhao.segmenter.features import SAME_HEAD, headings, same_heads
from duizhao.segmenter.lines import Joints
from duizhao.segmenter.modes import BODIES, MODES, PLAIN, WHOLE, mode_features
from duizhao.segmenter.reading import SURE_START, Array, Reading, crosshead, is_teaser

# A pair that may not be linked.
NEVER = -1e6
# The networks have seen whole pages only: a text of fewer blocks is linked by the weights of its mode.
LEAST_PAGE = 12
# What ties two lines of a list of headlines to one head.
_TIED = [SAME_HEAD.index(name) for name in ("no blank", "lead-in", "dash")]
# In a text without any head all breaks are likely of one kind, of items run together or of one article: the mean of
# their log-odds speaks for each of them, so many times.
ALIKE = 5.0


@dataclass(frozen=True, slots=True)
class Problem:
    """The features of all possible links of a page.

    `goes_on` (paragraphs - 1, CONTINUES); `together` (displays - 1, SAME_HEAD); `heads` (displays, paragraphs, HEADS);
    `idle` (displays) is what a display line without any link loses; `teaser` (displays): its article stands on another
    page; `modes` are those that may be tried.
    """

    paragraphs: int
    goes_on: Array
    together: Array
    heads: Array
    idle: Array
    teaser: NDArray[np.bool_]
    modes: tuple[str, ...]


def problem_of(s: Reading) -> Problem:
    """Count the features of a page."""
    goes_on = continuations(s)
    modes = _modes(s)
    starts = np.concatenate([[SURE_START], -(goes_on @ weights.starts(modes[0]))]) if s.paragraphs else np.zeros(0)
    teaser = np.array([is_teaser(s, i) for i in s.displays], dtype=bool)
    idle = np.array([1 - crosshead(s, i) for i in s.displays]) * ~teaser
    together = same_heads(s)
    return Problem(len(s.paragraphs), goes_on, together, headings(s, starts), idle, teaser, modes)


def link(s: Reading, joints: Joints | None = None) -> dict[int, int]:
    """The block that follows each block in its article (or in its head), where there is one.

    `joints`: what the order of the lines says of a page in pieces, as `order.Ordered` has it.
    """
    if len(s.paragraphs) + len(s.displays) < 2:
        return {}
    if joints:
        return link_blocks(s, joints)
    problem = problem_of(s)
    found = [assign(scores(problem, mode)) for mode in problem.modes]
    chosen = 0
    if len(found) > 1 and s.paragraphs:
        totals = np.array([total for total, _ in found])
        values = mode_features(s) @ weights.MODE_WEIGHTS[:, : len(found)] + weights.MODE_TOTAL * totals
        chosen = int(values.argmax())
    if problem.modes[chosen] in WHOLE and s.paragraphs and s.displays and len(s.blocks) >= LEAST_PAGE:
        return link_blocks(s, {})
    blocks = s.paragraphs + s.displays
    return {blocks[a]: blocks[b] for a, b in found[chosen][1].items()}


def scores(problem: Problem, mode: str) -> Array:
    """What every link is worth, paragraphs first, then display lines, on both sides; extra columns stand for "none"."""
    p, d = problem.paragraphs, len(problem.idle)
    n = p + d
    w = weights.of(mode)
    score = np.full((n, 2 * n), NEVER)
    score[np.arange(n), n + np.arange(n)] = np.concatenate([np.zeros(p), -w.idle * problem.idle])
    if p:
        goes_on = problem.goes_on @ w.goes_on + w.unheaded
        if mode == BODIES:
            goes_on += ALIKE * (goes_on.mean() if p > 1 else 0.0)
        score[np.arange(p - 1), np.arange(1, p)] = goes_on
    if p and d:
        score[p:, :p] = np.where(problem.teaser[:, None], NEVER, problem.heads @ w.heads + w.unheaded)
    adjacent = np.flatnonzero(problem.together[:, 0])
    if not p:
        # nothing but headlines, a list: what only stands one under the other is one head no longer
        adjacent = adjacent[problem.together[adjacent][:, _TIED].any(axis=1)]
    score[p + adjacent, p + adjacent + 1] = problem.together[adjacent] @ w.together
    return score


def assign(score: Array) -> tuple[float, dict[int, int]]:
    """The best assignment: its sum, and the links in it."""
    n = len(score)
    rows, columns = linear_sum_assignment(score, maximize=True)
    links = {int(r): int(c) for r, c in zip(rows, columns, strict=True) if c < n and score[r, c] > NEVER / 2}
    return float(score[rows, columns].sum()), links


def _modes(s: Reading) -> tuple[str, ...]:
    """The modes that may be tried: a plain text begins with a head, and has no jump marks, furniture and captions.

    Without any head it is told by its openings, and without those by nothing but its words.
    """
    if not s.displays:
        return (PLAIN,) if any(opens_article(s.blocks[i].text) for i in s.paragraphs) else (BODIES,)
    page = any(block.kind in ("jump", "caption") or block.after_furniture for block in s.blocks)
    return WHOLE if page or s.blocks[0].kind != "display" else MODES
