"""Judged pairs of units in (JSON lines with "pair", "label" and features); the combination that scores a pair out.

python tests/quality/alignment_bench.py --cells cells.jsonl
python -m duizhao_models.training.fit_alignment --cells cells.jsonl --out service/duizhao/compare/combination.json

A logistic model of two or three features, once with and once without the encoder. Its weights come from gold pairs of
documents, its threshold from pairs of units of other documents that are no links (those of the pair SECTIONS).
Run both commands again after a change of the encoder, of the background statistics or of the theme model.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

VIEWS = {"meaning": ("char_ngrams", "meaning", "themes"), "wording": ("char_ngrams", "themes")}
# On the squared weights of features in standard units. There are some eighty links: with 100 the weights vary least
# from fold to fold, and held-out F1 is .72 (5: .70, 30: .71, 300: .70); AP is the same within .004 (November 2026).
PENALTY = 100.0
SECTIONS = "sections"
# Share of the pairs of demands from sections on different themes that may reach the threshold. Mean F1 on gold pairs is
# .72 with .004, .71 with .005, .69 with .006, .67 with .003 (November 2026): of its neighbours the strictest good one.
LOOSE = 0.003

Cells = tuple[NDArray[np.float64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Combination:
    """Weights of the features and the weighed sum from which a pair is linked."""

    weights: dict[str, float]
    link: float

    def sums(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighed sums of rows of features, less the threshold."""
        return np.asarray(features @ np.array(list(self.weights.values())) - self.link)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.cells.read_text(encoding="utf-8").splitlines()]
    found: dict[str, Any] = {}
    for view, names in VIEWS.items():
        cells = cells_of(rows, names)
        sections, _ = cells.pop(SECTIONS)
        made = fit(cells, sections, names)
        found[view] = {"weights": {k: round(v, 3) for k, v in made.weights.items()}, "link": round(made.link, 3)}
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def cells_of(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Cells]:
    """Features and labels by pair of documents."""
    pairs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        pairs[str(row["pair"])].append(row)
    return {
        pair: (
            np.array([[row["features"][name] for name in names] for row in own], dtype=float),
            np.array([row["label"] for row in own]),
        )
        for pair, own in pairs.items()
    }


def fit(
    cells: Mapping[str, Cells], sections: NDArray[np.float64], names: Sequence[str], loose: float = LOOSE
) -> Combination:
    """Logistic regression over all pairs of documents; the threshold is what a share `loose` of `sections` reaches.

    The penalty shrinks the weights; their common scale is fitted once more without it, so that sums are log odds.
    """
    features = np.concatenate([x for x, _ in cells.values()])
    labels = np.concatenate([y for _, y in cells.values()])
    spread = features.std(axis=0)
    rows = (features - features.mean(axis=0)) / spread
    found = _logistic(rows, labels, PENALTY)
    scale = _logistic((rows @ found)[:, None], labels, 0.0)[0]
    weights = found * scale / spread
    link = float(np.quantile(sections @ weights, 1 - loose))
    return Combination(dict(zip(names, map(float, weights), strict=True)), link)


def _logistic(rows: NDArray[np.float64], labels: NDArray[np.int64], penalty: float) -> NDArray[np.float64]:
    """Weights of a logistic regression with an intercept, which is left out of the answer."""

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = rows @ flat[:-1] + flat[-1]
        value = float(np.sum(np.logaddexp(0, sums) - labels * sums)) + penalty / 2 * float(np.sum(flat[:-1] ** 2))
        error = 1 / (1 + np.exp(-sums)) - labels
        return value, np.append(rows.T @ error + penalty * flat[:-1], error.sum())

    return np.asarray(minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B").x[:-1])


if __name__ == "__main__":
    main()
