"""What a report of a comparison shows first: groups, coverage by theme, reused phrases."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document as open_docx
from openpyxl import load_workbook

from duizhao.exporters import comparison_facts as facts
from duizhao.exporters import docx, html, json, labels, markdown, rows, xlsx
from duizhao.types.articles import Document
from duizhao.types.comparisons import Alignment, Comparison, Doubt, Gap, Quote, ThemeRow, Unit


def large(comparison: Comparison, demands: int, links: int) -> Comparison:
    """So many demands on two themes in turn, each linked to so many local units, the scores going down."""
    text = "".join(f"要办好第{n:02}件事。" for n in range(max(demands, links)))
    size = len("要办好第00件事。")
    units = tuple(
        Unit(f"u{n}", n * size, (n + 1) * size, text[n * size : (n + 1) * size], "demand", (f"T0{n % 2 + 1}",))
        for n in range(max(demands, links))
    )
    quotes = [Quote(u.start, u.end, u.text) for u in units]
    side = replace(comparison.central, document=Document("d", text), units=units)
    made = tuple(
        Alignment(
            f"u{x}",
            f"u{y}",
            0.99 - 0.05 * y,
            True,
            "linked",
            "verbatim" if x == 4 else "same_theme",
            1,
            quotes[x],
            quotes[y],
        )
        for x in range(demands)
        for y in range(links)
    )
    themes = tuple(
        ThemeRow(f"T0{n}", name, demands // 2, links // 2, demands * links // 2, "echoed")
        for n, name in ((1, "水利"), (2, "桥梁"))
    )
    return replace(comparison, central=side, local=side, alignments=made, not_found=(), local_only=(), themes=themes)


def test_a_short_report_keeps_the_order_of_the_text(comparison: Comparison) -> None:
    (group,) = facts.groups(comparison)
    assert group.zh == ""
    assert [e.row.unit.id for e in group.echoes] == ["u1", "u3"]


def test_a_long_report_goes_by_theme_the_closest_relation_first(comparison: Comparison) -> None:
    found = facts.groups(large(comparison, 24, 1))
    assert [(g.zh, len(g.echoes)) for g in found] == [("水利", 12), ("桥梁", 12)]
    assert found[0].echoes[0].row.unit.id == "u4"


def test_weak_links_of_a_demand_are_folded_and_none_is_lost(comparison: Comparison) -> None:
    big = large(comparison, 2, 6)
    echo = facts.groups(big)[0].echoes[0]
    assert [i.unit.id for i in echo.shown] == ["u0", "u1", "u2"]
    assert [i.unit.id for i in echo.folded] == ["u3", "u4", "u5"]
    assert "另有3条呼应" in html.comparison([big])
    assert "另有3条：u3、u4、u5" in markdown.comparison([big])


def test_a_weak_best_link_is_shown_all_the_same(comparison: Comparison) -> None:
    weak = tuple(replace(a, score=0.5) for a in large(comparison, 1, 2).alignments)
    echo = facts.groups(replace(large(comparison, 1, 2), alignments=weak))[0].echoes[0]
    assert (len(echo.shown), len(echo.folded)) == (1, 1)


def test_demands_count_once_by_their_closest_relation(comparison: Comparison) -> None:
    assert facts.demands(comparison) == {"verbatim": 0, "concretised": 2, "same_theme": 0}
    assert sum(facts.demands(comparison).values()) == comparison.coverage["echoed"]


def test_a_phrase_is_listed_with_all_its_places(comparison: Comparison) -> None:
    found = {p.text: p.pairs for p in facts.reused(comparison)}
    assert found["设备更新"] == (("u1", "u1"), ("u1", "u2"))


def test_a_first_line_without_a_stop_is_the_title_of_a_text_without_one() -> None:
    assert rows.document_title(Document("d", "清泽市政府工作报告\n要办好民生实事。")) == "清泽市政府工作报告"
    assert rows.document_title(Document("d", "要办好民生实事。")) == "d"


@pytest.mark.parametrize(("doubt", "said"), labels.DOUBTS.items())
def test_every_report_says_why_a_high_score_is_no_link(comparison: Comparison, doubt: Doubt, said: str) -> None:
    near = replace(comparison.alignments[-1], score=0.83, band="review", doubt=doubt)
    gap = Gap(near.central, near.local, near.score)
    doubted = replace(comparison, alignments=(*comparison.alignments[:-1], near), not_found=(gap,))
    book = load_workbook(io.BytesIO(xlsx.comparison([doubted])))["未见呼应（待核）"]
    assert said in html.comparison([doubted])
    assert said in markdown.comparison([doubted])
    assert any(
        said in cell.text for table in open_docx(io.BytesIO(docx.comparison([doubted]))).tables for cell in table._cells
    )
    assert any(cell.value == said for row in book.iter_rows() for cell in row)
    assert f'"doubt": "{doubt}"' in json.dumps(json.comparison(doubted))


def test_a_candidate_that_is_far_off_is_called_so(comparison: Comparison) -> None:
    (gap,) = [g for g in rows.gap_rows(comparison) if g.nearest]
    assert gap.why == "相差较远，仅供参考"


def test_several_local_texts_stand_side_by_side_in_every_format(
    comparison: Comparison, comparison_of: Callable[[str, str], Comparison]
) -> None:
    other = replace(comparison, local=replace(comparison.local, document=Document("x", "略", "青禾县委会议")))
    assert facts.matrix([comparison, other])[0][0] == "现代化产业体系"
    assert "主题与文本" in html.comparison([comparison, other])
    assert "| 主题 | 市委常委会召开会议 | 青禾县委会议 |" in markdown.comparison([comparison, other])
    assert xlsx.comparison([comparison, other])
    assert not facts.one_central([comparison, comparison_of("要修桥。", "修桥三座。")])
