"""The body of a comparison in; its groups (one a central text) and warnings out. Runs beside the event loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from duizhao import pipeline
from duizhao.api.bodies import encoded
from duizhao.api.engine import Engine
from duizhao.api.errors import Problem
from duizhao.api.schemas import CompareIn, ComparePageIn, CompareTextsIn
from duizhao.compare.review import key
from duizhao.documents import dated
from duizhao.errors import TooLarge
from duizhao.exporters import json
from duizhao.pipeline import PageComparison, library_pairs
from duizhao.settings import Settings
from duizhao.stores.reviews import latest, unit_hash
from duizhao.types.articles import Document
from duizhao.types.comparisons import Comparison, Review

# central texts of the library that a local one is compared with
BEST = 3
# a request that is answered later may be so many times larger than one that is answered at once
LATER = 20


def check(body: CompareIn, settings: Settings) -> None:
    """Refuse what is over the limits of any comparison, and ids that are given twice.

    Raises:
        TooLarge, Problem.
    """
    central, local = sides(body)
    found = central + local
    if len(found) > settings.max_documents:
        raise TooLarge(f"More than {settings.max_documents} texts in one comparison; send fewer at a time.")
    if isinstance(body, ComparePageIn) and len(body.page) > settings.max_page_characters:
        raise TooLarge(f"The page is longer than {settings.max_page_characters} characters; send one page at a time.")
    most = LATER * settings.max_request_characters
    if _characters(body) > most:
        raise TooLarge(f"The texts have more than {most} characters together; compare fewer at a time.")
    twice = [name for name, n in Counter(d.id for d in found).items() if n > 1]
    if twice:
        raise Problem("invalid-request", f"Two texts have the same id: {', '.join(twice)}.")


def is_large(body: CompareIn, settings: Settings) -> bool:
    """Whether the comparison would hold the models for longer than a request may take."""
    central, local = sides(body)
    pairs = (len(central) or BEST) * len(local)
    return pairs > settings.max_pairs or _characters(body) > settings.max_request_characters


def compared(engine: Engine, body: CompareIn, check: Callable[[], None], *, limited: bool = True) -> PageComparison:
    """Do the comparison; `check` is called between two steps.

    Raises:
        NothingToCompare: a side is missing; TooLarge: `limited`, and the page has too many articles, or what was
            found in the library is too long.
    """
    if isinstance(body, ComparePageIn):
        pages = engine.segment(encoded(body.page), "page.txt")
        check()
        found = engine.compare_pages([dated(page, body.date) for page in pages], body.model, limited=limited)
        return reviewed(engine, found)
    central, local = sides(body)
    pairs = [(d, local) for d in central] if central else library_pairs(local, engine.central_texts)
    size = sum(len(document.text) + sum(len(other.text) for other in others) for document, others in pairs)
    if limited and not central and size > engine.settings.max_request_characters:
        raise TooLarge("The texts of the library that were found are long: send it with Prefer: respond-async.")
    groups = []
    for document, others in pairs:
        group: list[Comparison] = []
        for other in others:
            check()
            group += engine.compare(document, [other], body.model)
        groups.append(tuple(group))
    return reviewed(engine, PageComparison(tuple(groups)))


def reviewed(engine: Engine, found: PageComparison) -> PageComparison:
    """The comparison with the verdicts that reviewers gave on its pairs of units."""
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for c in (c for group in found.groups for c in group):
        for texts, side in zip(sides, (c.central, c.local), strict=True):
            texts.update({unit_hash(unit.text): unit.text for unit in side.units})
    central, local = sides
    verdicts = {
        key(central[r.central], local[r.local]): Review(r.verdict == "accept", r.relation, r.note)
        for r in latest(engine.database, central.keys(), local.keys())
    }
    groups, _ = pipeline.reviewed(found.groups, verdicts)
    return PageComparison(groups, found.warnings)


def value(found: PageComparison) -> dict[str, Any]:
    """The comparison in the documented shape."""
    made = json.page_comparison(found.groups)
    return {**made, "warnings": [*made.get("warnings", ()), *found.warnings]}


def sides(body: CompareIn) -> tuple[list[Document], list[Document]]:
    """The texts that were sent: central ones, local ones; none of a page."""
    if not isinstance(body, CompareTextsIn):
        return [], []
    central = [] if body.central == "library" else body.central
    return (
        [t.document(f"central{n}") for n, t in enumerate(central, 1)],
        [t.document(f"local{n}") for n, t in enumerate(body.local, 1)],
    )


def _characters(body: CompareIn) -> int:
    if isinstance(body, ComparePageIn):
        return len(body.page)
    return sum(len(d.text) for side in sides(body) for d in side)
