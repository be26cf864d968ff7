"""A comparison workbook that a reviewer has filled in; the verdicts out, by the words of their pairs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from duizhao.compare.review import key
from duizhao.errors import InputRefused
from duizhao.exporters import labels
from duizhao.exporters.review import CENTRAL, DEMAND, GAPS, LINKS, LOCAL, MADE, NEAREST, RELATION, REMARK, REVIEW
from duizhao.types.comparisons import Relation, Review

MOST_ROWS, MOST_COLUMNS = 200_000, 60
SHEETS = {LINKS: (CENTRAL, LOCAL), GAPS: (DEMAND, NEAREST)}
FILLED_IN = (REVIEW, RELATION, REMARK)
_VERDICTS = {name: verdict for verdict, name in labels.VERDICTS.items()}
_RELATIONS: dict[str, Relation | None] = {name: relation for relation, name in labels.RELATIONS.items()}

Verdicts = dict[tuple[str, str], Review]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet by its heads."""

    place: str
    cells: dict[str, str]

    def refuse(self, why: str) -> InputRefused:
        return InputRefused(f"{self.place}: {why}")


def verdicts(data: bytes, name: str) -> Verdicts:
    """Verdicts of the sheets 对照 and 未见呼应（待核）; rows that nobody touched are left out.

    Raises InputRefused for another file, a missing column, a word that is no verdict, a formula in its place, or two
    verdicts on one pair.
    """
    found: Verdicts = {}
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.title in SHEETS]
        if not sheets:
            raise InputRefused(
                f"{name}: no review workbook: it has no sheet {LINKS} or {GAPS}; make one with --format xlsx"
            )
        for sheet in sheets:
            for row in _rows(sheet, name):
                _take(row, SHEETS[sheet.title], found)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, OSError) as error:
        raise InputRefused(f"{name}: no Excel workbook (.xlsx), or a damaged one") from error
    return found


def _rows(sheet: Any, name: str) -> Iterator[_Row]:
    lines = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    heads = [_text(cell.value) for cell in next(lines, ())]
    missing = [head for head in (*SHEETS[sheet.title], REVIEW) if head not in heads]
    if missing:
        raise InputRefused(f"{name}, sheet {sheet.title}: the column {'、'.join(missing)} is missing in its first row")
    for number, line in enumerate(islice(lines, MOST_ROWS), 2):
        row = _Row(f"{name}, sheet {sheet.title}, row {number}", {})
        for head, cell in zip(heads, line, strict=False):
            if head in FILLED_IN and cell.data_type == "f":
                raise row.refuse(f"{head} is a formula, whose result the file does not tell: write the word itself")
            row.cells.update({head: _text(cell.value)} if head else {})
        yield row


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _take(row: _Row, sides: tuple[str, str], found: Verdicts) -> None:
    """Add the verdict of a row, if there is one."""
    review = _review(row)
    if review is None:
        return
    words = key(row.cells[sides[0]], row.cells[sides[1]])
    if not all(words):
        raise row.refuse("a verdict on a pair without both texts")
    if found.get(words, review) != review:
        raise row.refuse("another verdict on a pair that has one already")
    found[words] = review


def _review(row: _Row) -> Review | None:
    verdict, remark = row.cells[REVIEW], row.cells.get(REMARK, "")
    told, made = row.cells.get(RELATION, ""), row.cells.get(MADE, "")
    if verdict and verdict not in _VERDICTS:
        raise row.refuse(f"“{verdict}” is no verdict; choose one of {'、'.join(_VERDICTS)}")
    if told and told not in _RELATIONS:
        raise row.refuse(f"“{told}” is no relation; choose one of {'、'.join(_RELATIONS)}")
    relation = _RELATIONS.get(told)
    if not verdict and relation and told != made:
        return Review(True, relation, remark)  # who sets a relation says that there is a link
    if not verdict and not remark:
        return None
    linked = _VERDICTS[verdict] if verdict else None
    return Review(linked, relation if linked else None, remark)
