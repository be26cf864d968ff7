"""Reviewed workbooks: what a person filled in comes back, wrong files are refused by name and place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from duizhao.compare.review import key, reviewed
from duizhao.errors import InputRefused
from duizhao.exporters import html, xlsx
from duizhao.exporters.review import GAPS, LINKS, RELATION, REMARK, REVIEW
from duizhao.exporters.review_book import verdicts
from duizhao.types.comparisons import Comparison, Review


class Book:
    """A workbook of a comparison, to be filled in."""

    def __init__(self, comparison: Comparison) -> None:
        self.book = load_workbook(io.BytesIO(xlsx.comparison([comparison])))

    def fill(self, sheet: str, row: int, head: str, value: object) -> None:
        heads = [cell.value for cell in self.book[sheet][1]]
        self.book[sheet].cell(row, heads.index(head) + 1).value = value  # type: ignore[assignment]

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@pytest.fixture
def book(comparison: Comparison) -> Book:
    return Book(comparison)


def words(c: Comparison, central: str, local: str) -> tuple[str, str]:
    texts = [next(u.text for u in side.units if u.id == i) for side, i in ((c.central, central), (c.local, local))]
    return key(*texts)


def test_an_untouched_workbook_holds_no_verdict(book: Book) -> None:
    assert verdicts(book.bytes(), "r.xlsx") == {}


def test_verdicts_relations_and_remarks_come_back(book: Book, comparison: Comparison) -> None:
    book.fill(LINKS, 2, REVIEW, "无呼应")
    book.fill(LINKS, 2, REMARK, "对象不同")
    book.fill(LINKS, 3, RELATION, "原文呼应")
    book.fill(LINKS, 4, REMARK, "请再看")
    book.fill(GAPS, 3, REVIEW, "有呼应")
    assert verdicts(book.bytes(), "r.xlsx") == {
        words(comparison, "u1", "u1"): Review(False, None, "对象不同"),
        words(comparison, "u1", "u2"): Review(True, "verbatim"),
        words(comparison, "u3", "u3"): Review(None, None, "请再看"),
        words(comparison, "u4", "u4"): Review(True),
    }


def test_a_second_round_starts_from_the_first(book: Book, comparison: Comparison) -> None:
    book.fill(LINKS, 2, REVIEW, "无呼应")
    first = verdicts(book.bytes(), "r.xlsx")
    found, _ = reviewed(comparison, first)
    again = verdicts(Book(found).bytes(), "r.xlsx")
    assert again == first
    assert "人工核定" in html.comparison([found])


@pytest.mark.parametrize(("head", "message"), [(REVIEW, "“好” is no verdict"), (RELATION, "“好” is no relation")])
def test_a_wrong_word_is_named_with_its_place(book: Book, head: str, message: str) -> None:
    book.fill(LINKS, 2, head, "好")
    with pytest.raises(InputRefused, match=f"sheet 对照, row 2: {message}"):
        verdicts(book.bytes(), "r.xlsx")


def test_a_verdict_without_a_pair_is_refused(book: Book) -> None:
    book.fill(LINKS, 2, "地方表述", None)
    book.fill(LINKS, 2, REVIEW, "有呼应")
    with pytest.raises(InputRefused, match="row 2: a verdict on a pair without both texts"):
        verdicts(book.bytes(), "r.xlsx")


def test_two_verdicts_on_one_pair_are_refused(book: Book) -> None:
    sheet = book.book[LINKS]
    for cell in sheet[2]:
        sheet.cell(9, cell.column).value = cell.value
    book.fill(LINKS, 2, REVIEW, "有呼应")
    book.fill(LINKS, 9, REVIEW, "无呼应")
    with pytest.raises(InputRefused, match="another verdict"):
        verdicts(book.bytes(), "r.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", "要修桥。".encode()])
def test_a_file_that_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match=r"^r\.xlsx: no Excel workbook"):
        verdicts(data, "r.xlsx")


def test_a_workbook_of_something_else_is_refused() -> None:
    with pytest.raises(InputRefused, match="no review workbook"):
        verdicts(saved(Workbook()), "r.xlsx")


def test_a_missing_column_is_named(book: Book) -> None:
    book.fill(LINKS, 1, REVIEW, "结论")
    with pytest.raises(InputRefused, match="sheet 对照: the column 核对结论 is missing"):
        verdicts(book.bytes(), "r.xlsx")


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("head", [REVIEW, RELATION, REMARK])
def test_a_formula_in_place_of_a_word_is_named_with_its_place(book: Book, head: str) -> None:
    book.fill(LINKS, 3, head, '=IF(1,"有呼应")')
    with pytest.raises(InputRefused, match=f"r.xlsx, sheet 对照, row 3: {head} is a formula.*write the word itself"):
        verdicts(book.bytes(), "r.xlsx")
