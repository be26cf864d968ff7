"""How well text goes on over a break: the characters on both sides in, log-odds out.

`followers.npz` holds counts of two and three neighbouring characters in news texts, as probabilities; it is written by
`duizhao_models.training.followers`, which says of which texts. It holds no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("followers.npz")

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Followers:
    """Characters by number (0: any other), with log probabilities: alone, after one, after two characters.

    `pairs` and `triples` are sorted keys, `first * size + second` and `number of the pair * size + third`; `less` and
    `less_pairs` are what is left (log) for what was not seen after a character, or after a pair.
    """

    numbers: dict[str, int]
    alone: Array
    pairs: Numbers
    after_one: Array
    less: Array
    triples: Numbers
    after_two: Array
    less_pairs: Array

    def ends(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The last two characters of every text, and its first two: (texts, 2) each."""
        get = self.numbers.get
        last = [[get(c, 0) for c in ("\0\0" + text)[-2:]] for text in texts]
        first = [[get(c, 0) for c in (text + "\0\0")[:2]] for text in texts]
        return np.array(last, dtype=np.int64).reshape(-1, 2), np.array(first, dtype=np.int64).reshape(-1, 2)

    def gains(self, last: Numbers, first: Numbers) -> tuple[Array, Array]:
        """By how much the first character after the break is likelier because of what stands before it; the second."""
        a, b, c, d = last[:, 0], last[:, 1], first[:, 0], first[:, 1]
        return self._third(a, b, c) - self.alone[c], self._third(b, c, d) - self._second(c, d)[0]

    def _second(self, a: Numbers, b: Numbers) -> tuple[Array, Numbers]:
        """Log probability of b after a; the number of the pair, or -1."""
        place, seen = _find(self.pairs, a * len(self.alone) + b)
        return np.where(seen, self.after_one[place], self.less[a] + self.alone[b]), np.where(seen, place, -1)

    def _third(self, a: Numbers, b: Numbers, c: Numbers) -> Array:
        _, pair = self._second(a, b)
        place, seen = _find(self.triples, pair * len(self.alone) + c)
        seen &= pair >= 0
        rest = np.where(pair >= 0, self.less_pairs[pair], 0.0)
        found: Array = np.where(seen, self.after_two[place], rest + self._second(b, c)[0])
        return found


def _find(keys: Numbers, wanted: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted


@cache
def followers() -> Followers:
    """The shipped table."""
    with np.load(FILE) as z:
        return Followers(
            numbers={c: n for n, c in enumerate(str(z["characters"]), 1)},
            alone=z["alone"].astype(float),
            pairs=np.cumsum(z["pairs"], dtype=np.int64),
            after_one=_logs(z["after_one"]),
            less=_logs(z["less"]),
            triples=np.cumsum(z["triples"], dtype=np.int64),
            after_two=_logs(z["after_two"]),
            less_pairs=_logs(z["less_pairs"]),
        )


def _logs(steps: NDArray[np.uint8]) -> Array:
    """Log probabilities are kept in steps of a sixteenth."""
    return -steps.astype(float) / 16
