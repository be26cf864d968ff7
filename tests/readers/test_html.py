from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.errors import DuizhaoError, EmptyInput, NotText
from duizhao.readers import html
from duizhao.readers.files import read_pages

NEWS = "清泽市委召开常委会会议，研究部署百企技改行动。"


def text_of(source: str) -> str:
    return html.read_text(source.encode())[0]


def test_blocks_end_lines_and_inline_elements_do_not() -> None:
    source = "<h1>要闻</h1><div>会议<b>强调</b>，要<a href=x>落实</a>。<p>第二段<br>第三行</div>尾<ul><li>甲<li>乙</ul>"
    assert text_of(source) == "要闻\n会议强调，要落实。\n第二段\n第三行\n尾\n甲\n乙"


def test_cells_are_lines() -> None:
    assert text_of("<table><tr><th>事项<th>时限<tr><td>技改<td>6月底</table>") == "事项\n时限\n技改\n6月底"


def test_entities_are_decoded_once() -> None:
    assert text_of("<p>&lt;b&gt;&amp;amp;&ldquo;双碳&rdquo;&#x6e05;&#27901;&nbsp;末</p>") == "<b>&amp;“双碳”清泽\xa0末"


def test_blanks_are_shown_as_a_browser_shows_them() -> None:
    assert text_of("<p>\n  会议强\n  调，  GDP\n 增长 5% 。\t</p>") == "会议强调， GDP 增长 5% 。"


def test_lines_of_a_pre_are_lines() -> None:
    assert text_of("<pre>第一行\n  第二行\n\n第三行</pre>") == "第一行\n第二行\n第三行"


def test_what_is_not_shown_is_not_read() -> None:
    source = (
        "<script>alert('甲')</script><style>p{content:'乙'}</style><noscript>丙</noscript><template>丁</template>"
        "<iframe src=x>戊</iframe><!-- 己 --><p hidden>庚</p>"
        "<div style='color:red; DISPLAY : none'>辛<div>壬</div></div>"
        "<span style='visibility:hidden'>癸</span><ruby>泽<rp>(</rp><rt>zé</rt></ruby><p style='display:block'>见</p>"
    )
    assert text_of(source) == "泽\n见"


def test_the_title_of_the_window_is_named_only_where_the_text_lacks_it() -> None:
    page = "<title>市委召开会议_清泽网</title><p>{}</p>"
    assert html.read_text(page.format("市委召开会议").encode()) == ("市委召开会议", ())
    text, warnings = html.read_text(page.format("正文").encode())
    assert text == "正文"
    assert warnings == ("the title is not part of the text: 市委召开会议_清泽网",)


def test_a_title_inside_a_drawing_is_not_the_title() -> None:
    assert html.read_text("<p>甲</p><svg><title>图</title></svg>".encode()) == ("甲", ())


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("big5", "big5"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-16"),
        ("big5", "utf-8-sig"),
    ],
)
def test_the_declared_encoding_is_used_and_a_byte_order_mark_goes_first(declared: str, used: str) -> None:
    words = "市政府常委會" if used == "big5" else f"镕基{NEWS}"
    assert html.read_text(f"<meta charset='{declared}'><p>{words}".encode(used)) == (words, ())


def test_the_older_form_of_the_declaration_counts_too() -> None:
    source = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{NEWS}'
    assert html.read_text(source.encode("gb18030")) == (NEWS, ())
    source = f'<?xml version="1.0" encoding="gbk"?><html><p>{NEWS}</p></html>'
    assert html.read_text(source.encode("gb18030")) == (NEWS, ())


@pytest.mark.parametrize(("declared", "used"), [("gb2312", "utf-8"), ("utf-8", "gb18030")])
def test_a_wrong_declaration_is_noticed(declared: str, used: str) -> None:
    text, warnings = html.read_text(f"<meta charset={declared}><p>{NEWS}".encode(used))
    assert text == NEWS
    assert warnings == (f"the page says that it is {declared}, which its bytes are not",)


def test_a_short_text_keeps_the_encoding_that_it_declares() -> None:
    # the bytes of these two characters are valid UTF-8 as well
    assert html.read_text("<meta charset=gbk><p>联通".encode("gbk")) == ("联通", ())


def test_an_unknown_declaration_is_passed_over() -> None:
    assert html.read_text(f"<meta charset=unicode_escape><p>{NEWS}".encode()) == (NEWS, ())


def test_a_page_has_the_lines_of_the_text() -> None:
    (page,) = read_pages("<html><p>甲</p><p>乙</p>".encode(), source="a.html", page_id="a")
    assert (page.id, page.source, page.text) == ("a", "a.html", "甲\n乙")
    assert [page.text[line.start : line.end] for line in page.lines] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInput),
        (b" \n", EmptyInput),
        (b"<frameset><frame src=a.html></frameset>", EmptyInput),
        (b"<script>document.write(1)</script>", EmptyInput),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, NotText),
        (bytes(500), NotText),
    ],
)
def test_bad_files_get_a_clear_error(data: bytes, error: type[DuizhaoError]) -> None:
    with pytest.raises(error):
        html.read_text(data)


@pytest.mark.parametrize("tag", ["div", "span", "table", "b", "p", "svg", "pre"])
def test_two_hundred_thousand_nested_tags_are_read_or_refused(tag: str) -> None:
    try:
        text = text_of(f"<{tag}>" * 200_000 + "末")
    except EmptyInput:
        assert tag == "svg"
    else:
        assert text == "末"


def test_an_attribute_of_fifty_megabytes_is_no_text() -> None:
    assert html.read_text(b'<p title="' + b"x" * 50_000_000 + b'">' + NEWS.encode())[0] == NEWS


def test_entities_that_multiply_are_not_expanded() -> None:
    nested = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    text = text_of(f'<!DOCTYPE x [<!ENTITY a0 "ha">{nested}]><p>&a9;{NEWS}')
    assert len(text) < 2_000
    assert text.endswith(NEWS)


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "</", "<a ", "&", "<p style=';", "<title>", "&#"])
def test_broken_markup_over_and_over_ends_in_time(piece: str) -> None:
    try:
        html.read_text((NEWS + piece * 300_000).encode())
    except DuizhaoError as error:
        assert str(error)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_clear_error(data: bytes) -> None:
    try:
        text, _ = html.read_text(b"<p>" + data)
    except DuizhaoError as error:
        assert str(error)
    else:
        assert text.strip()


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("会议强调 <>/pbdivscript=\"'&;\n"), max_size=80))
def test_no_printed_chinese_character_before_the_first_tag_is_lost(source: str) -> None:
    head = source.split("<")[0].split("&")[0]
    if head.strip():
        text, _ = html.read_text(source.encode())
        assert [c for c in head if c > "\u3000"] == [c for c in text if c > "\u3000"][: sum(c > "\u3000" for c in head)]
