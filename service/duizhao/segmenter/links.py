"""Which blocks belong together: a `Reading` in, one optimal set of links out.

Every paragraph and display line has one place before it and one after it. A link fills the place after one block and
the place before another: a paragraph goes on in a paragraph, a display line in the next line of its head, the last
line of a head in the first paragraph of its article. One assignment maximizes the sum of log-odds; "none" is always
allowed. Heads stand before their bodies, after them, or all at the end: that is a property of the page, so each is
tried for the whole page, and the mode is chosen by its sum and by what stands at the top, the bottom and the seams.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

from duizhao.segmenter import weights
from duizhao.segmenter.cues import SEE
from duizhao.segmenter.features import continuations, crosshead, headings, same_heads
from duizhao.segmenter.fragments import far_continuations
from duizhao.segmenter.modes import MODES, mode_features
from duizhao.segmenter.reading import Array, Reading

# A pair that may not be linked.
NEVER = -1e6
# An extractor that prints columns in pieces has sorted them by place, so that no head comes after its body by rule.
SORTED = ("before", "mixed")
# The page's first paragraph starts an article (log-odds).
SURE = 4.0


def link(s: Reading) -> dict[int, int]:
    """The block that follows each block in its article (or in its head), where there is one."""
    if len(s.paragraphs) + len(s.displays) < 2:
        return {}
    features = continuations(s)
    starts = np.concatenate([[SURE], -(features @ weights.STARTS)]) if s.paragraphs else np.zeros(0)
    goes_on = features @ weights.CONTINUES
    together = same_heads(s)
    heads = headings(s, starts)
    far = far_continuations(s)
    modes = SORTED if any(b.breaks for b in s.blocks) else MODES
    found = [_assign(s, goes_on, far, together @ weights.SAME_HEAD[m], heads @ weights.HEADS[m]) for m in modes]
    if not s.paragraphs or not s.displays:
        return found[0][1]
    totals = np.array([total for total, _ in found])
    prior = (mode_features(s) @ weights.MODE)[[MODES.index(m) for m in modes]]
    chosen = prior + weights.MODE_TOTAL * (totals - totals.mean())
    return found[int(chosen.argmax())][1]


def _assign(
    s: Reading, goes_on: Array, far: Mapping[tuple[int, int], float], together: Array, heads: Array
) -> tuple[float, dict[int, int]]:
    """Blocks are numbered paragraphs first, then display lines, on both sides; extra columns stand for "none"."""
    p, d = len(s.paragraphs), len(s.displays)
    n = p + d
    teaser = np.array([_is_teaser(s, i) for i in s.displays], dtype=bool)
    idle = np.array([weights.IDLE * (1 - crosshead(s, i)) for i in s.displays]) * ~teaser
    score = np.full((n, 2 * n), NEVER)
    score[np.arange(n), n + np.arange(n)] = np.concatenate([np.zeros(p), -idle])
    if p:
        score[np.arange(p - 1), np.arange(1, p)] = goes_on + weights.UNHEADED
        for (i, j), value in far.items():
            score[i, j] = value + weights.UNHEADED
        score[p:, :p] = np.where(teaser[:, None], NEVER, heads + weights.UNHEADED)
    for k in range(d - 1):
        if s.displays[k + 1] == s.displays[k] + 1:
            score[p + k, p + k + 1] = together[k]
    rows, columns = linear_sum_assignment(score, maximize=True)
    blocks = s.paragraphs + s.displays
    after = {blocks[r]: blocks[c] for r, c in zip(rows, columns, strict=True) if c < n and score[r, c] > NEVER / 2}
    return float(score[rows, columns].sum()), after


def _is_teaser(s: Reading, i: int) -> bool:
    """A mark right after the display line says that its article stands on another page."""
    below = s.blocks[i + 1] if i + 1 < len(s.blocks) else None
    return below is not None and below.kind == "jump" and SEE.match(below.text) is not None
