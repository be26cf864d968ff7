"""Pairs of texts in; batches to learn from out, and which texts of a batch are no negatives of each other."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from duizhao_models import background

if TYPE_CHECKING:
    from torch import Tensor

ALIKE = 0.3  # n-gram cosine from which two texts of a batch are not held to be different

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """Pairs of a file of JSON lines (see encoder_pairs)."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def batched(pairs: Sequence[Row], size: int, seed: int) -> list[list[Row]]:
    """Batches of pairs of one source, documents kept together, in an order that the seed sets."""
    draw = random.Random(seed)
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for pair in pairs:
        groups[pair["source"], pair["group"]].append(pair)
    order = list(groups)
    draw.shuffle(order)
    order.sort(key=lambda key: key[0])
    batches: list[list[Row]] = []
    for key in order:
        for pair in draw.sample(groups[key], len(groups[key])):
            if not batches or batches[-1][0]["source"] != key[0] or len(batches[-1]) == size:
                batches.append([])
            batches[-1].append(pair)
    draw.shuffle(batches)
    return batches


def alike(batch: Sequence[Row]) -> Tensor:
    """(2n, 2n): texts that are not negatives of each other (one topic, like wording, the text itself)."""
    import torch

    texts = [pair[side] for side in ("a", "b") for pair in batch]
    topics = np.array([pair["topic"] for pair in batch] * 2)
    rows = background.load().vectors(texts)
    near = background.cosines(rows, rows) > ALIKE
    return torch.tensor(near | (topics[:, None] == topics[None, :]) | np.eye(len(texts), dtype=bool))
