"""Clauses, list items, lead-ins and enumerators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.compare.clauses import clauses, items, without_enumerator, without_lead_in


def cut(text: str) -> list[str]:
    return [text[s:e] for s, e in clauses(text, 0, len(text))]


def test_clauses_keep_their_comma() -> None:
    assert cut("加强领导，压实责任。") == ["加强领导，", "压实责任。"]


def test_a_comma_in_a_title_does_not_cut() -> None:
    assert cut("印发《加强管护，保障供水的意见》，抓好落实") == ["印发《加强管护，保障供水的意见》，", "抓好落实"]


def test_an_opening_mark_that_is_never_closed_is_an_ordinary_character() -> None:
    assert cut("说“好，那么，走") == ["说“好，", "那么，", "走"]


@given(st.text(st.sampled_from(list("，“”《》（）要改革：；")), max_size=120))
def test_pieces_cover_the_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert "".join(text[s:e] for s, e in items(text, 0, len(text))) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("会议强调，要节水。", "要节水。"),
        ("何远山在讲话中指出，要节水。", "要节水。"),
        ("省委书记、省长在听取汇报后强调：要节水。", "要节水。"),
        ("《意见》提出，要节水。", "要节水。"),
        ("会议强调要节水。", "要节水。"),
        ("严格落实要求，要节水。", "严格落实要求，要节水。"),
        ("按照会议要求，抓好节水。", "按照会议要求，抓好节水。"),
    ],
)
def test_lead_ins_are_known_by_their_speaker(text: str, rest: str) -> None:
    assert text[without_lead_in(text, 0, len(text)) :] == rest


@pytest.mark.parametrize("mark", ["一是", "（二）", "三、", "第四，", "5.", "——"])
def test_marks_of_a_list_are_known(mark: str) -> None:
    text = mark + "修渠"
    assert text[without_enumerator(text, 0, len(text)) :] == "修渠"


def test_a_decimal_is_no_mark_of_a_list() -> None:
    assert without_enumerator("3.5万亩", 0, 5) == 0
