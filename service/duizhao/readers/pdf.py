"""Reads a PDF: bytes in, one `Page` after another out, with the box, size and font of every line, rules and pictures.

The document is opened in a process of its own with limits on time and memory (`readers.pdf_process`). That it crashes,
hangs or eats memory becomes an `InputRefused` here; nothing but plain JSON comes back from it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from duizhao.errors import EmptyInput, InputRefused, TooLarge
from duizhao.readers.pdf_process import Limits, messages
from duizhao.types.pages import Box, Line, Page, Shape

__all__ = ["Limits", "count_pages", "is_pdf", "read_pages"]

SIGNATURE = b"%PDF-"
# The signature may stand behind some bytes of a mail header or a printer command.
TRAILER = b"startxref"
HEAD = 1024
# From this share on a reader is told that characters are missing or doubled.
TELL = 0.002

REASONS = {
    "password": "The PDF is encrypted and asks for a password: save it without one and try again.",
    "damaged": "The PDF is damaged: no page can be read. Export or download it again.",
    "memory": "The PDF needs more memory than is allowed: it is damaged, or made to exhaust memory.",
    "crash": "The PDF cannot be read: the PDF library gave up on it (damaged, or over the memory limit).",
    "time": "The PDF takes too long to read: it is damaged, or made to exhaust the reader.",
    "ocr": "The PDF has no text layer (a scan): text recognition (OCR) is needed.",
    "unmapped": "The PDF does not say which characters its fonts print (missing ToUnicode maps): "
    "text recognition (OCR) is needed.",
}


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does; behind something else, its last lines must be those of a PDF too."""
    return data.startswith(SIGNATURE) or (SIGNATURE in data[:HEAD] and TRAILER in data[-HEAD:])


def count_pages(data: bytes, limits: Limits | None = None) -> int:
    """How many pages a PDF has.

    Raises:
        InputRefused: as for `read_pages`, where the document cannot be opened; TooLarge: more pages than the limit.
    """
    limits = limits or Limits()
    for message in messages(data, limits, picture=False, only=()):
        if "end" in message:
            return int(message["end"])
        if "error" in message:
            raise _refusal(message, limits)
    raise InputRefused(REASONS["crash"])


def read_pages(
    data: bytes,
    *,
    source: str,
    page_id: str = "page",
    limits: Limits | None = None,
    picture: bool = False,
    only: Sequence[int] | None = None,
) -> Iterator[Page]:
    """Pages of a PDF, each as soon as it is read; `Page.id` is `page_id`, with `-1`, `-2` … if there are several.

    `only` names the pages to be read, from 1. A page without text is given with a warning when another page has text.
    With `picture`, each has one as a PNG.

    Raises:
        EmptyInput: no bytes.
        TooLarge: more pages than the limit.
        InputRefused: no PDF, encrypted, damaged, without any text, over the limits of time or memory.
    """
    if not data.strip():
        raise EmptyInput("The input is empty: give a PDF with some text in it.")
    if not is_pdf(data):
        raise InputRefused("The input is not a PDF: it does not begin with %PDF-.")
    limits = limits or Limits()
    withheld: list[dict[str, Any]] = []
    read = 0
    for message in messages(data, limits, picture=picture, only=only):
        if "error" in message:
            raise _refusal(message, limits)
        if "end" in message:
            break
        withheld.append(message)
        if message.get("page", {}).get("lines"):
            read += 1
        if read:
            for held in withheld:
                yield _page(held, source, page_id)
            withheld = []
    if not read:
        raise InputRefused(REASONS[_why_nothing(withheld)])


def _why_nothing(messages: list[dict[str, Any]]) -> str:
    tallies = [m["page"]["tally"] for m in messages if "page" in m]
    if any(t["unmapped"] for t in tallies):
        return "unmapped"
    return "ocr" if tallies else "damaged"


def _refusal(message: dict[str, Any], limits: Limits) -> InputRefused:
    if message["error"] == "pages":
        return TooLarge(f"The PDF has {message['count']} pages, more than the {limits.pages} allowed: split it.")
    return InputRefused(REASONS[message["error"]])


def _page(message: dict[str, Any], source: str, page_id: str) -> Page:
    several = message["of"] > 1
    if "page" not in message:
        number = message["skipped"]
        warning = f"page {number} of the PDF is damaged and could not be read"
        return Page(f"{page_id}-{number}" if several else page_id, source, "", (), warnings=(warning,))
    page = message["page"]
    lines, at = [], 0
    for text, left, top, right, bottom, size, font, vertical in page["lines"]:
        box = Box(left, top, right, bottom)
        lines.append(Line(at, at + len(text), box, size, font=font, vertical=vertical))
        at += len(text) + 1
    return Page(
        id=f"{page_id}-{page['number']}" if several else page_id,
        source=source,
        text="\n".join(line[0] for line in page["lines"]),
        lines=tuple(lines),
        warnings=tuple(_warnings(page)),
        shapes=tuple(Shape(kind, Box(*box)) for kind, *box in page["shapes"]),
        width=page["width"],
        height=page["height"],
        picture=base64.b64decode(page["picture"]) if "picture" in page else None,
    )


def _warnings(page: dict[str, Any]) -> Iterator[str]:
    tally, where = page["tally"], f"page {page['number']} of the PDF"
    total = max(1, tally["read"])
    if tally["unmapped"]:
        share = tally["unmapped"] / total
        yield f"{share:.1%} of the characters of {where} are unmapped (missing ToUnicode map): U+FFFD, or left out"
    if not page["lines"]:
        yield f"{where} has no text layer: text recognition (OCR) is needed"
    double = tally["twice"] + tally["hidden"]
    if double > max(TELL * total, 1):
        yield f"{double} characters of {where} lie under the same text (a second layer): read once"
    if tally["outside"]:
        yield f"{tally['outside']} characters outside the visible part of {where} were left out"
    if tally["unreadable"]:
        yield f"{tally['unreadable']} characters of {where} have no size or place and were left out"
    if tally["over"]:
        yield f"{tally['over']} characters of {where} beyond the limit were left out"
    if tally["objects_over"]:
        yield f"{where} has too many objects for a page of print: repeated text is read once, some rules are left out"
    if page["cut"]:
        yield f"{page['cut']} lines of {where} beyond the limit were left out"
