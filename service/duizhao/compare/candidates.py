"""Compared units of both sides in; the best candidates of each central one out, with score, evidence and relation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duizhao.compare import align, evidence
from duizhao.compare.relation import is_heading, opposed, relation, specificity
from duizhao.compare.taxonomy import load_themes
from duizhao.compare.themes import classifier
from duizhao.text import flat
from duizhao.types.articles import Document
from duizhao.types.comparisons import Alignment, Band, Doubt, Unit
from duizhao_models.base import Embedder

CANDIDATES = 50  # kept for each central unit
# Of these, the best are searched for shared phrases: a bound on the work for texts in which everything is alike.
SEARCHED = 16

# A demand and a local unit that says no more than a heading (持续壮大乡村产业) link from here on, or by rare wording:
# of 34 such links of whole reports half did not convince; one of 80 gold links is lost (November 2026).
SURE = 0.99

Side = tuple[Document, Sequence[Unit]]


def candidates(central: Side, local: Side, views: Sequence[Embedder]) -> tuple[Alignment, ...]:
    """Judged pairs in the order of the central text, the best of each unit first."""
    if not central[1] or not local[1]:
        return ()
    words = [[flat(unit.text) for unit in units] for _, units in (central, local)]
    # the built-in themes: an office's own table sorts the report, it does not change what links
    agreement = classifier(load_themes()).agreement(words[0], words[1])
    scores = align.score(words[0], words[1], views, agreement)
    crowded = align.crowded(scores)
    quotes = evidence.Quotes((central[0].text, central[1]), (local[0].text, local[1]))
    specific = [[specificity(text) for text in side] for side in words]
    headings = [[is_heading(text) for text in side] for side in words]
    found = []
    for row, unit in enumerate(central[1]):
        for rank, column in enumerate(map(int, np.argsort(-scores[row], kind="stable")[:CANDIDATES])):
            other, value = local[1][column], float(scores[row, column])
            searched = value >= align.REVIEW and rank < SEARCHED
            phrases = evidence.shared_phrases(unit, other) if searched else ()
            doubt: Doubt | None = None
            if value >= align.LINKED:
                slogan = not (specific[0][row] and specific[1][column])
                heading = headings[1][column] and not headings[0][row] and value < SURE
                doubt = _doubt(bool(phrases), slogan=slogan, heading=heading, crowded=bool(crowded[row, column]))
                if opposed(unit, other, phrases):
                    doubt = "opposed"
            band = _band(value, doubt)
            pair = quotes.best(row, column)
            found.append(
                Alignment(
                    central=unit.id,
                    local=other.id,
                    score=value,
                    linked=band == "linked",
                    band=band,
                    relation=relation(unit.text, other.text, pair[1].text, phrases) if band == "linked" else None,
                    specificity=specific[1][column],
                    central_quote=pair[0],
                    local_quote=pair[1],
                    shared_phrases=phrases,
                    doubt=doubt,
                )
            )
    return tuple(found)


def _doubt(rare: bool, *, slogan: bool, heading: bool, crowded: bool) -> Doubt | None:
    """Two slogans, or a slogan (a bare heading) and a demand, link only by wording that is rare."""
    if (slogan or heading) and not rare:
        return "slogan" if slogan else "heading"
    return "crowded" if crowded else None


def _band(score: float, doubt: Doubt | None) -> Band:
    if score >= align.LINKED and not doubt:
        return "linked"
    return "review" if score >= align.REVIEW else "none"
