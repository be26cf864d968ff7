"""Training pages in, the possible joints of their lines as numbers out: what `networks` learns the order from.

    python -m duizhao.segmenter.training_order PAGES_DIR OUT_DIR LOOK

PAGES_DIR is written by `duizhao_models.training.link_pages` (its kind `pieces`); LOOK is "first" or "second", for which
the networks of the first look must be there. OUT_DIR gets one .npz a page. No text is in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from duizhao.segmenter.furniture import furniture_roles
from duizhao.segmenter.lines import Strip, rows_of, strips_of
from duizhao.segmenter.networks import Alone, Candidates, Numbers, best, weigh
from duizhao.segmenter.order import first_problem, second_problem
from duizhao.segmenter.paragraphs import standing
from duizhao.segmenter.pieces import common_measures, cut, describe
from duizhao.segmenter.training_links import page_of


def main(pages: Path, out: Path, look: str) -> None:
    """Write the possible joints of every page."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(pages.glob("pieces-*.json")):
        row = json.loads(path.read_text("utf-8"))
        strips = strips_of(page_of(path.stem, row["text"]))
        rows = rows_of(strips)
        kept = set(furniture_roles(rows)) | {i for run in standing(rows) for i in run}
        measures = common_measures(strips)
        cuts = [[strip] if i in kept else cut(strip, measures) for i, strip in enumerate(strips)]
        of_row = np.repeat(np.arange(len(cuts)), [len(pieces) for pieces in cuts])
        pieces = [piece for parts in cuts for piece in parts]
        if len(pieces) < 2:
            continue
        candidates, alone = first_problem(describe(pieces, of_row, measures), np.isin(of_row, list(kept)))
        if look == "second":
            links = weigh("first", [candidates], [alone])
            candidates = second_problem(candidates, links, best(len(pieces), links))
        save(out / f"{path.stem}.npz", [candidates], [alone], *_truth(pieces, row["owner"]))


def save(path: Path, candidates: list[Candidates], alone: list[Alone], following: Numbers, known: Numbers) -> None:
    """One page as arrays: for each kind of link and of thing its numbers and features, and the true links."""
    arrays: dict[str, Any] = {"next": following, "known": known}
    for c in candidates:
        arrays |= {
            f"link.{c.kind}.above": c.above,
            f"link.{c.kind}.below": c.below,
            f"link.{c.kind}.features": c.features.astype(np.float32),
        }
    for a in alone:
        arrays |= {
            f"thing.{a.kind}.numbers": a.numbers,
            f"thing.{a.kind}.ends": a.ends.astype(np.float32),
            f"thing.{a.kind}.starts": a.starts.astype(np.float32),
        }
    np.savez(path, **arrays)


def _truth(pieces: list[Strip], runs: list[list[Any]]) -> tuple[Numbers, Numbers]:
    """The piece that goes on with the same article and role right where each one ends, or -1; which ones are known."""
    owner: dict[int, tuple[int, str, int]] = {}
    for start, end, article, role, _, order in runs:
        owner |= {i: (article, role, order + i - start) for i in range(start, end)}
    begins: dict[tuple[int, str, int], int] = {}
    ends: dict[int, tuple[int, str, int]] = {}
    for number, piece in enumerate(pieces):
        owned = [owner[i] for i in range(piece.start, piece.end) if i in owner]
        if owned:
            begins.setdefault(owned[0], number)
            ends[number] = owned[-1]
    following = np.full(len(pieces), -1, dtype=np.int64)
    for number, (article, role, order) in ends.items():
        if article >= 0:
            following[number] = begins.get((article, role, order + 1), -1)
    return following, np.array([number in ends for number in range(len(pieces))], dtype=np.int64)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
