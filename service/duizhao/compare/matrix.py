"""Units and links in; how each theme stands on both sides out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from duizhao.compare.themes import NO_THEME
from duizhao.types.comparisons import Alignment, Theme, ThemeRow, Unit, UnitKind

COUNTED: tuple[UnitKind, ...] = ("demand", "action")  # the kinds that count for coverage

Status = Literal["echoed", "same_theme_unlinked", "central_only", "local_only"]


def theme_rows(
    central: Sequence[Unit], local: Sequence[Unit], linked: Sequence[Alignment], themes: Sequence[Theme]
) -> tuple[ThemeRow, ...]:
    """One row for each theme that a demand or an action of either side has, in the order of the table.

    A link of a central demand or action counts for each of its themes, so that a theme has links where one of its
    demands has an echo.
    """
    counts = [Counter(theme for u in side if u.kind in COUNTED for theme in u.themes) for side in (central, local)]
    links = _links(central, linked)
    return tuple(
        ThemeRow(
            t.id,
            t.zh,
            counts[0][t.id],
            counts[1][t.id],
            links[t.id],
            _status(counts[0][t.id], counts[1][t.id], links[t.id]),
        )
        for t in themes
        if t.id != NO_THEME and (counts[0][t.id] or counts[1][t.id] or links[t.id])
    )


def _links(central: Sequence[Unit], linked: Sequence[Alignment]) -> Counter[str]:
    asked = {unit.id: unit.themes for unit in central if unit.kind in COUNTED}
    return Counter(theme for alignment in linked for theme in asked.get(alignment.central, ()))


def _status(central: int, local: int, links: int) -> Status:
    if links:
        return "echoed"
    if central and local:
        return "same_theme_unlinked"
    return "central_only" if central else "local_only"
