"""A central and a local document in; their comparison out: links with evidence, gaps, themes and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from duizhao.compare import align, evidence
from duizhao.compare.matrix import COUNTED, theme_rows
from duizhao.compare.notes import warnings_for
from duizhao.compare.relation import relation, specificity
from duizhao.compare.themes import NO_THEME, Classifier, classifier, load_themes
from duizhao.compare.units import looks_back_by_chapter, split_units
from duizhao.errors import EmptyInput, NothingToCompare
from duizhao.types import Alignment, Band, ComparedDocument, Comparison, Document, Gap, Theme, Unit, UnitKind
from duizhao_models import registry
from duizhao_models.base import Embedder

MAX_CHARACTERS = 60_000  # of each side; two texts of this length take about a minute on one core
CANDIDATES = 50  # kept for each central unit

ASKED: tuple[UnitKind, ...] = ("demand", "action", "goal")
TOLD: tuple[UnitKind, ...] = ("review", "assessment")

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Side:
    """A document, all of its units, and those that are compared."""

    document: Document
    units: tuple[Unit, ...]
    compared: tuple[Unit, ...]


def compare(
    central: Document,
    local: Document,
    *,
    embedders: Sequence[Embedder] = (),
    themes: Sequence[Theme] | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Comparison:
    """Compare two documents. Shared wording (char_ngrams) always counts; `embedders` may add meaning.

    Only the first `max_characters` of each text are compared (with a warning). Raises EmptyInput for a blank text
    and NothingToCompare for one that has no unit; texts without a demand give an honest empty result.
    """
    views = _with_wording(embedders)
    table = load_themes() if themes is None else tuple(themes)
    sorter = classifier(table)
    left, right = _central(central, sorter, max_characters), _local(local, sorter, max_characters)
    alignments = _alignments(left, right, views, sorter)
    linked = [a for a in alignments if a.linked]
    counted = [unit for unit in left.units if unit.kind in COUNTED]
    echoed = {a.central for a in linked}
    used = {a.local for a in linked}
    return Comparison(
        central=ComparedDocument(central, left.units),
        local=ComparedDocument(local, right.units),
        alignments=alignments,
        coverage=_coverage(counted, echoed),
        not_found=_gaps([unit for unit in counted if unit.id not in echoed], alignments),
        local_only=tuple(unit.id for unit in right.units if unit.kind in COUNTED and unit.id not in used),
        themes=theme_rows(left.units, right.units, linked, table),
        warnings=warnings_for(central, local, left.units, right.units, views, max_characters),
        method="cosines of texts, each measured against a cohort of policy sentences; sum on a logistic curve",
        model=" + ".join(view.card.name for view in views),
        thresholds={"linked": align.LINKED, "review": align.REVIEW},
    )


def _with_wording(embedders: Sequence[Embedder]) -> tuple[Embedder, ...]:
    if any(embedder.card.name in align.WORDING.weights for embedder in embedders):
        return tuple(embedders)
    return (registry.build("embedder", "char_ngrams"), *embedders)


def _central(document: Document, sorter: Classifier, limit: int) -> _Side:
    """A look back inside a readout states policy too; the chapter of a report that looks back does not."""
    units = _units(document, sorter, limit)
    kinds = ASKED if looks_back_by_chapter(document.text) else (*ASKED, "review")
    return _Side(document, units, _comparable(units, kinds))


def _local(document: Document, sorter: Classifier, limit: int) -> _Side:
    """What is asked for counts; a text that only tells what was done is compared by that."""
    units = _units(document, sorter, limit)
    return _Side(document, units, _comparable(units, ASKED) or _comparable(units, TOLD))


def _units(document: Document, sorter: Classifier, limit: int) -> tuple[Unit, ...]:
    if not document.text.strip():
        raise EmptyInput(f"{document.id} has no text: nothing can be compared")
    shortened = replace(document, text=_first(document.text, limit))
    units = tuple(
        replace(unit, themes=(NO_THEME,) if unit.kind in ("boilerplate", "procedural") else sorter.themes(unit.text))
        for unit in split_units(shortened)
    )
    if not units:
        raise NothingToCompare(f"{document.id} has no sentence that could be compared; give the text of the document")
    return units


def _first(text: str, limit: int) -> str:
    """At most `limit` characters, up to the end of a sentence or line if there is one."""
    if len(text) <= limit:
        return text
    return text[: max(text.rfind(mark, 0, limit) for mark in "。！？\n") + 1] or text[:limit]


def _comparable(units: Sequence[Unit], kinds: Sequence[UnitKind]) -> tuple[Unit, ...]:
    """Units of these kinds that are long enough for a quote."""
    return tuple(u for u in units if u.kind in kinds and len(evidence.quotable(u.text)) >= evidence.SHORTEST_QUOTE)


def _alignments(left: _Side, right: _Side, views: Sequence[Embedder], sorter: Classifier) -> tuple[Alignment, ...]:
    """The best candidates of each central unit, the best first, in the order of the central text."""
    if not left.compared or not right.compared:
        return ()
    flat = [[("".join(unit.text.split())) for unit in side.compared] for side in (left, right)]
    scores = align.score(flat[0], flat[1], views, sorter.agreement(flat[0], flat[1]))
    quotes = evidence.Quotes((left.document.text, left.compared), (right.document.text, right.compared))
    specific = [[specificity(text) for text in side] for side in flat]
    found = []
    for row, unit in enumerate(left.compared):
        for column in np.argsort(-scores[row], kind="stable")[:CANDIDATES]:
            other = right.compared[column]
            slogan = not (specific[0][row] and specific[1][column])
            found.append(_alignment(unit, other, float(scores[row, column]), quotes.best(row, int(column)), slogan))
    return tuple(found)


def _alignment(central: Unit, local: Unit, score: float, quotes: evidence.Pair, slogan: bool) -> Alignment:
    """The judged pair. Two slogans, or a slogan and a demand, link only by wording that is rare."""
    phrases = evidence.shared_phrases(central, local) if score >= align.REVIEW else ()
    band: Band = "linked" if score >= align.LINKED else "review" if score >= align.REVIEW else "none"
    if band == "linked" and slogan and not phrases:
        band = "review"
    return Alignment(
        central=central.id,
        local=local.id,
        score=score,
        linked=band == "linked",
        band=band,
        relation=relation(quotes[1].text, local.text, phrases) if band == "linked" else None,
        specificity=specificity(local.text),
        central_quote=quotes[0],
        local_quote=quotes[1],
        shared_phrases=phrases,
    )


def _coverage(counted: Sequence[Unit], echoed: set[str]) -> dict[str, int]:
    found = sum(unit.id in echoed for unit in counted)
    return {"central_demands": len(counted), "echoed": found, "not_found": len(counted) - found}


def _gaps(units: Sequence[Unit], alignments: Sequence[Alignment]) -> tuple[Gap, ...]:
    """Demands without a link, each with its nearest candidate."""
    best: dict[str, Alignment] = {}
    for alignment in alignments:
        if alignment.central not in best or alignment.score > best[alignment.central].score:
            best[alignment.central] = alignment
    return tuple(
        Gap(unit.id, best[unit.id].local, best[unit.id].score) if unit.id in best else Gap(unit.id, None, 0.0)
        for unit in units
    )
