"""A sentence in, the runs of its clauses that can be printed as a sentence, and what each is worth, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.summarize import denials
from duizhao.summarize.completeness import complete, leaning
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording, without
from duizhao.summarize.salience import ENDS, Salience
from duizhao.summarize.shorten import CutKind
from duizhao.summarize.signs import BUSINESS, DATED, FIRST_PERSON
from duizhao.summarize.split import Clause, Sentence
from duizhao.summarize.wholeness import adverbial, dependent, skippable, whole
from duizhao.summarize.worth import W, Worth
from duizhao.types.pages import Span
from duizhao.types.summaries import Length

SUMMARY: frozenset[CutKind] = frozenset({"hour", "filler", "office", "short_name", "guide", "place", "aside", "adverb"})
LONG: frozenset[CutKind] = frozenset({"hour", "filler", "office", "guide", "place"})
HEADLINE: frozenset[CutKind] = SUMMARY | {"recently", "title", "source"}
BRIEF: frozenset[CutKind] = HEADLINE | {"guest"}
# How a long event is brought to a brief: papers by their matter, lists by their first item.
CORE: frozenset[CutKind] = BRIEF | {"paper", "list", "venue", "light"}
CUTS: dict[Length, frozenset[CutKind]] = {"headline": HEADLINE, "brief": BRIEF, "summary": SUMMARY, "long": LONG}
# When and how far it holds is no mere adverbial: 今年上半年，…突破15万亿元; 按照原计划，…; 事实上，….
BOUNDING = re.compile(
    r"[上下前]半年|季度|[前过]\s?\d{1,2}个?[月年天小]|期间|小时|去年|明年|原(?:计划|定)|事实上|其实|实际上|相反"
)


class Runs:
    """Runs of clauses of one text for one length."""

    def __init__(self, outline: Outline, length: Length, known: Salience, worth: Worth) -> None:
        self.outline, self.text, self.length, self.known, self.worth = outline, outline.text, length, known, worth
        self.official = outline.genre in ("meeting_report", "readout")

    def of(
        self,
        sentence: Sentence,
        clauses: tuple[Clause, ...],
        *,
        business: bool = False,
        least: float = ENDS,
        kinds: frozenset[CutKind] | None = None,
    ) -> Iterator[tuple[Wording, float]]:
        """The sentence in full, its beginnings, and beginnings with one clause left out.

        `business`: a clause that says what a meeting did (听取, 审议, 部署) is part of the event and worth as much.
        `least`: the chance that the sentence may stop there; `kinds`: what may be cut, if not what the length says.
        """
        if self.leans(sentence, clauses):
            return  # told behind the sentence before it or not at all
        clauses = clauses[:12]
        subject = next((i for i, c in enumerate(clauses) if not adverbial(self.text, c)), 0)
        starts = [0]
        dated = self.length in ("summary", "long") and bool(DATED.search(self.text[clauses[0].start : clauses[0].end]))
        bound = dependent(self.text, clauses[0]) or denials.rumoured(self.text, clauses[0])
        bound = bound or bool(BOUNDING.search(self.text[clauses[0].start : clauses[0].end]))
        if len(clauses) > 1 and adverbial(self.text, clauses[0]) and not (dated or bound):
            starts.append(1)
        seen: set[tuple[Span | str, ...]] = set()
        for first in starts:
            for last in range(len(clauses) - 1, first - 1, -1):
                for gap in (None, *range(max(first, subject) + 1, last)):
                    run = [c for i, c in enumerate(clauses[first : last + 1], first) if i != gap]
                    if gap is not None and not self._skippable(clauses, gap):
                        continue
                    told_whole = len(run) == len(clauses) and self.complete(sentence, clauses)
                    if not (told_whole or self.stands(run, least)) or (first and not self._opens(run[0])):
                        continue
                    wording = self._join(sentence, clauses, run, gap, kinds)
                    if wording.parts not in seen:
                        seen.add(wording.parts)
                        done = sum(bool(BUSINESS.match(self.text[c.start : c.end])) for c in run) if business else 0
                        yield wording, sum(self.worth(c) for c in run) + W["business"] * done

    def _join(
        self,
        sentence: Sentence,
        clauses: tuple[Clause, ...],
        run: list[Clause],
        gap: int | None,
        kinds: frozenset[CutKind] | None,
    ) -> Wording:
        if gap is None:
            return self.cut(sentence, run[0].start, run[-1].end, kinds)
        before = self.cut(sentence, run[0].start, clauses[gap].start, kinds)
        after = self.cut(sentence, clauses[gap + 1].start, run[-1].end, kinds)
        return Wording(before.parts + after.parts)

    def stands(self, run: Sequence[Clause], least: float = ENDS) -> bool:
        """Whether these clauses can be printed as a sentence."""
        # what a speaker says in the first person does not read as told by the paper
        words = self.text[run[0].start : run[-1].end]
        if self.official and FIRST_PERSON.search(words):
            return False
        return self.known.ends(run[-1], least=least) and whole(self.text, run)

    def complete(self, sentence: Sentence, clauses: Sequence[Clause], *, behind: bool = False) -> bool:
        """Whether these clauses are a sentence as the source has it, to its end; `behind` the sentence before it, it
        may lean on that one."""
        start, marks = clauses[0].start, ("；", ";")
        if clauses[-1].end < sentence.end or not complete(self.text, sentence, start):
            return False
        if self.official and FIRST_PERSON.search(self.text[start : sentence.end]):
            return False
        if behind:
            return True
        listed = self.text[max(0, start - 3) : start].rstrip().endswith(marks) or sentence.mark.startswith(marks)
        return not listed and not self.leans(sentence, clauses)

    def leans(self, sentence: Sentence, clauses: Sequence[Clause]) -> bool:
        """Whether these clauses are of what the sentence before named."""
        start = clauses[0].start
        # 某某表示，其公司…: one's own
        own = start > sentence.start and self.text.startswith(("其", "他", "她"), start)
        return not own and leaning(self.text, sentence, start)

    def _skippable(self, clauses: Sequence[Clause], gap: int) -> bool:
        """Whether what follows the clause at `gap` does not need it: a subject, a verb before its object."""
        said = self.known.ends(clauses[gap]) or adverbial(self.text, clauses[gap])
        return said and skippable(self.text, clauses, gap)

    def _opens(self, clause: Clause) -> bool:
        """Whether the sentence may begin with this one of its later clauses."""
        return self.known.begins(clause.start) and not dependent(self.text, clause)

    def cut(self, sentence: Sentence, start: int, end: int, kinds: frozenset[CutKind] | None = None) -> Wording:
        """A stretch of a sentence without what this length leaves out, or without these kinds of cuts."""
        return without(start, end, self.outline.cuts(sentence), kinds or CUTS[self.length])

    def joined(self, sentence: Sentence, run: Sequence[Clause]) -> Wording:
        """The clauses of a run, which may leave out some between them."""
        parts: list[Span | str] = []
        for number, clause in enumerate(run):
            if number and clause.start > run[number - 1].end + 1:
                parts.append("，")
            elif number:
                parts.append(Span(run[number - 1].end, clause.start))
            parts += self.cut(sentence, clause.start, clause.end).parts
        return Wording(tuple(parts))
