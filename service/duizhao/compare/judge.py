"""Candidates of central demands in; the same out as a language model judged them, each quote checked by its place.

A verdict whose quotes do not stand in the two units is dropped, and the default one stays; so it does wherever the
model gives no usable answer. Scores are never changed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from duizhao import prompts
from duizhao.compare.align import REVIEW
from duizhao.compare.evidence import SHORTEST_QUOTE
from duizhao.compare.matrix import COUNTED
from duizhao.text import flat
from duizhao.types.comparisons import Alignment, Quote, Relation, Unit
from duizhao_models.base import ModelUnavailable

MOST = 8  # candidates of one demand that are judged
LEAST = 0.05  # score from which a candidate is worth the question
AT_A_TIME = 4
ANSWER = 160  # tokens that one verdict may take
ECHO = 3  # characters in common that a verdict of reused wording must show in its two quotes
LONGEST_ANSWER, MOST_OBJECTS = 20_000, 50  # characters that are read of an answer; places where its object may begin

# Words to a model, which no demand has: such a unit is not shown to it, and its default verdict stands.
_ADDRESSED = re.compile(
    r"(?:忽略|无视|忘记|不要理会).{0,12}(?:以上|上述|前面|之前|指令|规则|要求)|(?:判|评|标)(?:定|记|为)*.{0,6}(?:呼应|候选|为真)|"
    r"(?:语言|大)模型.{0,12}(?:请|应|输出|回答)|提示词|候选编号|central_quote|local_quote|candidate|concretised|verbatim|same_theme|"
    r"ignore|instruction|system prompt|assistant|JSON",
    re.IGNORECASE,
)


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
            if (
                a.score >= LEAST
                and len(asked[a.central]) < MOST
                and _may_be_asked(units[0][a.central], units[1][a.local])
            ):
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
        except ModelUnavailable:
            down.set()
            return None
        return _read(answer)


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
        return replace(a, linked=False, band="review" if a.score >= REVIEW else "none", relation=None, doubt="judge")
    for v in own:
        left = _placed(v.central_quote, central[a.central])
        right = _placed(v.local_quote, local[a.local])
        if left and right:
            told = _borne_out(v.relation, left, right, a.specificity)
            return replace(
                a, linked=True, band="linked", relation=told, central_quote=left, local_quote=right, doubt=None
            )
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


def _may_be_asked(central: Unit, local: Unit) -> bool:
    return central.kind in COUNTED and not any(_ADDRESSED.search(_flat(unit)) for unit in (central, local))


def _borne_out(told: Relation, left: Quote, right: Quote, specific: int) -> Relation:
    """The relation that the model named, if the words bear it out: reuse has common words, a measure is no slogan."""
    fails = (told == "verbatim" and not _echoes(left, right)) or (told == "concretised" and not specific)
    return "same_theme" if fails else told


def _echoes(left: Quote, right: Quote) -> bool:
    one, other = ("".join(quote.text.split()) for quote in (left, right))
    return any(one[k : k + ECHO] in other for k in range(len(one) - ECHO + 1))


def _flat(unit: Unit) -> str:
    """The words on one line, without the marks that part the question."""
    return flat(unit.text).replace("<<<", "《").replace(">>>", "》")


def _read(answer: str) -> Answer | None:
    """The last object in an answer that is one; models put others before it, or all of it into a block of code."""
    answer = answer[-LONGEST_ANSWER:]
    begins = [match.start() for match in re.finditer(r"\{\s*\"links\"", answer)][-MOST_OBJECTS:]
    for at in reversed(begins):
        try:
            value, _ = json.JSONDecoder().raw_decode(answer, at)
            return Answer.model_validate(value)
        except (ValueError, RecursionError):
            continue
    return None
