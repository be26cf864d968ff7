"""A comparison in, the rows and marked texts that every report format prints out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from duizhao.exporters import labels
from duizhao.text import folios, without_folios
from duizhao.types.articles import Document
from duizhao.types.comparisons import Alignment, ComparedDocument, Comparison, Unit
from duizhao.types.digests import Digest, DigestEntry, Failure
from duizhao.types.pages import Page, Span

LONGEST_TITLE = 60

Mark = Literal["plain", "quote", "phrase"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a unit and how it is marked: evidence quote, or phrase shared with the other side."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class LinkedLocal:
    """A local unit linked to a central one, with the evidence on its side."""

    unit: Unit
    alignment: Alignment
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A central unit, its evidence marked, and all local units linked to it, best first."""

    unit: Unit
    pieces: tuple[Piece, ...]
    locals: tuple[LinkedLocal, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """A central demand without an echo, its nearest local candidate, and the score of that pair.

    `why`: in words, what keeps a pair with such a score from being a link, or that the two are far apart.
    """

    unit: Unit
    nearest: Unit | None
    score: float
    pieces: tuple[Piece, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a full text: inside the unit with this id, or between units (None)."""

    text: str
    unit: str | None


def page_name(page: Page) -> str:
    """What to call a page: its paper, else the name of its file."""
    return page.paper or re.split(r"[/\\]", page.source)[-1] or page.source


def entry_title(e: DigestEntry) -> str:
    """What a digest calls an article: its printed title, else the headline of its summary."""
    return e.article.title or e.summary.texts.get("headline", "") or "（无标题）"


def short_title(e: DigestEntry) -> str:
    """The headline of the summary, where it says something else than the title."""
    made = e.summary.texts.get("headline", "")
    return made if made != entry_title(e) else ""


def failure_line(f: Failure) -> str:
    """What did not work, in one line."""
    return f"{failed(f)}（{labels.STAGES.get(f.stage, f.stage)}）：{labels.saying(f.detail)}"


def failed(f: Failure) -> str:
    """What did not work, by name: a file or page, or one article of it."""
    return f.subject if f.article is None else f"{f.subject} {f.article}"


def link_rows(c: Comparison) -> tuple[LinkRow, ...]:
    """Linked pairs grouped by central unit, in the order of the central text."""
    locals_ = {u.id: u for u in c.local.units}
    by_central: dict[str, list[Alignment]] = {}
    for a in c.alignments:
        if a.linked:
            by_central.setdefault(a.central, []).append(a)
    rows = []
    for unit in c.central.units:
        found = sorted(by_central.get(unit.id, ()), key=lambda a: -a.score)
        if not found:
            continue
        quotes = [Span(a.central_quote.start, a.central_quote.end) for a in found]
        phrases = [p.central for a in found for p in a.shared_phrases]
        linked = tuple(LinkedLocal(locals_[a.local], a, _local_pieces(locals_[a.local], a)) for a in found)
        rows.append(LinkRow(unit, mark(unit, quotes, phrases), linked))
    return tuple(rows)


def gap_rows(c: Comparison) -> tuple[GapRow, ...]:
    """Central demands without an echo, in the order of the central text."""
    centrals = {u.id: u for u in c.central.units}
    locals_ = {u.id: u for u in c.local.units}
    best = {(a.central, a.local): a for a in c.alignments}
    rows = []
    for gap in c.not_found:
        nearest = locals_.get(gap.nearest or "")
        nearest = nearest and _printed(nearest)
        alignment = best.get((gap.central, gap.nearest or ""))
        pieces = _local_pieces(locals_[nearest.id], alignment) if nearest and alignment else ()
        if nearest and not pieces:
            pieces = (Piece(nearest.text, "plain"),)
        rows.append(GapRow(_printed(centrals[gap.central]), nearest, gap.score, pieces, _why(alignment)))
    return tuple(rows)


def _why(a: Alignment | None) -> str:
    if a and a.review and a.review.linked is False:
        return labels.REFUSED
    if a and a.doubt:
        return labels.DOUBTS[a.doubt]
    return labels.FAR if a and a.band == "none" else ""


def unit_text(side: ComparedDocument, unit: str) -> str:
    """The words of a unit by its id."""
    return next((_printed(u).text for u in side.units if u.id == unit), "")


def _printed(unit: Unit) -> Unit:
    """The unit without the number of a page inside it, as reports print it."""
    return replace(unit, text=without_folios(unit.text))


def local_only_units(c: Comparison) -> tuple[Unit, ...]:
    """Local demands and actions that answer no central unit, in the order of the local text."""
    wanted = set(c.local_only)
    return tuple(_printed(u) for u in c.local.units if u.id in wanted)


def document_title(d: Document) -> str:
    """What a report calls a document: its title, else a first line that is no sentence, else its name."""
    first = next((line.strip() for line in d.text.split("\n") if line.strip()), "")
    if d.title or not first or len(first) > LONGEST_TITLE or first[-1] in "。！？；：:，！":
        return d.name
    return first


def pair_name(c: Comparison, found: Sequence[Comparison]) -> str:
    """What to call one comparison among others: its local text, and its central one where that differs too."""
    name = document_title(c.local.document)
    if all(other.central.document == c.central.document for other in found):
        return name
    return f"{name} ／ {document_title(c.central.document)}"


def method_notes(d: Digest) -> tuple[str, ...]:
    """How the summaries of a digest were made, one sentence a method."""
    methods = {e.summary.method for e in d.entries}
    notes = {"extractive": labels.EXTRACTIVE_NOTE, "abstractive": labels.ABSTRACTIVE_NOTE}
    return tuple(note for method, note in notes.items() if method in methods)


def thresholds(c: Comparison) -> str:
    """The lowest scores of the bands, in words."""
    return "，".join(f"{labels.THRESHOLDS.get(k, k)} {v:.2f}" for k, v in sorted(c.thresholds.items()))


def relation_counts(c: Comparison) -> dict[str, int]:
    """Number of links by relation."""
    counts = {"verbatim": 0, "concretised": 0, "same_theme": 0}
    for a in c.alignments:
        if a.linked and a.relation:
            counts[a.relation] += 1
    return counts


def mark(unit: Unit, quotes: Iterable[Span], phrases: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a unit into pieces; spans count in the document, a phrase mark covers a quote mark.

    The number of a page inside the unit is left out.
    """
    marks: list[Mark | None] = ["plain"] * len(unit.text)
    for kind, spans in (("quote", quotes), ("phrase", phrases)):
        for start, end in spans:
            for i in range(max(start, unit.start), min(end, unit.end)):
                marks[i - unit.start] = "quote" if kind == "quote" else "phrase"
    for start, end in folios(unit.text):
        marks[start:end] = [None] * (end - start)
    pieces = []
    at = 0
    for i in range(1, len(marks) + 1):
        if i == len(marks) or marks[i] != marks[at]:
            if kept := marks[at]:
                pieces.append(Piece(unit.text[at:i], kept))
            at = i
    return tuple(pieces)


def anchors(text: str, units: Iterable[Unit]) -> tuple[Anchor, ...]:
    """The whole text cut at its units, so that every unit can be jumped to; nothing is left out."""
    found, at = [], 0
    for unit in sorted(units, key=lambda u: (u.start, u.end)):
        if unit.start < at:
            continue
        if unit.start > at:
            found.append(Anchor(text[at : unit.start], None))
        found.append(Anchor(text[unit.start : unit.end], unit.id))
        at = unit.end
    if at < len(text):
        found.append(Anchor(text[at:], None))
    return tuple(found)


def _local_pieces(unit: Unit, a: Alignment) -> tuple[Piece, ...]:
    return mark(unit, [Span(a.local_quote.start, a.local_quote.end)], [p.local for p in a.shared_phrases])
