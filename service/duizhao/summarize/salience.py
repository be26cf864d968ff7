"""Outlines in, what each of their clauses is worth to a reader out, as far as models can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.summarize.clause_cues import clause_cues, clause_wordings, clauses_of
from duizhao.summarize.outline import Outline
from duizhao_models import clause_net, salience


@dataclass(frozen=True, slots=True)
class Salience:
    """`density`: what a printed character is worth to a linear model, by the clause's start. `tasks`: scores of the
    network (`clause_net.TASKS`) by the clause's start, or None where the encoder is not used."""

    density: dict[int, float]
    tasks: dict[int, NDArray[np.float32]] | None = None


def weigh(outlines: Sequence[Outline], *, threads: int) -> list[Salience]:
    """The salience of each text, the network on so many threads; 0 threads, or no weights: the linear model alone."""
    densities = [_densities(o) for o in outlines]
    if not threads or not clause_net.available():
        return [Salience(d) for d in densities]
    readings, starts = [], []
    for one in outlines:
        clauses = [c for _, _, _, c in clauses_of(one)]
        readings.append(clause_net.Reading(clause_wordings(one), clause_cues(one), one.title))
        starts.append([c.start for c in clauses])
    found = clause_net.scores(readings, threads=threads)
    return [
        Salience(density, dict(zip(places, rows, strict=True)))
        for density, places, rows in zip(densities, starts, found, strict=True)
    ]


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
