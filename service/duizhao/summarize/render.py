"""Stretches of a text in, printable wording out, with the exact places that it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.summarize.people import NAME
from duizhao.summarize.shorten import Cut, CutKind, kept
from duizhao.text import INVISIBLE
from duizhao.types.pages import Span

WHITE = re.compile(rf"[\s{INVISIBLE}]+")
# Three names or more in a row stay apart.
ROW = re.compile(rf"(?<![\u4e00-\u9fff])(?:{NAME}[ \u3000]+){{2,}}{NAME}(?![\u4e00-\u9fff])")
# 深入推进共同富裕 建设现代化新城: two halves of a slogan or a title.
HALVES = re.compile(r"(?<=[\u4e00-\u9fff]{4})[ \u3000](?=[\u4e00-\u9fff]{4})")
# marks, and the signs that a page sets before an item
LOOSE = "，。；：、,;: \n\r\t\u3000■◆●▲★□◇○▶►" + INVISIBLE


def squeeze(text: str) -> str:
    """The text without line breaks, spaces and invisible characters; one space stays between ASCII
    characters and between the halves of a slogan.

    A line break between two digits is none of the number's: 1⏎20 is 120.
    """
    if not WHITE.search(text):
        return text
    rows = [m.span() for m in ROW.finditer(text)]
    return WHITE.sub(lambda m: _gap(text, m.start(), m.end(), rows), text)


@dataclass(frozen=True, slots=True)
class Wording:
    """Parts in printed order: spans of the source text, and connecting words as strings."""

    parts: tuple[Span | str, ...]

    def text(self, source: str) -> str:
        """What is printed."""
        return "".join(p if isinstance(p, str) else squeeze(source[p.start : p.end]) for p in self.merged)

    @property
    def merged(self) -> tuple[Span | str, ...]:
        """The parts, those spans that touch made one."""
        merged: list[Span | str] = []
        for part in self.parts:
            last = merged[-1] if merged else None
            if isinstance(part, Span) and isinstance(last, Span) and last.end == part.start:
                merged[-1] = Span(last.start, part.end)
            elif part and (isinstance(part, str) or part.end > part.start):
                merged.append(part)
        return tuple(merged)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places in the source, in printed order."""
        return tuple(p for p in self.merged if isinstance(p, Span))

    def trimmed(self, text: str) -> Wording:
        """Without marks and white space at both ends, which cuts may have left there."""
        parts = list(self.merged)
        while parts and _blank(parts[0], text):
            parts.pop(0)
        while parts and _blank(parts[-1], text):
            parts.pop()
        if parts and isinstance(parts[0], Span):
            start, end = parts[0]
            while text[start] in LOOSE:
                start += 1
            parts[0] = Span(start, end)
        if parts and isinstance(parts[-1], Span):
            start, end = parts[-1]
            while text[end - 1] in LOOSE:
                end -= 1
            parts[-1] = Span(start, end)
        return Wording(tuple(parts))


def without(start: int, end: int, cuts: list[Cut], kinds: frozenset[CutKind]) -> Wording:
    """The stretch `start:end` without the cuts of these kinds that lie wholly inside it, and without feet of pages."""
    dropped = [c for c in cuts if (c.kind in kinds or c.kind == "foot") and start <= c.start and c.end <= end]
    return Wording(tuple(Span(s, e) for s, e in kept(start, end, dropped)))


def _gap(text: str, start: int, end: int, rows: list[tuple[int, int]]) -> str:
    """What is printed for the white space `start:end`; `rows` are names in a row."""
    if start == 0 or end == len(text) or not text[start:end].strip(INVISIBLE):
        return ""
    if any(s < start < e for s, e in rows) or HALVES.match(text, start):
        return " "
    before, after = text[start - 1], text[end]
    if not (before.isascii() and after.isascii()):
        return ""
    return "" if before.isdigit() and after.isdigit() and "\n" in text[start:end] else " "


def _blank(part: Span | str, text: str) -> bool:
    return not (part if isinstance(part, str) else text[part.start : part.end]).strip(LOOSE)
