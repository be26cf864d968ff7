"""Small networks that say how likely a link is, and the best set of links: features in, links out.

`networks.npz` holds their weights; it is written by `duizhao_models.training.networks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Weights = NDArray[np.float32]
Flags = NDArray[np.bool_]

FILE = Path(__file__).with_name("networks.npz")
PARTS = ("inner", "inner_bias", "outer", "linear", "bias")
# A pair that may not be linked.
NEVER = -1e6


@dataclass(frozen=True, slots=True)
class Candidates:
    """Possible links of one kind, from `above` to `below`, with their features."""

    kind: str
    above: Numbers
    below: Numbers
    features: Array


@dataclass(frozen=True, slots=True)
class Alone:
    """Things of one kind by number, with features for that nothing follows them and for that they follow nothing."""

    kind: str
    numbers: Numbers
    ends: Array
    starts: Array


@dataclass(frozen=True, slots=True)
class Links:
    """Possible links between numbered things: from `above` to `below`, with the log-odds of each."""

    above: Numbers
    below: Numbers
    values: Array


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified units beside a linear term."""

    inner: Weights
    inner_bias: Weights
    outer: Weights
    linear: Weights
    bias: float

    def __call__(self, features: Array) -> Array:
        """A score for each row of features."""
        x = features.astype(np.float32)
        hidden = np.maximum(x @ self.inner + self.inner_bias, 0)
        scores: Array = (hidden @ self.outer + x @ self.linear + self.bias).astype(float)
        return scores


@cache
def _weights() -> dict[str, NDArray[np.float32]]:
    with np.load(FILE) as z:
        return {name: z[name] for name in z.files}


@cache
def network(name: str) -> Network:
    """A network by its name."""
    inner, inner_bias, outer, terms, bias = (_weights()[f"{name}.{part}"] for part in PARTS)
    return Network(inner, inner_bias, outer, terms, float(bias))


@cache
def linear(name: str) -> Array:
    """A vector of weights by its name."""
    return _weights()[name].astype(float)


def weigh(look: str, candidates: Sequence[Candidates], alone: Sequence[Alone]) -> Links:
    """All possible links with their log-odds against "none" on both sides; `look` is "first" or "second"."""
    count = sum(len(a.numbers) for a in alone)
    ends, starts = np.zeros(count), np.zeros(count)
    for a in alone:
        ends[a.numbers] = a.ends @ linear(f"{a.kind} {look} ends")
        starts[a.numbers] = a.starts @ linear(f"{a.kind} {look} starts")
    above, below = (np.concatenate([getattr(c, side) for c in candidates]) for side in ("above", "below"))
    scores = np.concatenate([network(f"{c.kind} {look}")(c.features) for c in candidates])
    return Links(above, below, scores - (ends[above] + starts[below]) / 2)


def best(count: int, links: Links) -> Numbers:
    """For each of `count` things the one that follows it in the best assignment, or -1."""
    score = np.full((count, 2 * count), NEVER)
    score[np.arange(count), count + np.arange(count)] = 0.0
    score[links.above, links.below] = links.values
    rows, columns = linear_sum_assignment(score, maximize=True)
    following = np.full(count, -1, dtype=np.int64)
    following[rows] = np.where(columns < count, columns, -1)
    return following


def preceding(following: Numbers) -> Numbers:
    """The same links the other way round."""
    back = np.full(len(following), -1, dtype=np.int64)
    linked = np.flatnonzero(following >= 0)
    back[following[linked]] = linked
    return back


def chains(following: Numbers) -> Numbers:
    """For each thing the first one of its chain; a ring begins with its lowest number."""
    first = np.full(len(following), -1, dtype=np.int64)
    starts = np.flatnonzero(preceding(following) < 0)
    for start in [*starts.tolist(), *range(len(following))]:
        at = start
        while at >= 0 and first[at] < 0:
            first[at] = start
            at = int(following[at])
    return first
