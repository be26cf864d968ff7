"""An outline in, the wordings that may stand in a summary out, with what each is worth, its slot and its topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from duizhao.summarize import demands, denials, fold, meeting, papers
from duizhao.summarize.event import find_event
from duizhao.summarize.option import Option
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording, without
from duizhao.summarize.salience import Salience
from duizhao.summarize.shorten import CutKind
from duizhao.summarize.signs import BUSINESS, DATED, FIRST_PERSON
from duizhao.summarize.speech import DEMAND, Speech
from duizhao.summarize.split import Clause, Sentence
from duizhao.summarize.wholeness import IMPERATIVE, adverbial, dependent, skippable, whole
from duizhao.summarize.worth import W, Worth
from duizhao.types.pages import Span
from duizhao.types.summaries import Length

SLOTS = 4
SUMMARY: frozenset[CutKind] = frozenset({"hour", "filler", "office", "short_name", "guide", "place", "aside", "adverb"})
LONG: frozenset[CutKind] = frozenset({"hour", "filler", "office", "guide", "place"})
BRIEF: frozenset[CutKind] = SUMMARY | {"recently", "title", "source"}
CUTS: dict[Length, frozenset[CutKind]] = {"headline": BRIEF, "brief": BRIEF, "summary": SUMMARY, "long": LONG}
LEAST = 7
# Sentences that are weighed; the news of an article does not begin later, a work report is told by its first part.
MOST_SENTENCES = 400
MEASURES = re.compile(r"行动|措施|举措|任务|建议|工程|要求|重点|目标|部署|决定|做到|工作|计划|意见|政策|抓好|方面")
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
            found.append(replace(option, wording=wording, number=number, follows=follows))
    return found


class _Builder:
    def __init__(self, outline: Outline, length: Length, known: Salience) -> None:
        self.outline, self.text, self.length, self.known = outline, outline.text, length, known
        self.kinds = CUTS[length]
        self.official = outline.genre in ("meeting_report", "readout")
        self.worth = Worth(outline, known, length)
        self.event = find_event(outline, known)
        opened: dict[str, int] = {}
        for said in outline.speech:
            if said:
                opened.setdefault(said.speaker.key, said.block)
        self.firsts = frozenset(opened.values())

    def options(self) -> Iterator[Option]:
        for number, sentence in enumerate(self.outline.sentences[:MOST_SENTENCES]):
            denial = self.outline.denials.get(number)
            for option in self._of(number, sentence):
                if denial is None or denials.told_with(option.wording.spans, self.outline.sentences, denial):
                    yield option
                else:
                    yield from self._denied(option, denial)

    def _of(self, number: int, sentence: Sentence) -> Iterator[Option]:
        """The options of one sentence, and of the list that begins with it."""
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
        for first in {0, denial.clause}:
            for last in range(denial.clause, len(clauses)):
                run = clauses[first : last + 1]
                if self._stands(run) and not (first and dependent(self.text, run[0])):
                    told = self._cut(sentence, run[0].start, run[-1].end)
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
        if not clauses:
            return
        imperative = bool(IMPERATIVE.match(self.text[clauses[0].start : clauses[0].end]))
        marker = (
            0
            if imperative
            else next((i for i, c in enumerate(clauses) if DEMAND.match(self.text[c.start : c.end])), None)
        )
        group = 100 + speech.block
        bonus = W["bonus"] if self.official else 1.0
        if speech.block in self.firsts:
            bonus += W["first"] if self.official else 1.0
        if marker is None:
            for wording, value in self._runs(sentence, clauses):
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
        for run, head in demands.runs(self.text, clauses, marker, word, self._stands):
            wording = Wording(head + self._joined(sentence, run).parts)
            value = sum(self.worth(c) for c in run) + bonus
            yield Option(wording, value, self._slot(number, 1), group, speaker=speech.speaker)

    def _perhaps_said(self, number: int, sentence: Sentence, speech: Speech) -> Iterator[Option]:
        """What may be the speaker's or the paper's own, as the source tells it: behind the speaker, without a name."""
        for wording, value in self._runs(sentence, sentence.clauses):
            yield Option(wording, value * W["assert"], self._slot(number, 1), 100 + speech.block, tied=True)

    def _joined(self, sentence: Sentence, run: Sequence[Clause]) -> Wording:
        """The clauses of a run, which may leave out some between them."""
        parts: list[Span | str] = []
        for number, clause in enumerate(run):
            if number and clause.start > run[number - 1].end + 1:
                parts.append("，")
            elif number:
                parts.append(Span(run[number - 1].end, clause.start))
            parts += self._cut(sentence, clause.start, clause.end).parts
        return Wording(tuple(parts))

    def _narrative(self, number: int, sentence: Sentence) -> Iterator[Option]:
        event = number == self.event
        if re.search(
            "[？?][”’》」』）]*$", self.text[max(sentence.start, sentence.end - 3) : sentence.end] + sentence.mark
        ):
            return  # a question tells nothing, and with 。 behind it would tell what was not said
        group = 0 if event else 1_000 + sentence.paragraph
        bonus = 0.0
        if event:
            bonus = 30.0
        elif self._belongs(number):
            bonus, group = 12.0, 2 + number
        elif self.official and number <= self.event + 3:
            bonus, group = self._role(sentence), 1
        if event and self.official and self.length == "brief":
            for wording, share in meeting.tellings(self.outline, number, dated=True):
                value = bonus + self.worth(sentence.clauses[0]) + W["paper"] * share + W["meeting"]
                yield Option(wording, value, self._slot(number, 1), group, True)
        listed = papers.find(self.text, sentence.start, sentence.end)
        if listed:
            yield from self._papers(number, sentence, listed, group, bonus)
        for wording, value in self._runs(sentence, sentence.clauses, business=event or bool(bonus and group > 1)):
            # whose words a quotation is stands outside it
            quoted = self.text[sentence.start] in "“‘「" and not event
            yield Option(wording, (0.2 if quoted else 1.0) * value + bonus, self._slot(number, 1), group, event)

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
        before = self._cut(sentence, sentence.start, listed.verb.start)
        bonus += sum(self.worth(c) for c in sentence.clauses if c.end <= listed.verb.start)
        for telling, share in papers.tellings(self.text, listed):
            wording = Wording(before.parts + telling.parts)
            value = bonus + W["paper"] * share + 10.0
            yield Option(wording, value, self._slot(number, 1), group, required=number == self.event)

    def _runs(
        self, sentence: Sentence, clauses: tuple[Clause, ...], *, business: bool = False
    ) -> Iterator[tuple[Wording, float]]:
        """The sentence in full, its beginnings, and beginnings with one clause left out.

        `business`: a clause that says what a meeting did (听取, 审议, 部署) is part of the event and worth as much.
        """
        clauses = clauses[:12]
        subject = next((i for i, c in enumerate(clauses) if not adverbial(self.text, c)), 0)
        starts = [0]
        dated = self.length in ("summary", "long") and bool(DATED.search(self.text[clauses[0].start : clauses[0].end]))
        leaning = dependent(self.text, clauses[0])
        unvouched = denials.rumoured(self.text, clauses[0])
        if len(clauses) > 1 and adverbial(self.text, clauses[0]) and not (dated or leaning or unvouched):
            starts.append(1)
        seen: set[tuple[Span | str, ...]] = set()
        for first in starts:
            for last in range(len(clauses) - 1, first - 1, -1):
                for gap in (None, *range(max(first, subject) + 1, last)):
                    run = [c for i, c in enumerate(clauses[first : last + 1], first) if i != gap]
                    if gap is not None and not skippable(self.text, clauses, gap):
                        continue
                    if not self._stands(run) or (first and dependent(self.text, run[0])):
                        continue
                    wording = self._join(sentence, clauses, run, gap)
                    if wording.parts not in seen:
                        seen.add(wording.parts)
                        done = sum(bool(BUSINESS.match(self.text[c.start : c.end])) for c in run) if business else 0
                        yield wording, sum(self.worth(c) for c in run) + W["business"] * done

    def _join(self, sentence: Sentence, clauses: tuple[Clause, ...], run: list[Clause], gap: int | None) -> Wording:
        if gap is None:
            return self._cut(sentence, run[0].start, run[-1].end)
        before = self._cut(sentence, run[0].start, clauses[gap].start)
        after = self._cut(sentence, clauses[gap + 1].start, run[-1].end)
        return Wording(before.parts + after.parts)

    def _stands(self, run: Sequence[Clause]) -> bool:
        # what a speaker says in the first person does not read as told by the paper
        words = self.text[run[0].start : run[-1].end]
        return whole(self.text, run) and not (self.official and FIRST_PERSON.search(words))

    def _cut(self, sentence: Sentence, start: int, end: int) -> Wording:
        return without(start, end, self.outline.cuts(sentence), self.kinds)
