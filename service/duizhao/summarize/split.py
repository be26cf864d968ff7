"""Paragraphs in, sentences and their clauses out, all as exact spans; nothing is cut inside quotes or brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.text import CLOSERS, folios, visible_span
from duizhao.types.pages import Span

PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "〈": "〉", "「": "」", "『": "』", "【": "】", "‘": "’", "[": "]"}
OPENERS = {close: open_ for open_, close in PAIRS.items()}
# A pair further apart than this is a quoted speech, not a quoted term: its sentences are cut as usual.
LONGEST_PAIR = 160
# Not after 8 a.m., J. Smith, Mr.
STOP = re.compile(rf"(?:[。！？!?；;]|……|(?<![\s.][A-Za-z])(?<!\bMr|\bMs|\bDr|\bSt)[.](?=\s|$))+[{CLOSERS}]*")
# Whose words they are, behind the quotation: “……。”——林知秋.
SIGNED = re.compile(r"\s*——?\s*[\u4e00-\u9fffA-Za-z·《》\d]{2,30}(?=[。\n]|\s*$)")
# 10：30 is one figure, as is 10,000.
COMMA = re.compile(r"(?<!\d)[,：:]|[,：:](?!\d)|，|——")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two marks of a sentence, without the mark that closes it (`mark`, empty at the end)."""

    start: int
    end: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or an item of a ；-list: its span without the closing mark, the mark, and its clauses."""

    start: int
    end: int
    mark: str
    clauses: tuple[Clause, ...]
    paragraph: int = 0


def split(text: str, paragraphs: list[Span]) -> list[Sentence]:
    """Sentences of these paragraphs in order. Together the spans and marks hold every non-space character."""
    return [s for number, span in enumerate(paragraphs) for s in _sentences(text, span, number)]


def shields(text: str, start: int, end: int) -> bytearray:
    """One byte a character of `text[start:end]`: 1 where a cut after it would part an opening mark from its partner.

    Marks without a partner shield nothing.
    """
    inside = bytearray(end - start)
    stack: list[tuple[str, int]] = []
    for at in range(start, end):
        char = text[at]
        if char in PAIRS:
            stack.append((char, at))
        elif char in OPENERS:
            for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
                if stack[depth][0] == OPENERS[char]:
                    opened = stack[depth][1]
                    del stack[depth:]
                    if at - opened <= LONGEST_PAIR:
                        inside[opened - start : at - start] = b"\x01" * (at - opened)
                    break
    return inside


def balanced(text: str) -> bool:
    """Whether every opening mark of a short text has its closing one, in order."""
    stack: list[str] = []
    for char in text:
        if char in PAIRS:
            stack.append(char)
        elif char in OPENERS and (not stack or stack.pop() != OPENERS[char]):
            return False
    return not stack and text.count('"') % 2 == 0


def _sentences(text: str, span: Span, number: int) -> Iterator[Sentence]:
    inside = shields(text, span.start, span.end)
    for start, end in folios(text[span.start : span.end]):  # nor in the foot of a page between two lines
        inside[start:end] = b"\x01" * (end - start)
    at = span.start
    for match in STOP.finditer(text, span.start, span.end):
        stop, end = match.start(), match.end()
        # in “……。” the closing mark ends the sentence together with the stop
        while end > stop + 1 and inside[end - 1 - span.start]:
            end -= 1
        if inside[end - 1 - span.start] or (text[end - 1] in CLOSERS and SIGNED.match(text, end, span.end)):
            continue
        quoted = end - 1 > stop and text[end - 1] in CLOSERS and bool(inside[stop - span.start])
        body_end, mark = (end, "") if quoted else (stop, text[stop:end])
        yield from _sentence(text, at, body_end, mark, number, inside, span.start)
        at = end
    yield from _sentence(text, at, span.end, "", number, inside, span.start)


def _sentence(
    text: str, start: int, end: int, mark: str, number: int, inside: bytearray, base: int
) -> Iterator[Sentence]:
    start, end = visible_span(text, start, end)
    if start == end:
        return
    clauses, at = [], start
    for match in COMMA.finditer(text, start, end):
        if not inside[match.end() - 1 - base] and match.start() > at:
            clauses.append(Clause(*visible_span(text, at, match.start()), match.group()))
            at = match.end()
    if at < end:
        clauses.append(Clause(*visible_span(text, at, end)))
    yield Sentence(start, end, mark, tuple(c for c in clauses if c.start < c.end), number)
