"""Rows of texts, marked texts and numbers in, one worksheet of a review workbook out.

Whatever text a cell gets stays text: it is stored as a string, and one that begins like a formula is marked as
quoted, so that editing it in the office does not turn it into one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from duizhao.exporters._printing import set_up_print
from duizhao.exporters.review import PAIR, REMARK, REVIEW, VERDICTS
from duizhao.exporters.rows import Piece
from duizhao.exporters.xmltext import xml_text

Value = str | float | tuple[Piece, ...] | None

# A cell holds 32,767 UTF-16 units; a character is two of them at most.
CELL_LIMIT = 32_767 // 2
NARROW = 10
NAMES = 22  # width of the column of names on the overview
# 11 pt type: line height and highest row in points; width of a Chinese character in units of column width
LINE_HEIGHT, HIGHEST_ROW, WIDE = 14.5, 409, 2.1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CONTINUED = "（续）"
SONG, HEI = "宋体", "黑体"
FONT, HEAD_FONT, TITLE_FONT = Font(name=SONG, size=11), Font(name=HEI, size=11), Font(name=HEI, size=16)
HEAD_FILL, REVIEW_FILL = PatternFill("solid", fgColor="D9D9D9"), PatternFill("solid", fgColor="FFF9E5")
THIN = Side(style="thin", color="A6A6A6")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TEXT = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="top", horizontal="center")
CLIPPED = Alignment(wrap_text=False, vertical="top")
LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")
ONE_LINE = Alignment(wrap_text=False, vertical="center")
HEAD = Alignment(wrap_text=True, vertical="center", horizontal="center")
QUOTE_FONT = InlineFont(rFont=SONG, sz=11, color="1F4E79")
PHRASE_FONT = InlineFont(rFont=SONG, sz=11, b=True, color="C00000")


@dataclass(frozen=True, slots=True)
class Column:
    """Head, width in half characters; hidden, filled in by a reviewer, or clipped (one line, however long).

    `choices`: what a cell may hold, where it is not free.
    """

    name: str
    width: int
    hidden: bool = False
    review: bool = False
    clipped: bool = False
    choices: tuple[str, ...] = ()

    @property
    def grows(self) -> bool:
        """Whether its text makes a row higher."""
        return not self.hidden and not self.clipped

    @property
    def alignment(self) -> Alignment:
        """Short codes and numbers stand in the middle, texts at the left."""
        if self.clipped:
            return CLIPPED
        return CENTRE if self.width <= NARROW else TEXT


NUMBER = Column("序号", 6)
REVIEW_COLUMNS = (
    Column(REVIEW, 10, review=True, choices=VERDICTS),
    Column(REMARK, 16, review=True),
    Column(PAIR, 10, hidden=True),
)


def add_sheet(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    folded: Collection[int] = (),
) -> Worksheet:
    """A sheet with a frozen, repeated head and a filter. A row with a text over the cell limit takes several rows.

    `folded`: numbers of rows, from 1, that are folded: a click on the plus shows them, print leaves them out.
    """
    sheet = book.create_sheet(name)
    for n, column in enumerate(columns, 1):
        head = sheet.cell(1, n)
        set_text(head, column.name)
        head.font, head.fill, head.alignment, head.border = HEAD_FONT, HEAD_FILL, HEAD, RULED
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
    sheet.row_dimensions[1].height = 33
    at = 2
    for number, row in enumerate(rows, 1):
        for part in _parts(row):
            for n, (column, value) in enumerate(zip(columns, part, strict=True), 1):
                cell = sheet.cell(at, n)
                _fill(cell, value)
                cell.alignment = column.alignment
                if column.review:
                    cell.fill = REVIEW_FILL
            _set_height(sheet, at, [(v, c.width) for v, c in zip(part, columns, strict=True) if c.grows])
            if number in folded:
                sheet.row_dimensions[at].outlineLevel, sheet.row_dimensions[at].hidden = 1, True
            at += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(at - 1, 1)}"
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.print_title_rows = "1:1"
    _validate(sheet, columns, at - 1)
    set_up_print(sheet)
    return sheet


def add_overview(
    book: Workbook, name: str, title: str, facts: Iterable[tuple[str, Sequence[Value]]], notes: Iterable[str]
) -> Worksheet:
    """A sheet of named facts, one column for each comparison, with notes below."""
    sheet = book.create_sheet(name)
    set_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font, sheet.cell(1, 1).alignment = TITLE_FONT, ONE_LINE
    facts = list(facts)
    widest = max((len(values) for _, values in facts), default=1)
    width = 110 if widest == 1 else 44
    at = 2
    for label, values in facts:
        for n, row in enumerate(zip_longest(*map(split, values))):
            head = sheet.cell(at, 1)
            set_text(head, label if n == 0 else CONTINUED)
            head.font, head.fill, head.border = HEAD_FONT, HEAD_FILL, RULED
            for m, value in enumerate(row, 2):
                _fill(sheet.cell(at, m), value)
                sheet.cell(at, m).alignment = LEFT
            _set_height(sheet, at, [(value, width) for value in row])
            at += 1
    for note in notes:
        at += 1
        set_text(sheet.cell(at, 1), note)
        sheet.cell(at, 1).alignment = LEFT
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=widest + 1)
        _set_height(sheet, at, [(note, NAMES + width * widest)])
    sheet.column_dimensions["A"].width = NAMES
    for n in range(2, widest + 2):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "B2"
    set_up_print(sheet)
    return sheet


def set_text(cell: Cell, text: str) -> None:
    """Store a text as text, whatever it begins with."""
    cell.value = text = xml_text(text)
    cell.data_type = "s"  # openpyxl takes =… for a formula and #N/A for an error
    cell.font, cell.alignment = FONT, TEXT
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def split(value: Value) -> list[Value]:
    """The value in parts that a cell can hold."""
    if isinstance(value, str):
        value = xml_text(value)
        return [value[i : i + CELL_LIMIT] for i in range(0, len(value), CELL_LIMIT)] or [""]
    if not isinstance(value, tuple):
        return [value]
    parts: list[list[Piece]] = [[]]
    free = CELL_LIMIT
    for piece in value:
        text = xml_text(piece.text)
        while text:
            if not free:
                parts.append([])
                free = CELL_LIMIT
            parts[-1].append(Piece(text[:free], piece.mark))
            text, free = text[free:], free - len(text[:free])
    return [tuple(part) for part in parts]


def _parts(row: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """The row, or as many rows as its longest text needs; the later ones say so in their first cell."""
    parts = list(zip_longest(*map(split, row)))
    return [part if n == 0 else (CONTINUED, *part[1:]) for n, part in enumerate(parts)]


def _fill(cell: Cell, value: Value) -> None:
    if isinstance(value, tuple):
        set_text(cell, _plain(value))
        if any(p.mark != "plain" for p in value):
            cell.value = _rich(value)
    elif isinstance(value, str):
        set_text(cell, value)
    else:
        cell.value = value if value is not None and math.isfinite(value) else None
        cell.font, cell.alignment = FONT, TEXT
        if isinstance(value, float):
            cell.number_format = "0.00"
    cell.border = RULED


def _set_height(sheet: Worksheet, row: int, values: Iterable[tuple[Value, int]]) -> None:
    """Room for the longest text of a row: not every office program fits rows to their text by itself."""
    lines = max((_lines(_plain(value), width) for value, width in values), default=1)
    sheet.row_dimensions[row].height = min(lines * LINE_HEIGHT + 3, HIGHEST_ROW)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many half characters."""
    wide = [sum(WIDE if c >= "\u2000" else 1.0 for c in line) for line in text.split("\n")]
    return sum(max(1, math.ceil(w / (width - 1))) for w in wide)


def _plain(value: Value) -> str:
    return "".join(p.text for p in value) if isinstance(value, tuple) else str(value or "")


def _rich(pieces: Iterable[Piece]) -> CellRichText:
    fonts = {"quote": QUOTE_FONT, "phrase": PHRASE_FONT}
    return CellRichText(*(p.text if p.mark == "plain" else TextBlock(fonts[p.mark], p.text) for p in pieces))


def _validate(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    for n, column in enumerate(columns, 1):
        if column.choices and last >= 2:
            rule = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.error, rule.errorTitle = f"请选择：{'、'.join(column.choices)}", column.name
            rule.showErrorMessage = True
            rule.add(f"{get_column_letter(n)}2:{get_column_letter(n)}{last}")
            sheet.add_data_validation(rule)
