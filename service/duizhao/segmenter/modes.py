"""Where the heads of a page stand (before their bodies, after, all at the end, or both ways): features out."""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.cues import JUMP_FROM, opens_article
from duizhao.segmenter.reading import Array, Reading

MODES = ("before", "after", "last", "mixed")
MODE = (
    "bias", "first is head", "last is head", "trailing", "leading", "head over opening", "head under end",
)  # fmt: skip
# So many display lines in a row at the top or the bottom of a page say all that they can.
MANY = 6


def mode_features(s: Reading) -> Array:
    """Features of a page with at least one paragraph and one display line, in the order of MODE."""
    first = min(s.paragraphs[0], s.displays[0])
    last = max(s.paragraphs[-1], s.displays[-1])
    trailing = sum(i > s.paragraphs[-1] for i in s.displays)
    leading = sum(i < s.paragraphs[0] for i in s.displays)
    openings = [j for j in s.paragraphs if opens_article(s.blocks[j].text)]
    under = [j > 0 and s.blocks[j - 1].kind == "display" for j in openings]
    ends = [i for i in range(len(s.blocks) - 1) if _ends_article(s, i)]
    over = [s.blocks[i + 1].kind == "display" for i in ends]
    return np.array(
        [
            1.0,
            float(first in s.displays),
            float(last in s.displays),
            min(1.0, trailing / MANY),
            min(1.0, leading / MANY),
            sum(under) / len(openings) - 0.5 if openings else 0.0,
            sum(over) / len(ends) - 0.5 if ends else 0.0,
        ]
    )


def _ends_article(s: Reading, i: int) -> bool:
    block = s.blocks[i]
    return block.kind == "caption" or (block.kind == "jump" and not JUMP_FROM.match(block.text))
