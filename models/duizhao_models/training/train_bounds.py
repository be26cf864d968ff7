"""Marked clauses in (`duizhao.training_clauses bounds`), the weights of `duizhao_models.bounds_net` out (no text).

    python -m duizhao_models.training.train_bounds --marked bounds.npz --out bounds.safetensors [--seeds 3] [--folds 5]

`--folds N` also trains N networks on the other texts and prints how well they tell clauses inside sentences apart: area
under the curve, and the share of bad beginnings and ends that are refused while nine of ten good ones pass. One minute
of one core.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from duizhao_models import ensemble
from duizhao_models.bounds_net import build_network
from duizhao_models.training.train_clauses import LEAST_SPREAD

DROPOUT = 0.4
EPOCHS = 30
RATE = 1e-3
DECAY = 0.05
BATCH = 32
PASSING = 0.9


@dataclass(frozen=True, slots=True)
class Marked:
    """States, cues and marks of clauses (clauses by columns), the number of the text of each, and whether it stands at
    the beginning or end of its sentence (clauses by two), where the mark says little."""

    states: Any
    cues: Any
    marks: Any
    text: Any
    edges: Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marked", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    with np.load(args.marked) as stored:
        marked = Marked(*(stored[name] for name in ("states", "cues", "marks", "text", "edges")))
    mean, scale = marked.cues.mean(0), np.maximum(marked.cues.std(0), LEAST_SPREAD)
    if args.folds:
        _cross_validate(marked, mean, scale, args.folds)
    every = np.arange(len(marked.marks))
    ensemble.save(args.out, [train(marked, every, mean, scale, seed) for seed in range(args.seeds)], mean, scale)
    print(args.out, args.out.stat().st_size, "bytes")


def train(marked: Marked, rows: Any, mean: Any, scale: Any, seed: int) -> nn.Module:
    """One network of these rows; the same seed gives the same weights on the same machine."""
    chance = np.random.default_rng(seed)
    torch.manual_seed(seed)
    network = build_network(marked.states.shape[1], marked.cues.shape[1], DROPOUT)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = EPOCHS * math.ceil(len(rows) / BATCH), 0
    network.train()
    for _ in range(EPOCHS):
        order = chance.permutation(rows)
        for start in range(0, len(order), BATCH):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.02, 1 - step / steps)
            batch = order[start : start + BATCH]
            loss = binary_cross_entropy_with_logits(
                network(*_tensors(marked, batch, mean, scale)), torch.from_numpy(marked.marks[batch].astype(np.float32))
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return network.eval()


def _cross_validate(marked: Marked, mean: Any, scale: Any, folds: int) -> None:
    found = np.zeros(marked.marks.shape, dtype=np.float32)
    for fold in range(folds):
        held = marked.text % folds == fold
        network = train(marked, np.flatnonzero(~held), mean, scale, 0)
        with torch.inference_mode():
            rows = _tensors(marked, np.flatnonzero(held), mean, scale)
            found[held] = torch.sigmoid(network(*rows)).numpy()
    for task, name in enumerate(("begins", "ends")):
        inside = ~marked.edges[:, task]
        good, chances = marked.marks[inside, task] > 0.5, found[inside, task]
        bar = float(np.quantile(chances[good], 1 - PASSING))
        print(
            name,
            {
                "clauses": int(inside.sum()),
                "good": round(float(good.mean()), 3),
                "area": round(_area(good, chances), 3),
            },
            {"bar": round(bar, 3), "bad refused": round(float((chances[~good] < bar).mean()), 3)},
        )


def _area(good: Any, chances: Any) -> float:
    """Share of the pairs of a good and a bad one that are in the right order."""
    rank = chances.argsort().argsort()
    n = int(good.sum())
    return float((rank[good].sum() - n * (n - 1) / 2) / (n * (len(good) - n)))


def _tensors(marked: Marked, rows: Any, mean: Any, scale: Any) -> tuple[Any, Any]:
    states = torch.from_numpy(marked.states[rows].astype(np.float32))
    return states, torch.from_numpy(((marked.cues[rows] - mean) / scale).astype(np.float32))


if __name__ == "__main__":
    main()
