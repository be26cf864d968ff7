"""A comparison in; what its reports show out: demands grouped by theme, themes with their coverage, reused phrases."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duizhao.exporters import rows
from duizhao.exporters.rows import GapRow, LinkedLocal, LinkRow
from duizhao.types.comparisons import Alignment, Comparison, Relation, ThemeRow, Unit

# A report of more demands with an echo is grouped by theme, the strongest first; a shorter one keeps the order of the
# text. Beside the best link of a demand as many are shown at once, if they are strong; the rest is folded.
LONG, SHOWN, STRONG = 20, 3, 0.88
RELATIONS: tuple[Relation, ...] = ("verbatim", "concretised", "same_theme")
OTHER = "未归入主题"


@dataclass(frozen=True, slots=True)
class Echo:
    """A central unit with its local ones: those shown at once, and those folded."""

    row: LinkRow
    shown: tuple[LinkedLocal, ...]
    folded: tuple[LinkedLocal, ...]

    @property
    def relation(self) -> Relation | None:
        """The closest relation among its links."""
        return next((r for r in RELATIONS if any(item.alignment.relation == r for item in self.row.locals)), None)


@dataclass(frozen=True, slots=True)
class Group:
    """What one theme has: central units with an echo and without, and local units of their own. `zh`: empty for all."""

    id: str
    zh: str
    echoes: tuple[Echo, ...]
    gaps: tuple[GapRow, ...]
    own: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme, and how many of its central demands have an echo, by the closest relation."""

    theme: ThemeRow
    demands: dict[Relation, int]

    @property
    def echoed(self) -> int:
        """Central demands of the theme with an echo."""
        return sum(self.demands.values())


@dataclass(frozen=True, slots=True)
class Reuse:
    """A phrase that both texts use, one policy demand in how many has it, and the linked units where it stands."""

    text: str
    one_in: int
    pairs: tuple[tuple[str, str], ...]


def groups(c: Comparison) -> tuple[Group, ...]:
    """By the first theme of each unit, in the order of the themes; one group where the report is short."""
    echoes = tuple(_echo(row) for row in rows.link_rows(c))
    gaps, own = rows.gap_rows(c), rows.local_only_units(c)
    if len(echoes) <= LONG:
        return (Group("all", "", echoes, gaps, own),)
    echoes = tuple(sorted(echoes, key=_strength))
    names = [(t.id, t.zh) for t in c.themes]
    known = {theme for theme, _ in names}

    def of(theme: str, unit: Unit) -> bool:
        first = unit.themes[0] if unit.themes and unit.themes[0] in known else ""
        return first == theme

    found = (
        Group(
            theme or "none",
            zh,
            tuple(e for e in echoes if of(theme, e.row.unit)),
            tuple(g for g in gaps if of(theme, g.unit)),
            tuple(u for u in own if of(theme, u)),
        )
        for theme, zh in (*names, ("", OTHER))
    )
    return tuple(g for g in found if g.echoes or g.gaps or g.own)


def theme_facts(c: Comparison) -> tuple[ThemeFacts, ...]:
    """Every theme of the comparison in the order of its table."""
    closest = {row.unit.id: _echo(row).relation for row in rows.link_rows(c)}
    counted = [u for u in c.central.units if u.kind in ("demand", "action")]
    found = []
    for theme in c.themes:
        relations = [closest.get(u.id) for u in counted if theme.id in u.themes]
        found.append(ThemeFacts(theme, {r: relations.count(r) for r in RELATIONS}))
    return tuple(found)


def demands(c: Comparison) -> dict[Relation, int]:
    """Central demands with an echo, by their closest relation."""
    counted = {u.id for u in c.central.units if u.kind in ("demand", "action")}
    relations = [_echo(row).relation for row in rows.link_rows(c) if row.unit.id in counted]
    return {r: relations.count(r) for r in RELATIONS}


def reused(c: Comparison) -> tuple[Reuse, ...]:
    """Phrases shared by linked units, the rarest first; a phrase inside a longer one of the same pair is not there."""
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rarity: dict[str, float] = {}
    for a in c.alignments:
        for p in a.shared_phrases if a.linked else ():
            if (a.central, a.local) not in pairs[p.text]:
                pairs[p.text].append((a.central, a.local))
            rarity[p.text] = p.rarity
    ordered = sorted(pairs, key=lambda text: (-rarity[text] * len(text) ** 0.5, text))
    return tuple(Reuse(text, _rounded(math.exp(rarity[text])), tuple(pairs[text])) for text in ordered)


def share(c: Comparison) -> str:
    """Share of central demands with an echo in per cent; empty where nothing is asked for."""
    total = c.coverage["central_demands"]
    return f"{c.coverage['echoed'] / total:.0%}" if total else ""


def one_central(found: Sequence[Comparison]) -> bool:
    """Whether all are about the same central text, so that they can stand side by side."""
    return len(found) > 1 and all(c.central.document == found[0].central.document for c in found)


def matrix(found: Sequence[Comparison]) -> tuple[tuple[str, tuple[ThemeRow | None, ...]], ...]:
    """Themes by local documents, in the order in which they first come."""
    names = {t.id: t.zh for c in found for t in c.themes}
    tables = [{t.id: t for t in c.themes} for c in found]
    return tuple((zh, tuple(table.get(theme) for table in tables)) for theme, zh in names.items())


def reviewed(c: Comparison) -> tuple[Alignment, ...]:
    """Pairs that a person has judged, in the order of the central text."""
    return tuple(a for a in c.alignments if a.review)


def _echo(row: LinkRow) -> Echo:
    strong = [n == 0 or (n < SHOWN and (item.alignment.score >= STRONG)) for n, item in enumerate(row.locals)]
    return Echo(row, _chosen(row.locals, strong, True), _chosen(row.locals, strong, False))


def _chosen(items: Iterable[LinkedLocal], marks: Iterable[bool], wanted: bool) -> tuple[LinkedLocal, ...]:
    return tuple(item for item, mark in zip(items, marks, strict=True) if mark is wanted)


def _strength(echo: Echo) -> tuple[int, float]:
    order = RELATIONS.index(echo.relation) if echo.relation else len(RELATIONS)
    return order, -max(item.alignment.score for item in echo.row.locals)


def _rounded(n: float) -> int:
    """Two digits that count: nobody knows more of a rarity."""
    size: float = 10 ** max(0, len(str(int(n))) - 2)
    return int(round(n / size) * size)
