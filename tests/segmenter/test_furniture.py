"""Page head, foot and advertisements are told from articles."""

from __future__ import annotations

import pytest

from duizhao.readers.plain import lines_of
from duizhao.segmenter.furniture import chinese_number, furniture_roles, imprint
from duizhao.segmenter.lines import Row, rows_of, strips_of
from duizhao.types.pages import Page


def rows_in(text: str) -> list[Row]:
    return rows_of(strips_of(Page(id="p", source="test", text=text, lines=lines_of(text))))


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("3版", "folio"),
        ("第十二版 要闻", "folio"),
        ("2024年3月3日 星期日", "date"),
        ("农历甲辰年正月廿三", "date"),
        ("今日8版 总第12345期", "cn_number"),
        ("国内统一连续出版物号 CN 65-0071", "cn_number"),
        ("责任编辑：韩冬 版式设计：许诺", "editors"),
        ("中共清泽市委机关报", "slogan"),
        ("公益广告", "advertisement"),
        ("今日导读", "index_label"),
        ("今天多云转晴 6℃—18℃", "weather"),
    ],
)
def test_sure_lines(line: str, role: str) -> None:
    assert furniture_roles(rows_in(line)) == {0: role}


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月3日，全市春耕工作会议召开。",
        "清泽日报",
        "责任编辑是一份需要耐心的工作，",
        "零下十八摄氏度，哨兵依然挺立。",
        "要闻",
        "一版头条刊发了这组报道。",
    ],
)
def test_lines_of_articles_are_no_furniture(line: str) -> None:
    assert furniture_roles(rows_in(line)) == {}


def test_a_masthead_is_known_by_the_date_beside_it() -> None:
    rows = rows_in("清泽日报\n\n2024年3月3日 星期日\n\n第2版")
    roles = furniture_roles(rows)
    assert roles[0] == "masthead"
    known = imprint(rows, roles)
    assert (known.paper, known.date, known.number) == ("清泽日报", "2024-03-03", 2)


def test_an_impossible_date_is_not_told() -> None:
    rows = rows_in("2024年13月3日 星期日")
    assert imprint(rows, furniture_roles(rows)).date is None


@pytest.mark.parametrize(
    ("text", "number"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十四", 24), ("三三", None)]
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


def test_a_bare_page_number_and_what_the_page_is_about_stand_under_the_date() -> None:
    rows = rows_in("清泽晚报 2024年3月3日 星期日\n05\n民生\n\n夜间公交下周开跑")
    roles = furniture_roles(rows)
    assert roles == {0: "date", 1: "folio", 2: "section"}
    known = imprint(rows, roles)
    assert (known.paper, known.date, known.number) == ("清泽晚报", "2024-03-03", 5)


def test_a_number_in_an_article_is_no_page_number() -> None:
    assert furniture_roles(rows_in("粮食产量\n\n35\n\n万吨")) == {}


@pytest.mark.parametrize(
    ("line", "number"),
    [("2024年3月3日 星期日 第2版", 2), ("第十二版 2024年3月3日 星期日", 12), ("2024年3月3日 星期日 今日8版", None)],
)
def test_the_page_number_may_stand_in_one_line_with_the_date(line: str, number: int | None) -> None:
    rows = rows_in(f"清泽日报\n{line}\n")
    assert imprint(rows, furniture_roles(rows)).number == number
