from __future__ import annotations

import pytest

from duizhao.exporters.outline import Outline, chinese_date, chinese_number


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (12000, "12000"),
    ],
)
def test_numbers_are_read_as_in_official_documents(n: int, words: str) -> None:
    assert chinese_number(n) == words


def test_a_heading_starts_the_levels_below_it_anew() -> None:
    outline = Outline()
    made = [outline.number(level, "题") for level in (1, 2, 3, 4, 4, 2, 3, 1, 2)]
    assert made == ["一、题", "（一）题", "1.题", "（1）题", "（2）题", "（二）题", "1.题", "二、题", "（一）题"]


def test_only_iso_dates_are_rewritten() -> None:
    assert chinese_date("2025-03-05") == "2025年3月5日"
    assert chinese_date("3月初") == "3月初"
    assert chinese_date(None) == ""
