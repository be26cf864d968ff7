"""The process that reads one PDF: limits and its bytes on standard input, one JSON message a page on standard output.

Run as `python -m duizhao.readers.pdf_worker` by `readers.pdf_process`, which kills it when it takes too long. It has no
other task, so a crash, a bomb or a hang of the PDF library ends here. Its first message holds the limits, as JSON
`{"memory", "seconds", "pages", "picture", "only"}`; what follows up to the end of its input is the PDF.

Each message is a 4-byte big-endian length and that many bytes of JSON:
`{"page": {...}}`, `{"skipped": number, "reason": text}`, `{"error": reason}`, `{"end": pages in the document}`.
"""

from __future__ import annotations

import base64
import json
import os
import struct
import sys
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")
# FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY.
LOCKED = (4, 5)
# More lines than this on one page: no page of print.
MOST_LINES = 30_000
# The library keeps the fonts of the pages that it has read: after so many pages the document is opened anew.
FRESH = 25


def main() -> None:
    """Reads the document and writes its messages."""
    out = os.fdopen(os.dup(1), "wb")
    # Whatever the library prints must not get between the messages.
    os.dup2(2, 1)
    _prepare()
    head = sys.stdin.buffer.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return  # there was no document to read
    limits = json.loads(sys.stdin.buffer.read(LENGTH.unpack(head)[0]))
    data = sys.stdin.buffer.read()
    _confine(int(limits["memory"]), int(limits["seconds"]))
    try:
        _read(data, int(limits["pages"]), out, picture=bool(limits.get("picture")), only=limits.get("only"))
    except MemoryError:
        _send(out, {"error": "memory"})


def _prepare() -> None:
    """Load what reading needs while there is nothing to read yet."""
    import pypdfium2  # noqa: F401

    from duizhao.readers import (  # noqa: F401
        pdf_glyphs,
        pdf_layers,
        pdf_library,
        pdf_lines,
        pdf_shapes,
    )


def _confine(memory: int, seconds: int) -> None:
    """Limits on address space and processor time, where the system has them; no core dump."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, pages: int, out: BinaryIO, *, picture: bool, only: list[int] | None) -> None:
    from duizhao.readers import pdf_library

    pypdfium2 = pdf_library.start(drawing=picture)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        _send(out, {"error": "password" if getattr(error, "err_code", 0) in LOCKED else "damaged"})
        return
    if count > pages:
        _send(out, {"error": "pages", "count": count})
        return
    wanted = range(count) if only is None else [n - 1 for n in only if 0 < n <= count]
    for done, number in enumerate(wanted):
        if done and done % FRESH == 0:
            document.close()
            document = pypdfium2.PdfDocument(data)
        try:
            _send(out, {"page": _page(document, number, picture=picture), "of": count})
        except pypdfium2.PdfiumError:
            _send(out, {"skipped": number + 1, "reason": "damaged", "of": count})
    _send(out, {"end": count})


def _page(document: Any, number: int, *, picture: bool) -> dict[str, Any]:
    from duizhao.readers.pdf_glyphs import UNKNOWN, read_glyphs
    from duizhao.readers.pdf_layers import without_layers
    from duizhao.readers.pdf_lines import printed_lines
    from duizhao.readers.pdf_picture import draw
    from duizhao.readers.pdf_shapes import read_shapes

    page = document[number]
    text_page = page.get_textpage()
    try:
        glyphs, frame, tally = read_glyphs(page.raw, text_page.raw)
        lines = printed_lines(list(without_layers(glyphs, tally)))
        shapes = read_shapes(page.raw, frame) if lines else []
        drawn = {"picture": base64.b64encode(draw(page, frame)).decode()} if picture else {}
    finally:
        text_page.close()
        page.close()
    told = [line for line in lines if line.text.strip(UNKNOWN + " ")]
    return {
        "number": number + 1,
        "width": frame.width,
        "height": frame.height,
        "lines": [(t, *(round(v, 2) for v in box), f, v) for t, *box, f, v in told[:MOST_LINES]],
        "shapes": shapes,
        "tally": {name: getattr(tally, name) for name in tally.__slots__},
        "cut": max(0, len(told) - MOST_LINES),
        **drawn,
    }


def _send(out: BinaryIO, message: dict[str, Any]) -> None:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    out.write(LENGTH.pack(len(body)) + body)
    out.flush()


if __name__ == "__main__":
    main()
