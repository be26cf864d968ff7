"""A segmented page in, the places of the page with the article that owns each out: what the coloured page prints."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.pages import Box, Span

# tints in style.css: .t0 ... .t9
TINTS = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a page that belong to one article (`owner`), or to none (an empty name)."""

    text: str
    owner: str
    tint: str
    first: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """The place of a printed line, with the article that owns it."""

    box: Box
    owner: str
    tint: str
    first: bool


def tint(page: SegmentedPage, owner: str) -> str:
    """The style class of an article; neighbours in reading order differ."""
    number = next((n for n, a in enumerate(page.articles) if a.id == owner), None)
    return "" if number is None else f"t{number % TINTS}"


def picture(page: SegmentedPage) -> str:
    """The picture of the printed page as a data address, or nothing."""
    data = page.page.picture
    return f"data:image/png;base64,{base64.b64encode(data).decode()}" if data else ""


def stretches(page: SegmentedPage) -> tuple[Stretch, ...]:
    """The whole text of the page, cut where the owner changes; white space goes with what stands before it."""
    text, at, cuts = page.page.text, 0, list(_owned(page))
    found: list[tuple[str, str]] = []
    for owner, run in groupby(cuts, key=lambda cut: cut[1]):
        end = list(run)[-1][0].end
        end += len(text[end:]) - len(text[end:].lstrip()) if end < len(text) else 0
        found.append((text[at:end], owner))
        at = end
    if at < len(text):
        found.append((text[at:], ""))
    seen: set[str] = set()
    out = []
    for piece, owner in found:
        out.append(Stretch(piece, owner, tint(page, owner), bool(owner) and owner not in seen))
        seen.add(owner)
    return tuple(out)


def patches(page: SegmentedPage) -> tuple[Patch, ...]:
    """The printed lines with a place on the sheet, each with its owner."""
    owned = list(_owned(page))
    at, seen, out = 0, set(), []
    for line in sorted(page.page.lines, key=lambda each: each.start):
        while at < len(owned) and owned[at][0].end <= line.start:
            at += 1
        owner = owned[at][1] if at < len(owned) and owned[at][0].start < line.end else ""
        if line.box and owner:
            out.append(Patch(line.box, owner, tint(page, owner), owner not in seen))
            seen.add(owner)
    return tuple(out)


def _owned(page: SegmentedPage) -> Iterator[tuple[Span, str]]:
    """Spans in the order of the text with the id of their article; furniture has none."""
    found = [(span, article.id) for article in page.articles for span in _spans(article)]
    found += [(span, "") for furniture in page.furniture for span in furniture.spans]
    yield from sorted(found)


def _spans(a: Article) -> Iterator[Span]:
    single = (a.column, a.kicker, a.headline, a.subheadline, a.byline, a.dateline, a.continues_on, a.continued_from)
    for field in (*single, *a.captions, *a.paragraphs):
        if field and not field.inline:
            yield from field.spans
