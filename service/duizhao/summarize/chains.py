"""A sentence told whole in, the same together with the next one, which leans on it, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from duizhao.summarize.completeness import leaning
from duizhao.summarize.option import Option
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording
from duizhao.summarize.runs import Runs
from duizhao.summarize.split import Sentence
from duizhao.summarize.wholeness import SPEAKER
from duizhao.summarize.worth import W, Worth
from duizhao.types.pages import Span

# Who spoke, told behind a quotation.
TAG = re.compile(r"[^，。：；“”]{2,24}(?:[说道]|表示|介绍|感慨|感叹|坦言|告诉记者|回忆)")


class Chains:
    """Pairs of sentences of one text that are told together or not at all."""

    def __init__(self, outline: Outline, runs: Runs, worth: Worth) -> None:
        self.outline, self.text, self.runs, self.worth = outline, outline.text, runs, worth

    def followed(self, option: Option, number: int, sentence: Sentence) -> Iterator[Option]:
        """A sentence told whole together with the next one, which leans on it: 甲公告。该公司…."""
        after = number + 1
        if after >= len(self.outline.sentences) or after in self.outline.denials:
            return
        follower, said = self.outline.sentences[after], self.outline.speech[after]
        words = tuple(c for c in follower.clauses if not said or c.end > said.start)
        if follower.paragraph != sentence.paragraph or not words:
            return
        if not (self.runs.leans(follower, words) or self.voiced(after) or self.unnamed(after)):
            return
        if option.wording != self._in_full(number, sentence):
            return
        if self.runs.complete(follower, words, behind=True):
            told = self.runs.cut(follower, follower.start, follower.end)
            goes_on = (said and said.sure and not said.opens) or self.voiced(after)
            mark = "；" if goes_on else Span(sentence.end, follower.start)
            value = option.value + W["follower"] * sum(self.worth(c) for c in words)
            yield replace(option, wording=Wording((*option.wording.parts, mark, *told.parts)), value=value, told=after)

    def unnamed(self, number: int) -> bool:
        """Whether the one who speaks was named in the sentence before: 该集团回复称，…."""
        sentence, speech = self.outline.sentences[number], self.outline.speech[number]
        if speech is None or not speech.opens or speech.speaker.parts[0].start != sentence.start:
            return False
        return leaning(self.text, sentence, sentence.start)

    def tagged(self, number: int) -> bool:
        """Whether a quotation is told to be somebody's behind it: “…”某某说."""
        sentences = self.outline.sentences
        if number + 1 >= len(sentences) or self.text[sentences[number].end - 1] != "”":
            return False
        after = sentences[number + 1]
        return not sentences[number].mark and bool(TAG.fullmatch(self.text[after.start : after.end]))

    def voiced(self, number: int) -> bool:
        """Whether a sentence is an item of a ；-list that someone says whom `speech` does not know: told behind it."""
        sentences, first = self.outline.sentences, number
        while first and "；" in sentences[first - 1].mark:
            first -= 1
        opening = sentences[first].clauses[0]
        known = self.outline.speech[first] or first == number
        return not known and bool(SPEAKER.search(self.text[opening.start : opening.end]))

    def _in_full(self, number: int, sentence: Sentence) -> Wording:
        said = self.outline.speech[number]
        start = next((c.start for c in sentence.clauses if not said or c.end > said.start), sentence.start)
        return self.runs.cut(sentence, start, sentence.end)
