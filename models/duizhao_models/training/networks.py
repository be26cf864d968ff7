"""Possible links of training pages in, one network for each kind of link out (`networks.npz` of the segmenter).

    python -m duizhao_models.training.networks PROBLEMS_DIR LOOK OUT [--epochs 10] [--members 3]

PROBLEMS_DIR is written by `duizhao.segmenter.training_order` or `training_blocks`; LOOK names the weights ("first",
"second"); OUT keeps the networks of other names that it holds. Every thing is taught what follows it and what it
follows, "nothing" among the answers (two softmaxes over the possible links, Adam). One page in twelve is kept aside,
and the F1 of the best assignment on them is printed. Several members, which differ by their random start and the order
of the pages, are fitted; their mean is one network with the hidden units of all.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from torch import Tensor, nn

HIDDEN, RATE, DECAY, KEPT_ASIDE = 24, 3e-3, 2e-5, 12
NEVER = -1e6


@dataclass
class Problem:
    """One page: for each kind of link (above, below, features), for each kind of thing (numbers, ends, starts)."""

    links: dict[str, tuple[Tensor, Tensor, Tensor]]
    things: dict[str, tuple[Tensor, Tensor, Tensor]]
    following: NDArray[np.int64]
    known: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many things there are."""
        return len(self.following)

    def ends(self) -> tuple[Tensor, Tensor]:
        """Both sides of all links, in the order of `scores`."""
        return torch.cat([a for a, _, _ in self.links.values()]), torch.cat([b for _, b, _ in self.links.values()])


class Scorer(nn.Module):
    """The networks of all kinds."""

    def __init__(self, like: Problem) -> None:
        super().__init__()
        self.inner, self.outer, self.linear = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
        for kind, (_, _, features) in like.links.items():
            self.inner[kind] = nn.Linear(features.shape[1], HIDDEN)
            self.outer[kind] = nn.Linear(HIDDEN, 1, bias=False)
            self.linear[kind] = nn.Linear(features.shape[1], 1)
        self.alone = nn.ModuleDict()
        for kind, (_, ends, starts) in like.things.items():
            self.alone[f"{kind} ends"] = nn.Linear(ends.shape[1], 1, bias=False)
            self.alone[f"{kind} starts"] = nn.Linear(starts.shape[1], 1, bias=False)

    def forward(self, p: Problem) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of all links; of nothing following each thing; of each thing following nothing."""
        scores = torch.cat([
            (self.outer[k](torch.relu(self.inner[k](x))) + self.linear[k](x)).squeeze(1)
            for k, (_, _, x) in p.links.items()
        ])  # fmt: skip
        last, first = torch.zeros(p.count), torch.zeros(p.count)
        for kind, (numbers, ends, starts) in p.things.items():
            last = last.index_add(0, numbers, self.alone[f"{kind} ends"](ends).squeeze(1))
            first = first.index_add(0, numbers, self.alone[f"{kind} starts"](starts).squeeze(1))
        return scores, last, first


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems", type=Path)
    parser.add_argument("look")
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--members", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    data = [load(path) for path in sorted(args.problems.glob("*.npz"))]
    aside, train = data[::KEPT_ASIDE], [p for k, p in enumerate(data) if k % KEPT_ASIDE]
    scorers = [fit(train, args.epochs, seed) for seed in range(args.members)]
    print(len(train), "pages to learn from,", len(aside), "kept aside:", report(scorers, aside))
    kept = dict(np.load(args.out)) if args.out.exists() else {}
    np.savez_compressed(args.out, **(kept | named(scorers, args.look)))


def load(path: Path) -> Problem:
    """A problem from its file."""
    z = np.load(path)
    kinds = {tuple(name.split(".")[:2]) for name in z.files if "." in name}

    def part(kind: str, name: str, parts: tuple[str, str, str]) -> tuple[Tensor, Tensor, Tensor]:
        a, b, c = (torch.from_numpy(z[f"{kind}.{name}.{x}"]) for x in parts)
        return a, b, c

    return Problem(
        {n: part(k, n, ("above", "below", "features")) for k, n in sorted(kinds) if k == "link"},
        {n: part(k, n, ("numbers", "ends", "starts")) for k, n in sorted(kinds) if k == "thing"},
        z["next"],
        z["known"],
    )


def fit(train: list[Problem], epochs: int, seed: int) -> Scorer:
    """Adam over single pages; the last third of the time at a fifth of the rate."""
    torch.manual_seed(seed)
    scorer = Scorer(train[0])
    optimizer = torch.optim.Adam(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    order = list(train)
    for epoch in range(epochs):
        if epoch == epochs * 2 // 3:
            for group in optimizer.param_groups:
                group["lr"] = RATE / 5
        random.Random(seed * epochs + epoch).shuffle(order)
        for problem in order:
            value = loss(problem, *scorer(problem))
            optimizer.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return scorer


def loss(p: Problem, scores: Tensor, last: Tensor, first: Tensor) -> Tensor:
    """Cross-entropy of what follows each known thing and of what it follows."""
    above, below = p.ends()
    following, known = torch.from_numpy(p.following), torch.from_numpy(p.known).bool()
    sure = known[above] & known[below]
    above, below, scores = above[sure], below[sure], scores[sure]
    right = following[above] == below
    return (_side(above, scores, last, right, known) + _side(below, scores, first, right, known)) / p.count


def _side(ends: Tensor, scores: Tensor, nothing: Tensor, right: Tensor, known: Tensor) -> Tensor:
    top = torch.maximum(nothing.detach().scatter_reduce(0, ends, scores.detach(), "amax"), nothing.detach())
    total = torch.exp(nothing - top).scatter_add(0, ends, torch.exp(scores - top[ends]))
    whole = top + torch.log(total)
    linked = torch.zeros(len(nothing), dtype=torch.bool).scatter(0, ends[right], True)
    none = known & ~linked
    return (whole[ends[right]] - scores[right]).sum() + (whole[none] - nothing[none]).sum()


def report(scorers: list[Scorer], pages: list[Problem]) -> dict[str, float]:
    """F1 of the links of each kind in the best assignment."""
    counts: Counter[tuple[str, str]] = Counter()
    for p in pages:
        above, below = (x.numpy() for x in p.ends())
        with torch.no_grad():
            parts = zip(*(scorer(p) for scorer in scorers), strict=True)
            scores, last, first = (torch.stack(part).mean(0).numpy() for part in parts)
        matrix = np.full((p.count, 2 * p.count), NEVER)
        matrix[np.arange(p.count), p.count + np.arange(p.count)] = 0
        matrix[above, below] = scores - (last[above] + first[below]) / 2
        rows, columns = linear_sum_assignment(matrix, maximize=True)
        of = {n: kind for kind, (numbers, _, _) in p.things.items() for n in numbers.tolist()}
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            true = int(p.following[i])
            if p.known[i]:
                counts[_kind(of, i, true), "true"] += true >= 0
                counts[_kind(of, i, j), "found"] += j < p.count
                counts[_kind(of, i, j), "both"] += j == true
    kinds = sorted({kind for kind, _ in counts if kind})
    return {k: round(2 * counts[k, "both"] / max(1, counts[k, "true"] + counts[k, "found"]), 3) for k in kinds}


def _kind(of: dict[int, str], above: int, below: int) -> str:
    return f"{of[above]} to {of[below]}" if below in of else ""


def named(scorers: list[Scorer], look: str) -> dict[str, NDArray[np.float32]]:
    """The weights of the mean of all members by the names that the segmenter knows them by."""
    states = [{name: value.detach().numpy() for name, value in x.state_dict().items()} for x in scorers]

    def mean(name: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = np.mean([state[name] for state in states], axis=0)
        return found

    found: dict[str, NDArray[np.float32]] = {}
    for kind in scorers[0].inner:
        parts = {
            "inner": np.concatenate([state[f"inner.{kind}.weight"] for state in states]).T,
            "inner_bias": np.concatenate([state[f"inner.{kind}.bias"] for state in states]),
            "outer": np.concatenate([state[f"outer.{kind}.weight"][0] for state in states]) / len(states),
            "linear": mean(f"linear.{kind}.weight")[0],
            "bias": mean(f"linear.{kind}.bias")[0],
        }
        found |= {f"{kind} {look}.{part}": value for part, value in parts.items()}
    for name in scorers[0].alone:
        kind, side = name.rsplit(" ", 1)
        found[f"{kind} {look} {side}"] = mean(f"alone.{name}.weight")[0]
    return found


if __name__ == "__main__":
    main()
