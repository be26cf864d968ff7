"""Short clean texts, as a news desk or a web site gives them, and texts that are no page at all."""

from __future__ import annotations

import pytest

from duizhao.readers.plain import read_page
from duizhao.segmenter import bulk, segment
from duizhao.types.articles import Article, SegmentedPage
from printed import lines

FARMING = [
    "3月5日，清泽市召开春季农业生产现场会，部署春耕备耕工作。市农业农村局、各县区负责人参加会议。",
    "会议指出，今年全市计划播种粮食作物三百二十万亩，要抓好种子、化肥、农药的储备和供应。",
    "会议要求，各县区要组织农技人员下到田间，帮助农户解决生产中的困难。",
]
BUSES = [
    "昨日，清泽至东浦的城际公交开通，全程四十六公里，沿线三个乡镇的居民进城时间缩短一半。",
    "线路设站十八座，首班车六时发车，末班车二十时三十分发车，票价五元。",
]
FARMING_HEAD, BUSES_HEAD = "清泽市召开春季农业生产现场会", "清泽至东浦城际公交开通"
OPENINGS = {
    "none": ("", ""),
    "own report": ("本报讯（记者 周子墨）", "本报讯（记者 林晓舟）"),
    "reporter": ("（记者 周子墨）", "（记者 林晓舟）"),
    "byline": ("本报记者 周子墨\n\n", "本报记者 林晓舟\n\n"),
}


def segmented(*parts: str) -> SegmentedPage:
    return segment(read_page("\n\n".join(parts).encode(), source="test.txt", page_id="p"))


def heads(result: SegmentedPage) -> list[str | None]:
    return [article.headline.text if article.headline else None for article in result.articles]


def sizes(result: SegmentedPage) -> list[int]:
    return [len(article.paragraphs) for article in result.articles]


def by_headline(result: SegmentedPage) -> dict[str | None, Article]:
    return {article.headline.text if article.headline else None: article for article in result.articles}


@pytest.mark.parametrize(
    ("opening", "measure"), [*((name, 0) for name in OPENINGS), ("own report", 20), ("reporter", 20)]
)
def test_two_headed_articles_stay_two(opening: str, measure: int) -> None:
    first, second = OPENINGS[opening]
    bodies = [[first + FARMING[0], *FARMING[1:]], [second + BUSES[0], *BUSES[1:]]]
    set_ = [["\n".join(lines(p, measure)) if measure else p for p in body] for body in bodies]
    result = segmented(FARMING_HEAD, *set_[0], BUSES_HEAD, *set_[1])
    assert heads(result) == [FARMING_HEAD, BUSES_HEAD]
    assert sizes(result) == [3, 2]


def test_blank_lines_between_the_articles_alone_are_enough() -> None:
    result = segmented(
        "\n".join([FARMING_HEAD, "本报讯 " + FARMING[0], *FARMING[1:]]),
        "\n".join([BUSES_HEAD, "本报讯 " + BUSES[0], BUSES[1]]),
    )
    assert heads(result) == [FARMING_HEAD, BUSES_HEAD]


def test_an_opening_begins_an_article_that_has_no_headline() -> None:
    result = segmented(FARMING_HEAD, "本报讯 " + FARMING[0], *FARMING[1:], "本报讯 " + BUSES[0], BUSES[1])
    assert heads(result) == [FARMING_HEAD, None]


def test_openings_alone_part_bodies_without_headlines() -> None:
    assert sizes(segmented("本报讯 " + FARMING[0], *FARMING[1:], "本报讯 " + BUSES[0], BUSES[1])) == [3, 2]


def test_numbered_headings_do_not_part_an_article() -> None:
    parts = ["一、抓好部署", FARMING[0], "二、备足物资", FARMING[1], "三、送技下乡", FARMING[2]]
    result = segmented(FARMING_HEAD, "清泽市把春耕作为当前的大事来抓，措施一项一项落到田间。", *parts)
    assert heads(result) == [FARMING_HEAD]
    assert sizes(result) == [7]


def test_a_headline_at_the_end_of_a_text_stays_alone() -> None:
    result = segmented(FARMING_HEAD, *FARMING, "博物馆里过大年")
    assert by_headline(result)["博物馆里过大年"].kind == "headline_only"
    assert len(by_headline(result)[FARMING_HEAD].paragraphs) == 3


@pytest.mark.parametrize(
    "text",
    [
        "City opens new library\n\nThe city opened a library on Tuesday. It holds 200,000 books.\n\nIt is open daily.",
        "主要指标\n\n指标 单位 数值 增速\n粮食产量 万吨 210 3.2%\n工业增加值 亿元 980 6.1%\n居民收入 元 43210 5.0%",
        "广告\n\n清泽大酒店 盛大开业\n全场八折 欢迎光临\n\n公益广告\n\n讲文明 树新风",
        "字",
        "（" * 500,
    ],
    ids=["English", "a table", "adverts", "one character", "brackets"],
)
def test_what_is_no_page_loses_nothing(text: str) -> None:
    assert segmented(text).page.text == text  # segment() itself refuses a result that loses or doubles a character


def test_a_text_far_longer_than_a_page_is_kept_as_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_LINES", 20)
    result = segmented(*["\n".join(FARMING + BUSES)] * 6)
    assert sizes(result) == [6]
    assert result.warnings == (bulk.WARNING,)


def test_who_signs_a_notice_and_the_day_stay_with_it() -> None:
    page = (
        "清泽港新航道正式通航\n\n　　本报讯（记者 林晓舟）3月12日，清泽港新航道正式通航，首批船舶驶入港区。\n\n"
        "关于环城路封闭施工的公告\n\n　　因雨污分流改造工程施工需要，环城路将于近日实行封闭施工。\n　　特此公告。\n"
        "清泽市公安局交通警察支队\n2025年3月12日\n"
    )
    result = segment(read_page(page.encode(), source="a.txt", page_id="p"))
    notice = result.articles[-1]
    assert [p.text for p in notice.paragraphs][-2:] == ["清泽市公安局交通警察支队", "2025年3月12日"]
