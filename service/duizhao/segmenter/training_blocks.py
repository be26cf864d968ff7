"""Training pages in, the possible links of their blocks as numbers out: what `networks` learns links from.

    python -m duizhao.segmenter.training_blocks PAGES_DIR OUT_DIR LOOK KIND

As `training_order`, whose networks must be there, because it puts the lines of a page into their order. LOOK is
"sorted first", "sorted second" (KIND pieces), "whole first" or "whole second" (KIND pages).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from duizhao.segmenter import read_blocks
from duizhao.segmenter.block_context import look_again
from duizhao.segmenter.block_links import first_problem, solve
from duizhao.segmenter.networks import Numbers
from duizhao.segmenter.outline import Outline
from duizhao.segmenter.reading import Reading, reading_of
from duizhao.segmenter.training_links import Owner, owner_of, page_of
from duizhao.segmenter.training_order import save

# What is printed of an article beside its head and its body.
APART = ("body", "caption", "jump_to", "jump_from", "furniture")


def main(pages: Path, out: Path, look: str, kind: str) -> None:
    """Write the possible links of every page."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(pages.glob(f"{kind}-*.json")):
        row = json.loads(path.read_text("utf-8"))
        layout = read_blocks(page_of(path.stem, row["text"]))
        s = reading_of(layout.blocks)
        if len(s.paragraphs) < 2 or len(s.displays) < 2:
            continue
        owners = [owner_of(s, i, row["owner"]) for i in range(len(s.blocks))]
        outline = Outline(s, layout.joints)
        candidates, things = first_problem(outline)
        scope, time = look.split()
        if time == "second":
            candidates = look_again(outline, candidates, *solve(f"{scope} first", candidates, things))
        known = [owners[block] is not None for block in s.paragraphs + s.displays]
        save(out / f"{path.stem}.npz", candidates, things, _truth(s, owners), np.array(known, dtype=np.int64))


def _truth(s: Reading, owners: Sequence[Owner | None]) -> Numbers:
    """What follows each paragraph in its article, each display line in its head, and the head itself."""
    count, number = len(s.paragraphs), {block: k for k, block in enumerate(s.paragraphs + s.displays)}
    body: dict[int, list[tuple[int, int]]] = defaultdict(list)
    head: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for block, owner in enumerate(owners):
        if block not in number or owner is None or owner.article < 0:
            continue
        if number[block] < count and owner.role == "body":
            body[owner.article].append((owner.order, number[block]))
        elif number[block] >= count and owner.role not in APART:
            head[owner.article].append((owner.order, number[block]))
    following = np.full(len(number), -1, dtype=np.int64)
    for article in body.keys() | head.keys():
        blocks = [k for _, k in [*sorted(head[article]), *sorted(body[article])]]
        for above, below in pairwise(blocks):
            following[above] = below
    return following


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
