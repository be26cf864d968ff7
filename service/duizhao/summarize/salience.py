"""Outlines in, what each of their clauses is worth to a reader out, as far as models can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from duizhao.summarize.clause_cues import clause_cues, clause_wordings, clauses_of
from duizhao.summarize.outline import Outline
from duizhao.summarize.split import Clause
from duizhao_models import bounds_net, clause_net, salience

# Chances below which no sentence is printed that begins with a clause or is cut behind it, November 2026: of marked
# clauses inside sentences that were kept out of training, BEGINS passes .83 of the good ones and .31 of the bad, ENDS
# .79 and .13: less is said, but whole. A headline may be less than a sentence.
BEGINS = 0.1
ENDS = 0.9
# A brief without its event is worse than one that tells it less far.
ENDS_EVENT = 0.5
ENDS_LINE = 0.1
COMMAS = ("，", ",")


@dataclass(frozen=True, slots=True)
class Salience:
    """`density`: what a printed character is worth to a linear model, by the clause's start. `tasks`: scores of the
    network (`clause_net.TASKS`) by the clause's start, or None where the encoder is not used; `bounds`: the chances
    that a sentence may begin and end with the clause, by its start, empty where nothing is known; `kept`: what an
    editor would keep of the text in a headline (`headline_net.kept`), or None."""

    density: dict[int, float]
    tasks: dict[int, NDArray[np.float32]] | None = None
    bounds: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    kept: NDArray[np.float32] | None = None

    def begins(self, start: int) -> bool:
        """Whether a sentence may begin with the clause at `start`, which stood behind a comma."""
        return self.opening(start) >= BEGINS

    def opening(self, start: int) -> float:
        """The chance that a sentence may begin with the clause at `start`; 1 where nothing is known."""
        return self._chance(start, bounds_net.BEGINS)

    def ends(self, clause: Clause, *, line: bool = False, least: float = ENDS) -> bool:
        """Whether a sentence, or a `line` that is none, may stop behind a clause; where the source does, it may."""
        if not line and clause.mark not in COMMAS:
            return True
        return self._chance(clause.start, bounds_net.ENDS) >= (ENDS_LINE if line else least)

    def _chance(self, start: int, which: int) -> float:
        known = self.bounds.get(start)
        return 1.0 if known is None else float(known[which])


def weigh(outlines: Sequence[Outline], *, threads: int) -> list[Salience]:
    """The salience of each text, the network on so many threads; 0 threads, or no weights: the linear model alone."""
    densities = [_densities(o) for o in outlines]
    if not threads or not clause_net.available():
        return [Salience(d) for d in densities]
    readings = [reading(one) for one in outlines]
    starts = [[c.start for _, _, _, c in clauses_of(one)] for one in outlines]
    found = clause_net.scores(readings, threads=threads)
    return [
        Salience(density, dict(zip(places, s.tasks, strict=True)), dict(zip(places, s.bounds, strict=True)), s.kept)
        for density, places, s in zip(densities, starts, found, strict=True)
    ]


def reading(outline: Outline) -> clause_net.Reading:
    """A text as the networks read it."""
    wordings = clause_wordings(outline)
    places = [
        (_characters(outline.text, clause, wording), rank, place)
        for (rank, place, _, clause), wording in zip(clauses_of(outline), wordings, strict=True)
    ]
    return clause_net.Reading(wordings, clause_cues(outline), outline.title, outline.text, places)


def _characters(text: str, clause: Clause, wording: str) -> list[int]:
    """Where each character of a clause's wording stands in the text."""
    found, at = [], clause.start
    for char in wording:
        place = text.find(char, at, clause.end + len(clause.mark) + 2)
        at = place + 1 if place >= 0 else at
        found.append(at - 1 if place >= 0 else min(at, len(text) - 1))
    return found


def clause_candidates(outline: Outline) -> list[salience.Candidate]:
    """Every clause of the first sentences, as the linear model sees it."""
    return [
        salience.Candidate(outline.text[c.start : c.end], c.start, rank, i, i, len(s.clauses), 0)
        for rank, s in enumerate(outline.sentences[:400])
        for i, c in enumerate(s.clauses[:40])
    ]


def _densities(outline: Outline) -> dict[int, float]:
    candidates = clause_candidates(outline)
    scores = salience.clause_scores(outline.text, candidates, outline.title)
    return {c.start: max(0.02, float(x)) for c, x in zip(candidates, scores, strict=True)}
