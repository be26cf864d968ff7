from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.errors import DuizhaoError, EmptyInput, InputRefused, NotText, TooLarge
from duizhao.readers import docx, ooxml
from duizhao.readers.files import read_pages

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(body: str, *, prolog: str = "", part: str = "word/document.xml", **parts: str) -> bytes:
    """A .docx file with this inside of w:body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            part, f'{prolog}<w:document xmlns:w="{W}" xmlns:mc="{ALTERNATIVES}"><w:body>{body}</w:body></w:document>'
        )
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def p(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def text_of(body: str) -> str:
    return docx.read_text(packed(body))[0]


def test_headings_paragraphs_and_cells_come_in_the_order_of_the_document() -> None:
    document = Document()
    document.add_heading("市委常委会召开会议", 1)
    document.add_paragraph("会议指出，要抓好落实。")
    table = document.add_table(2, 2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("事项", "时限", "技改项目", ""), strict=True):
        cell.text = words
    document.add_paragraph("会议研究了其他事项。")
    out = io.BytesIO()
    document.save(out)
    text, warnings = docx.read_text(out.getvalue())
    assert text == "市委常委会召开会议\n会议指出，要抓好落实。\n事项\n时限\n技改项目\n会议研究了其他事项。"
    assert warnings == ()


def test_runs_are_joined_and_tabs_breaks_and_hyphens_kept() -> None:
    body = p(t("一"), t(" 二 "), "<w:tab/>", t("三"), "<w:br/>", t("四"), "<w:noBreakHyphen/>", t("五"))
    assert text_of(f'<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr></w:p>{body}') == "一 二 \t三\n四\u2011五"


def test_blanks_at_the_ends_of_a_run_count_only_where_the_file_says_so() -> None:
    assert text_of(p("<w:t> 一\n二 </w:t>", t(" 三"))) == "一 二 三"


def test_blank_paragraphs_stay_between_paragraphs() -> None:
    assert text_of(p() + p(t("一")) + p() + p(t("二")) + p()) == "一\n\n二"


def test_what_word_does_not_show_is_not_read() -> None:
    body = p(
        t("见"),
        f"<w:rPr><w:vanish/></w:rPr>{t('隐')}",
        f'<w:rPr><w:vanish w:val="0"/></w:rPr>{t("显")}',
        "<w:instrText> PAGE </w:instrText>",
        f"<w:ruby><w:rt><w:r>{t('zé')}</w:r></w:rt><w:rubyBase><w:r>{t('泽')}</w:r></w:rubyBase></w:ruby>",
    )
    moved = f"<w:p><w:moveFrom><w:r>{t('移')}</w:r></w:moveFrom><w:moveTo><w:r>{t('到')}</w:r></w:moveTo></w:p>"
    deleted = f"<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r>{t('增')}</w:r></w:ins></w:p>"
    assert text_of(body + moved + deleted) == "见显泽\n到\n增"


def test_a_text_box_comes_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(t('框内一'))}{p(t('框内二'))}</w:txbxContent>"
    twice = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    assert (
        text_of(p(t("前"), f"<mc:AlternateContent>{twice}</mc:AlternateContent>", t("后")) + p(t("末")))
        == "前后\n框内一\n框内二\n末"
    )


def test_a_page_has_the_lines_of_the_text() -> None:
    (page,) = read_pages(packed(p(t("　甲 ")) + p() + p(t("乙"))), source="a.docx", page_id="a")
    assert (page.id, page.source, page.text) == ("a", "a.docx", "　甲 \n\n乙")
    assert [page.text[line.start : line.end] for line in page.lines] == ["甲", "乙"]


def test_what_is_left_out_is_named() -> None:
    numbered = (
        f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r>{t('甲')}<w:footnoteReference/></w:r></w:p>"
    )
    assert docx.read_text(packed(numbered * 2))[1] == (
        "the automatic numbers of 2 paragraphs are not part of the text",
        "2 footnotes were left out",
    )


def test_the_main_part_is_found_by_its_relation() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    data = packed(p(t("甲")), part="word/document2.xml", **{"_rels/.rels": relations})
    assert docx.read_text(data)[0] == "甲"


def test_the_strict_namespace_is_read_too() -> None:
    strict = packed(p(t("甲")))
    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        xml = archive.read("word/document.xml").decode().replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert docx.read_text(out.getvalue())[0] == "甲"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInput, "empty"),
        (b"not a zip archive", NotText, "not a .docx"),
        (packed(p(t("甲")))[:-30], NotText, "damaged"),
        (packed("", part="mimetype"), NotText, "word/document.xml"),
        (OLE, NotText, "old Office file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), InputRefused, "password"),
        (packed(p()), EmptyInput, "no text"),
        (packed(p("<w:drawing><blip/></w:drawing>")), EmptyInput, "OCR"),
        (packed("<w:p>"), InputRefused, "not readable XML"),
        (packed("<w:sdt>" * 200_000), InputRefused, "not readable XML"),
    ],
)
def test_bad_files_get_a_clear_error(data: bytes, error: type[DuizhaoError], words: str) -> None:
    with pytest.raises(error, match=words):
        docx.read_text(data)


def laughs() -> Iterator[str]:
    """Document types: entities that multiply, entities outside the file, and one behind a long comment."""
    nested = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    yield f'<!DOCTYPE x [<!ENTITY a0 "ha">{nested}]>'
    yield '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
    yield '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a9 "ha">]>'
    yield f'<!--{"x" * 100_000}--><!DOCTYPE x [<!ENTITY a9 "ha">]>'


@pytest.mark.parametrize("prolog", list(laughs()))
@pytest.mark.parametrize("body", [p("<w:t>&a9;</w:t>"), "<w:p w:x='&a9;'/>", p(t("没有实体"))])
def test_a_document_type_is_refused(prolog: str, body: str) -> None:
    with pytest.raises(InputRefused):
        docx.read_text(packed(body, prolog=prolog))


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(packed(p(t("甲"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(InputRefused, match="password"):
        docx.read_text(bytes(data))


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="bomb"):
        docx.read_text(packed(" " * (ooxml.RATIO_FROM + 1)))
    monkeypatch.setattr(ooxml, "MAX_PART", 1_000)
    with pytest.raises(TooLarge, match="unpacks to"):
        docx.read_text(packed(p(t("甲" * 1_000))))
    monkeypatch.setattr(ooxml, "MAX_ENTRIES", 3)
    with pytest.raises(TooLarge, match="parts"):
        docx.read_text(packed(p(t("甲")), a="", b="", c=""))


def test_one_paragraph_of_fifteen_megabytes_and_many_short_ones_are_read_whole() -> None:
    assert len(text_of(p(t("要抓好落实" * 1_000_000)))) == 5_000_000
    lines = [f"第{i}段" for i in range(50_000)]
    assert text_of("".join(p(t(line)) for line in lines)) == "\n".join(lines)


def test_levels_of_nesting_that_occur_are_read() -> None:
    assert text_of("<w:sdt>" * 500 + p(t("甲")) + "</w:sdt>" * 500) == "甲"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5_000), st.integers(1, 255))
def test_a_damaged_byte_gives_a_text_or_a_clear_error(place: int, change: int) -> None:
    data = bytearray(packed("".join(p(t(f"第{i}段")) for i in range(400))))
    data[place % len(data)] ^= change
    try:
        text, _ = docx.read_text(bytes(data))
    except DuizhaoError as error:
        assert str(error)
    else:
        assert text
