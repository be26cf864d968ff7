"""Texts and marks in, WordprocessingML elements out: runs, paragraphs, tables.

Children of one element stand in the order of ECMA-376: Word calls a file damaged where they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from duizhao.exporters.xmltext import xml_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BREAKS = re.compile(r"(\r\n|\r|\n|\t)")
# A cell that is longer may be cut by a page end: kept whole it would leave most of a page empty.
WHOLE_CELL = 400
QUOTE_FILL = "D9D9D9"
HEAD_FILL = "F2F2F2"
ID_GREY = "7F7F7F"

ElementTree.register_namespace("w", W)

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `merge` joins it with the cell below ("start") or above ("continue")."""

    paragraphs: tuple[Element, ...]
    merge: Literal["start", "continue"] | None = None


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of the main namespace; attributes are of that namespace too."""
    made = Element(f"{{{W}}}{tag}", {f"{{{W}}}{name}": str(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def run(
    text: str, *, bold: bool = False, underline: bool = False, fill: str = "", color: str = "", half_points: int = 0
) -> Element:
    """Text in one formatting; a newline is a line break, a tab a tab."""
    # the hint makes Word set quotation marks and dashes in the Chinese font, not in the Latin one
    marks = [element("rFonts", hint="eastAsia")]
    if bold:
        marks.append(element("b"))
    if color:
        marks.append(element("color", val=color))
    if half_points:
        marks.append(element("sz", val=half_points))
    if underline:
        marks.append(element("u", val="single"))
    if fill:
        marks.append(element("shd", val="clear", color="auto", fill=fill))
    made = element("r", element("rPr", *marks))
    for part in BREAKS.split(xml_text(text)):
        if part == "\t":
            made.append(element("tab"))
        elif part in ("\n", "\r", "\r\n"):
            made.append(element("br"))
        elif part:
            leaf = element("t")
            leaf.text = part
            leaf.set(XML_SPACE, "preserve")
            made.append(leaf)
    return made


def paragraph(style: str, *content: str | Element, keep_next: bool = False) -> Element:
    """A paragraph of a named style; strings become plain runs."""
    properties = element("pPr", element("pStyle", val=style))
    if keep_next:
        properties.append(element("keepNext"))
    return element("p", properties, *(run(c) if isinstance(c, str) else c for c in content))


def cell(*content: str | Element, style: str = "TableText", merge: Literal["start", "continue"] | None = None) -> Cell:
    """A cell of one paragraph."""
    return Cell((paragraph(style, *content),), merge)


def table(widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Element:
    """A ruled table with a head that is repeated on each page; widths in twentieths of a point."""
    properties = element(
        "tblPr",
        element("tblStyle", val="Ruled"),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblLayout", type="fixed"),
    )
    made = element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in widths)))
    heading = element("tr", element("trPr", element("tblHeader")))
    heading.extend(
        _cell(cell(name, style="TableHead"), width, HEAD_FILL) for name, width in zip(head, widths, strict=True)
    )
    made.append(heading)
    made.extend(_row(row, widths) for row in rows)
    return made


def _row(cells: Sequence[Cell], widths: Sequence[int]) -> Element:
    made = element("tr")
    for content, width in zip(cells, widths, strict=True):
        _keep_whole(content)
        made.append(_cell(content, width))
    return made


def _keep_whole(content: Cell) -> None:
    """Ask that no page end cuts the paragraphs of a cell.

    Not by cantSplit on the row: LibreOffice 7.4 now and then leaves rows out of print where such rows meet merged
    cells or a repeated head at the end of a page.
    """
    if sum(len(t.text or "") for p in content.paragraphs for t in p.iter(f"{{{W}}}t")) <= WHOLE_CELL:
        for p in content.paragraphs:
            p[0].append(element("keepLines"))


def _cell(content: Cell, width: int, fill: str = "") -> Element:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if content.merge:
        properties.append(element("vMerge", val="restart" if content.merge == "start" else "continue"))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
        properties.append(element("vAlign", val="center"))
    return element("tc", properties, *content.paragraphs)
