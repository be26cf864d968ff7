from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from docx import Document as open_docx
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.exporters import docx
from duizhao.exporters._wordml import W, run
from duizhao.types.comparisons import Alignment, Comparison, Gap, Quote, Unit
from duizhao.types.digests import Digest
from duizhao.types.pages import Field

# The order in which ECMA-376 wants the children of an element; Word offers to repair a file that breaks it.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl shd snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i color spacing w kern position sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "styles": "docDefaults latentStyles style",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "compat": "useFELayout compatSetting",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols docGrid",
    "font": "altName panose1 charset family pitch sig",
}


def opened(data: bytes) -> Any:
    return open_docx(io.BytesIO(data))


def cells(document: Any) -> Iterator[str]:
    """Texts of the table cells, read from the XML: the cell objects of python-docx cost a search of the table each."""
    for cell in document.element.body.iter(f"{{{W}}}tc"):
        yield "".join(_text(node) for node in cell.iter())


def everything(document: Any) -> str:
    return "\n".join("".join(_text(n) for n in p.iter()) for p in document.element.body.iter(f"{{{W}}}p"))


def _text(node: Any) -> str:
    name = str(node.tag).rpartition("}")[2]
    return (node.text or "") if name == "t" else {"br": "\n", "tab": "\t"}.get(name, "")


def test_each_quote_of_each_link_stands_in_a_cell_of_the_reopened_file(comparison: Comparison) -> None:
    found = list(cells(opened(docx.comparison([comparison]))))
    linked = [a for a in comparison.alignments if a.linked]
    assert linked
    for a in linked:
        assert any(a.central_quote.text in text for text in found)
        assert any(a.local_quote.text in text for text in found)


def test_styles_and_texts_are_as_they_were(
    comparison: Comparison, digest: Digest, matches_golden: Callable[[str, str], None]
) -> None:
    for name, data in (("comparison", docx.comparison([comparison])), ("digest", docx.digest(digest))):
        paragraphs = opened(data).element.body.iter(f"{{{W}}}p")
        lines = [f"{p.pPr.pStyle.val}: {''.join(map(_text, p.iter()))}\n" for p in paragraphs]
        matches_golden(f"{name}.docx.txt", "".join(lines))


def test_units_gaps_and_own_measures_are_all_printed(comparison: Comparison) -> None:
    text = everything(opened(docx.comparison([comparison])))
    for unit in (*comparison.central.units, *comparison.local.units):
        assert unit.text in text
    for words in (
        "表述呼应对照",
        "中共清泽市委",
        "2025年3月5日",
        "未见呼应（待核）2条",
        "仅见中央",
        comparison.warnings[0],
    ):
        assert words in text


def test_shared_phrases_are_bold_and_underlined_and_quotes_shaded(comparison: Comparison) -> None:
    body = opened(docx.comparison([comparison])).element.body
    marked: dict[str, list[str]] = {"phrase": [], "quote": []}
    for r in body.iter(f"{{{W}}}r"):
        text, look = "".join(map(_text, r.iter())), {str(e.tag).rpartition("}")[2] for e in r[0]}
        if "shd" in look:
            marked["phrase" if {"b", "u"} <= look else "quote"].append(text)
    assert marked["phrase"].count("设备更新") == 3
    assert {"河湖长制", "水源地保护"} <= set(marked["phrase"])
    assert "项目120个，完成" in marked["quote"]


def test_a_central_unit_is_merged_over_its_local_ones_and_heads_are_repeated(comparison: Comparison) -> None:
    linked = opened(docx.comparison([comparison])).tables[1]  # the first is that of the themes
    assert linked.cell(1, 0)._tc is linked.cell(2, 0)._tc
    assert linked.cell(2, 0)._tc is not linked.cell(3, 0)._tc
    assert linked.rows[0]._tr.trPr.find(f"{{{W}}}tblHeader") is not None
    assert all(p.paragraph_format.keep_together for row in linked.rows[1:] for c in row.cells for p in c.paragraphs)


def test_the_page_is_the_one_of_the_standard(digest: Digest) -> None:
    section = opened(docx.digest(digest)).sections[0]
    measured = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(m / Mm(1)) for m in measured] == [210, 297, 37, 28]
    width = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    height = (section.page_height - section.top_margin - section.bottom_margin) / Mm(1)
    assert width == pytest.approx(156, abs=0.1)
    assert height == pytest.approx(225, abs=0.1)
    pitch = int(section._sectPr.find(f"{{{W}}}docGrid").get(f"{{{W}}}linePitch")) / 20
    assert 28 <= pitch <= 29
    assert height / 25.4 * 72 // pitch == 22


def test_fonts_and_sizes_are_the_official_ones(digest: Digest) -> None:
    styles = opened(docx.digest(digest)).styles
    expected = {
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
        "Heading 3": ("仿宋_GB2312", 16),
        "Body Text": ("仿宋_GB2312", 16),
        "Footer": ("宋体", 14),
    }
    for name, (font, size) in expected.items():
        style = styles[name]
        assert style.element.rPr.rFonts.get(f"{{{W}}}eastAsia") == font
        assert style.font.size.pt == size
    assert styles["Body Text"].element.pPr.ind.get(f"{{{W}}}firstLineChars") == "200"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(digest: Digest) -> None:
    document = opened(docx.digest(digest))
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((document.sections[0].footer, "right"), (document.sections[0].even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert "".join(map(_text, line._p.iter())) == "— 1 —"
        assert line._p.pPr.find(f"{{{W}}}jc").get(f"{{{W}}}val") == side
        assert "PAGE" in line._p.find(f"{{{W}}}fldSimple").get(f"{{{W}}}instr")


def test_entries_stand_under_their_level_with_source_and_mark_of_continuation(digest: Digest) -> None:
    paragraphs = [(p.style.name, p.text) for p in opened(docx.digest(digest)).paragraphs]
    headings = [text for style, text in paragraphs if style.startswith("Heading")]
    assert headings == [
        "一、中央",
        "（一）全国城乡建设工作会议在京召开",
        "二、市级",
        "（一）市委常委会召开会议 部署百企技改行动",
        "三、未能处理",
        "四、提示",
    ]
    text = "\n".join(text for _, text in paragraphs)
    assert "来源：清泽日报　2025年3月5日　第1版；发布：中共清泽市委；文体：会议报道。（未完，转第3版）" in text
    assert "拟题：清泽实施百企技改行动" in text
    assert "正文为空，没有可摘的句子" in text
    assert digest.warnings[0] in text
    assert "各句均可回查原文位置" in text


def test_children_stand_in_the_order_of_the_schema(comparison: Comparison, digest: Digest) -> None:
    for data in (docx.comparison([comparison, comparison]), docx.digest(digest)):
        package = opened(data).part.package
        roots = [p.element for p in package.iter_parts() if hasattr(p, "element") and "word" in str(p.partname)]
        assert len(roots) >= 5
        for element in (e for root in roots for e in root.iter()):
            order = ORDER.get(str(element.tag).rpartition("}")[2], "").split()
            places = [order.index(str(child.tag).rpartition("}")[2]) for child in element] if order else []
            assert places == sorted(places), element.tag


def test_several_comparisons_get_an_overview_and_a_heading_each(comparison: Comparison) -> None:
    local = replace(comparison.local, document=replace(comparison.local.document, title="区委理论学习中心组学习会"))
    document = opened(docx.comparison([comparison, replace(comparison, local=local)]))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "一、总览",
        "二、主题与文本",
        "三、市委常委会召开会议",
        "四、区委理论学习中心组学习会",
        "五、全文",
    ]
    assert [row.cells[0].text for row in document.tables[0].rows][1:] == [
        "市委常委会召开会议",
        "区委理论学习中心组学习会",
    ]


def test_short_texts_are_appended_whole_with_the_numbers_of_their_units(comparison: Comparison) -> None:
    document = opened(docx.comparison([comparison]))
    said = [p.text for p in document.paragraphs]
    after = said[said.index("七、全文") :]
    units = comparison.central.units
    assert any(all(f"{u.id} {u.text}" in line for u in units) for line in after)
    flat = "".join(after).replace(" ", "")
    for side in (comparison.central, comparison.local):
        assert all(u.text.replace(" ", "") in flat for u in side.units)


def test_long_texts_are_told_of_and_not_appended(comparison: Comparison) -> None:
    text = comparison.local.document.text + "要修好水库。" * 2_000
    long = replace(comparison, local=replace(comparison.local, document=replace(comparison.local.document, text=text)))
    said = everything(opened(docx.comparison([long])))
    assert f"各文本共{len(text) + len(comparison.central.document.text)}字，篇幅过长，全文从略" in said
    assert "要修好水库。要修好水库。" not in said


def test_a_long_report_prints_the_best_link_of_each_demand_and_names_the_others(comparison: Comparison) -> None:
    a = comparison.alignments[0]
    units = tuple(replace(comparison.central.units[0], id=f"u{n}") for n in range(30))
    links = tuple(replace(a, central=u.id, local=local) for u in units for local in ("u1", "u2"))
    long = replace(comparison, central=replace(comparison.central, units=units), alignments=links, not_found=())
    said = everything(opened(docx.comparison([long])))
    assert said.count("另有1条：u2") == 30
    assert "每条中央要求只印最接近的一条地方表述" in said


def test_script_and_formula_like_text_stays_text(digest: Digest) -> None:
    nasty = '<script>alert("&")</script>]]>=HYPERLINK("x")'
    first = digest.entries[0]
    article = replace(first.article, headline=Field(nasty, ()))
    summary = replace(first.summary, texts={"headline": f"-{nasty}", "summary": f"@{nasty}。"})
    text = everything(opened(docx.digest(replace(digest, entries=(replace(first, article=article, summary=summary),)))))
    assert f"（一）{nasty}" in text
    assert f"@{nasty}。" in text
    assert f"拟题：-{nasty}" in text


def test_characters_that_xml_cannot_hold_are_dropped_and_all_others_kept(
    comparison_of: Callable[[str, str], Comparison],
) -> None:
    text = "要办\x00好\x0b养\x1f老\ud800服\ufffe务\uffff事业🌾\t第一行\n第二行\u3000末。"
    found = list(cells(opened(docx.comparison([comparison_of(text, text)]))))
    assert sum("要办好养老服务事业🌾\t第一行\n第二行\u3000末。" in cell for cell in found) == 2


def test_the_same_facts_give_the_same_bytes(comparison: Comparison) -> None:
    assert docx.comparison([comparison]) == docx.comparison([comparison])


def test_nothing_to_show_is_said_in_words(comparison: Comparison, digest: Digest) -> None:
    bare = replace(comparison, alignments=(), not_found=(), local_only=(), themes=())
    text = everything(opened(docx.comparison([bare])))
    assert "两文之间未见表述呼应。" in text
    assert "没有可归入主题的表述。" in text
    assert "没有可以摘编的文章。" in everything(opened(docx.digest(replace(digest, entries=()))))


def test_three_thousand_rows_all_come_out(comparison: Comparison) -> None:
    big = large(comparison, 3_000)
    found = list(cells(opened(docx.comparison([big]))))
    assert sum("项重点任务。" in text for text in found) == 6_001  # the gap shows its unit once more


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back_but_for_what_xml_cannot_hold(text: str) -> None:
    kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    assert "".join(map(_text, run(text).iter())) == re.sub("\r\n?", "\n", kept)


def large(comparison: Comparison, n: int) -> Comparison:
    """A comparison of n links, each of a central unit with a local one of its own."""
    sentences = [f"要抓好第{i:05d}项重点任务。" for i in range(n)]
    text = "".join(sentences)
    size = len(sentences[0])
    units = tuple(Unit(f"u{i}", i * size, (i + 1) * size, s, "demand") for i, s in enumerate(sentences))
    quotes = [Quote(u.start, u.end, u.text) for u in units]
    return replace(
        comparison,
        central=replace(comparison.central, document=replace(comparison.central.document, text=text), units=units),
        local=replace(comparison.local, document=replace(comparison.local.document, text=text), units=units),
        alignments=tuple(
            Alignment(u.id, u.id, 1.0, True, "linked", "verbatim", 1, q, q) for u, q in zip(units, quotes, strict=True)
        ),
        not_found=(Gap("u0", None, 0.0),),
        local_only=(),
    )
