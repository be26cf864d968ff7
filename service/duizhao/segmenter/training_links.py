"""Training pages in, their possible links as numbers out: what `duizhao_models.training.link_weights` learns from.

    python -m duizhao.segmenter.training_links PAGES_DIR OUT_DIR

PAGES_DIR is written by `duizhao_models.training.link_pages`. OUT_DIR gets one .npz a page: the arrays of a `Problem`,
the features of its mode, its true mode, and the true links. No text is in it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from duizhao.segmenter import read_blocks
from duizhao.segmenter.links import Problem, problem_of
from duizhao.segmenter.modes import mode_features
from duizhao.segmenter.reading import Reading, reading_of
from duizhao.text import strip_span
from duizhao.types.pages import Line, Page

LINE = re.compile("[^\n\r\f]+")


class Owner(NamedTuple):
    """What a character belongs to: article (-1: furniture), role, paragraph, place in the true order."""

    article: int
    role: str
    paragraph: int
    order: int


def main(pages: Path, out: Path) -> None:
    """Write a problem for every page that has at least two paragraphs, or a paragraph and a display line."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(pages.glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        s = reading_of(read_blocks(page_of(path.stem, row["text"])).blocks)
        if not s.paragraphs or len(s.paragraphs) + len(s.displays) < 2:
            continue
        owners = [owner_of(s, i, row["owner"]) for i in range(len(s.blocks))]
        problem = problem_of(s)
        np.savez_compressed(out / f"{path.stem}.npz", **_arrays(s, problem, owners, row["mode"]))


def page_of(name: str, text: str) -> Page:
    """A text as a page with its lines."""
    spans = (strip_span(text, *match.span()) for match in LINE.finditer(text))
    return Page(id=name, source=name, text=text, lines=tuple(Line(s, e) for s, e in spans if s < e))


def _arrays(s: Reading, problem: Problem, owners: Sequence[Owner | None], mode: str) -> dict[str, Any]:
    arrays: dict[str, Any] = {
        name: getattr(problem, name) for name in ("paragraphs", "goes_on", "together", "heads", "idle", "teaser")
    }
    links = true_links(s, problem, owners)
    return arrays | {
        "mode": problem.modes[0] if len(problem.modes) == 1 else mode,
        "choice": mode_features(s) if len(problem.modes) > 1 else np.zeros(0),
        "links": np.array(sorted(links.items()), dtype=np.int64).reshape(len(links), 2),
    }


def true_links(s: Reading, problem: Problem, owners: Sequence[Owner | None]) -> dict[int, int]:
    """The links that gold speaks for, among those that are possible: paragraphs first, then display lines."""
    count, number = len(s.paragraphs), {block: k for k, block in enumerate(s.paragraphs + s.displays)}
    articles: dict[int, list[tuple[bool, int, int]]] = defaultdict(list)
    for block, owner in enumerate(owners):
        if block in number and owner is not None and owner.article >= 0:
            body = number[block] < count
            if body or owner.role != "body":  # a display line inside a body is a heading, which is linked to nothing
                articles[owner.article].append((body, owner.order, number[block]))
    apart = {count + int(k) for k in np.flatnonzero(problem.together[:, 0] == 0)}
    bodies = {k: article for article, blocks in articles.items() for body, _, k in blocks if body}
    links = {k: k + 1 for k, article in bodies.items() if bodies.get(k + 1) == article}
    for blocks in articles.values():
        blocks.sort()
        for (above, _, i), (below, _, j) in pairwise(blocks):
            same = not below and j == i + 1 and i not in apart
            if not above and (same or (below and not problem.teaser[i - count])):
                links[i] = j
    return links


def owner_of(s: Reading, block: int, runs: Sequence[Sequence[Any]]) -> Owner | None:
    """The owner of most of a block's characters; its place is that of its first one."""
    votes: Counter[int] = Counter()
    firsts: dict[int, Owner] = {}
    for span in s.blocks[block].spans:
        for start, end, article, role, paragraph, order in runs:
            common = min(end, span.end) - max(start, span.start)
            if common > 0:
                votes[article] += common
                firsts.setdefault(article, Owner(article, role, paragraph, order + max(0, span.start - start)))
    return firsts[votes.most_common(1)[0][0]] if votes else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
