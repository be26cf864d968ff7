"""Clauses of a text in, what each is worth to a reader out: a small network over states of the encoder.

A clause is the mean of the encoder's states over its tokens, read in its context (`clause_states`), and a row of cues
that the caller knows of it (the same columns in training and in use). Two layers of attention let the clauses of
a text, and its title where there is one, be weighed against one another. One score a task: `TASKS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models import bounds_net, ensemble, headline_net
from duizhao_models.clause_states import LONGEST_CLAUSE, WINDOW, States, clause_states
from duizhao_models.encoder import CHECKPOINT
from duizhao_models.encoder import WEIGHTS as ENCODER_WEIGHTS

if TYPE_CHECKING:
    from torch import nn

    from duizhao_models.encoder import Encoder

WEIGHTS = CHECKPOINT / "clauses.safetensors"
# What the encoder changes for reading articles, see `training/train_adapter.py`.
CHANGES = "adapter.safetensors"
WIDTH = 128
HEADS = 4
DEPTH = 2
# what a clause is scored for: the share of a fact that must be told, or should be, which it carries; the share of its
# words that an editor keeps in 150 characters, in 60, in the abstract of a news item, in a headline
TASKS = ("must", "should", "summary", "brief", "abstract", "headline")
# the last columns of the cues speak of the title: zeros where it is not known
TITLE_CUES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the networks read it: its clauses with their marks, a row of cues for each, and its title or "".

    `text` and `places` say where the clauses stand: for each the place in `text` of its characters, the rank of its
    sentence and its place in the sentence.
    """

    clauses: Sequence[str]
    cues: NDArray[np.float32]
    title: str = ""
    text: str = ""
    places: Sequence[tuple[Sequence[int], int, int]] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each clause between 0 and 1: `tasks` (clauses by TASKS), `bounds` (clauses by two: begins, ends); `kept` of
    each character of the text (`headline_net.kept`)."""

    tasks: NDArray[np.float32]
    bounds: NDArray[np.float32]
    kept: NDArray[np.float32]


def available(weights: Path = WEIGHTS) -> bool:
    """Whether these weights and those of the encoder are there."""
    others = (bounds_net.WEIGHTS, headline_net.WEIGHTS, CHECKPOINT / CHANGES, CHECKPOINT / ENCODER_WEIGHTS)
    return all(path.is_file() for path in (weights, *others))


def scores(readings: Sequence[Reading], *, threads: int = 1) -> list[Scores]:
    """What each clause of each text is worth and whether a sentence may begin and end with it: means of networks."""
    from duizhao_models.encoder import load

    encoder = load(threads=threads, changes=CHANGES)
    # a title is read by itself, like another text
    states = clause_states(encoder, [c for r in readings for c in (r.clauses, [r.title] if r.title else [])])
    return [
        Scores(_tasks(reading, rows, title), bounds_net.bounds(rows, reading.cues), _kept(encoder, reading, rows))
        for reading, rows, title in zip(readings, states[::2], states[1::2], strict=True)
    ]


def opening(encoder: Encoder, reading: Reading) -> list[headline_net.Token]:
    """The tokens of the first window of a text, where they stand."""
    found: list[headline_net.Token] = []
    room = WINDOW
    for clause, (at, rank, place) in zip(reading.clauses, reading.places, strict=True):
        spans = encoder.spans(clause)[:LONGEST_CLAUSE] if at else []
        if found and len(spans) > room:
            break
        room -= len(spans)
        found += [(at[start], at[end - 1] + 1, rank, place) for start, end in spans]
    return found


def _kept(encoder: Encoder, reading: Reading, rows: States) -> NDArray[np.float32]:
    tokens = opening(encoder, reading) if reading.places else []
    if len(tokens) != len(rows.opening):  # a clause without a piece: nothing is said
        tokens = []
    return headline_net.kept(reading.text, tokens, rows.opening)


def _tasks(reading: Reading, rows: States, title: States) -> NDArray[np.float32]:
    import torch

    networks, mean, scale = ensemble.networks(WEIGHTS, build_network)
    if not len(rows.mean):
        return np.zeros((0, len(TASKS)), dtype=np.float32)
    cues = (reading.cues - mean) / scale
    given = (rows.mean, cues, title.mean[0] if len(title.mean) else np.zeros_like(rows.mean[0]))
    tensors = [torch.from_numpy(a[None].astype(np.float32)) for a in given]
    with torch.inference_mode():
        out = torch.stack([torch.sigmoid(network(*tensors, None)[0]) for network in networks])
    return out.mean(0).numpy()


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
