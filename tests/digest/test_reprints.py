"""Which articles are one and the same report."""

from __future__ import annotations

from duizhao.digest.reprints import reprints

from .conftest import STORY, entry


def test_the_same_report_under_other_openings_is_found_and_the_longest_stands_for_all() -> None:
    found = reprints(
        [
            entry(1, f"本报讯（记者 周一鸣）{STORY}"),
            entry(2, f"新华社清泽3月4日电（记者 林晓舟）{STORY}市领导出席会议。"),
            entry(3, STORY[:-20]),
        ]
    )
    assert found == {1: (0, 2)}


def test_an_extract_is_merged_under_the_same_title_alone() -> None:
    extract = STORY[: len(STORY) // 2]
    assert reprints([entry(1, STORY, "改造推进会召开"), entry(2, extract, "改造推进会召开")]) == {0: (1,)}
    assert reprints([entry(1, STORY, "改造推进会召开"), entry(2, extract, "四月底完成调查")]) == {}


def test_another_report_on_the_same_event_is_none() -> None:
    other = (
        "老旧小区怎么改，居民说了算。昨日召开的推进会传出消息，42个小区今年动工。记者在青禾区看到，设计人员正逐户征求意见，"
        "有人盼电梯，有人盼车位。社区工作人员表示，方案公示七天，意见采纳情况逐条答复，让每一户心里有数。"
    )
    assert reprints([entry(1, STORY), entry(2, other)]) == {}


def test_notices_of_every_day_differ_in_their_figures() -> None:
    notice = (
        "气象台预报：今天白天多云，最高气温{}度，最低气温{}度，偏北风{}级，相对湿度百分之{}，"
        "请市民注意增减衣物，出行留意道路结冰，做好个人防护。"
    )
    assert reprints([entry(1, notice.format(12, 3, 4, 55)), entry(2, notice.format(15, 7, 2, 61))]) == {}


def test_short_items_and_items_of_one_page_are_left_alone() -> None:
    assert reprints([entry(1, "会议今日召开。"), entry(2, "会议今日召开。")]) == {}
    assert reprints([entry(1, STORY), entry(1, STORY)]) == {}


def test_a_thousand_articles_are_compared_in_passing() -> None:
    entries = [
        entry(n, f"第{n}项工程{n * 7}公里。" + "".join(chr(0x4E00 + (n * 131 + k * k) % 9000) for k in range(150)))
        for n in range(1000)
    ]
    entries.append(entry(1000, entries[500].article.text + "完"))
    assert reprints(entries) == {1000: (500,)}
