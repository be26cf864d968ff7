"""Pieces in, the first ones that fit out: the floor below which no summarizer may fall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duizhao_models.base import Draft, ModelCard, Request

CARD = ModelCard(
    name="lead",
    kind="summarizer",
    method="extractive",
    description="Takes the text from its beginning as far as there is room.",
    licence="Apache-2.0",
    revision="1",
)


def build(**options: Any) -> Lead:
    """The lead; it has no options."""
    if options:
        raise TypeError(f"lead has no option {', '.join(options)}")
    return Lead()


class Lead:
    """Takes slot after slot, in each the fullest wording that fits, and stops at the first that does not fit whole."""

    card = CARD

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order."""
        return [Draft(chosen=_lead(r)) for r in requests]


def _lead(request: Request) -> tuple[int, ...]:
    chosen: list[int] = []
    room = request.max_chars
    slots: dict[int, list[int]] = {}
    for index, piece in enumerate(request.pieces):
        slots.setdefault(piece.slot, []).append(index)
    for _, members in sorted(slots.items()):
        fitting = next((i for i in members if len(request.pieces[i].text) <= room), None)
        if fitting is not None:
            chosen.append(fitting)
            room -= len(request.pieces[fitting].text)
        if fitting != members[0]:
            break
    return tuple(chosen)
