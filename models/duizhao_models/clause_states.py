"""Clauses of texts in, what the encoder makes of each in its context out.

A text is read in windows of neighbouring clauses, after `LAYER` layers, without a prefix. Of a clause are kept the mean
over its tokens, its first token, the last one before its mark, and the mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from duizhao_models.encoder import Encoder

LAYER = 8
# states are brought to this length, so that they weigh as much as the cues
STATE_LENGTH = 8.0
WINDOW = 254
LONGEST_CLAUSE = 96


@dataclass(frozen=True, slots=True)
class States:
    """One row a clause, each of length STATE_LENGTH: clauses by width. `opening`: the states of the tokens of the first
    window as they are, tokens by width."""

    mean: NDArray[np.float32]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    mark: NDArray[np.float32]
    opening: NDArray[np.float32]


def clause_states(encoder: Encoder, texts: Sequence[Sequence[str]], layer: int = LAYER) -> list[States]:
    """States of each clause in its context, one `States` a text. The clauses carry their marks."""
    import torch

    ids = [[encoder.pieces(c)[:LONGEST_CLAUSE] or [encoder.config["pad_token_id"]] for c in text] for text in texts]
    groups = [[(n, i) for i in group] for n, text in enumerate(ids) for group in windows([len(c) for c in text])]
    out = [np.zeros((4, len(text), encoder.dimension), dtype=np.float32) for text in texts]
    openings = [np.zeros((0, encoder.dimension), dtype=np.float32) for _ in texts]
    with torch.inference_mode():
        read = encoder.layer_states([[t for n, i in group for t in ids[n][i]] for group in groups], layer)
        for group, states in zip(groups, read, strict=True):
            if group[0][1] == 0:
                openings[group[0][0]] = states.numpy()
            parts = torch.split(states, [len(ids[n][i]) for n, i in group])
            for (n, i), part in zip(group, parts, strict=True):
                rows = part.numpy()
                out[n][:, i] = rows.mean(0), rows[0], rows[max(0, len(rows) - 2)], rows[-1]
    units = [rows * (STATE_LENGTH / (np.linalg.norm(rows, axis=2, keepdims=True) + 1e-6)) for rows in out]
    return [States(u[0], u[1], u[2], u[3], opening) for u, opening in zip(units, openings, strict=True)]


def windows(sizes: Sequence[int], most: int = WINDOW) -> list[list[int]]:
    """Indices of neighbouring clauses that are read together: at most `most` tokens, or one clause."""
    groups: list[list[int]] = []
    room = 0
    for index, size in enumerate(sizes):
        if not groups or size > room:
            groups.append([])
            room = most
        groups[-1].append(index)
        room -= size
    return groups
