"""Printed fields made of slices of the page: spans in, `Field`s out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import rjieba

from duizhao.text import field_of
from duizhao.types.pages import Field, Span

# Marks that part by themselves what stands before and behind the line break.
OPENING, CLOSING = frozenset("，、：；（(“‘《【〈—·"), frozenset("，、：；。！？）)”’》】〉（(—·")
MARKS = OPENING | CLOSING
# Words that no phrase ends with (prepositions, conjunctions, adverbs, pronouns that count), and words that none begins
# with (particles, suffixes that the dictionary left alone).
NEVER_LAST = frozenset("的和与及或以在将把被对从让使为向就由更不最再也都已正有应各每该某第")
NEVER_FIRST = frozenset("的和及或等了着们者量率额值度性化员型式类")
# So many characters on either side of a line break tell the word that stands there.
AROUND = 12


def paragraph_field(page_text: str, spans: Sequence[Span]) -> Field:
    """A paragraph without its line breaks, except where they keep two Latin words apart."""
    pieces: list[Span] = []
    for k, span in enumerate(spans):
        pieces.append(span)
        if k + 1 < len(spans) and _latin(page_text, span.end - 1) and _latin(page_text, spans[k + 1].start):
            pieces.extend(_newline(page_text, span.end, spans[k + 1].start))
    return field_of(page_text, _merged(pieces))


def lines_field(page_text: str, spans: Sequence[Span]) -> Field:
    """A headline: a line break is shown as a space where it parts two phrases, and left out inside a phrase."""
    pieces: list[Span] = []
    for k, span in enumerate(spans):
        pieces.append(span)
        if k + 1 < len(spans) and span.end < spans[k + 1].start:
            above, below = page_text[span.start : span.end], page_text[spans[k + 1].start : spans[k + 1].end]
            if not _goes_on(above.strip()[-AROUND:], below.strip()[:AROUND]):
                pieces.extend(_newline(page_text, span.end, spans[k + 1].start))
    return field_of(page_text, _merged(pieces))


def _goes_on(above: str, below: str) -> bool:
    """Whether a phrase runs over the break: in a word (by dictionary), beside a mark, or where none ends or begins."""
    last, first = above[-1:], below[:1]
    if last in OPENING or first in CLOSING:
        return True
    if last.isascii() or first.isascii():
        # a number goes with its unit; two Latin words stay apart
        return last.isdecimal() and not first.isascii()
    if above[-2:-1] in MARKS or below[1:2] in MARKS:
        # one character alone is no phrase: half a name
        return True
    words = rjieba.cut(above + below)
    ends = list(accumulate(map(len, words)))
    if len(above) not in ends:
        return True
    at = ends.index(len(above))
    return words[at] in NEVER_LAST or words[at + 1] in NEVER_FIRST


def _latin(page_text: str, at: int) -> bool:
    return page_text[at].isalpha() and page_text[at] < "\u2000"


def _newline(page_text: str, start: int, end: int) -> list[Span]:
    at = page_text.find("\n", start, end)
    return [Span(at, at + 1)] if at >= 0 else []


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged
