"""Units of both sides and their judged pairs in; what follows from them out: coverage, gaps, own units, themes.

A unit that stands in its text again word for word counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duizhao.compare.matrix import COUNTED, theme_rows
from duizhao.text import flat
from duizhao.types.comparisons import Alignment, Gap, Theme, ThemeRow, Unit


@dataclass(frozen=True, slots=True)
class Outcome:
    """The parts of a comparison that its links decide."""

    coverage: dict[str, int]
    not_found: tuple[Gap, ...]
    local_only: tuple[str, ...]
    themes: tuple[ThemeRow, ...]


def outcome(
    central: Sequence[Unit], local: Sequence[Unit], alignments: Sequence[Alignment], table: Sequence[Theme]
) -> Outcome:
    """Only demands and actions count."""
    central, local = distinct(central), distinct(local)
    linked = [a for a in alignments if a.linked]
    echoed, used = {a.central for a in linked}, {a.local for a in linked}
    counted = [unit for unit in central if unit.kind in COUNTED]
    found = sum(unit.id in echoed for unit in counted)
    return Outcome(
        {"central_demands": len(counted), "echoed": found, "not_found": len(counted) - found},
        _gaps([unit for unit in counted if unit.id not in echoed], alignments),
        tuple(unit.id for unit in local if unit.kind in COUNTED and unit.id not in used),
        theme_rows(central, local, linked, table),
    )


def distinct(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units without those that say word for word what an earlier one of the same kind says."""
    first: dict[tuple[str, str], Unit] = {}
    for unit in units:
        first.setdefault((unit.kind, flat(unit.text)), unit)
    return tuple(first.values())


def _gaps(units: Sequence[Unit], alignments: Sequence[Alignment]) -> tuple[Gap, ...]:
    """Demands without a link, each with its nearest candidate; one that a person has refused comes last."""
    best: dict[str, Alignment] = {}
    for a in alignments:
        if a.central not in best or _nearness(a) > _nearness(best[a.central]):
            best[a.central] = a
    return tuple(
        Gap(unit.id, best[unit.id].local, best[unit.id].score) if unit.id in best else Gap(unit.id, None, 0.0)
        for unit in units
    )


def _nearness(a: Alignment) -> tuple[bool, float]:
    return not (a.review and a.review.linked is False), a.score
