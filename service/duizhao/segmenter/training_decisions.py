"""Training pages in, the weights of the small questions out: what `decisions` adds up.

    python -m duizhao.segmenter.training_decisions PAGES_DIR OUT.json

PAGES_DIR is written by `duizhao_models.training.link_pages` (pages in their own order, and as pdftotext prints them).
Logistic regression with a ridge; on one page in four, kept aside at first, the share of right answers is printed.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from duizhao.segmenter import blank_lines, column_names, read_blocks
from duizhao.segmenter.articles import repeated_lines
from duizhao.segmenter.blocks import Block
from duizhao.segmenter.continuations import CONTINUES, continuations
from duizhao.segmenter.credits import is_byline
from duizhao.segmenter.drafts import drafts_of
from duizhao.segmenter.furniture import furniture_roles
from duizhao.segmenter.heads import parted
from duizhao.segmenter.lines import Row, rows_of, strips_of
from duizhao.segmenter.networks import Array
from duizhao.segmenter.order import in_order
from duizhao.segmenter.paragraphs import blank_habit, looks_indented, verdict
from duizhao.segmenter.reading import bigrams, reading_of
from duizhao.segmenter.training_links import owner_of, page_of

RIDGE, ASIDE = 0.3, 4
Run = Sequence[Any]
Example = tuple[list[float], bool]


def main(pages: Path, out: Path) -> None:
    """Fit and write all."""
    questions = {
        "blank line": (blank_lines.FEATURES, _blank_lines),
        "column": (column_names.FEATURES, _columns),
        "goes on": (CONTINUES, _continued),
    }
    table = {}
    for question, (names, examples) in questions.items():
        rows = [
            (number % ASIDE == 0, *example)
            for number, path in enumerate(sorted(pages.glob("p[ai]*-*.json")))
            for example in examples(json.loads(path.read_text("utf-8")))
        ]
        aside = np.array([row[0] for row in rows])
        x, y = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
        right = (x[aside] @ _fit(x[~aside], y[~aside]) > 0) == y[aside]
        print(f"{question}: {len(rows)} examples, {y.mean():.2f} yes, right on those kept aside {right.mean():.3f}")
        weights = [round(float(w), 3) for w in _fit(x, y)]
        table[question] = dict(zip(names, weights, strict=True))
    out.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


def _fit(x: Array, y: Array) -> Array:
    def loss(w: Array) -> tuple[float, Array]:
        value = x @ w
        slope = x.T @ (1 / (1 + np.exp(-value)) - y) + 2 * RIDGE * w
        return float(np.logaddexp(0, np.where(y, -value, value)).sum() + RIDGE * w @ w), slope

    found: Array = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def _blank_lines(page: dict[str, Any]) -> Iterator[Example]:
    """Every blank line in mid-sentence that the rules leave open."""
    rows = rows_of(in_order(strips_of(page_of("page", page["text"]))).strips)
    roles, habit = furniture_roles(rows), blank_habit(rows)
    owners, above = _owners(rows, page["owner"]), 1
    for i in range(len(rows) - 1):
        upper, lower = owners[i], owners[i + 1]
        known = upper is not None and lower is not None and i not in roles and i + 1 not in roles
        same = upper is not None and lower is not None and upper[2:5] == lower[2:5]
        if known and verdict(rows, i, rows[i + 1], above=above, habit=habit) is None:
            indented = looks_indented(rows, i + 1, loose=False)
            yield blank_lines.features(rows, i, above, indented=indented), same
        above = above + 1 if same else 1


def _owners(rows: Sequence[Row], runs: Sequence[Run]) -> list[Run | None]:
    """Whose the first character of every row is."""
    runs = sorted(runs, key=lambda run: int(run[0]))
    starts = [run[0] for run in runs]
    places = [bisect_right(starts, row.start) - 1 for row in rows]
    return [runs[k] if k >= 0 and runs[k][1] > row.start else None for k, row in zip(places, rows, strict=True)]


def _columns(page: dict[str, Any]) -> Iterator[Example]:
    """Every head of two blocks and more that is found: some hold a line that belongs to another article."""
    layout = read_blocks(page_of("page", page["text"]))
    blocks, repeated = layout.blocks, repeated_lines(layout.blocks)
    for draft in drafts_of(blocks, layout.joints):
        head = [part for i in draft.head for part in parted(blocks[i]) if not is_byline(part.text)]
        if len(head) > 1:
            words = set().union(*(bigrams(blocks[i].text) for i in draft.body))
            again = head[0].text.strip() in repeated
            yield column_names.features(head, words, again=again), _role(head[0], page["owner"]) == "column"


def _continued(page: dict[str, Any]) -> Iterator[Example]:
    """Every paragraph and the next one: whether both are of one article."""
    s = reading_of(read_blocks(page_of("page", page["text"])).blocks)
    owners = [owner_of(s, i, page["owner"]) for i in s.paragraphs]
    for features, (above, below) in zip(continuations(s).tolist(), pairwise(owners), strict=True):
        if above is not None and below is not None:
            yield features, above.article == below.article


def _role(block: Block, runs: Sequence[Run]) -> str:
    """What most of its characters are."""
    votes: Counter[str] = Counter()
    for span in block.spans:
        for start, end, _, role, *_ in runs:
            votes[role] += max(0, min(end, span.end) - max(start, span.start))
    return votes.most_common(1)[0][0]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
