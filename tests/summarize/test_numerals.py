from __future__ import annotations

import pytest

from duizhao.summarize.numerals import chinese_value, masked, numbers


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三万七千", 37000),
        ("二〇二四", 2024),
        ("两", 2),
        ("一亿三千万", 130_000_000),
    ],
)
def test_numerals_have_their_value(word: str, value: float) -> None:
    assert chinese_value(word) == value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("两年六个月", "2年6个月"),
        ("3.7万公里", "37000公里"),
        ("十二项", "12项"),
        ("百分之二十", "20%"),
        ("第五次", "第5次"),
        ("1,200元", "1200元"),
        ("２０２４年", "2024年"),
    ],
)
def test_two_ways_to_write_one_number_are_equal(one: str, other: str) -> None:
    assert [n.value for n in numbers(one)] == [n.value for n in numbers(other)]


def test_words_that_hold_a_numeral_are_no_numbers() -> None:
    assert numbers("一些同志一致认为，千方百计，万众一心") == []


def test_masked_texts_read_the_same_whatever_the_numbers_look_like() -> None:
    assert masked("两年六个月") == masked("2年6个月")
