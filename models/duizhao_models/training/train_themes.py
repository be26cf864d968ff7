"""Labelled sections in (JSON lines with "text" and "theme"); the weights of the linear theme model out.

python tests/quality/theme_headings.py --out sections.jsonl
python -m duizhao_models.training.train_themes --sections sections.jsonl --out models/duizhao_models/checkpoints

The sections come from work reports of 2024; none of the reports that the comparison is measured on is among them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from duizhao_models.themes import linear

# Strength of the penalty on the squared weights: .1 to 1 give the same figures on held-out reports within .005.
PENALTY = 0.3
ROUNDS = 80

Weights = tuple[NDArray[np.float64], NDArray[np.float64]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sections", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.sections.read_text(encoding="utf-8").splitlines()]
    ids = sorted({row["theme"] for row in rows})
    weights, bias = fit([row["text"] for row in rows], [ids.index(row["theme"]) for row in rows], len(ids))
    linear.save(args.out / linear.WEIGHTS.name, ids, weights, bias)


def fit(texts: Sequence[str], labels: Sequence[int], classes: int) -> Weights:
    """Multinomial logistic regression with an L2 penalty: weights (classes x BUCKETS) and biases."""
    rows = linear.features(texts)
    wanted = np.eye(classes)[np.asarray(labels)]
    own = np.arange(len(texts)), np.asarray(labels)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(classes, -1)
        weights = table[:, :-1]
        scores = rows @ weights.T + table[:, -1]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[own] + 1e-12).sum() + PENALTY / 2 * float((weights**2).sum())
        error = shares - wanted
        slope = np.hstack([(rows.T @ error).T + PENALTY * weights, error.sum(axis=0)[:, None]])
        return float(value), slope.ravel()

    start = np.zeros(classes * (linear.BUCKETS + 1))
    table = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x.reshape(classes, -1)
    return table[:, :-1], table[:, -1]


if __name__ == "__main__":
    main()
