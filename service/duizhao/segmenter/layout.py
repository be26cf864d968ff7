"""What a front end finds on a page, from its text alone or from its geometry: the input of the common core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.drafts import Draft
from duizhao.segmenter.lines import Joints, Row


@dataclass(frozen=True, slots=True)
class Layout:
    """Printed lines, which of them are furniture (role by number), and the blocks and drafts made of the others.

    `columns`: in how many columns most of the page is set, where geometry tells; `joints`: log-odds that the line
    ending at the first offset goes on at the second, where the lines were put into order.
    """

    rows: Sequence[Row]
    roles: dict[int, str]
    blocks: Sequence[Block]
    drafts: Sequence[Draft]
    columns: int | None = None
    joints: Joints = field(default_factory=dict)
