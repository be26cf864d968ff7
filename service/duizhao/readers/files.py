"""The bytes of a file in, its `Page`s (or its text) out; the content tells the format, not the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.readers import docx, html, pdf, plain
from duizhao.readers.pdf import is_pdf
from duizhao.types.pages import Page

__all__ = ["is_pdf", "read_pages", "read_text"]

# what stands before the first tag of a web page: a byte order mark, a declaration, comments
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"


def read_pages(
    data: bytes,
    *,
    source: str,
    page_id: str,
    most_pages: int | None = None,
    picture: bool = False,
    only: Sequence[int] | None = None,
) -> Iterator[Page]:
    """The pages of a file, each as soon as it is read: one, or for a PDF as many as it has.

    Args:
        most_pages: a PDF of more pages is refused.
        picture: with a picture of each PDF page.
        only: read these pages of a PDF, counted from 1.

    Raises:
        InputRefused: empty, no text in it, encrypted, damaged, or over a limit; its kinds say which.
    """
    if is_pdf(data):
        limits = pdf.Limits() if most_pages is None else pdf.Limits(pages=most_pages)
        yield from pdf.read_pages(data, source=source, page_id=page_id, limits=limits, picture=picture, only=only)
    else:
        text, warnings = read_text(data)
        yield Page(id=page_id, source=source, text=text, lines=plain.lines_of(text), warnings=warnings)


def read_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file other than a PDF, and warnings.

    Raises:
        InputRefused: as for `read_pages`.
    """
    if data.startswith((ZIP, OLE)):
        return docx.read_text(data)
    if HTML.match(data):
        return html.read_text(data)
    return plain.decode(data)
