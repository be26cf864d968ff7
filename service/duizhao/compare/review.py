"""A comparison and the verdicts of a reviewer in; the comparison with these in place of its own out.

A verdict belongs to the words of its two units, so that it holds when the comparison is made again, with other models
or with other text around.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from duizhao.compare import align
from duizhao.compare.evidence import Quotes, shared_phrases
from duizhao.compare.outcome import outcome
from duizhao.compare.relation import relation, specificity
from duizhao.text import flat
from duizhao.types.comparisons import Alignment, Band, ComparedDocument, Comparison, Review, Theme, Unit

Verdicts = Mapping[tuple[str, str], Review]


def key(central: str, local: str) -> tuple[str, str]:
    """The words of both units without white space: what a verdict belongs to."""
    return flat(central), flat(local)


def reviewed(c: Comparison, verdicts: Verdicts) -> tuple[Comparison, set[tuple[str, str]]]:
    """The comparison as reviewed, with a warning that says so, and the verdicts that it used."""
    central, local = _by_words(c.central), _by_words(c.local)
    fitting = {words: v for words, v in verdicts.items() if words[0] in central and words[1] in local}
    pairs = {(x.id, y.id): v for words, v in fitting.items() for x in central[words[0]] for y in local[words[1]]}
    if not pairs:
        return c, set()
    units = {u.id: u for u in c.central.units}, {u.id: u for u in c.local.units}
    judged = [
        _judged(a, pairs.pop((a.central, a.local), None), units[0][a.central], units[1][a.local]) for a in c.alignments
    ]
    judged += [
        _judged(_unlisted(c, units[0][x], units[1][y]), verdict, units[0][x], units[1][y])
        for (x, y), verdict in pairs.items()
        if verdict.linked
    ]
    place = {unit: n for n, unit in enumerate(units[0])}
    judged.sort(key=lambda a: place[a.central])  # stable: the best of each unit stays first
    made = outcome(c.central.units, c.local.units, judged, [Theme(t.id, t.zh) for t in c.themes])
    number = sum(a.review is not None for a in judged)
    return replace(
        c,
        alignments=tuple(judged),
        coverage=made.coverage,
        not_found=made.not_found,
        local_only=made.local_only,
        themes=made.themes,
        warnings=(*c.warnings, f"{number} pairs were reviewed by a person: their verdicts stand"),
    ), set(fitting)


def _by_words(side: ComparedDocument) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in side.units:
        found.setdefault(flat(unit.text), []).append(unit)
    return found


def _judged(a: Alignment, verdict: Review | None, central: Unit, local: Unit) -> Alignment:
    if verdict is None:
        return a
    if verdict.linked is None:
        return replace(a, review=verdict)
    if not verdict.linked:
        band: Band = "review" if a.score >= align.REVIEW else "none"
        return replace(a, linked=False, band=band, relation=None, review=verdict)
    told = verdict.relation or a.relation or relation(central.text, local.text, a.local_quote.text, a.shared_phrases)
    return replace(a, linked=True, band="linked", relation=told, doubt=None, review=verdict)


def _unlisted(c: Comparison, central: Unit, local: Unit) -> Alignment:
    """A pair that is not among the candidates."""
    quotes = Quotes((c.central.document.text, [central]), (c.local.document.text, [local])).best(0, 0)
    phrases = shared_phrases(central, local)
    return Alignment(central.id, local.id, 0.0, False, "none", None, specificity(local.text), *quotes, phrases)
