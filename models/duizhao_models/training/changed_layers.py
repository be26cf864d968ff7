"""The encoder's layers with low-rank changes that learn (Hu et al. 2021), and the networks that learn upon them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, gelu, layer_norm, linear
from torch.nn.functional import scaled_dot_product_attention as attention

from duizhao_models import clause_net, headline_net
from duizhao_models.clause_states import LAYER as LAST
from duizhao_models.encoder import Encoder

# Layers FROZEN to LAST get changes; below them the encoder stays, so that its states are read from files.
FROZEN = 4
RANK = 16
SCALE = 2.0
DROPOUT, CLAUSE_DROPOUT = 0.1, 0.3
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "seen": "attention.output.dense",
    "inner": "intermediate.dense",
    "outer": "output.dense",
}


class Changed(nn.Module):
    """A matrix of the encoder, fixed, and its low-rank change."""

    weight: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.register_buffer("weight", weight.float(), persistent=False)
        self.register_buffer("bias", bias.float(), persistent=False)
        self.a = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.b = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, states: Tensor) -> Tensor:
        return linear(states, self.weight, self.bias) + SCALE * linear(linear(states, self.a), self.b)


class Layer(nn.Module):
    """One layer of the encoder with changes to its six matrices."""

    def __init__(self, encoder: Encoder, number: int) -> None:
        super().__init__()
        name = f"encoder.layer.{number}."
        self.heads, self.eps = encoder.config["num_attention_heads"], encoder.config["layer_norm_eps"]
        self.parts = nn.ModuleDict(
            {
                part: Changed(encoder.weight(f"{name}{path}.weight"), encoder.weight(f"{name}{path}.bias"))
                for part, path in PARTS.items()
            }
        )
        self.norms = [
            (encoder.weight(f"{name}{path}.LayerNorm.weight"), encoder.weight(f"{name}{path}.LayerNorm.bias"))
            for path in ("attention.output", "output")
        ]

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = states.shape
        query, key, value = (
            self.parts[part](states).view(rows, length, self.heads, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = attention(query, key, value, attn_mask=mask).transpose(1, 2).reshape(rows, length, width)
        states = self._norm(0, states + dropout(self.parts["seen"](seen), DROPOUT, self.training))
        return self._norm(
            1, states + dropout(self.parts["outer"](gelu(self.parts["inner"](states))), DROPOUT, self.training)
        )

    def _norm(self, which: int, states: Tensor) -> Tensor:
        weight, bias = self.norms[which]
        return layer_norm(states.float(), weight.shape, weight, bias, self.eps)


class Reader(nn.Module):
    """The changed layers with the two networks that learn upon them."""

    def __init__(self, cues: int) -> None:
        super().__init__()
        encoder = Encoder(exact=True)
        self.layers = nn.ModuleList(Layer(encoder, number) for number in range(FROZEN, LAST))
        self.headline = headline_net.build_network(encoder.dimension)
        self.clauses = clause_net.build_network(encoder.dimension, cues, CLAUSE_DROPOUT)

    def read(self, windows: Sequence[Any]) -> list[Tensor]:
        """States of windows (tokens by width, with their marks), without the marks."""
        longest = max(len(w) for w in windows)
        states = torch.zeros(len(windows), longest, windows[0].shape[1])
        for row, window in enumerate(windows):
            states[row, : len(window)] = torch.from_numpy(window.astype(np.float32))
        sizes = torch.tensor([len(w) for w in windows])
        mask = (torch.arange(longest)[None] < sizes[:, None])[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                states = layer(states, mask)
        return [states[row, 1 : len(w) - 1].float() for row, w in enumerate(windows)]

    def changes(self) -> dict[str, Tensor]:
        """The changes as `Encoder.adapted` reads them."""
        found: dict[str, Tensor] = {}
        for number, layer in enumerate(self.layers, FROZEN):
            assert isinstance(layer, Layer)
            for part, path in PARTS.items():
                changed, name = layer.parts[part], f"encoder.layer.{number}.{path}.weight"
                assert isinstance(changed, Changed)
                found |= {f"{name}.a": changed.a.detach().half(), f"{name}.b": (SCALE * changed.b.detach()).half()}
        return found
