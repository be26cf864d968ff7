"""Pieces in, the best selection that fits out: an exact knapsack over wordings, topics worth less each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from duizhao_models.base import Draft, ModelCard, Piece, Request

CARD = ModelCard(
    name="extractive",
    kind="summarizer",
    method="extractive",
    description="Chooses among checked wordings of the text's own clauses; needs no weights to choose.",
    licence="Apache-2.0",
    revision="1",
)
# What the first, second, ... piece of one topic is worth.
WORTH = (1.0, 0.65, 0.5, 0.4)
_SHARES = np.array(WORTH)[:, None]
REQUIRED = 1e6


def build(**options: Any) -> Extractive:
    """The default summarizer; it has no options."""
    if options:
        raise TypeError(f"extractive has no option {', '.join(options)}")
    return Extractive()


class Extractive:
    """Chooses pieces so that their value is greatest and their length at most `max_chars`."""

    card = CARD

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order."""
        return [Draft(chosen=_choose(r.pieces, r.max_chars)) for r in requests]


def _choose(pieces: Sequence[Piece], room: int) -> tuple[int, ...]:
    """Indices of the best selection. Dynamic programming over topics, slots and lengths."""
    topics: dict[int, dict[int, list[int]]] = {}
    for index, piece in enumerate(pieces):
        if 0 < len(piece.text) <= room:
            topics.setdefault(piece.group, {}).setdefault(piece.slot, []).append(index)
    best = np.zeros(room + 1)
    steps: list[tuple[Any, list[Any]]] = []
    for slots in topics.values():
        best, step = _topic(pieces, slots, best, room)
        steps.append(step)
    chosen: list[int] = []
    cost = int(best.argmax())
    for count_of, trail in reversed(steps):
        count = int(count_of[cost])
        for taken in reversed(trail):
            index = int(taken[count, cost])
            if index >= 0:
                chosen.append(index)
                count, cost = count - 1, cost - len(pieces[index].text)
    return tuple(sorted(chosen, key=lambda i: (pieces[i].slot, i)))


def _topic(pieces: Sequence[Piece], slots: dict[int, list[int]], best: Any, room: int) -> tuple[Any, Any]:
    """The table after one topic: the best value for each length, and how it came about."""
    deep = min(len(WORTH), len(slots))
    layers = np.full((deep + 1, room + 1), -np.inf)
    layers[0] = best
    trail = []
    for members in slots.values():
        after = layers.copy()
        taken = np.full((deep + 1, room + 1), -1, dtype=np.int32)
        for index in members:
            piece, cost = pieces[index], len(pieces[index].text)
            base = REQUIRED if piece.required else 0.0
            reached = layers[:deep, : room + 1 - cost] + piece.value * _SHARES[:deep] + base
            better = reached > after[1:, cost:]
            np.copyto(after[1:, cost:], reached, where=better)
            np.copyto(taken[1:, cost:], index, where=better)
        layers = after
        trail.append(taken)
    return layers.max(axis=0), (layers.argmax(axis=0), trail)
