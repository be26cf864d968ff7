"""Two documents and how they were read in; the warnings that belong on the comparison out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.compare import align
from duizhao.types.articles import Document, Level
from duizhao.types.comparisons import Unit
from duizhao_models.base import Embedder

_ASKED = ("demand", "action", "goal")
_LEVELS: tuple[Level, ...] = ("central", "province", "city", "county")
# 2024, 2024-01, 2024-01-05, 2024年1月5日, 2024/1/5
_DATE = re.compile(r"(?<!\d)(\d{4})(?:\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?)?(?!\d)")


def warnings_for(
    central: Document,
    local: Document,
    central_units: Sequence[Unit],
    local_units: Sequence[Unit],
    embedders: Sequence[Embedder],
    limit: int,
) -> tuple[str, ...]:
    """One sentence each, the weightiest first."""
    return (
        *_dates(central.date, local.date),
        *_texts(central, local, limit),
        *_demands(central_units, local_units),
        *_models(embedders),
    )


def limits(central: int, local: int, most: int) -> Iterator[str]:
    """What was left out because there were too many units: how many on each side."""
    for role, left_out in (("central", central), ("local", local)):
        if left_out:
            yield f"truncated: only the first {most} demands of the {role} text were compared"


def repeats(central: int, local: int) -> Iterator[str]:
    """What a text says again word for word: how many units on each side."""
    for role, repeated in (("central", central), ("local", local)):
        if repeated:
            yield (
                f"{repeated} units of the {role} text repeat others word for word: they were compared and counted once"
            )


def _dates(central: str | None, local: str | None) -> Iterator[str]:
    """Dates are compared as far as both go (2024-01 with 2024-01-05); one without a year is not."""
    for role, date in (("central", central), ("local", local)):
        if date and not _DATE.search(date):
            yield f"the date of the {role} text has no year: which text is older was not checked"
    left, right = _numbers(central), _numbers(local)
    length = min(len(left), len(right))
    if right[:length] < left[:length]:
        yield "local text is older than the central one"
    elif length == len(("year", "month", "day")) and left == right:
        yield "both texts are of the same day: the local one may have been written first"


def _numbers(date: str | None) -> tuple[int, ...]:
    """Year, month and day of a date, as far as it names them; nothing without a year."""
    match = _DATE.search(date or "")
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _texts(central: Document, local: Document, limit: int) -> Iterator[str]:
    if "".join(central.text.split()) == "".join(local.text.split()):
        yield "the two texts are identical"
    elif local.identity.level == "central":
        yield "the local text looks like one of the central level"
    elif _rank(central) > _rank(local) >= 0:
        yield "the central text looks like one of a lower level than the local one: are they the right way round?"
    for role, document in (("central", central), ("local", local)):
        if len(document.text) > limit:
            yield f"truncated: only the first {limit} characters of the {role} text were compared"
        if document.continued:
            yield f"the {role} text goes on elsewhere: only the part at hand was compared"


def _rank(document: Document) -> int:
    """Place of its level from the centre down; -1 where it is not known."""
    return _LEVELS.index(document.identity.level) if document.identity.level else -1


def _demands(central: Sequence[Unit], local: Sequence[Unit]) -> Iterator[str]:
    if not any(unit.kind in _ASKED for unit in central):
        yield "the central text has no demand, action or goal"
    if not any(unit.kind in _ASKED for unit in local):
        yield "the local text has no demand, action or goal: what it tells was compared"


def _models(embedders: Sequence[Embedder]) -> Iterator[str]:
    if align.by_wording_alone(embedders):
        yield "compared by shared wording only: the same demand in other words is not seen"
