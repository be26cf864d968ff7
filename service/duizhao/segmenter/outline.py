"""The blocks of a page with the pieces that they stand in: a `Reading` and joints of lines in, an `Outline` out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.cues import JUMP_FROM
from duizhao.segmenter.lines import Joints
from duizhao.segmenter.modes import MODE, mode_features
from duizhao.segmenter.networks import Array, Flags, Numbers
from duizhao.segmenter.reading import Reading

# The networks have seen no page of fewer than twenty paragraphs: smaller ones count as such (the feature `few`).
FEWEST = 0.3


class Outline:
    """The blocks of a page with the pieces that they stand in, by the numbers of paragraphs and of display lines."""

    def __init__(self, s: Reading, joints: Joints) -> None:
        self.s, self.joints = s, joints
        # a page in its own order is all one piece: its blank lines stand at column breaks
        self.piece = np.cumsum([(block.breaks and bool(joints)) or block.after_furniture for block in s.blocks])
        self.paragraphs = [s.blocks[i] for i in s.paragraphs]
        self.displays = [s.blocks[i] for i in s.displays]
        self.of_paragraph = self.piece[list(s.paragraphs)] if s.paragraphs else np.zeros(0, dtype=np.int64)
        self.of_display = self.piece[list(s.displays)] if s.displays else np.zeros(0, dtype=np.int64)
        # where the heads of this page seem to stand: the same for all its links
        self.habit = mode_features(s) if s.paragraphs and s.displays else np.zeros(len(MODE))
        self.habit[MODE.index("few")] = min(self.habit[MODE.index("few")], FEWEST)

    def kind_above(self, block: int) -> str:
        """What stands right above a block in its piece ("" at the top)."""
        inside = block > 0 and self.piece[block - 1] == self.piece[block]
        return self.s.blocks[block - 1].kind if inside else ""

    def kind_below(self, block: int) -> str:
        """What stands right below a block in its piece ("" at the bottom)."""
        inside = block + 1 < len(self.piece) and self.piece[block + 1] == self.piece[block]
        return self.s.blocks[block + 1].kind if inside else ""

    def jumps_on(self, block: int) -> bool:
        """A mark after the block says that its article goes on on another page."""
        below = self.s.blocks[block + 1] if block + 1 < len(self.s.blocks) else None
        return below is not None and below.kind == "jump" and not JUMP_FROM.match(below.text)

    def jumps_in(self, block: int) -> bool:
        """A mark before the block says that its article comes from another page."""
        above = self.s.blocks[block - 1] if block else None
        return above is not None and above.kind == "jump" and JUMP_FROM.match(above.text) is not None

    def joint(self, a: Block, b: Block) -> float | None:
        """Log-odds that the last line of one block goes on in the first line of another, where that was weighed."""
        return self.joints.get((a.spans[-1].end, b.spans[0].start))


def marks(values: Sequence[object]) -> Flags:
    """Whether each of them is true."""
    return np.array([bool(value) for value in values], dtype=bool)


def lead(value: Array, side: Numbers, counted: Flags) -> Array:
    """By how much each value leads over the best other one of its side, among those counted (0 without a rival)."""
    out = np.zeros(len(value))
    groups: dict[int, list[int]] = {}
    for place in np.flatnonzero(counted).tolist():
        groups.setdefault(int(side[place]), []).append(place)
    for places in groups.values():
        if len(places) > 1:
            second, top = np.sort(value[places])[-2:]
            out[places] = np.where(value[places] < top, value[places] - top, value[places] - second)
    return out
