"""Clauses of a text in, what each is worth to a reader out: a small network over states of the encoder.

A clause is the mean of the encoder's states over its tokens, after `LAYER` layers, read in its context, and a row of
cues that the caller knows of it (the same columns in training and in use). Two layers of attention let the clauses of
a text, and its title where there is one, be weighed against one another. One score a task: `TASKS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models.encoder import CHECKPOINT
from duizhao_models.encoder import WEIGHTS as ENCODER_WEIGHTS

if TYPE_CHECKING:
    from torch import nn

    from duizhao_models.encoder import Encoder

WEIGHTS = CHECKPOINT / "clauses.safetensors"
LAYER = 8
WIDTH = 128
HEADS = 4
DEPTH = 2
# states are brought to this length, so that they weigh as much as the cues
STATE_LENGTH = 8.0
# what a clause is scored for: the share of a fact that must be told, or should be, which it carries; the share of its
# words that an editor keeps in 150 characters, in 60, in the abstract of a news item, in a headline
TASKS = ("must", "should", "summary", "brief", "abstract", "headline")
# the last columns of the cues speak of the title: zeros where it is not known
TITLE_CUES = 3
WINDOW = 254
LONGEST_CLAUSE = 96


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the network reads it: its clauses with their marks, a row of cues for each, and its title or ""."""

    clauses: Sequence[str]
    cues: NDArray[np.float32]
    title: str = ""


def available(weights: Path = WEIGHTS) -> bool:
    """Whether these weights and those of the encoder are there."""
    return weights.is_file() and (CHECKPOINT / ENCODER_WEIGHTS).is_file()


def scores(readings: Sequence[Reading], *, threads: int = 1) -> list[NDArray[np.float32]]:
    """Scores between 0 and 1, one array of clauses by tasks a text: the mean of the networks of the checkpoint."""
    import torch

    from duizhao_models.encoder import load

    encoder = load(threads=threads)
    networks, mean, scale = _networks(WEIGHTS)
    # a title is read by itself, like another text
    states = clause_states(encoder, [c for r in readings for c in (r.clauses, [r.title] if r.title else [])])
    found = []
    with torch.inference_mode():
        for reading, rows, title in zip(readings, states[::2], states[1::2], strict=True):
            if not len(rows):
                found.append(np.zeros((0, len(TASKS)), dtype=np.float32))
                continue
            cues = (reading.cues - mean) / scale
            given = (rows, cues, title[0] if len(title) else np.zeros_like(rows[0]))
            tensors = [torch.from_numpy(a[None].astype(np.float32)) for a in given]
            out = torch.stack([torch.sigmoid(network(*tensors, None)[0]) for network in networks])
            found.append(out.mean(0).numpy())
    return found


def clause_states(encoder: Encoder, texts: Sequence[Sequence[str]], layer: int = LAYER) -> list[NDArray[np.float32]]:
    """State of each clause in its context, of length STATE_LENGTH: clauses by width, one array a text."""
    import torch

    ids = [[encoder.pieces(c)[:LONGEST_CLAUSE] or [encoder.config["pad_token_id"]] for c in text] for text in texts]
    groups = [[(n, i) for i in group] for n, text in enumerate(ids) for group in windows([len(c) for c in text])]
    out = [np.zeros((len(text), encoder.dimension), dtype=np.float32) for text in texts]
    with torch.inference_mode():
        read = encoder.layer_states([[t for n, i in group for t in ids[n][i]] for group in groups], layer)
        for group, states in zip(groups, read, strict=True):
            parts = torch.split(states, [len(ids[n][i]) for n, i in group])
            for (n, i), part in zip(group, parts, strict=True):
                out[n][i] = part.mean(0).numpy()
    return [rows * (STATE_LENGTH / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)) for rows in out]


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


def build_network(states: int, cues: int, dropout: float = 0.0) -> nn.Module:
    """The network, untrained. It maps states (texts, clauses, width), cues (texts, clauses, columns), title
    (texts, width; zeros: none) and a mask (texts, clauses; True: padding) or None to (texts, clauses, tasks)."""
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.state, self.cue, self.title = (
                nn.Linear(states, WIDTH),
                nn.Linear(cues, WIDTH),
                nn.Linear(states, WIDTH),
            )
            self.first, self.last = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.drop = nn.Dropout(dropout)
            self.layers = nn.ModuleList(
                nn.TransformerEncoderLayer(
                    WIDTH, HEADS, 2 * WIDTH, dropout, activation="gelu", batch_first=True, norm_first=True
                )
                for _ in range(DEPTH)
            )
            self.out = nn.Linear(WIDTH, len(TASKS))

        def forward(self, state: Any, cue: Any, title: Any, padding: Any) -> Any:
            rows = self.cue(cue) + self.state(self.drop(state))
            rows = self.first(torch.cat([self.title(title)[:, None], rows], 1))
            if padding is not None:
                padding = torch.cat([torch.zeros_like(padding[:, :1]), padding], 1)
            for layer in self.layers:
                rows = layer(rows, src_key_padding_mask=padding)
            return self.out(self.last(rows[:, 1:]))

    return Network()


@lru_cache(maxsize=2)
def _networks(weights: Path) -> tuple[list[nn.Module], NDArray[np.float32], NDArray[np.float32]]:
    """The networks of a checkpoint (`0.NAME`, `1.NAME`, ...), and mean and scale of the cues."""
    from safetensors.torch import load_file

    stored = {name: tensor.float() for name, tensor in load_file(weights).items()}
    mean, scale = stored.pop("cues.mean").numpy(), stored.pop("cues.scale").numpy()
    networks = []
    for seed in sorted({name.partition(".")[0] for name in stored}):
        own = {name.partition(".")[2]: t for name, t in stored.items() if name.partition(".")[0] == seed}
        network = build_network(own["state.weight"].shape[1], len(mean))
        network.load_state_dict(own)
        networks.append(network.eval())
    return networks, mean, scale
