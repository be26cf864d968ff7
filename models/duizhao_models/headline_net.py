"""The opening of a text in, what an editor would keep of it in a headline out, character by character.

A small network reads the encoder's states of the tokens of the first window (`clause_states`), one layer of attention
over them, and a row of plain cues a token. It gives two chances: that a token's characters stand in the headline, and
that each stands there beside the same neighbour. `line_features` tells from both what is known of a line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models.clause_states import STATE_LENGTH
from duizhao_models.encoder import CHECKPOINT
from duizhao_models.salience import bigrams, rareness

if TYPE_CHECKING:
    from torch import nn

WEIGHTS = CHECKPOINT / "headline.safetensors"
WIDTH = 128
HEADS = 4
CUES = 16
# What is read of a text to tell how often its words come again; a word comes later so many characters behind.
LONGEST_WEIGHED = 2_500
LATER = 20
STOPS = "，。、；：！？"
# Lengths that a headline may have: likeness is the overlap by the mean of both lengths.
LENGTHS = (14, 20, 26)
# Features told once more as the distance to the best line of the text.
COMPARED = (0, 2, 8, 9, 10, 18)
NEIGHBOURS = 0.5
# A token of the text: its start and end there, the rank of its sentence, the place of its clause in the sentence.
Token = tuple[int, int, int, int]
Span = tuple[int, int]


def kept(text: str, tokens: Sequence[Token], states: NDArray[np.float32]) -> NDArray[np.float32]:
    """Chances of the characters of `text`, characters by two; NaN where no token stands.

    `states` are the encoder's, tokens by width.
    """
    import torch

    found = np.full((len(text), 2), np.nan, dtype=np.float32)
    if tokens:
        rows = torch.from_numpy(states)[None], torch.from_numpy(cues(text, tokens))[None]
        with torch.inference_mode():
            chances = torch.sigmoid(_network(WEIGHTS)(*rows, None)[0]).numpy()
        for (start, end, _, _), chance in zip(tokens, chances, strict=True):
            found[start:end] = chance
    return found


def cues(text: str, tokens: Sequence[Token]) -> NDArray[np.float32]:
    """What is plain to see of each token, tokens by CUES."""
    read = text[:LONGEST_WEIGHED]
    often = Counter(bigrams(read))
    last = {gram: place for place, gram in enumerate(bigrams(read))}
    rows, quotes, papers = np.zeros((len(tokens), CUES), dtype=np.float32), 0, 0
    for row, (start, end, rank, place) in enumerate(tokens):
        if start >= len(read) - 1:
            continue
        word = read[start:end]
        grams = bigrams(read[start : end + 1])
        size = max(1, len(grams))
        quotes += word.count("“") - word.count("”")
        papers += word.count("《") - word.count("》")
        rows[row] = [
            math.log1p(start) / 8,
            1 / (1 + rank),
            rank == 0,
            rank == 1,
            place == 0,
            min(place, 6) / 4,
            (end - start) / 4,
            any(c.isdigit() for c in word),
            word in STOPS,
            quotes > 0,
            papers > 0,
            sum(math.log1p(often[g]) for g in grams) / size,
            sum(map(rareness, grams)) / size,
            sum(last[g] >= end + LATER for g in grams) / size,
            often[read[start : start + 2]] > 1,
            math.log1p(len(text)) / 8,
        ]
    return rows


def line_features(chances: NDArray[np.float32], lines: Sequence[Sequence[Span]]) -> NDArray[np.float64]:
    """What the chances of `kept` say of lines made of these spans of the text: lines by columns."""
    if not lines:
        return np.zeros((0, 0))
    total, pairs = np.nansum(chances, 0)
    rows = np.array([_line(chances, spans, float(total), float(pairs)) for spans in lines])
    compared = rows[:, COMPARED]
    return np.hstack([rows, compared - compared.max(0)])


def _line(chances: NDArray[np.float32], spans: Sequence[Span], total: float, pairs: float) -> list[float]:
    own = np.concatenate([chances[s:e, 0] for s, e in spans])
    neighbours = np.concatenate([chances[s : e - 1, 1] for s, e in spans])
    joints = [
        NEIGHBOURS * float(np.nan_to_num(chances[before - 1, 0]) * np.nan_to_num(chances[start, 0]))
        for (_, before), (start, _) in pairwise(spans)
    ]
    n = max(1, len(own))
    words, pair = float(np.nansum(own)), float(np.nansum(neighbours)) + sum(joints)
    known = own[~np.isnan(own)]
    return [
        *(words, words / n, pair, pair / n, len(known) / n),
        *(2 * words / (n + length) for length in LENGTHS),
        *(2 * pair / (n + length) for length in LENGTHS),
        *(words / (total + 1), pair / (pairs + 1), total, pairs),
        *(_mean(own[:4]), _mean(own[-4:]), float(known.min()) if len(known) else 0.0),
        2 * pair / (n + max(8.0, pairs)),
    ]


def _mean(values: NDArray[np.float32]) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 0.0


def build_network(states: int) -> nn.Module:
    """The network, untrained: maps states (texts, tokens, width), cues (texts, tokens, CUES) and a mask (texts, tokens;
    True: padding) or None to (texts, tokens, two), before the sigmoid."""
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.state, self.cue = nn.Linear(states, WIDTH), nn.Linear(CUES, WIDTH)
            self.first, self.last, self.drop = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH), nn.Dropout(0.1)
            self.layer = nn.TransformerEncoderLayer(
                WIDTH, HEADS, 2 * WIDTH, 0.1, activation="gelu", batch_first=True, norm_first=True
            )
            self.out = nn.Linear(WIDTH, 2)

        def forward(self, state: Any, cue: Any, padding: Any) -> Any:
            unit = torch.nn.functional.normalize(state, dim=-1) * STATE_LENGTH
            rows = self.first(self.state(self.drop(unit)) + self.cue(cue))
            return self.out(self.last(self.layer(rows, src_key_padding_mask=padding)))

    return Network()


@lru_cache(maxsize=2)
def _network(weights: Path) -> nn.Module:
    from safetensors.torch import load_file

    stored = {name: tensor.float() for name, tensor in load_file(weights).items()}
    network = build_network(stored["state.weight"].shape[1])
    network.load_state_dict(stored)
    return network.eval()
