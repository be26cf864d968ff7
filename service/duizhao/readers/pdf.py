"""Reads a PDF: bytes in, one `Page` after another out, with the box, size and font of every line, rules and pictures.

The document is opened in a process of its own with limits on time and memory (`readers.pdf_worker`). That it crashes,
hangs or eats memory becomes an `InputRefused` here; nothing but plain JSON comes back from it.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

from duizhao.errors import EmptyInput, InputRefused, TooLarge
from duizhao.readers.pdf_worker import LENGTH
from duizhao.types import Box, Line, Page, Shape

SIGNATURE = b"%PDF-"
# The signature may stand behind some bytes of a mail header or a printer command.
TRAILER = b"startxref"
HEAD = 1024
# A message longer than this is no page.
LONGEST = 64 * 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds for one page, processor seconds in all, bytes of address space, pages."""

    page_seconds: float = 30.0
    seconds: int = 600
    memory: int = 1536 * 1024 * 1024
    pages: int = 2000


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does; behind something else, its last lines must be those of a PDF too."""
    return data.startswith(SIGNATURE) or (SIGNATURE in data[:HEAD] and TRAILER in data[-HEAD:])


def count_pages(data: bytes, limits: Limits | None = None) -> int:
    """How many pages a PDF has.

    Raises:
        InputRefused: as for `read_pages`, where the document cannot be opened; TooLarge: more pages than the limit.
    """
    limits = limits or Limits()
    for message in _messages(data, limits, picture=False, only=()):
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
    for message in _messages(data, limits, picture, only):
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


def _messages(
    data: bytes, limits: Limits, picture: bool, only: Sequence[int] | None = None
) -> Iterator[dict[str, Any]]:
    """Messages of the worker; its silence and its death are messages too. The worker never outlives this iterator."""
    process = _start(limits, picture, only)
    received: queue.Queue[dict[str, Any]] = queue.Queue(maxsize=2)
    done = threading.Event()
    threads = [
        threading.Thread(target=_feed, args=(process.stdin, data), daemon=True),
        threading.Thread(target=_receive, args=(process.stdout, received, done), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        while True:
            try:
                message = received.get(timeout=limits.page_seconds)
            except queue.Empty:
                message = {"error": "time"}
            yield message
            if "error" in message or "end" in message:
                return
    finally:
        done.set()
        process.kill()
        process.wait()
        for thread in threads:
            thread.join()
        for pipe in (process.stdin, process.stdout):
            if pipe and not pipe.closed:
                _close(pipe)


def _start(limits: Limits, picture: bool, only: Sequence[int] | None) -> subprocess.Popen[bytes]:
    facts = {"memory": limits.memory, "seconds": limits.seconds, "pages": limits.pages, "picture": picture}
    asked = json.dumps(facts | {"only": None if only is None else list(only)})
    # -P: the folder in which the command runs must not be a source of modules.
    command = [sys.executable, "-P", "-m", "duizhao.readers.pdf_worker", asked]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
    )


def _feed(pipe: IO[bytes] | None, data: bytes) -> None:
    assert pipe is not None
    view = memoryview(data)
    try:
        while view:
            view = view[pipe.write(view[: 1 << 16]) :]
    except (OSError, ValueError):
        pass  # the worker is gone: its silence is told by the receiver
    finally:
        _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except (OSError, ValueError):
        return


def _receive(pipe: IO[bytes] | None, received: queue.Queue[dict[str, Any]], done: threading.Event) -> None:
    assert pipe is not None
    message: dict[str, Any] = {}
    while not done.is_set() and "end" not in message and "error" not in message:
        message = _one(pipe)
        while not done.is_set():
            try:
                received.put(message, timeout=0.1)
                break
            except queue.Full:
                continue


def _one(pipe: IO[bytes]) -> dict[str, Any]:
    head = _exactly(pipe, LENGTH.size)
    length = LENGTH.unpack(head)[0] if head else LONGEST + 1
    body = _exactly(pipe, length) if length <= LONGEST else None
    if not body:
        return {"error": "crash"}
    try:
        return cast("dict[str, Any]", json.loads(body))
    except ValueError:
        return {"error": "crash"}


def _exactly(pipe: IO[bytes], count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = pipe.read(count - len(parts))
        except (OSError, ValueError):
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
