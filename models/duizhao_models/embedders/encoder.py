"""Embedder: texts in, 384 numbers a text out, by the Chinese encoder that ships with the project (the default)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duizhao_models import background, encoder
from duizhao_models.base import ModelCard

CARD = ModelCard(
    name="encoder",
    kind="embedder",
    method="embedding",
    description="Multilingual-e5-small cut to Chinese, trained on policy texts, int8; sees more than shared words.",
    licence="MIT (weights), see LICENCE-WEIGHTS.md",
    needs_weights=True,
    revision="2",
)

COHORT_VECTORS = "cohort.safetensors"
REMEMBERED = 4096  # texts whose vectors are kept (6 MB): a central text is compared with many local ones


class EncoderEmbedder:
    """The back end; `embed` returns float32 rows of unit length."""

    card = CARD

    def __init__(self, network: encoder.Encoder, known: dict[str, NDArray[np.float32]] | None = None) -> None:
        """`known`: vectors worked out before, by text."""
        self._network = network
        self._known = known or {}
        self._recent: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, in order; texts seen lately are not worked out again."""
        if not texts:
            return np.zeros((0, self._network.dimension), dtype=np.float32)
        have = {text: vector for text in texts if (vector := self._remembered(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in have]
        have.update(zip(new, self._network.embed(new), strict=True))
        for text in new:
            self._recent[text] = have[text]
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return np.stack([have[text] for text in texts])

    def _remembered(self, text: str) -> NDArray[np.float32] | None:
        found = self._known.get(text)
        return self._recent.get(text) if found is None else found


def build(*, directory: Path = encoder.CHECKPOINT, threads: int = 1) -> EncoderEmbedder:
    """The back end on the weights of `directory`; raises ModelUnavailable."""
    network = encoder.load(directory, threads=threads)
    return EncoderEmbedder(network, _cohort(directory))


def _cohort(directory: Path) -> dict[str, NDArray[np.float32]]:
    """Vectors of the background sentences, worked out once for all when the weights were made."""
    from safetensors.numpy import load_file

    path = directory / COHORT_VECTORS
    if not path.is_file():
        return {}
    sentences, vectors = background.cohort(directory), load_file(path)["vectors"].astype(np.float32)
    return dict(zip(sentences, vectors, strict=True)) if len(sentences) == len(vectors) else {}
