"""States of the clauses of a text in, whether a printed sentence may begin and end with each out: a small network.

It sees a clause and its neighbours (`clause_states`) and a row of cues; one hidden layer, two chances. It learned from
clauses that editors' eyes had marked: may a sentence begin here, its subject named and nothing hanging on what stood
before; may it end here, its predicate there and nothing turned round by what is left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models import ensemble
from duizhao_models.encoder import CHECKPOINT

if TYPE_CHECKING:
    from torch import nn

    from duizhao_models.clause_states import States

WEIGHTS = CHECKPOINT / "bounds.safetensors"
WIDTH = 64
BEGINS, ENDS = 0, 1


def bounds(states: States, cues: NDArray[np.float32], weights: Path = WEIGHTS) -> NDArray[np.float32]:
    """Chances of each clause to begin and to end a sentence, clauses by two: the mean of the networks."""
    import torch

    networks, mean, scale = ensemble.networks(weights, build_network)
    if not len(cues):
        return np.zeros((0, 2), dtype=np.float32)
    rows = torch.from_numpy(inputs(states)), torch.from_numpy(((cues - mean) / scale).astype(np.float32))
    with torch.inference_mode():
        return torch.stack([torch.sigmoid(network(*rows)) for network in networks]).mean(0).numpy()


def inputs(states: States) -> NDArray[np.float32]:
    """What the network reads of the states: of the clause all four, of the next mean and first token, of the one
    before mean and mark (zeros at the ends of the text), clauses by eight times the width."""
    none = np.zeros_like(states.mean[:1])
    after = [np.concatenate([rows[1:], none]) for rows in (states.mean, states.first)]
    before = [np.concatenate([none, rows[:-1]]) for rows in (states.mean, states.mark)]
    return np.concatenate([states.mean, states.first, states.last, states.mark, *after, *before], axis=1)


def build_network(states: int, cues: int, dropout: float = 0.0) -> nn.Module:
    """The network, untrained: maps (clauses, states) and (clauses, cues) to (clauses, 2), before the sigmoid."""
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.state, self.cue = nn.Linear(states, WIDTH), nn.Linear(cues, WIDTH)
            self.norm, self.drop, self.out = nn.LayerNorm(WIDTH), nn.Dropout(dropout), nn.Linear(WIDTH, 2)

        def forward(self, state: Any, cue: Any) -> Any:
            hidden = self.norm(self.state(self.drop(state)) + self.cue(cue))
            return self.out(torch.nn.functional.gelu(hidden))

    return Network()
