"""What is common in Chinese policy text: a phrase in, its rarity out; texts in, weighed character n-grams out.

The statistics are the document frequencies of hashed character 1-3-grams over about 100,000 units of policy texts,
kept as one byte a bucket: numbers only, no text. `training/background_statistics.py` made them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

CHECKPOINT = Path(__file__).parent / "checkpoints"
TABLE = "background.safetensors"
COHORT = "cohort.txt"

BITS = 20  # buckets of the table: 2 ** BITS
STEP = 0.05  # one unit of the table, in natural logarithms
LONGEST_GRAM = 3

_MASK = np.uint64((1 << BITS) - 1)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 / golden ratio: the multiplier of Fibonacci hashing
_BREAK = "\x01"
_NO_WORD = re.compile(r"[^\w]+")


class Background:
    """Inverse document frequencies of character n-grams."""

    def __init__(self, table: NDArray[np.uint8]) -> None:
        """`table`: one byte a bucket, in units of STEP."""
        self._idf = table.astype(np.float32) * STEP

    def rarity(self, phrase: str) -> float:
        """Lower bound of a phrase's inverse document frequency: that of its rarest n-gram of the greatest length.

        0 is in every unit; 4.6 is in one unit of a hundred, 6.9 in one of a thousand. 0 for a phrase of marks only.
        """
        found = _hashed(_codes(phrase), min(LONGEST_GRAM, len(phrase)))[0]
        return float(self._idf[found].max()) if len(found) else 0.0

    def vectors(self, texts: Sequence[str]) -> csr_matrix:
        """Rows of unit length over the buckets (tf-idf); a text without letters is a row of zeros."""
        parts = [np.append(_codes(text), np.uint64(ord(_BREAK))) for text in texts]
        codes = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)
        rows = np.repeat(np.arange(len(texts)), [len(part) for part in parts])
        keys = []
        for length in range(1, LONGEST_GRAM + 1):
            bucket, place = _hashed(codes, length)
            keys.append((rows[place] << BITS) | bucket)
        key, count = np.unique(np.concatenate(keys), return_counts=True)
        row, bucket = key >> BITS, key & int(_MASK)
        weight = count.astype(np.float32) * self._idf[bucket]
        lengths = np.sqrt(np.bincount(row, weight.astype(np.float64) ** 2, minlength=len(texts)))
        starts = np.searchsorted(row, np.arange(len(texts) + 1))
        values = (weight / np.maximum(lengths[row], 1e-9)).astype(np.float32)
        return csr_matrix((values, bucket, starts), shape=(len(texts), 1 << BITS))


def grams(text: str) -> NDArray[np.int64]:
    """Buckets of all character 1-3-grams of a text, in no promised order; none reaches over a mark or a space."""
    codes = _codes(text)
    return np.concatenate([_hashed(codes, length)[0] for length in range(1, LONGEST_GRAM + 1)])


def cosines(one: Any, other: Any) -> NDArray[np.float32]:
    """Dense matrix of the products of all rows of two CSR matrices.

    Only the buckets in use take part: scipy's product would turn round a matrix of a million columns each time.
    """
    used, place = np.unique(np.concatenate([one.indices, other.indices]), return_inverse=True)
    split = len(one.indices)
    left = csr_matrix((one.data, place[:split], one.indptr), shape=(one.shape[0], len(used)))
    right = csr_matrix((other.data, place[split:], other.indptr), shape=(other.shape[0], len(used)))
    return np.asarray((left @ right.T).toarray(), dtype=np.float32)


@cache
def load(directory: Path = CHECKPOINT) -> Background:
    """The statistics that ship with the package, read once a process."""
    from safetensors.numpy import load_file

    return Background(load_file(directory / TABLE)["idf"])


@cache
def cohort(directory: Path = CHECKPOINT) -> tuple[str, ...]:
    """General policy sentences (written for this project): similarity to them is what chance looks like."""
    return tuple((directory / COHORT).read_text(encoding="utf-8").split())


def _codes(text: str) -> NDArray[np.uint64]:
    """Code points of a text; every stretch of marks or spaces is one break."""
    plain = _NO_WORD.sub(_BREAK, text)
    return np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def _hashed(codes: NDArray[np.uint64], length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Buckets of the n-grams of one length and the places where they begin; none holds a break."""
    count = len(codes) - length + 1
    if count <= 0 or length < 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    hashed = np.full(count, length, dtype=np.uint64)
    whole = np.ones(count, dtype=bool)
    for offset in range(length):
        part = codes[offset : offset + count]
        hashed = (hashed ^ part) * _MIX
        hashed ^= hashed >> np.uint64(29)
        whole &= part != ord(_BREAK)
    return (hashed & _MASK)[whole].astype(np.int64), np.flatnonzero(whole)
