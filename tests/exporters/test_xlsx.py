from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from duizhao.exporters import xlsx
from duizhao.exporters._sheets import CELL_LIMIT
from duizhao.exporters.review import PAIR, RELATION, REVIEW, pair_id
from duizhao.types.comparisons import Alignment, Comparison, Quote, Unit
from duizhao.types.digests import Digest
from duizhao.types.pages import Field

SHEETS = ["概览", "对照", "未见呼应（待核）", "仅见于地方", "主题", "共用词句", "来源"]
FORMULA_LIKE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#N/A", '=HYPERLINK("x")', "1", "TRUE", "2025-03-05"]


def opened(data: bytes, *, rich: bool = False) -> Any:
    return load_workbook(io.BytesIO(data), rich_text=rich)


def column(sheet: Any, name: str) -> list[Any]:
    """Values below a head."""
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(name)].value for row in sheet.iter_rows(min_row=2)]


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_each_quote_of_each_link_stands_in_the_reopened_file(comparison: Comparison) -> None:
    sheet = opened(xlsx.comparison([comparison]))["对照"]
    linked = sorted((a for a in comparison.alignments if a.linked), key=lambda a: (a.central, -a.score))
    assert len(linked) == sheet.max_row - 1
    for a, central, local in zip(linked, column(sheet, "中央表述"), column(sheet, "地方表述"), strict=True):
        assert a.central_quote.text in central
        assert a.local_quote.text in local


def test_sheets_and_cells_are_as_they_were(
    comparison: Comparison, digest: Digest, matches_golden: Callable[[str, str], None]
) -> None:
    for name, data in (("comparison", xlsx.comparison([comparison])), ("digest", xlsx.digest(digest))):
        lines = []
        for sheet in opened(data):
            lines.append(f"[{sheet.title}]\n")
            lines += [json.dumps(row, ensure_ascii=False) + "\n" for row in sheet.iter_rows(values_only=True)]
        matches_golden(f"{name}.xlsx.txt", "".join(lines))


def test_evidence_is_marked_by_colour_and_shared_phrases_in_bold(comparison: Comparison) -> None:
    sheet = opened(xlsx.comparison([comparison]), rich=True)["对照"]
    first = column(sheet, "地方表述")[0]
    assert isinstance(first, CellRichText)
    blocks = [(block.text, bool(block.font.b)) for block in first if isinstance(block, TextBlock)]
    assert ("传统产业技术改造", True) in blocks
    assert ("项目120个，完成", False) in blocks
    assert str(first) == comparison.local.units[0].text


def test_the_sheets_hold_all_units_and_the_source_sheet_the_whole_texts(comparison: Comparison) -> None:
    book = opened(xlsx.comparison([comparison]))
    assert book.sheetnames == SHEETS
    source = book["来源"]
    assert "".join(column(source, "原文")) == comparison.central.document.text + comparison.local.document.text
    for start, end, text in zip(column(source, "起"), column(source, "止"), column(source, "原文"), strict=True):
        assert text in (comparison.central.document.text[start:end], comparison.local.document.text[start:end])
    assert column(book[SHEETS[2]], "中央要求") == [comparison.central.units[1].text, comparison.central.units[3].text]
    assert column(book[SHEETS[2]], "最接近的地方表述")[0] == "没有可比的地方表述"
    assert column(book["仅见于地方"], "地方表述") == [comparison.local.units[3].text]
    assert column(book["主题"], "呼应对数") == [2, 1, 0]
    overview = texts(book["概览"])
    for words in ("全国城乡建设工作会议在京召开", "中共清泽市委", "2025-03-05", comparison.warnings[0]):
        assert words in overview


def test_heads_are_frozen_filtered_and_repeated_in_print(comparison: Comparison) -> None:
    book = opened(xlsx.comparison([comparison]))
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet.print_title_rows == "$1:$1"
    for sheet in book:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_weak_links_are_folded_in_the_sheet_and_none_is_lost(comparison: Comparison) -> None:
    a = comparison.alignments[0]
    links = tuple(replace(a, central="u1", local=f"u{n}", score=score) for n, score in ((1, 0.99), (2, 0.6), (3, 0.55)))
    sheet = opened(xlsx.comparison([replace(comparison, alignments=links)]))["对照"]
    assert sheet.max_row == 4
    assert [sheet.row_dimensions[row].hidden for row in (2, 3, 4)] == [False, True, True]
    assert [sheet.row_dimensions[row].outlineLevel for row in (2, 3, 4)] == [0, 1, 1]


def test_long_texts_stay_out_of_print_and_it_is_said(comparison: Comparison) -> None:
    text = comparison.local.document.text + "要修好水库。" * 1_000
    long = replace(comparison, local=replace(comparison.local, document=replace(comparison.local.document, text=text)))
    sheet = opened(xlsx.comparison([long]))["来源"]
    assert sheet.print_area.endswith("$A$1:$I$1")
    assert "不随表打印" in sheet.oddHeader.center.text
    assert not opened(xlsx.comparison([comparison]))["来源"].print_area


def test_review_cells_offer_the_verdicts(comparison: Comparison) -> None:
    book = opened(xlsx.comparison([comparison]))
    for name in SHEETS[1:3]:
        sheet = book[name]
        rules = {rule.formula1: rule.sqref for rule in sheet.data_validations.dataValidation}
        for head, choices in ((REVIEW, '"有呼应,无呼应,待定"'), (RELATION, '"原文呼应,具体化,同主题,无"')):
            letter = next(cell.column_letter for cell in sheet[1] if cell.value == head)
            assert f"{letter}{sheet.max_row}" in rules[choices]


def test_rows_carry_a_hidden_id_that_leads_back_to_their_pair(comparison: Comparison) -> None:
    book = opened(xlsx.comparison([comparison]))
    sheet = book["对照"]
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == PAIR)
    assert sheet.column_dimensions[letter].hidden
    ids = column(sheet, PAIR)
    assert ids[0] == pair_id(comparison, comparison.central.units[0], comparison.local.units[0])
    central, local = comparison.central.units[0], comparison.local.units[0]
    assert json.loads(ids[0]) == [
        ["central", "u1", central.start, central.end],
        ["local", "u1", local.start, local.end],
    ]
    everywhere = [i for name in SHEETS[1:3] for i in column(book[name], PAIR)]
    assert len(set(everywhere)) == len(everywhere) == 5


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_something_else_comes_back_as_the_same_text(
    text: str, comparison: Comparison, digest: Digest
) -> None:
    document = replace(comparison.local.document, title=text)
    found = replace(comparison, local=replace(comparison.local, document=document))
    entry = digest.entries[0]
    summary = replace(entry.summary, texts={**entry.summary.texts, "summary": text})
    entry = replace(entry, article=replace(entry.article, headline=Field(text, ())), summary=summary)
    cells = [
        *(cell for sheet in opened(xlsx.comparison([found])) for row in sheet.iter_rows() for cell in row),
        *(cell for row in opened(xlsx.digest(replace(digest, entries=(entry,))))["摘要"].iter_rows() for cell in row),
    ]
    same = [cell for cell in cells if cell.value == text]
    assert len(same) >= 4
    assert {cell.data_type for cell in same} == {"s"}
    assert all(cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in same)
    assert "f" not in {cell.data_type for cell in cells}


def test_a_unit_that_begins_like_a_formula_is_text_with_and_without_marks(
    comparison_of: Callable[[str, str], Comparison],
) -> None:
    found = opened(xlsx.comparison([comparison_of("=要抓好落实", "-抓落实")]))["对照"]
    row = {cell.value: cell.data_type for cell in found[2]}
    assert row["=要抓好落实"] == row["-抓落实"] == "s"


def test_characters_that_xml_cannot_hold_are_dropped_and_all_others_kept(
    comparison_of: Callable[[str, str], Comparison],
) -> None:
    text = " 要办\x00好\x0b养\x1f老\ud800服\ufffe务\uffff事业🌾\t第一行\r\n第二行\u3000末。\n "
    kept = " 要办好养老服务事业🌾\t第一行\r\n第二行\u3000末。\n "
    book = opened(xlsx.comparison([comparison_of(text, text)]))
    assert column(book["对照"], "中央表述") == [kept]
    assert column(book["来源"], "原文") == [kept, kept]


def test_a_text_over_the_cell_limit_goes_on_in_the_rows_below(comparison_of: Callable[[str, str], Comparison]) -> None:
    text = "要抓好落实，" * 12_000
    book = opened(xlsx.comparison([comparison_of(text, "抓落实")]))
    for name, head in (("对照", "中央表述"), ("来源", "原文")):
        parts = [value for value in column(book[name], head) if value]
        assert max(map(len, parts)) <= CELL_LIMIT
        assert "".join(parts).startswith(text)
        assert column(book[name], "序号")[1] == "（续）"
    assert [value for value in column(book["对照"], PAIR) if value] == column(book["对照"], PAIR)[:1]


def test_a_score_that_is_no_number_leaves_its_cell_empty(comparison: Comparison) -> None:
    odd = replace(comparison, alignments=tuple(replace(a, score=float("nan")) for a in comparison.alignments))
    assert column(opened(xlsx.comparison([odd]))["对照"], "分值") == [None, None, None]


def test_the_digest_shows_entries_sources_texts_and_failures(digest: Digest) -> None:
    book = opened(xlsx.digest(digest))
    assert book.sheetnames == ["概览", "摘要", "主题", "来源", "原文", "未能处理"]
    entries = book["摘要"]
    assert column(entries, "摘要") == [e.summary.texts["summary"] for e in digest.entries]
    assert column(entries, "出处") == ["清泽日报 2025-03-05 第1版"] * 2
    assert column(entries, "提示") == [None, "未完，转第3版"]
    assert column(book["来源"], "摘要句") == column(book["来源"], "依据的原文")
    bodies = [p.text for e in digest.entries for p in e.article.paragraphs]
    assert column(book["原文"], "原文") == bodies
    last = digest.entries[1].article.text
    assert last[column(book["原文"], "起")[-1] : column(book["原文"], "止")[-1]] == bodies[-1]
    assert column(book["未能处理"], "原因") == ["正文为空，没有可摘的句子"]
    assert digest.warnings[0] in texts(book["概览"])


def test_several_comparisons_share_the_sheets(comparison: Comparison) -> None:
    local = replace(comparison.local, document=replace(comparison.local.document, id="second", title="区委学习会"))
    book = opened(xlsx.comparison([comparison, replace(comparison, local=local)]))
    assert column(book["对照"], "地方文本") == ["市委常委会召开会议"] * 3 + ["区委学习会"] * 3
    assert "".join(column(book["来源"], "原文")).count(comparison.central.document.text) == 1
    ids = column(book["对照"], PAIR)
    assert len(set(ids)) == 6
    assert not book["对照"].column_dimensions["B"].hidden


def test_empty_results_still_make_a_file(comparison: Comparison, digest: Digest) -> None:
    bare = replace(comparison, alignments=(), not_found=(), local_only=(), themes=())
    assert opened(xlsx.comparison([bare]))["对照"].max_row == 1
    assert opened(xlsx.comparison([])).sheetnames == SHEETS
    assert opened(xlsx.digest(replace(digest, entries=(), failures=())))["摘要"].max_row == 1


def test_three_thousand_rows_all_come_out(comparison: Comparison) -> None:
    sentences = [f"要抓好第{i:05d}项重点任务。" for i in range(3_000)]
    size = len(sentences[0])
    units = tuple(Unit(f"u{i}", i * size, (i + 1) * size, s, "demand") for i, s in enumerate(sentences))
    quotes = [Quote(u.start, u.end, u.text) for u in units]
    document = replace(comparison.central.document, text="".join(sentences))
    side = replace(comparison.central, document=document, units=units)
    links = tuple(
        Alignment(u.id, u.id, 1.0, True, "linked", "verbatim", 1, q, q) for u, q in zip(units, quotes, strict=True)
    )
    big = replace(comparison, central=side, local=side, alignments=links, not_found=(), local_only=())
    assert column(opened(xlsx.comparison([big]))["对照"], "地方表述") == sentences
