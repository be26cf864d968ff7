"""A wording that may stand in a summary, with what it is worth and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.summarize.render import Wording
from duizhao.summarize.speech import Speaker


@dataclass(frozen=True, slots=True)
class Option:
    """A wording, what it is worth, and where it belongs: at most one wording of a slot is taken.

    `number` is the rank of its sentence, `follows` that of the one before where both are items of one ；-list.
    `told`: the sentence that it tells beside its own, a denial.
    `tied`: nobody knows whether the speaker of its `group` still says it, so that it is told behind those words only.
    """

    wording: Wording
    value: float
    slot: int
    group: int
    required: bool = False
    speaker: Speaker | None = None
    number: int = -1
    follows: int = -2
    tied: bool = False
    told: int = -1
