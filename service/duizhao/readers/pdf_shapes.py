"""Reads rules, boxes, tints and pictures of one PDF page: an open pdfium page in, plain shapes out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium

from duizhao.readers.pdf_frame import Frame
from duizhao.readers.pdf_objects import Matrix, matrix_of, page_objects, times

Kind = Literal["rule", "box", "fill", "image"]

# A stroke or a filled bar up to this thickness (points) is a rule; what is shorter than SHORTEST is ornament.
THICKEST, SHORTEST = 4.0, 12.0
# A box or a picture is at least so wide and high (points).
LEAST = 14.0
# Segments of one path, and shapes of one page: beyond these it is artwork, not layout.
SEGMENTS, MOST = 600, 4000
WHITE = 250


class DrawnShape(NamedTuple):
    """A rule, a framed box, a tinted area or a picture, on the page as it is read."""

    kind: Kind
    left: float
    top: float
    right: float
    bottom: float


def read_shapes(page: Any, frame: Frame) -> list[DrawnShape]:
    """Shapes of an open page, each once."""
    found: dict[DrawnShape, None] = {}
    for kind, (x0, y0, x1, y1) in _drawn(page):
        (ax, ay), (bx, by) = frame.upright(x0, y0), frame.upright(x1, y1)
        left, right = max(min(ax, bx), 0.0), min(max(ax, bx), frame.width)
        top, bottom = max(min(ay, by), 0.0), min(max(ay, by), frame.height)
        if right < left or bottom < top:
            continue
        shape = _shape(kind, left, top, right, bottom)
        if shape:
            found.setdefault(shape)
        if len(found) >= MOST:
            break
    return list(found)


def _shape(kind: Kind, left: float, top: float, right: float, bottom: float) -> DrawnShape | None:
    width, height = right - left, bottom - top
    if kind != "image" and min(width, height) <= THICKEST:
        kind = "rule"
        if max(width, height) < SHORTEST:
            return None
    elif min(width, height) < LEAST:
        return None
    return DrawnShape(kind, *(round(v, 1) for v in (left, top, right, bottom)))


def _drawn(page: Any) -> Iterator[tuple[Kind, tuple[float, float, float, float]]]:
    for handle, kind, around in page_objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path(handle, times(matrix_of(handle), around))
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            bounds = _bounds(handle)
            if bounds:
                yield "image", _mapped(bounds, around)


def _path(obj: Any, matrix: Matrix) -> Iterator[tuple[Kind, tuple[float, float, float, float]]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    if not stroke.value and (not fill.value or _white(obj)):
        return
    kind: Kind = "box" if stroke.value else "fill"
    if pdfium.FPDFPath_CountSegments(obj) > SEGMENTS:
        bounds = _bounds(obj)
        if bounds:
            yield "image", bounds
        return
    for points, curved in _subpaths(obj):
        xs, ys = zip(*(_apply(matrix, x, y) for x, y in points), strict=True)
        bounds = (min(xs), min(ys), max(xs), max(ys))
        if curved or (len(points) > 5 and kind == "fill"):
            kind_here: Kind = "image" if not stroke.value else "box"
        elif kind == "box" and len({*points}) < 4:
            if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) > THICKEST:
                continue
            kind_here = "rule"
        else:
            kind_here = kind
        yield kind_here, bounds


def _subpaths(obj: Any) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    count = pdfium.FPDFPath_CountSegments(obj)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append((x.value, y.value))
    if len(points) > 1:
        yield points, curved


def _white(obj: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(obj, *colour):
        return False
    red, green, blue, alpha = (c.value for c in colour)
    return alpha == 0 or min(red, green, blue) >= WHITE


def _bounds(obj: Any) -> tuple[float, float, float, float] | None:
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(obj, *values):
        return None
    left, bottom, right, top = (v.value for v in values)
    return left, bottom, right, top


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _mapped(bounds: tuple[float, float, float, float], matrix: Matrix) -> tuple[float, float, float, float]:
    corners = [_apply(matrix, x, y) for x in bounds[::2] for y in bounds[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
