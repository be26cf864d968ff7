"""Title, opening and closing of an article or a text as one string without white space, with the way back to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duizhao.text import page_spans
from duizhao.types.pages import Field, Span

# Who speaks stands in the title and the first paragraphs, a signature at the end: more is not read (characters).
TITLE, HEAD, TAIL = 300, 3000, 400
_STOPS = "。！？：；”」』…，、"


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed field, or a stretch of a plain text that begins at `at` (neither: words that cannot be pointed at)."""

    text: str
    at: int | None = None
    field: Field | None = None


class View:
    """`text`: the pieces without white space, each closed by a newline; the title ends at `title_end`."""

    def __init__(self, title: Iterable[Piece], body: Sequence[Piece]) -> None:
        self._pieces: list[Piece] = []
        self._places: list[tuple[int, int]] = []
        self._characters: list[str] = []
        for piece in title:
            self._add(piece, 0, TITLE)
        self.title_end = len(self._characters)
        read = 0
        for number, piece in enumerate(body):
            self._add(piece, 0, HEAD - read)
            read += len(piece.text)
            if read >= HEAD:
                self._add_closing(body[number:], len(piece.text) - (read - HEAD))
                break
        self.text = "".join(self._characters)

    def evidence(self, start: int, end: int) -> Field:
        """The printed words that the characters `start:end` of `text` stand for; they belong to another field."""
        while end > start + 1 and self._characters[end - 1] == "\n":
            end -= 1
        number, low = self._places[start]
        last, high = self._places[end - 1]
        piece = self._pieces[number]
        high = high + 1 if last == number else len(piece.text)
        words = piece.text[low:high]
        if piece.field is not None:
            return Field(words, page_spans(piece.field, low, high), inline=True)
        if piece.at is None:
            return Field(words.replace("\n", " "), (), inline=True)
        lines = re.finditer(r"[^\r\n]+", words)  # a line end inside the words is no part of them
        spans = tuple(Span(piece.at + low + m.start(), piece.at + low + m.end()) for m in lines)
        return Field(re.sub(r"[\r\n]+", "", words), spans, inline=True)

    def _add(self, piece: Piece, start: int, end: int) -> None:
        self._pieces.append(piece)
        number, end = len(self._pieces) - 1, min(end, len(piece.text))
        kept = [i for i in range(start, end) if not piece.text[i].isspace()]
        self._characters += [piece.text[i] for i in kept]
        self._places += [(number, i) for i in kept]
        if self._characters and self._characters[-1] != "\n":
            self._characters.append("\n")
            self._places.append((number, max(end - 1, 0)))

    def _add_closing(self, rest: Sequence[Piece], read: int) -> None:
        tail: list[tuple[Piece, int]] = []
        wanted = TAIL
        for number in range(len(rest) - 1, -1, -1):
            start = max(len(rest[number].text) - wanted, read if number == 0 else 0)
            tail.append((rest[number], start))
            wanted -= len(rest[number].text) - start
            if wanted <= 0:
                break
        for piece, start in reversed(tail):
            self._add(piece, start, len(piece.text))


def pieces_of(text: str) -> list[Piece]:
    """The opening and the closing of a plain text, a piece a line; lines cut at a measure are put together again."""
    start = len(text) - len(text.lstrip())
    head_end = min(len(text), start + 2 * HEAD)
    pieces = _lines(text, start, head_end)
    if head_end < len(text):
        pieces += _lines(text, max(head_end, len(text) - 2 * TAIL), len(text))
    return pieces


def _lines(text: str, start: int, end: int) -> list[Piece]:
    lines, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append(Piece(line, at))
        at += len(line) + 1
    return _unwrapped(text, lines) if _wrapped(lines) else lines


def _wrapped(lines: Sequence[Piece]) -> bool:
    """Cut at a measure: many short lines of which most end in the middle of a sentence."""
    sample = lines[:40]
    short = sum(len(line.text) <= 48 for line in sample)
    open_ended = sum(line.text.rstrip()[-1] not in _STOPS for line in sample)
    return len(sample) >= 6 and short == len(sample) and open_ended >= 0.6 * len(sample)


def _unwrapped(text: str, lines: Sequence[Piece]) -> list[Piece]:
    measure = max(len(line.text.strip()) for line in lines)
    joined: list[Piece] = []
    goes_on = False
    for line in lines:
        if goes_on and joined and joined[-1].at is not None and line.at is not None:
            first = joined.pop().at or 0
            joined.append(Piece(text[first : line.at + len(line.text)], first))
        else:
            joined.append(line)
        tail = line.text.rstrip()
        goes_on = len(tail.lstrip()) >= measure - 3 and tail[-1] not in "。！？"
    return joined
