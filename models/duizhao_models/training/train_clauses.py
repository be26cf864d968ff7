"""Files of `duizhao.training_clauses` in, the weights of `duizhao_models.clause_net` out (safetensors, no text).

    python -m duizhao_models.training.train_clauses --labelled labelled.npz --silver briefs.npz notes.npz heads.npz \
        --out clauses.safetensors [--seeds 3] [--held-out 4]

First an editor's choices and the labels together, then the labels with as many of the former. Half of the texts lose
their title each time, so that the network can do without. `--held-out N` keeps every Nth labelled text out and prints
the share of the facts that must be told which the eight best clauses of those texts carry. Ten minutes of one core.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from duizhao_models import ensemble
from duizhao_models.clause_net import TASKS, TITLE_CUES, build_network

# How much each task counts, in the order of TASKS.
WEIGHTS = (1.0, 0.4, 0.6, 0.5, 0.4, 0.5)
DROPOUT = 0.3
FIRST_EPOCHS, EPOCHS = 3, 20
RATE, LATER_RATE = 1e-3, 6e-4
BATCH = 8
LABELLED_TIMES = 3
BEST = 8
# A cue that is the same in nearly all labelled texts (there is a title) must not swamp the others where it differs.
LEAST_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Example:
    """States, cues and targets of the clauses of a text, its title's state (zeros: none)."""

    states: Any
    cues: Any
    title: Any
    target: Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, nargs="+", required=True)
    parser.add_argument("--silver", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--held-out", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    labelled = [e for path in args.labelled for e in read(path)]
    silver = [e for path in args.silver for e in read(path)]
    cues = np.concatenate([e.cues for e in labelled])
    mean, scale = cues.mean(0), np.maximum(cues.std(0), LEAST_SPREAD)
    kept = [e for n, e in enumerate(labelled) if args.held_out and n % args.held_out == 0]
    used = [e for n, e in enumerate(labelled) if not args.held_out or n % args.held_out]
    networks = []
    for seed in range(args.seeds):
        network = train(used, silver, mean, scale, seed)
        if kept:
            print("seed", seed, "facts in the best clauses", round(recall(network, kept, mean, scale), 4), flush=True)
        networks.append(network)
    ensemble.save(args.out, networks, mean, scale)
    print(args.out, args.out.stat().st_size, "bytes")


def read(path: Path) -> list[Example]:
    """The texts of a file."""
    with np.load(path) as stored:
        ends = np.cumsum(stored["sizes"])[:-1]
        columns = [np.split(stored[name], ends) for name in ("states", "cues", "targets")]
        titles = stored["titles"].astype(np.float32)
    return [Example(s.astype(np.float32), c, t, y) for s, c, y, t in zip(*columns, titles, strict=True)]


def train(labelled: Sequence[Example], silver: Sequence[Example], mean: Any, scale: Any, seed: int) -> nn.Module:
    """One network; the same seed gives the same weights on the same machine."""
    chance = np.random.default_rng(seed)
    torch.manual_seed(seed)
    network = build_network(labelled[0].states.shape[1], labelled[0].cues.shape[1], DROPOUT)
    if silver:
        _epochs(
            network,
            [*silver, *(e for _ in range(LABELLED_TIMES) for e in labelled)],
            FIRST_EPOCHS,
            RATE,
            mean,
            scale,
            chance,
        )
        drawn = [silver[i] for i in chance.permutation(len(silver))[: len(labelled)]]
        _epochs(network, [*labelled, *drawn], EPOCHS, LATER_RATE, mean, scale, chance)
    else:
        _epochs(network, labelled, EPOCHS, RATE, mean, scale, chance)
    return network.eval()


def recall(network: nn.Module, examples: Sequence[Example], mean: Any, scale: Any) -> float:
    """Mean share of the facts that must be told which the best clauses carry."""
    shares = []
    with torch.inference_mode():
        for e in examples:
            must = e.target[:, 0]
            if must.sum() > 0:
                states, cues, titles, _, _ = _tensors([e], [True], mean, scale)
                best = network(states, cues, titles, None)[0, :, 0].numpy().argsort()[-BEST:]
                shares.append(must[best].sum() / must.sum())
    return float(np.mean(shares))


def _epochs(
    network: nn.Module, examples: Sequence[Example], epochs: int, rate: float, mean: Any, scale: Any, chance: Any
) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    steps, step = epochs * math.ceil(len(examples) / BATCH), 0
    network.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in _batches(examples, chance):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, step / 50) * max(0.02, 1 - step / steps)
            titled = chance.random(len(batch)) < 0.5
            states, cues, titles, padding, target = _tensors([examples[i] for i in batch], titled, mean, scale)
            loss = clause_loss(network(states, cues, titles, padding), target)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
        print("epoch", epoch, "loss", round(total * BATCH / len(examples), 4), flush=True)


def clause_loss(scores: Any, target: Any) -> Any:
    """Cross-entropy against shares, the mean over the clauses that have one, summed over the tasks by their weights."""
    known = ~torch.isnan(target)
    each = binary_cross_entropy_with_logits(scores, torch.nan_to_num(target), reduction="none") * known
    return (each.sum((0, 1)) / known.sum((0, 1)).clamp(min=1) * torch.tensor(WEIGHTS)).sum()


def _batches(examples: Sequence[Example], chance: Any) -> Iterator[list[int]]:
    """Texts of like length together, in an order of chance."""
    order = np.argsort([len(e.states) + 20 * chance.random() for e in examples])
    batches = [order[i : i + BATCH].tolist() for i in range(0, len(order), BATCH)]
    yield from (batches[i] for i in chance.permutation(len(batches)))


def _tensors(examples: Sequence[Example], titled: Any, mean: Any, scale: Any) -> tuple[Any, ...]:
    """States, cues, titles, padding and targets of a batch; a text that is not `titled` shows nothing of its title."""
    longest = max(len(e.states) for e in examples)
    shape = (len(examples), longest)
    states = np.zeros((*shape, examples[0].states.shape[1]), np.float32)
    cues = np.zeros((*shape, examples[0].cues.shape[1]), np.float32)
    titles = np.zeros((len(examples), states.shape[2]), np.float32)
    padding, target = np.ones(shape, bool), np.full((*shape, len(TASKS)), np.nan, np.float32)
    for row, (e, shown) in enumerate(zip(examples, titled, strict=True)):
        size = len(e.states)
        own = e.cues.copy()
        if shown:
            titles[row] = e.title
        else:
            own[:, -TITLE_CUES:] = 0.0
        states[row, :size], cues[row, :size] = e.states, (own - mean) / scale
        padding[row, :size], target[row, :size] = False, e.target
    return tuple(torch.from_numpy(a) for a in (states, cues, titles, padding, target))


if __name__ == "__main__":
    main()
