"""Reads the characters of one PDF page: an open pdfium page in, upright `Glyph`s in content order and a tally out.

Coordinates are points from the top left corner of the page as it is read, so a page whose text runs sideways is
turned upright first. Nothing is rendered, and neither scripts nor attachments of the document are ever looked at.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from duizhao.readers.pdf_frame import Frame, Point, frame_of
from duizhao.readers.pdf_objects import objects_over, page_objects

UNKNOWN = "\ufffd"
# pdfium gives this for a hyphen at a line end.
LINE_HYPHEN = 0x02
INVISIBLE = 3
# Nobody can read type smaller than this (points).
SMALLEST = 1.0
# Full-width signs before the Chinese ones are something else when so many that are rare in Chinese are among them.
LATIN, RARE_SIGNS, LEAST_RARE = "\u2e80", frozenset("!\"#$&'*+<=>?@[\\]^_`{|}~"), 5
# A page of more characters than this is no page of print.
MOST = 400_000


class Glyph(NamedTuple):
    """One printed character: horizontal extent, baseline, type size (points), font name, number of its text object."""

    char: str
    left: float
    right: float
    base: float
    size: float
    font: str
    run: int


@dataclass(slots=True)
class Tally:
    """How many characters of a page were left out or could not be told, by reason."""

    read: int = 0
    unmapped: int = 0
    twice: int = 0
    hidden: int = 0
    outside: int = 0
    unreadable: int = 0
    over: int = 0
    objects_over: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of one text object share."""

    number: int
    address: int
    size: float
    turns: int
    font: str
    visible: bool


@dataclass(slots=True)
class _Raw:
    char: str
    origin: Point
    corners: tuple[float, float, float, float]
    run: _Run


@dataclass(slots=True)
class _Runs:
    """Text objects by their address, looked up once each."""

    text_page: Any
    known: dict[int, _Run] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)

    def of(self, index: int) -> _Run | None:
        """The run of character `index`; None for characters that pdfium made up (spaces, line ends)."""
        handle = pdfium.FPDFText_GetTextObject(self.text_page, index)
        if not handle:
            return None
        key = ctypes.addressof(handle.contents)
        if key not in self.known:
            self.known[key] = self._look_up(handle, key, index)
        return self.known[key]

    def _look_up(self, handle: Any, key: int, index: int) -> _Run:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text_page, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self.text_page, index) * math.hypot(matrix.c, matrix.d)
        turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4 if (matrix.a or matrix.b) else 0
        font = pdfium.FPDFTextObj_GetFont(handle)
        visible = pdfium.FPDFTextObj_GetTextRenderMode(handle) != INVISIBLE
        return _Run(len(self.known), key, abs(size), turns, self._font_name(font), visible)

    def _font_name(self, font: Any) -> str:
        if not font:
            return ""
        key = ctypes.addressof(font.contents)
        if key not in self.fonts:
            buffer = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            self.fonts[key] = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
        return self.fonts[key]


def read_glyphs(page: Any, text_page: Any) -> tuple[list[tuple[bool, Glyph]], Frame, Tally]:
    """Glyphs of an open page in content order, each visible or not, their frame, and what was left out.

    Args:
        page: handle of the page (`FPDF_PAGE`).
        text_page: handle of its text page (`FPDF_TEXTPAGE`).
    """
    tally = Tally(objects_over=objects_over(page))
    raw = list(_raw_characters(text_page, tally))
    _unmap_guessed(raw)
    frame = frame_of(page, Counter(r.run.turns for r in raw))
    if frame.turns or pdfium.FPDFPage_GetRotation(page):
        # pdfium sorts text as it stands on the page as shown: of what is shown sideways or upside down it makes one
        # line, or turns the order of the lines and of the pieces of a line around
        place = _content_order(page)
        raw.sort(key=lambda r: place.get(r.run.address, len(place)))
    glyphs = [(r.run.visible, glyph) for r in raw if (glyph := _glyph(r, frame, tally))]
    return glyphs, frame, tally


def _content_order(page: Any) -> dict[int, int]:
    """Place of every object of the page in its content, by address."""
    return {ctypes.addressof(obj.handle.contents): i for i, obj in enumerate(page_objects(page))}


def _raw_characters(text_page: Any, tally: Tally) -> Iterator[_Raw]:
    runs = _Runs(text_page)
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    high = 0
    count = pdfium.FPDFText_CountChars(text_page)
    tally.over = max(0, count - MOST)
    for i in range(min(count, MOST)):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        if code in (0x0A, 0x0D):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        run = runs.of(i)
        if run is None:
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, i, box)
        if code == LINE_HYPHEN and pdfium.FPDFText_IsHyphen(text_page, i) == 1:
            code = ord("-")
        char = _character(code, pdfium.FPDFText_HasUnicodeMapError(text_page, i) == 1)
        corners = (box.left, box.bottom, box.right, box.top)
        if not all(map(math.isfinite, (x.value, y.value, *corners))):
            tally.unreadable += 1
            continue
        yield _Raw(char, (x.value, y.value), corners, run)


def _character(code: int, error: bool) -> str:
    if code in (0x09, 0xA0):
        return " "
    if 0x4E00 <= code < 0xA000 and not error:
        return chr(code)
    char = chr(code) if code < 0x110000 else UNKNOWN
    known = not error and unicodedata.category(char) not in ("Cc", "Co", "Cn", "Cs")
    return char if known else UNKNOWN


def _unmap_guessed(raw: list[_Raw]) -> None:
    """Marks as unknown the Latin characters of fonts that print Chinese but do not say so.

    A subset font without a ToUnicode map numbers its glyphs from the start, so that they read as ASCII signs; they
    give themselves away by full-width cells and by signs that no text holds in such numbers.
    """
    wide: dict[str, Counter[str]] = defaultdict(Counter)
    narrow: Counter[str] = Counter()
    for r in raw:
        if r.char < LATIN and not r.char.isspace():
            across, up = r.corners[2] - r.corners[0], r.corners[3] - r.corners[1]
            if (up if r.run.turns % 2 else across) > 0.9 * r.run.size:
                wide[r.run.font][r.char] += 1
            else:
                narrow[r.run.font] += 1
    guessed = {
        font
        for font, chars in wide.items()
        if chars.total() > 2 * narrow[font] and sum(map(_is_rare, chars)) >= LEAST_RARE
    }
    for r in raw:
        if r.run.font in guessed and r.char < LATIN and not r.char.isspace():
            r.char = UNKNOWN


def _is_rare(char: str) -> bool:
    return char in RARE_SIGNS or ("\x80" < char < "\u0250" and char not in "·×°±÷§")


def _glyph(raw: _Raw, frame: Frame, tally: Tally) -> Glyph | None:
    space = raw.char.isspace()
    tally.read += not space
    if raw.run.size < SMALLEST:
        tally.unreadable += not space
        return None
    size = raw.run.size
    if frame.turns:
        _, base = frame.upright(*raw.origin)
        (x0, _), (x1, _) = frame.upright(*raw.corners[:2]), frame.upright(*raw.corners[2:])
        left, right = min(x0, x1), max(x0, x1)
    else:
        base = frame.top - raw.origin[1]
        left, right = raw.corners[0] - frame.left, raw.corners[2] - frame.left
    if right - left < size / 100:
        right = left + (size / 2 if raw.char.isascii() else size)
    if right < 0 or left > frame.width or base < 0 or base - size > frame.height:
        tally.outside += not space
        return None
    tally.unmapped += raw.char == UNKNOWN
    return Glyph(raw.char, left, right, base, size, raw.run.font, raw.run.number)
