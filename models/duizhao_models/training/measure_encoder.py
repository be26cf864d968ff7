"""A folder with an encoder and held-out texts in; how well it finds, spreads and sorts texts out (one line of JSON).

    python tests/quality/theme_headings.py --out sections.jsonl
    python -m duizhao_models.training.measure_encoder --encoder DIRECTORY --held held.jsonl --sections sections.jsonl

recall   share of 1,000 headlines whose body is the nearest of 1,000 (pairs of encoder_pairs --held)
spread   mean and standard deviation of cosines of texts that have nothing to do with each other, and the skewness of
         how often a text is among the ten nearest of others (hubness, Radovanović et al. 2010; 0 is best)
themes   the theme of a section of a work report told from its text: a linear head on the vectors, on character n-grams,
         and on both; reports of fold 0 are measured on, fold 1 sets the ridge, the others are learned from
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models import background, encoder
from duizhao_models.training.encoder_pairs import fold, rows

Matrix = NDArray[np.float64]

POOL = 1_000
NEAREST = 10
RIDGES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
EXAMPLES = (600, 400, 2_000)  # sections to measure on, to set the ridge with, to learn from
LONGEST = 120  # characters of a section that are read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, default=encoder.CHECKPOINT)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--sections", type=Path, required=True)
    args = parser.parse_args()
    network = encoder.load(args.encoder)
    with args.held.open(encoding="utf-8") as lines:
        pairs = [p for p in map(json.loads, lines) if p["source"] == "title"][:POOL]
    heads, bodies = (network.embed([p[side] for p in pairs]) for side in ("a", "b"))
    figures = {"recall": recall(heads, bodies)} | spread(bodies)
    texts, labels, parts = sections(args.sections, random.Random(7))
    grams = background.load().vectors(texts)
    wording = background.cosines(grams, grams).astype(np.float64)
    meaning = kernel(network.embed(texts), parts)
    for name, view in (("vectors", meaning), ("ngrams", wording), ("both", (meaning + wording) / 2)):
        figures |= {f"themes.{name}.{k}": v for k, v in sort_themes(view, labels, parts).items()}
    print(json.dumps({name: round(float(value), 4) for name, value in figures.items()}))


def recall(left: Any, right: Any) -> float:
    """Share of rows whose own row of the other side is the nearest, mean of both directions."""
    cosines, own = left @ right.T, np.arange(len(left))
    return float(((cosines.argmax(1) == own).mean() + (cosines.argmax(0) == own).mean()) / 2)


def spread(vectors: Any) -> dict[str, float]:
    """Mean and deviation of the cosines of different rows, and the skewness of k-occurrence."""
    cosines = vectors @ vectors.T
    chance = cosines[np.triu_indices(len(cosines), 1)]
    np.fill_diagonal(cosines, -1)
    nearest = np.argpartition(-cosines, NEAREST, axis=1)[:, :NEAREST]
    times = np.bincount(nearest.ravel(), minlength=len(cosines)).astype(float)
    skew = float((((times - times.mean()) / max(times.std(), 1e-9)) ** 3).mean())
    return {"chance.mean": float(chance.mean()), "chance.sigma": float(chance.std()), "hubness": skew}


def sections(path: Path, draw: random.Random) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Beginnings of sections, the numbers of their themes, and 0 measure, 1 set, 2 learn by the fold of the report."""
    found: list[list[tuple[str, str]]] = [[], [], []]
    for row in rows(path):
        found[min(fold(row["report"]), 2)].append((row["text"][:LONGEST], row["theme"]))
    names = sorted({theme for part in found for _, theme in part})
    drawn = [
        (text, names.index(theme), part)
        for part, most in enumerate(EXAMPLES)
        for text, theme in draw.sample(found[part], min(most, len(found[part])))
    ]
    return [text for text, _, _ in drawn], np.array([x[1] for x in drawn]), np.array([x[2] for x in drawn])


def kernel(vectors: Any, parts: NDArray[np.int64]) -> Matrix:
    """Cosines of rows about the mean of those that are learned from."""
    centred = (vectors - vectors[parts == 2].mean(0)).astype(np.float64)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred @ centred.T)


def sort_themes(view: Matrix, labels: NDArray[np.int64], parts: NDArray[np.int64]) -> dict[str, float]:
    """Shares of measured texts whose theme comes first, or among the first three (ridge with the kernel `view`)."""
    best = max(RIDGES, key=lambda ridge: _hits(view, labels, parts, ridge, 1)[0])
    first, third = _hits(view, labels, parts, best, 0)
    return {"top1": first, "top3": third, "ridge": best}


def _hits(
    view: Matrix, labels: NDArray[np.int64], parts: NDArray[np.int64], ridge: float, measured: int
) -> Sequence[float]:
    learn, ask = np.flatnonzero(parts == 2), np.flatnonzero(parts == measured)
    wanted = np.eye(int(labels.max()) + 1)[labels[learn]]
    offset = wanted.mean(0)
    weights = np.linalg.solve(view[np.ix_(learn, learn)] + ridge * np.eye(len(learn)), wanted - offset)
    ranked = np.argsort(-(view[np.ix_(ask, learn)] @ weights + offset), axis=1)[:, :3]
    right = ranked == labels[ask][:, None]
    return float(right[:, 0].mean()), float(right.any(1).mean())


if __name__ == "__main__":
    main()
