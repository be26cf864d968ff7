"""Reads a Word file (.docx): bytes in, its visible text (or a `Page` of lines) and warnings out.

A paragraph is a line, in the order of the document, tables cell by cell, text boxes after the paragraph that holds
them. What Word does not show stays out: deleted and moved text, hidden runs, field codes, the phonetic guide.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from duizhao.errors import EmptyInput
from duizhao.readers.ooxml import events, main_part, open_package
from duizhao.readers.plain import lines_of
from duizhao.types.pages import Page

WHAT = ".docx"
WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math",
    "{http://purl.oclc.org/ooxml/officeDocument/math",
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_BLANKS = " \t\r\n"
SKIPPED = {"del", "moveFrom", "rt"}
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
LEFT_OUT = {
    "numPr": "the automatic numbers of {} paragraphs are not part of the text",
    "footnoteReference": "{} footnotes were left out",
    "endnoteReference": "{} endnotes were left out",
    "altChunk": "{} embedded documents were left out",
    "sym": "{} symbols of special fonts were left out",
}
PICTURES = {"blip", "imagedata"}


def read_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text and warnings.

    Raises:
        EmptyInput: no text in it.
        NotText: not a .docx file, or a damaged one.
        InputRefused: encrypted, with a document type, or broken inside.
        TooLarge: over a limit, such as a zip bomb.
    """
    reader = _Reader()
    with open_package(data, what=WHAT) as archive:
        part = main_part(archive, default="word/document.xml", what=WHAT)
        for event, element in events(archive, part, what=WHAT):
            reader.take(event, element)
    text = "\n".join(reader.lines).strip("\n")
    if not text.strip():
        pictures = " It holds pictures: scanned pages need OCR." if reader.pictures else ""
        raise EmptyInput(f"The .docx file holds no text.{pictures}")
    return text, reader.warnings()


def read_page(data: bytes, *, source: str, page_id: str) -> Page:
    """A page whose lines are the non-blank lines of the text."""
    text, warnings = read_text(data)
    return Page(id=page_id, source=source, text=text, lines=lines_of(text), warnings=warnings)


class _Reader:
    """Takes XML events, gives lines; memory does not grow with the number of paragraphs but by their text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pictures = 0
        self._names: dict[str, tuple[str, str]] = {}
        self._paragraphs: list[list[str]] = []
        self._boxes: list[str] = []
        self._hidden: list[bool] = []
        self._skipped = 0
        self._tables = 0
        self._left_out: Counter[str] = Counter()

    def take(self, event: str, element: Any) -> None:
        """The next event."""
        kind, name = self._names.get(element.tag) or self._remember(element.tag)
        if kind == "word":
            (self._start if event == "start" else self._end)(name, element)
        elif kind == "fallback" and element.getprevious() is not None:
            # the same text stands in the choice before it
            self._skipped += 1 if event == "start" else -1
        elif event == "end" and kind == "math" and name == "t":
            self._write(element.text or "")
        elif event == "end" and name in PICTURES:
            self.pictures += 1

    def warnings(self) -> tuple[str, ...]:
        """What the file has and the text does not."""
        return tuple(text.format(self._left_out[name]) for name, text in LEFT_OUT.items() if self._left_out[name])

    def _remember(self, tag: str) -> tuple[str, str]:
        """Kind and local name of a tag, looked up once a file."""
        namespace, _, name = tag.rpartition("}")
        kind = "word" if namespace in WORD else "math" if namespace in MATH else "other"
        self._names[tag] = ("fallback" if tag == FALLBACK else kind, name)
        return self._names[tag]

    def _start(self, name: str, element: Any) -> None:
        if name == "p":
            self._paragraphs.append([])
        elif name == "r":
            self._hidden.append(False)
        elif name == "tbl":
            self._tables += 1
        elif name in SKIPPED:
            self._skipped += 1

    def _end(self, name: str, element: Any) -> None:
        if name == "t":
            self._write(_shown(element))
        elif name == "p":
            self._end_paragraph(element)
        elif name == "r":
            self._hidden.pop()
        elif name in CHARACTERS and _in_run(element):
            self._write(CHARACTERS[name])
        elif name == "vanish" and self._hidden and _in_run(element.getparent()):
            self._hidden[-1] = element.get(element.tag.replace("}vanish", "}val"), "1") not in ("0", "false", "off")
        elif name in LEFT_OUT:
            self._left_out[name] += not self._skipped
        elif name in SKIPPED:
            self._skipped -= 1
        elif name == "tbl":
            self._tables -= 1
        if name in ("tr", "tbl") and not self._paragraphs:
            _forget(element)

    def _write(self, text: str) -> None:
        if self._paragraphs and not self._skipped and not any(self._hidden):
            self._paragraphs[-1].append(text)

    def _end_paragraph(self, element: Any) -> None:
        text = "".join(self._paragraphs.pop())
        if self._paragraphs:  # inside a text box
            self._boxes.append(text)
            return
        if not self._skipped and (text or not self._tables):
            self.lines.append(text)
        self.lines += filter(str.strip, self._boxes)
        self._boxes.clear()
        _forget(element)


def _shown(element: Any) -> str:
    """Text of a w:t: blanks at its ends count only where the file says so, a newline is a blank."""
    text = element.text or ""
    if element.get(SPACE) != "preserve":
        text = text.strip(XML_BLANKS)
    return text.replace("\r", " ").replace("\n", " ")


def _in_run(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag.rpartition("}")[2] == "r"


def _forget(element: Any) -> None:
    """Free what was read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
