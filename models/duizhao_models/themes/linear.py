"""Texts in; how much each theme of the built-in table speaks from their wording out: a linear model of n-grams.

Features are the weighed 1-3-grams of `duizhao_models.background`, hashed further into BUCKETS; the weights are made by
`duizhao_models.training.train_themes` from sections of work reports and hold no text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from duizhao_models import background

BUCKETS = 1 << 14
WEIGHTS = background.CHECKPOINT / "themes.safetensors"


class LinearThemes:
    """Scores (log odds up to a constant) of themes."""

    def __init__(self, ids: Sequence[str], weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """`weights`: one row a theme, BUCKETS columns; `bias`: one number a theme."""
        self.ids = tuple(ids)
        self._weights, self._bias = weights, bias

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a theme."""
        found = features(texts) @ self._weights.T + self._bias
        return np.asarray(found, dtype=np.float64)


def features(texts: Sequence[str]) -> csr_matrix:
    """Rows of n-gram weights over BUCKETS."""
    wide = background.load().vectors(texts)
    folded = csr_matrix((wide.data, wide.indices & (BUCKETS - 1), wide.indptr), shape=(len(texts), BUCKETS))
    folded.sum_duplicates()
    return folded


@cache
def load(path: Path = WEIGHTS) -> LinearThemes | None:
    """The shipped model, read once a process; None where its file is absent (keywords decide alone then)."""
    from safetensors import safe_open

    if not path.is_file():
        return None
    with safe_open(path, framework="numpy") as file:
        ids = json.loads(file.metadata()["themes"])
        weights = file.get_tensor("weights").astype(np.float32) * file.get_tensor("scale")[:, None]
        return LinearThemes(ids, weights, file.get_tensor("bias"))


def save(path: Path, ids: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
    """Write a model: int8 weights with one scale a row."""
    from safetensors.numpy import save_file

    scale = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    tensors = {
        "weights": np.round(weights / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": bias.astype(np.float32),
    }
    save_file(tensors, path, metadata={"themes": json.dumps(list(ids))})
