from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duizhao.summarize.split import balanced, split
from duizhao.types.pages import Span

ALPHABET = "清泽会议。，；！？“”《》（）：\n 1"


def words(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text, [Span(0, len(text))])]


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert words("他说：“好。”会议继续。") == ["他说：“好。”", "会议继续"]


def test_nothing_is_cut_inside_quotes_or_brackets() -> None:
    text = "要落实《甲，乙；丙。丁》，坚持“一、二；三”原则（含四，五）。"
    sentences = split(text, [Span(0, len(text))])
    assert len(sentences) == 1
    assert [text[c.start : c.end] for c in sentences[0].clauses] == [
        "要落实《甲，乙；丙。丁》",
        "坚持“一、二；三”原则（含四，五）",
    ]


def test_items_of_a_list_end_at_their_semicolon() -> None:
    assert words("部署甲；部署乙；部署丙。") == ["部署甲", "部署乙", "部署丙"]


def test_an_opening_mark_without_partner_shields_nothing() -> None:
    assert words("他说“甲。乙。丙") == ["他说“甲", "乙", "丙"]


def test_a_tail_without_a_stop_is_kept() -> None:
    assert words("甲甲。乙乙") == ["甲甲", "乙乙"]


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_sentences_and_marks_hold_every_character_once(text: str) -> None:
    covered = [0] * len(text)
    for sentence in split(text, [Span(0, len(text))]):
        assert 0 <= sentence.start < sentence.end <= len(text)
        for at in range(sentence.start, sentence.end):
            covered[at] += 1
        for clause in sentence.clauses:
            assert sentence.start <= clause.start < clause.end <= sentence.end
    assert max(covered, default=0) <= 1
    left = {c for c, n in zip(text, covered, strict=True) if not n}
    assert left <= set("。；！？”》） \n，")


def test_balance_looks_at_the_order_of_marks() -> None:
    assert balanced("“甲”（乙）")
    assert not balanced("”甲“")
    assert not balanced("《甲")
    assert not balanced("（甲“）”")


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "The library is open from 8 a.m. to 10 p.m. every day. Mr. J. Smith runs it."
    found = split(text, [Span(0, len(text))])
    assert [text[s.start : s.end] for s in found] == [
        "The library is open from 8 a.m. to 10 p.m. every day",
        "Mr. J. Smith runs it",
    ]
