"""Reading text files: every encoding comes out as written, and nothing is lost without a word."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.errors import EmptyInput, NotText
from duizhao.readers.files import read_pages
from duizhao.readers.plain import decode, lines_of

TEXT = "清泽日报\n2024年3月1日 星期五\n全市春耕工作会议召开，一是抓进度，一是抓质量。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_usual_encoding_is_recognised(encoding: str) -> None:
    text, warnings = decode(TEXT.encode(encoding))
    assert text == TEXT
    assert warnings == ()


def test_only_the_byte_order_mark_is_taken_off() -> None:
    text, _ = decode(b"\xef\xbb\xbf" + "　\ufeff清泽\r\n ".encode())
    assert text == "　\ufeff清泽\r\n "


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u3000\n".encode(), "\u200b\n".encode()])
def test_white_space_alone_is_empty_input(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(4000),
        bytes(range(8)) * 40,
        b"\x00",
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["random", "controls", "nul", "pdf", "zip", "png"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_broken_bytes_are_counted_in_a_warning() -> None:
    text, warnings = decode((TEXT * 5).encode() + b"\xff\xff" + (TEXT * 35).encode())
    assert text.replace("\ufffd", "") == TEXT * 40
    assert text.count("\ufffd") == 2
    assert warnings == ("2 broken characters in the utf-8 text: shown as U+FFFD",)


def test_a_file_that_is_cut_in_the_middle_of_a_character_is_still_read() -> None:
    text, warnings = decode((TEXT * 40).encode()[:-2])
    assert text.startswith(TEXT)
    assert warnings


def test_carriage_returns_stay_in_the_text_and_out_of_the_lines() -> None:
    (page,) = read_pages(TEXT.replace("\n", "\r\n").encode(), source="a.txt", page_id="p1")
    assert page.text == TEXT.replace("\n", "\r\n")
    assert [page.text[s.start : s.end] for s in page.lines] == TEXT.splitlines()


def test_a_page_keeps_its_source_and_id() -> None:
    (page,) = read_pages("一".encode(), source="a.txt", page_id="p1")
    assert (page.id, page.source, page.text) == ("p1", "a.txt", "一")


@given(st.text())
def test_lines_hold_every_printed_character(text: str) -> None:
    owned = "".join(text[line.start : line.end] for line in lines_of(text))
    assert "".join(owned.split()) == "".join(text.split())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_what_is_written_as_utf8_is_read_back(text: str) -> None:
    if text.lstrip("\ufeff") != text:
        return
    try:
        assert decode(text.encode())[0] == text
    except EmptyInput:
        assert not any(c.isprintable() and not c.isspace() for c in text)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_of_two_errors(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except (EmptyInput, NotText):
        return
    assert text
