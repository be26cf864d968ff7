"""Chosen options in, printed sentences with their sources out; every sentence is checked before it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from duizhao.summarize.frames import parted
from duizhao.summarize.option import Option
from duizhao.summarize.render import Wording
from duizhao.summarize.speech import Speaker
from duizhao.summarize.split import balanced
from duizhao.summarize.trace import traceable
from duizhao.summarize.wholeness import IMPERATIVE
from duizhao.text import folios
from duizhao.types.articles import Genre
from duizhao.types.pages import Span
from duizhao.types.summaries import SourcedSentence

COMMENTARY = "评论指出，"
ENDED = re.compile(r"[。！？!?…][”’》」』）]*$")
FULL_STOP = re.compile(r"\.(?=\s|$)")
HAN = re.compile("[\u4e00-\u9fff]")
UNFIT = re.compile(
    r"^(?:此(?!次)|[这其该并、，；。：）”》])|本报讯|记者[^，。]{2,12}[）)]|新华社[^，。]{0,12}电|[（(](?:下转|上接)|原标题|责任编辑|[，、；：]$|[，、；]{2}|[，、；]。"
)


def assemble(text: str, chosen: Sequence[Option], genre: Genre) -> tuple[list[SourcedSentence], list[int]]:
    """Sentences in the order of the text, and the places in `chosen` of options that could not be printed.

    Options under one speaker become one sentence with one lead-in, parted by ；.
    """
    sentences: list[SourcedSentence] = []
    unfit: list[int] = []
    for run in _runs(chosen):
        parts: list[Span | str] = []
        first = chosen[run[0]]
        if genre == "commentary" and not sentences and not first.speaker:
            parts.append(COMMENTARY)
        if first.speaker:
            parts += first.speaker.parts
        demanded = False
        for number, index in enumerate(run):
            parts += ["；"] if number else []
            wording = chosen[index].wording
            parts += _after_demand(text, wording) if demanded else wording.parts
            demanded = bool(first.speaker) and wording.text(text).startswith("要")
        sentence = printed(text, Wording(tuple(parts)))
        if sentence is None:
            unfit += run
        else:
            latin = bool(sentences) and sentences[-1].text[-1] == "." and sentence.text[0].isascii()
            sentences.append(replace(sentence, text=" " + sentence.text) if latin else sentence)
    return sentences, unfit


def printed(text: str, wording: Wording) -> SourcedSentence | None:
    """The sentence with its closing mark, or None where it is not made of its sources or not a sentence."""
    words, sources = wording.text(text), wording.spans
    if sources and words[-1:].isascii() and FULL_STOP.match(text, sources[-1].end) and not HAN.search(words):
        # a sentence of a Latin script keeps its own mark
        sources = (*sources[:-1], Span(sources[-1].start, sources[-1].end + 1))
        words += "."
    elif words and not ENDED.search(words):
        words += "。"
    if not words.strip("。") or UNFIT.search(words) or not balanced(words) or not traceable(words, sources, text):
        return None
    if parted(text, sources) or any(folios(text[s.start : s.end]) for s in sources):
        return None
    return SourcedSentence(words, sources)


def _after_demand(text: str, wording: Wording) -> tuple[Span | str, ...]:
    """The parts of a demand without its 要, where the 要 of the demand before it goes on: 要甲；乙."""
    head, *rest = wording.merged
    if isinstance(head, str) or not text.startswith("要", head.start) or not IMPERATIVE.match(wording.text(text)[1:]):
        return wording.parts
    return (Span(head.start + 1, head.end), *rest)


def _runs(chosen: Sequence[Option]) -> list[list[int]]:
    """Neighbours under one speaker together, everything else alone."""
    runs: list[list[int]] = []
    for index, option in enumerate(chosen):
        before = chosen[runs[-1][-1]] if runs else None
        same = before and option.speaker and before.speaker and _voice(option.speaker) == _voice(before.speaker)
        # items of one ；-list that the paper itself tells stay one sentence
        listed = before and not option.speaker and not before.speaker and option.follows == before.number
        # behind a denial nobody would know whose words go on
        if (same or listed) and before and before.told < 0:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _voice(speaker: Speaker) -> tuple[str, str]:
    return speaker.key, speaker.manner
