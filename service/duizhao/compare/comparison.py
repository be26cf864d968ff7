"""A central and a local document in; their comparison out: links with evidence, gaps, themes and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duizhao.compare import align, evidence
from duizhao.compare.candidates import candidates
from duizhao.compare.judge import Judge
from duizhao.compare.notes import limits, repeats, warnings_for
from duizhao.compare.outcome import distinct, outcome
from duizhao.compare.taxonomy import NO_THEME, load_themes
from duizhao.compare.themes import Classifier, classifier
from duizhao.compare.units import looks_back_by_chapter, split_units
from duizhao.errors import EmptyInput, NothingToCompare
from duizhao.types.articles import Document
from duizhao.types.comparisons import ComparedDocument, Comparison, Theme, Unit, UnitKind
from duizhao_models import registry
from duizhao_models.base import Embedder

MAX_CHARACTERS = 60_000  # of each side; two texts of this length take about a minute on one core
MAX_UNITS = 1_200  # compared of each side: two reports of 60,000 characters have fewer

ASKED: tuple[UnitKind, ...] = ("demand", "action", "goal")
TOLD: tuple[UnitKind, ...] = ("review", "assessment")
METHOD = "logistic model of shared wording, likeness of meaning and agreement of themes, measured against chance"


@dataclass(frozen=True, slots=True)
class _Side:
    """A document, all of its units, those that are compared, and how many of those were left out.

    `left_out`: for their number; `repeated`: because they say word for word what another one says.
    """

    document: Document
    units: tuple[Unit, ...]
    compared: tuple[Unit, ...]
    left_out: int
    repeated: int


def compare(
    central: Document,
    local: Document,
    *,
    embedders: Sequence[Embedder] = (),
    themes: Sequence[Theme] | None = None,
    judge: Judge | None = None,
    max_characters: int = MAX_CHARACTERS,
    max_units: int = MAX_UNITS,
) -> Comparison:
    """Compare two documents. Shared wording (char_ngrams) always counts; `embedders` may add meaning.

    A `judge` decides on the best candidates of each central demand; scores stay those of the embedders. Only the
    first `max_characters` and `max_units` of each text are compared (with a warning). Raises EmptyInput for a blank
    text and NothingToCompare for one that has no unit; texts without a demand give an honest empty result.
    """
    views = _with_wording(embedders)
    table = load_themes() if themes is None else tuple(themes)
    sorter = classifier(table)
    left = _central(central, sorter, max_characters, max_units)
    right = _local(local, sorter, max_characters, max_units)
    alignments = candidates((central, left.compared), (local, right.compared), views)
    warnings = (
        *warnings_for(central, local, left.units, right.units, views, max_characters),
        *repeats(left.repeated, right.repeated),
        *limits(left.left_out, right.left_out, max_units),
    )
    if judge:
        alignments, told = judge.decide(left.compared, right.compared, alignments)
        warnings = (*warnings, *told)
    made = outcome(left.units, right.units, alignments, table)
    return Comparison(
        central=ComparedDocument(central, left.units),
        local=ComparedDocument(local, right.units),
        alignments=alignments,
        coverage=made.coverage,
        not_found=made.not_found,
        local_only=made.local_only,
        themes=made.themes,
        warnings=warnings,
        method=METHOD,
        model=" + ".join([*(view.card.name for view in views), *([judge.name] if judge else [])]),
        thresholds={"linked": align.LINKED, "review": align.REVIEW},
        prompt_digest=judge.prompt.digest if judge else None,
    )


def _with_wording(embedders: Sequence[Embedder]) -> tuple[Embedder, ...]:
    if any(embedder.card.name == align.SHARED_WORDING for embedder in embedders):
        return tuple(embedders)
    return (registry.build("embedder", align.SHARED_WORDING), *embedders)


def _central(document: Document, sorter: Classifier, characters: int, most: int) -> _Side:
    """A look back inside a readout states policy too; the chapter of a report that looks back does not."""
    units = _units(document, sorter, characters)
    kinds = ASKED if looks_back_by_chapter(document.text) else (*ASKED, "review")
    return _side(document, units, _comparable(units, kinds), most)


def _local(document: Document, sorter: Classifier, characters: int, most: int) -> _Side:
    """What is asked for counts; a text that only tells what was done is compared by that."""
    units = _units(document, sorter, characters)
    return _side(document, units, _comparable(units, ASKED) or _comparable(units, TOLD), most)


def _side(document: Document, units: tuple[Unit, ...], comparable: tuple[Unit, ...], most: int) -> _Side:
    found = distinct(comparable)
    return _Side(document, units, found[:most], max(0, len(found) - most), len(comparable) - len(found))


def _units(document: Document, sorter: Classifier, limit: int) -> tuple[Unit, ...]:
    if not document.text.strip():
        raise EmptyInput(f"{document.id} has no text: nothing can be compared")
    units = split_units(replace(document, text=_first(document.text, limit)))
    if not units:
        raise NothingToCompare(f"{document.id} has no sentence that could be compared; give the text of the document")
    named = sorter.themes([unit.text for unit in units])
    return tuple(
        replace(unit, themes=(NO_THEME,), shares=(1.0,))
        if unit.kind in ("boilerplate", "procedural")
        else replace(unit, themes=tuple(found), shares=tuple(found.values()))
        for unit, found in zip(units, named, strict=True)
    )


def _first(text: str, limit: int) -> str:
    """At most `limit` characters, up to the end of a sentence or line if there is one."""
    if len(text) <= limit:
        return text
    return text[: max(text.rfind(mark, 0, limit) for mark in "。！？\n") + 1] or text[:limit]


def _comparable(units: Sequence[Unit], kinds: Sequence[UnitKind]) -> tuple[Unit, ...]:
    """Units of these kinds that are long enough for a quote."""
    return tuple(u for u in units if u.kind in kinds and len(evidence.quotable(u.text)) >= evidence.SHORTEST_QUOTE)
