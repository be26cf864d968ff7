"""A clause in, what it is worth to the reader out."""

from __future__ import annotations

import re
from collections import Counter

from duizhao.summarize.outline import Outline
from duizhao.summarize.render import squeeze
from duizhao.summarize.salience import Salience
from duizhao.summarize.signs import CONCRETE, FIRST_PERSON, GUIDANCE, NUMBER, PRAISE, PROCEDURE
from duizhao.summarize.speech import DEMAND
from duizhao.summarize.split import Clause
from duizhao.summarize.wholeness import IMPERATIVE
from duizhao.types.summaries import Length
from duizhao_models.clause_net import TASKS
from duizhao_models.salience import bigrams, rarity

# What a character of a clause of an official text is worth. Ridge regression on the clauses of the official dev
# texts against the facts that must be told, November 2026; leave-one-out it finds the right clauses half as often
# again as weights set by hand (correlation .40 against .25). Few and plain features, so that they carry over.
DENSITY = {
    "": 0.15,  # every clause
    "rare": 1.0,  # how rare its words are in the news, over 0.35
    "model": 0.1,  # times the salience model
    "topic": 0.06,  # share of its words that come again in the text
    "digit": 0.2,  # has a digit
    "number": 0.13,  # has a number of any kind
    "decided": 0.2,  # was decided there and then
    "names": 0.03,  # stands before the demand and says what it is about
    "quote": 0.11,  # has words in quotation marks
    "opens": 0.0,  # opens its sentence
    "verb": 0.065,  # begins with the verb of a demand
    "concrete": 0.05,  # names a measure
    "row": -0.1,  # three or more items in a row
    "told": 0.0,  # the paper itself tells it, nobody says it
}
# A brief has room for one demand: there the words that editors put into headlines count for more than the measure.
BRIEF = DENSITY | {"": 0.08, "model": 0.4, "rare": 0.2, "number": 0.05, "quote": 0.0}
# What the tasks of the network count: facts that must be told, that should be, words that an editor keeps in a text of
# this length, in the abstract of a news item. Official ones set on 63 labelled texts that the network had not seen,
# those of news on the dev sets of notes and briefs, November 2026.
Counts = tuple[float, float, float, float]
LEARNED: dict[Length, Counts] = {
    "headline": (1.0, 0.0, 0.5, 0.0),
    "brief": (0.3, 0.0, 1.0, 0.0),
    "summary": (1.0, 0.2, 0.5, 0.0),
    "long": (1.0, 0.6, 0.4, 0.0),
}
NEWS: dict[Length, Counts] = {
    "headline": (0.0, 0.0, 0.0, 1.0),
    "brief": (0.0, 0.0, 0.0, 1.0),
    "summary": (0.0, 0.0, 0.0, 1.0),
    "long": (0.6, 0.4, 1.0, 0.0),
}
LEARNED_SCALE = 60.0
W = {
    "scale": 2.2,  # worth of the density beside the bonuses below
    "full": 34,  # characters that count
    "less": 0,  # characters that say nothing yet
    "dull": 0.25,  # praise, procedure, what a list told already
    "bonus": 0.0,
    "first": 1.0,  # the first words of a speaker
    "assert": 0.7,  # a judgement in place of a demand
    "business": 12.0,  # what a meeting did, beside being held
    "spoke": 24.0,  # who spoke at it
    "chaired": 6.0,
    "meeting": 15.0,  # in a brief, the meeting told by what it did
    "paper": 20.0,  # each paper that was adopted
    "follower": 0.65,  # what leans on the sentence before, told with it
}
# A work report is told by its figures; the salience model, made of news, does not know that.
REPORTED = 0.2


class Worth:
    """Weighs the clauses of one text; each is weighed once."""

    def __init__(self, outline: Outline, known: Salience, length: Length = "summary") -> None:
        self.text, self.density, self.tasks, self.length = outline.text, known.density, known.tasks, length
        self.weights = BRIEF if length == "brief" else DENSITY
        self.official = outline.genre in ("meeting_report", "readout")
        self.report = outline.genre == "work_report"
        self._heads = {h.start for f in outline.folds for h in f.heads}
        self._often = Counter(bigrams(outline.text))
        self._known: dict[int, float] = {}
        self._opens: set[int] = set()
        self._decided: set[int] = set()
        self._names: set[int] = set()
        self._told: set[int] = set()
        if self.official:
            self._place(outline)

    def __call__(self, clause: Clause) -> float:
        """The worth of a clause: worth of a character times the characters that count."""
        if clause.start not in self._known:
            self._known[clause.start] = self._weigh(clause)
        return self._known[clause.start]

    def _place(self, outline: Outline) -> None:
        """What the place of a clause in its sentence says of it."""
        for sentence, speech in zip(outline.sentences, outline.speech, strict=True):
            said = [c for c in sentence.clauses if not speech or c.end > speech.start]
            if not said:
                continue
            self._opens.add(said[0].start)
            if not speech:
                self._told.update(c.start for c in said)
            if speech and speech.speaker.manner == "decides":
                self._decided.update(c.start for c in said)
            demands = [i for i, c in enumerate(said) if DEMAND.match(self.text[c.start : c.end])]
            self._names.update(c.start for i, c in enumerate(said) if demands and i < demands[-1] and i not in demands)

    def _weigh(self, clause: Clause) -> float:
        words = squeeze(self.text[clause.start : clause.end])
        if self.tasks is not None:
            return self._learned(clause, words)
        density = self.density.get(clause.start, 0.2)
        if self.report:
            density += REPORTED * bool(re.search(r"\d", words)) - REPORTED * bool(GUIDANCE.search(words))
        if not self.official:
            return density * min(len(words), 30) * self._dull(clause, words)
        facts = {
            "": 1.0,
            "rare": rarity(words) - 0.35,
            "model": density,
            "topic": self._topical(words),
            "digit": bool(re.search(r"\d", words)),
            "number": bool(NUMBER.search(words)),
            "decided": clause.start in self._decided,
            "names": clause.start in self._names,
            "quote": "“" in words,
            "opens": clause.start in self._opens,
            "verb": bool(IMPERATIVE.match(words)),
            "concrete": bool(CONCRETE.search(words)),
            "row": words.count("、") >= 3,
            "told": clause.start in self._told,
        }
        density = sum(self.weights[name] * fact for name, fact in facts.items())
        return (
            W["scale"]
            * max(0.0, density)
            * max(0.0, min(len(words), W["full"]) - W["less"])
            * self._dull(clause, words)
        )

    def _learned(self, clause: Clause, words: str) -> float:
        """The share of the facts that must be told which the clause is expected to carry, and of an editor's words."""
        row = (self.tasks or {}).get(clause.start)
        if row is None:
            return 0.0
        scores: dict[str, float] = dict(zip(TASKS, row.tolist(), strict=True))
        kept = scores["brief" if self.length in ("brief", "headline") else "summary"]
        must, should, words_kept, abstract = (LEARNED if self.official else NEWS)[self.length]
        size = min(len(words), 30) / 30
        facts = must * scores["must"] + should * scores["should"]
        return LEARNED_SCALE * (facts + size * (words_kept * kept + abstract * scores["abstract"]))

    def _topical(self, words: str) -> float:
        grams = set(bigrams(words))
        return sum(self._often[g] > 2 for g in grams) / max(1, len(grams))

    def _dull(self, clause: Clause, words: str) -> float:
        dull = PRAISE.search(words) or FIRST_PERSON.search(words) or PROCEDURE.search(words)
        return W["dull"] if clause.start in self._heads or dull else 1.0
