"""Embedder: texts in, sparse rows of weighed character 1-3-grams out. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence

from scipy.sparse import csr_matrix

from duizhao_models import background
from duizhao_models.base import ModelCard

CARD = ModelCard(
    name="char_ngrams",
    kind="embedder",
    method="embedding",
    description="Character 1-3-grams, weighed by how rare they are in policy texts. Sees shared wording only.",
    licence="Apache-2.0",
    revision="1",
)


class CharNgrams:
    """The back end; `embed` returns a scipy CSR matrix, one row a text."""

    card = CARD

    def __init__(self, statistics: background.Background) -> None:
        """`statistics`: what is common in policy texts."""
        self._statistics = statistics

    def embed(self, texts: Sequence[str]) -> csr_matrix:
        """Rows of unit length over 2 ** 20 buckets."""
        return self._statistics.vectors(texts)


def build() -> CharNgrams:
    """The back end with the statistics that ship with the package."""
    return CharNgrams(background.load())
