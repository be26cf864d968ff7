"""The visible rectangle of a PDF page: an open pdfium page and the directions of its text in, a `Frame` out."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Point = tuple[float, float]


class Frame(NamedTuple):
    """The visible rectangle of a page in PDF space, and the direction of its text in quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width as it is read."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as it is read."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def upright(self, x: float, y: float) -> Point:
        """A point of PDF space on the page as it is read."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def frame_of(page: Any, turns: Counter[int]) -> Frame:
    """The frame of a page, turned as most of its characters are."""
    values = [ctypes.c_float() for _ in range(4)]
    found = pdfium.FPDFPage_GetCropBox(page, *values) or pdfium.FPDFPage_GetMediaBox(page, *values)
    left, bottom, right, top = (v.value for v in values) if found else (0.0, 0.0, 0.0, 0.0)
    if right - left < 1 or top - bottom < 1:
        left, bottom = 0.0, 0.0
        right, top = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return Frame(left, bottom, right, top, turns.most_common(1)[0][0] if turns else 0)
