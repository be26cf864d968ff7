"""Walks the objects of a PDF page, those inside forms too: an open pdfium page in, its leaves in content order out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# Forms in forms, and objects of one page: beyond these it is no page of print.
DEEPEST, MOST = 6, 400_000


class PageObject(NamedTuple):
    """A handle (`FPDF_PAGEOBJECT`), its type (`FPDF_PAGEOBJ_*`), and the matrix of the form around it."""

    handle: Any
    kind: int
    around: Matrix


def page_objects(page: Any) -> Iterator[PageObject]:
    """Text, paths and pictures of an open page in content order, at most `MOST`."""
    return islice(_leaves(page, IDENTITY, 0), MOST)


def objects_over(page: Any) -> bool:
    """Whether the page has more objects than `page_objects` gives."""
    if pdfium.FPDFPage_CountObjects(page) > MOST:
        return True
    return next(islice(_leaves(page, IDENTITY, 0), MOST, None), None) is not None


def matrix_of(handle: Any) -> Matrix:
    """The matrix of an object itself."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one after the other."""
    a, b, c, d, e, f = first
    k, m, n, p, q, r = then
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def _leaves(holder: Any, around: Matrix, depth: int) -> Iterator[PageObject]:
    count = pdfium.FPDFFormObj_CountObjects(holder) if depth else pdfium.FPDFPage_CountObjects(holder)
    for i in range(count):
        handle = pdfium.FPDFFormObj_GetObject(holder, i) if depth else pdfium.FPDFPage_GetObject(holder, i)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield PageObject(handle, kind, around)
        elif depth < DEEPEST:
            yield from _leaves(handle, times(matrix_of(handle), around), depth + 1)
