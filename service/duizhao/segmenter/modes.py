"""Where the heads of a page stand: features out.

Before their bodies, after, all at the end, or both ways; or the text is a plain one (of a web site, a news desk): heads
over bodies in reading order, without columns and jumps.
"""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.cues import JUMP_FROM, opens_article
from duizhao.segmenter.reading import Array, Reading

# Those of whole pages; all.
WHOLE = ("before", "after", "last", "mixed")
PLAIN = "plain"
MODES = (*WHOLE, PLAIN)
# The mode of a text without any display line: nothing but paragraphs.
BODIES = "bodies"
MODE = (
    "bias", "first is head", "last is head", "trailing", "leading", "head over opening", "head under end", "few",
)  # fmt: skip
# So many display lines in a row at the top or the bottom of a page say all that they can.
MANY = 6
# A page with so few paragraphs has half of the feature that says so.
FEW = 10


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
            FEW / (FEW + len(s.paragraphs)),
        ]
    )


def _ends_article(s: Reading, i: int) -> bool:
    block = s.blocks[i]
    return block.kind == "caption" or (block.kind == "jump" and not JUMP_FROM.match(block.text))
