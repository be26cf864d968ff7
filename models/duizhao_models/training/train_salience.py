"""Lines of candidates with an editor's wording in, the weights of `duizhao_models.salience` out (safetensors, no text).

    python -m duizhao_models.training.train_salience --headlines h.jsonl --briefs b.jsonl --notes n.jsonl \
        --kept k.jsonl --out FILE
    python -m duizhao_models.training.train_salience --kept k.jsonl --others FILE --out FILE

The lines come from `duizhao.summarize.training_lines`, those of `--kept` with its switch `--kept`: what the headline
network says of each line goes into trees of their own, used where the encoder is. The second form learns those alone.

For headlines the target is the likeness of a line to the
headline (mean F1 of ROUGE-1, -2 and -L over characters), for clauses the share of its bigrams that the editor kept.
Ridge regression on dense features and hashed bigrams comes first; boosted trees (LightGBM, needed here only) then read
its answers, which for this are made by a model of the other half of the texts. Takes about ten minutes on one core
for 30,000 headlines.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import load_file, save_file
from scipy.sparse.linalg import lsmr

from duizhao_models.lines import BUCKETS, Lines, bucket
from duizhao_models.salience import Candidate, bigrams, dense, hashed, linear, relative
from duizhao_models.salience_trees import flatten

DENSE_SCALE = 5.0
TREES = 260
FOREST = {
    "objective": "regression",
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates of one text: dense features, buckets and targets, what `relative` needs of the text, and what the
    headline network says of each (no columns where it was not asked)."""

    text: str
    candidates: list[Candidate]
    plain: Any
    words: list[Any]
    target: Any
    kept: Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--briefs", type=Path)
    parser.add_argument("--notes", type=Path)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--others", type=Path, help="weights of which all but those of --kept are taken")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--damp", type=float, default=6.0)
    args = parser.parse_args()
    tensors: dict[str, Any]
    if args.others:
        tensors = {name: value for name, value in load_file(args.others).items() if not name.startswith("kept.")}
        idf = tensors["idf"].astype(np.float64)
    else:
        headlines, briefs, notes = (_rows(p) for p in (args.headlines, args.briefs, args.notes))
        idf = inverse_frequencies([r["text"] for r in headlines])
        tensors = {"idf": idf.astype(np.float16)}
        tensors |= grow("headline", _headline_examples(headlines, idf), idf, args.damp)
        tensors |= grow("clause", _clause_examples(headlines[:4000], briefs, notes, idf), idf, args.damp)
    tensors |= grow("kept", _headline_examples(_rows(args.kept), idf), idf, args.damp)
    save_file(tensors, args.out)
    print(args.out, args.out.stat().st_size, "bytes")


def inverse_frequencies(texts: Sequence[str]) -> Any:
    """Scaled inverse document frequency of each bigram bucket, 0 (everywhere) to 1 (in one text)."""
    count = np.zeros(BUCKETS)
    for text in texts:
        count[list({bucket(g[0], g[1]) for g in bigrams(text)})] += 1
    return np.log((len(texts) + 1) / (count + 1)) / np.log(len(texts) + 1)


def grow(name: str, examples: Sequence[Examples], idf: Any, damp: float) -> dict[str, Any]:
    """A ridge regression and the trees upon it; returns all tensors under `name`."""
    lightgbm = import_module("lightgbm")

    halves = [fit(name, examples[start::2], damp) for start in (1, 0)]
    rows = []
    for number, e in enumerate(examples):
        line = linear(name, halves[number % 2], e.plain, e.words)
        rows.append(
            np.hstack(
                [e.plain, relative(e.text, e.candidates, Lines.of([c.text for c in e.candidates]), line, idf), e.kept]
            )
        )
    data = lightgbm.Dataset(np.vstack(rows), np.concatenate([e.target for e in examples]))
    trees = lightgbm.train(FOREST, data, TREES).dump_model()["tree_info"]
    return fit(name, examples, damp) | {f"{name}.{part}": value for part, value in flatten(trees).items()}


def fit(name: str, examples: Sequence[Examples], damp: float) -> dict[str, Any]:
    """Ridge regression; returns means, scales and weights under `name`."""
    x = np.vstack([e.plain for e in examples])
    words = [w for e in examples for w in e.words]
    y = np.concatenate([e.target for e in examples])
    mean, scale = x.mean(0), x.std(0) + 1e-6
    mean[0], scale[0] = 0.0, 1.0
    matrix = sp.hstack([sp.csr_matrix((x - mean) / scale * DENSE_SCALE), _sparse(words)]).tocsr()
    weights = lsmr(matrix, y, damp=damp, maxiter=80)[0]
    error = float(np.sqrt(np.mean((matrix @ weights - y) ** 2)))
    print(name, matrix.shape, "root mean square error", round(error, 4), "spread", round(float(y.std()), 4), flush=True)
    size = x.shape[1]
    return {
        f"{name}.mean": mean.astype(np.float32),
        f"{name}.scale": (scale / DENSE_SCALE).astype(np.float32),
        f"{name}.dense": weights[:size].astype(np.float32),
        f"{name}.words": weights[size:].astype(np.float16),
    }


def likeness(line: str, reference: str) -> float:
    """Mean F1 of ROUGE-1, ROUGE-2 and ROUGE-L over characters."""
    a, b = "".join(line.split()), "".join(reference.split())
    scores = []
    for n in (1, 2):
        left = Counter(a[i : i + n] for i in range(len(a) - n + 1))
        right = Counter(b[i : i + n] for i in range(len(b) - n + 1))
        scores.append(_f1(sum((left & right).values()), sum(left.values()), sum(right.values())))
    return (sum(scores) + _f1(_common(a, b), len(a), len(b))) / 3


def _headline_examples(rows: Sequence[dict[str, Any]], idf: Any) -> list[Examples]:
    found = []
    for row in rows:
        candidates = [Candidate(*c) for c in row["lines"]]
        if candidates:
            target = np.asarray([likeness(c.text, row["reference"]) for c in candidates])
            lines = Lines.of([c.text for c in candidates])
            plain = dense(row["text"], candidates, lines, 30, idf)
            kept = np.asarray(row["kept"]) if row.get("kept") else np.zeros((len(candidates), 0))
            found.append(Examples(row["text"], candidates, plain, hashed(lines), target, kept))
    return found


def _clause_examples(
    headlines: Sequence[dict[str, Any]], briefs: Sequence[dict[str, Any]], notes: Sequence[dict[str, Any]], idf: Any
) -> list[Examples]:
    """Half of the briefs and notes keep their title, so that the model can do with and without."""
    found = []
    chance = random.Random(0)
    for row in (*headlines, *briefs, *notes):
        candidates = [Candidate(*c) for c in row["clauses"]]
        if candidates:
            title = row["title"] if chance.random() < 0.5 else ""
            kept = set(bigrams(row["reference"]))
            grams = [set(bigrams(c.text)) for c in candidates]
            target = np.asarray([len(g & kept) / max(1, len(g)) for g in grams])
            lines = Lines.of([c.text for c in candidates])
            plain = dense(row["text"], candidates, lines, 40, idf, title)
            none = np.zeros((len(candidates), 0))
            found.append(Examples(row["text"], candidates, plain, hashed(lines), target, none))
    return found


def _sparse(words: list[Any]) -> Any:
    flat = np.concatenate([np.asarray(w, dtype=np.int64) for w in words])
    ends = np.concatenate([[0], np.cumsum([len(w) for w in words])])
    return sp.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(words), BUCKETS))


def _common(a: str, b: str) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for i, char in enumerate(a):
        places[char] = places.get(char, 0) | 1 << i
    full = state = (1 << len(a)) - 1
    for char in b:
        match = state & places.get(char, 0)
        state = ((state + match) | (state - match)) & full
    return (~state & full).bit_count()


def _f1(overlap: int, n: int, m: int) -> float:
    return 2 * overlap / (n + m) if n and m else 0.0


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
