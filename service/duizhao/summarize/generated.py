"""A generated draft in, sentences that passed the truth gate out; what failed gives way to an extractive sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.prompts import Prompt, load
from duizhao.summarize.attribute import attribute, spans
from duizhao.summarize.extract import Extract, reading
from duizhao.summarize.gate import refuse
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import squeeze
from duizhao.summarize.salience import Salience
from duizhao.summarize.split import split
from duizhao.types.pages import Span
from duizhao.types.summaries import Length, SourcedSentence
from duizhao_models.base import Request
from duizhao_models.salience import bigrams

PROMPT = "summarize"
# Longer texts are extracted to this many characters before they are given to a model that generates.
MOST_READ = 3_000
KINDS: dict[Length, str] = {"headline": "一行标题", "brief": "一句话提要", "summary": "摘要", "long": "详细摘要"}
NOISE = re.compile(
    r"<think>.*?(?:</think>|\Z)|```\w*|^\s*(?:摘要|标题|提要|总结)\s*[：:]|^\s*(?:[-*•#>]+|\d+[.、])\s*",
    re.DOTALL | re.MULTILINE,
)
ENDED = re.compile(r"[。！？!?][”’》」）)]*$")


@dataclass(frozen=True, slots=True)
class Checked:
    """Sentences that may be printed, and how many of the draft were put aside."""

    sentences: tuple[SourcedSentence, ...]
    replaced: int

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(s.text for s in self.sentences)


def prompt() -> Prompt:
    """The prompt that generating back ends are given."""
    return load(PROMPT)


def request(outline: Outline, length: Length, limit: int, known: Salience) -> Request:
    """What a generating back end is asked: the text (extracted first where it is long), and the prompt around it."""
    text = squeeze_lines(outline.text)
    if len(text) > MOST_READ:
        text = reading(outline, MOST_READ, known)
    # the fence of the prompt must not be closed from inside the text
    fenced = text.replace("<<<", "＜＜＜").replace(">>>", "＞＞＞")
    filled = prompt().fill(max_chars=limit, kind=KINDS[length], title=outline.title, text=fenced)
    return Request(text, (), limit, filled)


def check(draft: str, outline: Outline, length: Length, limit: int, fallback: Extract) -> Checked:
    """The draft sentence by sentence through the gate, filled up from the extractive summary where one fails."""
    text = NOISE.sub("", draft).strip()
    if length == "headline":
        return _line(text, outline, limit, fallback)
    kept: list[SourcedSentence] = []
    replaced = admitted = 0
    spare = list(fallback.sentences)
    for words in _sentences(text):
        made = _admit(words, outline, kept)
        admitted += made is not None
        if made is None:
            replaced += 1
            made = _next(spare, kept)
        if made and sum(len(s.text) for s in kept) + len(made.text) <= limit:
            kept.append(made)
    if not admitted or not kept:
        return Checked(fallback.sentences, max(1, replaced))
    return Checked(tuple(kept), replaced)


def squeeze_lines(text: str) -> str:
    """The text with one line a paragraph and no other white space."""
    return "\n".join(line for line in (squeeze(part) for part in text.split("\n")) if line)


def _line(text: str, outline: Outline, limit: int, fallback: Extract) -> Checked:
    line = squeeze(text.split("\n")[0]).strip("。“”\"' ") if text else ""
    if line and len(line) <= limit and refuse(line, outline) is None:
        chosen, _ = attribute(line, outline.text, outline.sentences)
        return Checked((SourcedSentence(line, spans(chosen, outline.sentences)),), 0)
    return Checked(fallback.sentences, 1)


def _sentences(text: str) -> list[str]:
    found = []
    for sentence in split(text, [Span(0, len(text))]):
        words = squeeze(text[sentence.start : sentence.end])
        if words:
            found.append(words if ENDED.search(words) else words + "。")
    return found


def _admit(words: str, outline: Outline, kept: list[SourcedSentence]) -> SourcedSentence | None:
    if refuse(words, outline, [s.text for s in kept]) is not None:
        return None
    chosen, _ = attribute(words, outline.text, outline.sentences)
    return SourcedSentence(words, spans(chosen, outline.sentences)) if chosen else None


def _next(spare: list[SourcedSentence], kept: list[SourcedSentence]) -> SourcedSentence | None:
    """The next extractive sentence that was not said yet."""
    said = {g for s in kept for g in bigrams(s.text)}
    while spare:
        sentence = spare.pop(0)
        grams = set(bigrams(sentence.text))
        if grams and len(grams & said) / len(grams) < 0.6:
            return sentence
    return None
