from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duizhao.summarize.trace import traceable
from duizhao.types.pages import Span

TEXT = "会议强调，要加强防汛，落实责任。要备足\n物资。"


def test_sources_in_order_with_listed_words_between_them_are_traceable() -> None:
    assert traceable("会议强调，要加强防汛；备足物资。", [Span(0, 10), Span(17, 22)], TEXT)


def test_a_character_of_no_source_is_not() -> None:
    assert not traceable("会议强调，要加强防洪。", [Span(0, 10)], TEXT)
    assert not traceable("会议强调，要加强防汛工作。", [Span(0, 10)], TEXT)


def test_sources_out_of_order_or_left_out_are_not() -> None:
    assert not traceable("加强防汛会议强调。", [Span(0, 4), Span(6, 10)], TEXT)
    assert not traceable("会议强调。", [Span(0, 4), Span(6, 10)], TEXT)


def test_no_source_is_no_sentence() -> None:
    assert not traceable("。", [], TEXT)
    assert not traceable("会议", [Span(0, 99)], TEXT)


@given(st.lists(st.sampled_from(["，", "、", "要", "等", "。", "等文件"]), max_size=12))
def test_connectors_alone_never_hide_a_missing_source(words: list[str]) -> None:
    assert not traceable("".join(words), [Span(0, 4)], TEXT)
