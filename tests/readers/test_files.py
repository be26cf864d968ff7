"""Which reader reads a file: its content decides, whatever it is called."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from duizhao.errors import EmptyInput, InputRefused, NotText, TooLarge
from duizhao.exporters.sayings import saying
from duizhao.readers.files import is_pdf, read_pages, read_text
from pdf_pages import newspaper_page, printed_report

TEXT = "全市粮食生产工作会议召开\n\n会议强调，要稳定粮食播种面积。"


def word(text: str) -> bytes:
    out, document = io.BytesIO(), Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        word(TEXT),
        f"\ufeff\n<!-- saved -->\n<!DOCTYPE html><body><p>{TEXT.replace(chr(10), '</p><p>')}</p></body>".encode(),
        f"<?xml version='1.0' encoding='utf-8'?><html><body>{TEXT.replace(chr(10), '<br>')}</body></html>".encode(),
    ],
    ids=["utf-8", "gb18030", "docx", "html", "xhtml"],
)
def test_the_same_words_are_read_from_every_format(data: bytes) -> None:
    text, _ = read_text(data)
    (page,) = read_pages(data, source="misleading.pdf", page_id="p")
    assert page.text == text
    assert [page.text[line.start : line.end] for line in page.lines] == [x for x in TEXT.split("\n") if x]


def test_a_text_that_speaks_of_tags_or_of_pdf_files_stays_a_text() -> None:
    for text in ("文件以%PDF-开头。", "会议指出，<html>是标记。", "PK会议。"):
        assert read_text(text.encode()) == (text, ())
        assert not is_pdf(text.encode())


def test_a_pdf_may_stand_behind_a_mail_header() -> None:
    assert is_pdf(b"Content-Type: application/pdf\r\n\r\n" + newspaper_page())


def test_each_page_of_a_pdf_is_a_page_with_a_picture_if_one_is_asked_for() -> None:
    pages = list(read_pages(printed_report(), source="r.pdf", page_id="r", picture=True))
    assert [p.id for p in pages] == ["r-1", "r-2"]
    for page in pages:
        assert page.picture is not None and page.picture.startswith(b"\x89PNG")
        # width and height, as the head of the PNG has them
        size = [int.from_bytes(page.picture[n : n + 4], "big") for n in (16, 20)]
        assert size == [pytest.approx(edge * 110 / 72, abs=1) for edge in (500, 700)]


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    with pytest.raises(TooLarge, match="2 pages"):
        list(read_pages(printed_report(), source="r.pdf", page_id="r", most_pages=1))


@pytest.mark.parametrize(
    ("data", "error"), [(b" \n", EmptyInput), (b"\x89PNG\r\n\x1a\n" + bytes(99), NotText), (b"PK\x03\x04junk", NotText)]
)
def test_what_holds_no_text_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_text(data)


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\0" * 99, b"\x89PNG\r\n", b"\x81\xff\xfe\x80" * 99, b"%PDF-1.7\nbroken"]
)
def test_a_refusal_is_told_in_chinese(data: bytes) -> None:
    with pytest.raises(InputRefused) as refused:
        list(read_pages(data, source="x", page_id="x"))
    assert re.search("[\u4e00-\u9fff]", saying(str(refused.value)))
