"""A page as it was read: its text, lines and drawings, and the places (spans) that everything else points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on the printed page in points, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its place in the page text, and its geometry where the source has one."""

    start: int
    end: int
    box: Box | None = None
    size: float | None = None
    font: str | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn on a page beside text: a rule (thin), a framed box, a tinted area, a picture."""

    kind: Literal["rule", "box", "fill", "image"]
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read. `text` is never changed afterwards; `lines` cover all of its non-space characters.

    `width` and `height` in points; `picture` is a PNG of the printed page, where one was asked for.
    """

    id: str
    source: str
    text: str
    lines: tuple[Line, ...]
    paper: str | None = None
    date: str | None = None
    number: int | None = None
    columns: int | None = None
    warnings: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    width: float | None = None
    height: float | None = None
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A printed field: its text and where it stands. `inline`: the characters are owned by a paragraph."""

    text: str
    spans: tuple[Span, ...]
    inline: bool = False
