"""An outline in, the wordings that may stand in a summary out, with what each is worth, its slot and its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from duizhao.summarize import demands, denials, fold, meeting, papers
from duizhao.summarize.chains import Chains
from duizhao.summarize.event import find_event, other_events
from duizhao.summarize.option import Option
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording
from duizhao.summarize.runs import BRIEF, CORE, Runs
from duizhao.summarize.salience import ENDS_EVENT, Salience
from duizhao.summarize.speech import DEMAND, Speech
from duizhao.summarize.split import Sentence
from duizhao.summarize.wholeness import IMPERATIVE, SPEAKER, dependent
from duizhao.summarize.worth import W, Worth
from duizhao.types.pages import Span
from duizhao.types.summaries import BUDGETS, Length

SLOTS = 4
# The topics of what is said begin here, one for each lead-in.
SPEECH = 100
LEAST = 7
# Sentences that are weighed; the news of an article does not begin later, a work report is told by its first part.
MOST_SENTENCES = 400
MEASURES = re.compile(r"行动|措施|举措|任务|建议|工程|要求|重点|目标|部署|决定|做到|工作|计划|意见|政策|抓好|方面")
SPOKEN = re.compile(r"“[^“”]*[。！？…]”")
# 二要甲: the number says nothing where not all are told.
ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}(?=要)")


def options(outline: Outline, length: Length, known: Salience) -> list[Option]:
    """Every option of a text for one length."""
    found: list[Option] = []
    seen: dict[str, int] = {}
    for option in _Builder(outline, length, known).options():
        wording = option.wording.trimmed(outline.text)
        words = wording.text(outline.text)
        # what stands twice in the text is told from its first place
        if (
            len(words) >= (LEAST if not option.speaker else LEAST // 2)
            and seen.setdefault(words, option.slot) == option.slot
        ):
            number = option.slot // SLOTS
            follows = number - 1 if number and "；" in outline.sentences[number - 1].mark else -2
            speaker = option.speaker.undated() if option.speaker and length == "brief" else option.speaker
            found.append(replace(option, wording=wording, speaker=speaker, number=number, follows=follows))
    return found


class _Builder:
    def __init__(self, outline: Outline, length: Length, known: Salience) -> None:
        self.outline, self.text, self.length, self.known = outline, outline.text, length, known
        self.official = outline.genre in ("meeting_report", "readout")
        self.worth = Worth(outline, known, length)
        self.runs = Runs(outline, length, known, self.worth)
        self.chains = Chains(outline, self.runs, self.worth)
        self.event = find_event(outline, known)
        self.others = other_events(outline, self.event)
        opened: dict[str, int] = {}
        for said in outline.speech:
            if said:
                opened.setdefault(said.speaker.key, said.block)
        self.firsts = frozenset(opened.values())

    def options(self) -> Iterator[Option]:
        for number, sentence in enumerate(self.outline.sentences[:MOST_SENTENCES]):
            denial = self.outline.denials.get(number)
            for option in self._of(number, sentence):
                if denial is None:
                    yield from self.chains.followed(option, number, sentence)
                if denial is None or denials.told_with(option.wording.spans, self.outline.sentences, denial):
                    yield option
                else:
                    yield from self._denied(option, denial)

    def _of(self, number: int, sentence: Sentence) -> Iterator[Option]:
        """The options of one sentence, and of the list that begins with it."""
        if self.chains.tagged(number):
            return  # the words of the one named behind them: not told without him
        for found in self.outline.folds:
            if found.first == number:
                yield from self._fold(found, number)
        speech = self.outline.speech[number]
        if speech and speech.sure:
            yield from self._speech(number, sentence, speech)
        elif speech:
            yield from self._perhaps_said(number, sentence, speech)
        else:
            yield from self._narrative(number, sentence)

    def _denied(self, option: Option, denial: denials.Denial) -> Iterator[Option]:
        """A rumour together with what denies it: 网传甲；经核实，该消息系谣言."""
        sentence = self.outline.sentences[denial.sentence]
        if option.wording.spans[-1].end > sentence.start:
            return  # the denial stands in the same sentence and was left out
        clauses = sentence.clauses
        said = any(SPEAKER.search(self.text[c.start : c.end]) for c in clauses[: denial.clause])
        for first in {0, 0 if said else denial.clause}:
            for last in range(denial.clause, len(clauses)):
                run = clauses[first : last + 1]
                if self.runs.stands(run) and not (first and dependent(self.text, run[0])):
                    told = self.runs.cut(sentence, run[0].start, run[-1].end)
                    value = option.value + sum(self.worth(c) for c in run)
                    wording = Wording((*option.wording.parts, "；", *told.parts))
                    yield replace(option, wording=wording, value=value, told=denial.sentence)

    def _slot(self, number: int, offset: int = 0) -> int:
        return number * SLOTS + offset

    def _fold(self, found: fold.Fold, number: int) -> Iterator[Option]:
        speech = self.outline.speech[number]
        if speech and not speech.sure:
            return
        announced = self.text[found.lead.start : found.lead.end]
        lead = 14.0 if found.lead.end else 6.0
        if announced and not MEASURES.search(announced):
            return
        for wording, share in fold.tellings(self.text, found):
            value = lead + share * (8.0 * min(len(found.heads), 8)) * (1.4 if self.official else 0.8)
            yield Option(
                wording, value, self._slot(number, 0), 10_000 + number, speaker=speech.speaker if speech else None
            )

    def _speech(self, number: int, sentence: Sentence, speech: Speech) -> Iterator[Option]:
        clauses = tuple(c for c in sentence.clauses if c.end > speech.start)
        if not clauses or self.chains.unnamed(number):
            return
        imperative = bool(IMPERATIVE.match(self.text[clauses[0].start : clauses[0].end]))
        marker = (
            0
            if imperative
            else next((i for i, c in enumerate(clauses) if DEMAND.match(self.text[c.start : c.end])), None)
        )
        group = SPEECH + speech.block
        bonus = W["bonus"] if self.official else 1.0
        if speech.block in self.firsts:
            bonus += W["first"] if self.official else 1.0
        if marker is None:
            for wording, value in self.runs.of(sentence, clauses):
                yield Option(
                    wording, value * W["assert"] + bonus * 0.6, self._slot(number, 1), group, speaker=speech.speaker
                )
            return
        demand = clauses[marker]
        prefix = DEMAND.match(self.text[demand.start : demand.end])
        counted = ORDINAL.match(self.text, demand.start)
        word = Span(
            counted.end() if counted else demand.start,
            demand.start + (prefix.end() if prefix and not imperative else 0),
        )
        for run, head in demands.runs(self.text, clauses, marker, word, self.runs.stands):
            wording = Wording(head + self.runs.joined(sentence, run).parts)
            value = sum(self.worth(c) for c in run) + bonus
            yield Option(wording, value, self._slot(number, 1), group, speaker=speech.speaker)
        if marker > 1 and self.runs.complete(sentence, clauses):
            value = sum(self.worth(c) for c in clauses) + bonus
            wording = self.runs.cut(sentence, clauses[0].start, sentence.end)
            yield Option(wording, value, self._slot(number, 1), group, speaker=speech.speaker)

    def _perhaps_said(self, number: int, sentence: Sentence, speech: Speech) -> Iterator[Option]:
        """What may be the speaker's or the paper's own, as the source tells it: behind the speaker, without a name."""
        for wording, value in self.runs.of(sentence, sentence.clauses):
            yield Option(wording, value * W["assert"], self._slot(number, 1), SPEECH + speech.block, tied=True)

    def _narrative(self, number: int, sentence: Sentence) -> Iterator[Option]:
        event = number == self.event
        if re.search(
            "[？?][”’》」』）]*$", self.text[max(sentence.start, sentence.end - 3) : sentence.end] + sentence.mark
        ):
            return  # a question tells nothing, and with 。 behind it would tell what was not said
        if self.chains.voiced(number) or (not event and SPOKEN.fullmatch(self.text, sentence.start, sentence.end)):
            return  # nobody knows who says it
        group = 0 if event else 1_000 + sentence.paragraph
        bonus = 0.0
        if event:
            bonus = 30.0
        elif number in self.others:
            bonus, group = 24.0, 2 + number
        elif self._belongs(number):
            bonus, group = 12.0, 2 + number
        elif self.official and any(e < number <= e + 3 for e in (self.event, *self.others)):
            bonus, group = self._role(sentence), 1
        if event and self.official and self.length == "brief":
            for wording, share in meeting.tellings(self.outline, number, dated=True):
                value = bonus + self.worth(sentence.clauses[0]) + W["paper"] * share + W["meeting"]
                yield Option(wording, value, self._slot(number, 1), group, True)
        listed = papers.find(self.text, sentence.start, sentence.end)
        if listed:
            yield from self._papers(number, sentence, listed, group, bonus)
        for wording, value in self._told(sentence, event, business=event or bool(bonus and group > 1)):
            # whose words a quotation is stands outside it
            quoted = self.text[sentence.start] in "“‘「" and not event
            yield Option(wording, (0.2 if quoted else 1.0) * value + bonus, self._slot(number, 1), group, event)

    def _told(self, sentence: Sentence, event: bool, *, business: bool) -> Iterator[tuple[Wording, float]]:
        """The wordings of a sentence; of an event that is too long for a brief, wordings that bring it to its core."""
        if not (event and self.length == "brief"):
            yield from self.runs.of(sentence, sentence.clauses, business=business)
            return
        for kinds in (BRIEF, CORE):
            told = list(self.runs.of(sentence, sentence.clauses, business=business, least=ENDS_EVENT, kinds=kinds))
            yield from told
            if any(len(wording.text(self.text)) < BUDGETS["brief"] for wording, _ in told):
                return

    def _belongs(self, number: int) -> bool:
        """Whether a sentence goes on with the event after ；: 部署甲；部署乙."""
        sentences = self.outline.sentences
        return self.event < number <= self.event + 4 and all("；" in s.mark for s in sentences[self.event : number])

    def _role(self, sentence: Sentence) -> float:
        """What it is worth to tell who spoke and who was in the chair."""
        words = self.text[sentence.start : sentence.end]
        if len(words) > 60 or re.search(r"听取|学习时|讲解", words):
            return 0.0
        return (
            W["spoke"]
            if re.search(r"讲话|致辞|作报告", words[-14:])
            else W["chaired"]
            if "主持" in words[-12:]
            else 0.0
        )

    def _papers(
        self, number: int, sentence: Sentence, listed: papers.Papers, group: int, bonus: float
    ) -> Iterator[Option]:
        before = self.runs.cut(sentence, sentence.start, listed.verb.start)
        bonus += sum(self.worth(c) for c in sentence.clauses if c.end <= listed.verb.start)
        for telling, share in papers.tellings(self.text, listed):
            wording = Wording(before.parts + telling.parts)
            value = bonus + W["paper"] * share + 10.0
            yield Option(wording, value, self._slot(number, 1), group, required=number == self.event)
