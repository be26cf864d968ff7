"""Lines of a text in, which character bigrams each has out, all lines at once (numpy in place of a loop over lines)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
_SHIFT = 21  # bits of a code point
_SECOND = (1 << _SHIFT) - 1
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


def bucket(a: str, b: str, salt: int = 0) -> int:
    """The bucket of a character bigram, the same in every process."""
    return int(_bucket(ord(a), ord(b), salt))


def buckets(grams: Numbers, salt: int = 0) -> Numbers:
    """The buckets of bigrams as `numbered` gives them."""
    return np.asarray(_bucket(grams >> _SHIFT, grams & _SECOND, salt))


def _bucket(a: Any, b: Any, salt: int) -> Any:
    return ((a * 0x9E3779B1 ^ b * 0x85EBCA6B ^ salt * 0xC2B2AE35) >> 7) % BUCKETS


def numbered(text: str) -> Numbers:
    """The bigrams of a text in their order, each as one number."""
    points = _points(text)
    return points[:-1] << _SHIFT | points[1:]


@dataclass(frozen=True, slots=True)
class Lines:
    """The different bigrams of each of some lines, line by line: `grams[i]` stands in line `row[i]`.

    `count` is how many a line has; `first` and `last` are its bigrams at both ends, -1 for a line shorter than two.
    """

    row: Numbers
    grams: Numbers
    count: Numbers
    first: Numbers
    last: Numbers

    @classmethod
    def of(cls, lines: Sequence[str]) -> Lines:
        """Read some lines."""
        sizes = np.asarray([len(line) for line in lines], dtype=np.int64)
        every = numbered("".join(lines))
        row = np.repeat(np.arange(len(lines)), sizes)
        inside = row[:-1] == row[1:]  # no bigram reaches over two lines
        row, every = row[:-1][inside], every[inside]
        ends = np.cumsum(np.maximum(sizes - 1, 0))
        first, last = (np.full(len(lines), -1, dtype=np.int64) for _ in range(2))
        long = sizes > 1
        first[long], last[long] = every[(ends - sizes + 1)[long]], every[(ends - 1)[long]]
        order = np.lexsort((every, row))
        row, every = row[order], every[order]
        new = np.ones(len(row), dtype=bool)
        new[1:] = (row[1:] != row[:-1]) | (every[1:] != every[:-1])
        row, every = row[new], every[new]
        return cls(row, every, np.bincount(row, minlength=len(lines)), first, last)

    def sums(self, values: NDArray[Any]) -> Values:
        """The sum of each line, from a value for each of `grams`."""
        return np.asarray(np.bincount(self.row, values, minlength=len(self.count)), dtype=np.float64)


def found(wanted: Numbers, table: Numbers, values: Values, otherwise: float = 0.0) -> Values:
    """The value of each wanted number from a sorted table of numbers."""
    if not len(table):
        return np.full(len(wanted), otherwise)
    place = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return np.where(table[place] == wanted, values[place], otherwise)


def _points(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
