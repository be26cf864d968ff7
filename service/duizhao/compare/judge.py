"""Candidates of central demands in; the same out as a language model judged them, each quote checked by its place.

A verdict whose quotes do not stand in the two units is dropped, and the default one stays; so it does wherever the
model gives no usable answer. Scores are never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ValidationError

from duizhao import prompts
from duizhao.compare.align import REVIEW
from duizhao.compare.evidence import SHORTEST_QUOTE
from duizhao.compare.matrix import COUNTED
from duizhao.types import Alignment, Quote, Unit
from duizhao_models.base import ModelUnavailable

MOST = 8  # candidates of one demand that are judged
LEAST = 0.05  # score from which a candidate is worth the question
AT_A_TIME = 4
ANSWER = 160  # tokens that one verdict may take


class Model(Protocol):
    """A language model: prompt, room for the answer and its JSON schema in; the answer out."""

    def complete(self, prompt: str, max_tokens: int, schema: Mapping[str, Any] | None = None) -> str:
        """The answer. Raises ModelUnavailable."""
        ...


class Verdict(BaseModel):
    """What the model says of one candidate that echoes the demand."""

    candidate: int
    relation: Literal["verbatim", "concretised", "same_theme"]
    central_quote: str
    local_quote: str


class Answer(BaseModel):
    """What the model must answer: the candidates that echo the demand."""

    links: list[Verdict]


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks one model about the best candidates of each central demand or action."""

    model: Model
    name: str
    prompt: prompts.Prompt = field(default_factory=lambda: prompts.load("judge"))

    def decide(
        self, central: Sequence[Unit], local: Sequence[Unit], alignments: Sequence[Alignment]
    ) -> tuple[tuple[Alignment, ...], tuple[str, ...]]:
        """The alignments in their order, judged ones with the model's verdict; and warnings."""
        units = [{unit.id: unit for unit in side} for side in (central, local)]
        asked: dict[str, list[Alignment]] = defaultdict(list)
        for a in alignments:
            if a.score >= LEAST and len(asked[a.central]) < MOST and units[0][a.central].kind in COUNTED:
                asked[a.central].append(a)
        groups = [group for group in asked.values() if group]
        down = Event()
        with ThreadPoolExecutor(max_workers=AT_A_TIME) as pool:
            answers = list(pool.map(lambda group: self._ask(group, units[0], units[1], down), groups))
        judged: dict[tuple[str, str], Alignment] = {}
        dropped = 0
        for group, answer in zip(groups, answers, strict=True):
            for a in group if answer else ():
                verdict = _verdict(a, answer, group, *units)
                dropped += verdict is None
                judged[a.central, a.local] = verdict or a
        return tuple(judged.get((a.central, a.local), a) for a in alignments), tuple(_warnings(answers, dropped))

    def _ask(
        self, group: Sequence[Alignment], central: Mapping[str, Unit], local: Mapping[str, Unit], down: Event
    ) -> Answer | None:
        """None where there is no usable answer. `down`: the model could not be used once, and is not asked again."""
        if down.is_set():
            return None
        texts = [_flat(local[a.local]) for a in group]
        prompt = self.prompt.fill(central=_flat(central[group[0].central]), candidates=texts)
        try:
            answer = self.model.complete(prompt, ANSWER * len(group), Answer.model_json_schema())
            return Answer.model_validate_json(_object(answer))
        except ModelUnavailable:
            down.set()
            return None
        except ValidationError:
            return None


def _verdict(
    a: Alignment,
    answer: Answer | None,
    group: Sequence[Alignment],
    central: Mapping[str, Unit],
    local: Mapping[str, Unit],
) -> Alignment | None:
    """The alignment as judged: not linked where the model names no link; None where its quotes are not in the text."""
    named = [v for v in (answer.links if answer else ()) if 1 <= v.candidate <= len(group)]
    own = [v for v in named if group[v.candidate - 1] is a]
    if not own:
        return replace(a, linked=False, band="review" if a.score >= REVIEW else "none", relation=None)
    for v in own:
        left = _placed(v.central_quote, central[a.central])
        right = _placed(v.local_quote, local[a.local])
        if left and right:
            return replace(a, linked=True, band="linked", relation=v.relation, central_quote=left, local_quote=right)
    return None


def _placed(quote: str, unit: Unit) -> Quote | None:
    """The quote where it stands in the unit; white space inside may differ."""
    wanted = "".join(quote.split())
    places = [k for k, character in enumerate(unit.text) if not character.isspace()]
    at = "".join(unit.text[k] for k in places).find(wanted)
    if at < 0 or len(wanted) < SHORTEST_QUOTE:
        return None
    low, high = places[at], places[at + len(wanted) - 1] + 1
    return Quote(unit.start + low, unit.start + high, unit.text[low:high])


def _warnings(answers: Sequence[Answer | None], dropped: int) -> Iterator[str]:
    failed = sum(answer is None for answer in answers)
    if failed:
        yield f"the judge gave no usable answer for {failed} central demands: the default result stands there"
    if dropped:
        yield f"{dropped} verdicts of the judge were dropped: their quotes are not in the text"


def _flat(unit: Unit) -> str:
    return "".join(unit.text.split())


def _object(answer: str) -> str:
    """The JSON object in an answer; some models put it into a block of code."""
    return answer[answer.find("{") : answer.rfind("}") + 1]
