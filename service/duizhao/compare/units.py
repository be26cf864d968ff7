"""A document in; its units out: one demand, measure or remark each, an exact substring with its kind.

What lies outside of all units is only white space, the marks of a list (一是, （二）, ；) and lead-ins (会议强调，).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from duizhao.compare import kinds
from duizhao.compare.chapters import look_back
from duizhao.compare.clauses import clauses, items, speaker_of, without_enumerator, without_lead_in
from duizhao.compare.lines import paragraphs
from duizhao.text import SENTENCE_END, flat, strip_span
from duizhao.types.articles import Document
from duizhao.types.comparisons import Unit, UnitKind
from duizhao.types.pages import Span

LONGEST = 160  # characters of a unit that is compared; a longer one is cut at a comma
LONGEST_OTHER = 240  # the same for reviews, assessments and procedure, which nobody reads side by side

_MUST = re.compile(r"(?:同时|还|也|又|更|并|特别是|因此)?(?:要(?![求素点闻害职领塞件么是])|必须)")
_OWN = re.compile(
    r"(?:激励|号召|激发|引导|动员)(?:广大|全[省市县区党国军]|各[级地族]|基层|党员|干部)|动员(?:全|广大|各)"
)
_MEETING = re.compile(r"(?:会议|大会|全会|活动)(?=(?:坚持)?以|全面|深入|认真)")
_COMPARED = ("demand", "action", "goal")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the words stand that say who asks, and the mark of the list that the sentence is an item of."""

    speaker: Span | None = None
    marker: Span | None = None


_Piece = tuple[int, int, UnitKind]
_Block = tuple[bool, list[Span]]  # whether a paragraph is a heading, and its sentences
_Sourced = tuple[int, int, UnitKind, _Source]


def split_units(document: Document) -> tuple[Unit, ...]:
    """Units of a document in the order of the text; ids u1, u2, ...; `unit.text == document.text[start:end]`."""
    return tuple(
        Unit(f"u{number}", start, end, document.text[start:end], kind, speaker=source.speaker, marker=source.marker)
        for number, (start, end, kind, source) in enumerate(_units(document.text), 1)
    )


def looks_back_by_chapter(text: str) -> bool:
    """Whether the text is a report with a chapter on what was done."""
    return look_back(text, _flattened(_blocks(text))) is not None


def _units(text: str) -> Iterator[_Sourced]:
    blocks = list(_blocks(text))
    past = look_back(text, _flattened(blocks)) or Span(0, 0)
    for heading, sentences in blocks:
        review = past.start <= sentences[0].start < past.end
        source = _Source()  # who asks is said once and holds for the paragraph
        for start, end in sentences:
            if heading:
                yield start, end, "procedural", _Source()
                continue
            report = past.start <= start < past.end
            parts = items(text, start, end)
            for part in parts:
                span = strip_span(text, *part)
                if span.start < span.end:
                    said, source = _source(text, span, source)
                    review = report or _looks_back(text[said : span.end], review)
                    for piece in _part(text, said, span, review, listed=len(parts) > 1):
                        yield *piece, source


def _blocks(text: str) -> Iterator[_Block]:
    for paragraph in paragraphs(text):
        sentences = list(_sentences(text, paragraph.start, paragraph.end))
        if sentences:
            yield paragraph.heading, sentences


def _flattened(blocks: Iterable[_Block]) -> Iterator[tuple[Span, bool]]:
    return ((span, heading) for heading, sentences in blocks for span in sentences)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of a paragraph; unlike `duizhao.text.sentences`, a line break inside does not end one."""
    at = start
    for match in SENTENCE_END.finditer(text, start, end):
        span = strip_span(text, at, match.end())
        if span.start < span.end:
            yield span
        at = match.end()
    span = strip_span(text, at, end)
    if span.start < span.end:
        yield span


def _looks_back(said: str, review: bool) -> bool:
    """A sentence such as 过去一年，… opens a review, which lasts until something is asked for again."""
    if kinds.REVIEW_OPENS.match(said) and not kinds.MODAL.search(said):
        return True
    return review and not kinds.REVIEW_CLOSES.search(said)


def _source(text: str, span: Span, before: _Source) -> tuple[int, _Source]:
    """Where a sentence or item begins, its list mark, and who asks: the speaker before it goes on if none is named."""
    unmarked = without_enumerator(text, *span)
    led = without_lead_in(text, unmarked, span.end)
    start = without_enumerator(text, led, span.end)
    marker = strip_span(text, *((span.start, unmarked) if unmarked > span.start else (led, start)))
    speaker = speaker_of(text, unmarked, led) if led > unmarked else None
    return start, _Source(speaker or before.speaker, marker if marker.start < marker.end else None)


def _part(text: str, start: int, span: Span, review: bool, *, listed: bool) -> Iterator[_Piece]:
    """Units of one sentence or list item; `start`: after its mark and lead-in."""
    end = span.end
    if listed:
        end = start + len(text[start:end].rstrip("；;。"))
    if start >= end:
        return
    if text[end - 1] in "：:" and end - start <= LONGEST:  # a longer one asks for much before it names its list
        yield start, end, "procedural"
        return
    if match := _MEETING.match(text, start, end):
        start = match.end() if kinds.BOILERPLATE.match(flat(text[match.end() : end]).split("，")[0]) else start
    for piece in _cut(text, start, end):
        yield from _fit(text, *piece, review=review)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int, UnitKind | None]]:
    """Pieces of a sentence: the event, the guidance, and each demand; None where the words decide the kind."""
    roles = _roles([(span, flat(text[span.start : span.end])) for span in clauses(text, start, end)])
    for (kind, _), group in groupby(roles, key=lambda role: role[1:]):
        spans = [role[0] for role in group]
        yield spans[0].start, spans[-1].end, kind


def _roles(parts: list[tuple[Span, str]]) -> Iterator[tuple[Span, UnitKind | None, int]]:
    """Each clause with the kind of its piece, if that is certain, and the number of the piece."""
    # the meeting stands in the first clauses: byline and date (本报讯（记者……）3月5日上午，) may come before it
    head: UnitKind | None = "procedural" if any(kinds.EVENT.search(clause) for _, clause in parts[:3]) else None
    opening, piece, asked = True, 0, False
    for span, clause in parts:
        if opening and (kinds.BOILERPLATE.match(clause) or (head and kinds.STUDY.match(clause))):
            head = "boilerplate"
        elif _OWN.match(clause):
            head, opening, piece, asked = None, False, piece + 1, True
        elif head == "procedural" and not _MUST.match(clause):
            pass
        else:
            head, opening = None, False
            piece += bool(asked and _MUST.match(clause))
            asked = asked or bool(kinds.MODAL.search(clause))
        yield span, head, 0 if head else piece


def _fit(text: str, start: int, end: int, kind: UnitKind | None, *, review: bool) -> Iterator[_Piece]:
    """The piece with its kind, in as many parts as its length asks for."""
    kind = kind or kinds.kind_of(flat(text[start:end]), in_review=review)
    limit = LONGEST if kind in _COMPARED else LONGEST_OTHER
    for low, high in _shorter(text, start, end, limit):
        yield low, high, kind


def _shorter(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """Parts of like length, each at most `limit` characters, cut at commas (or anywhere if there is none)."""
    if end - start <= limit:
        yield Span(start, end)
        return
    goal = (end - start) / -(-(end - start) // limit)
    low = start
    for clause in clauses(text, start, end):
        while clause.end - low > limit:
            cut = clause.start if clause.start > low else low + limit
            yield Span(low, cut)
            low = cut
        if clause.end - low >= goal and clause.end < end:
            yield Span(low, clause.end)
            low = clause.end
    if low < end:
        yield Span(low, end)
