"""Constructions with two halves, invitations and prepositions whose verb is in the next clause."""

from __future__ import annotations

import pytest

from duizhao.summarize.frames import left_open, parted
from duizhao.summarize.gate import refuse
from duizhao.summarize.outline import outline
from duizhao.summarize.speech import DEMAND
from duizhao.summarize.split import split
from duizhao.summarize.wholeness import skippable, whole
from duizhao.types.articles import Document
from duizhao.types.pages import Span

INVITED = "应清泽市市长何文澜邀请，江原省副省长卫知远将于5月6日访问清泽。"


def test_the_other_half_of_a_construction_is_not_left_out() -> None:
    text = "防汛宁可备而不用，不可用时无备。"
    assert parted(text, [Span(0, 8)])
    assert parted(text, [Span(9, 15)])
    assert not parted(text, [Span(0, 15)])


def test_what_has_no_second_half_in_the_source_is_not_missed() -> None:
    assert not parted("这不是终点，清泽还要加固水库。", [Span(0, 5)])


def test_an_invitation_is_no_demand() -> None:
    assert not DEMAND.match(INVITED.split("，")[0])
    assert DEMAND.match("应落实防汛责任")


def test_who_invited_is_not_swallowed() -> None:
    visitor = INVITED.index("江原")
    assert parted(INVITED, [Span(0, 1), Span(visitor, len(INVITED))])
    assert left_open("应江原省副省长卫知远将于5月6日访问清泽。", INVITED)
    assert not left_open(INVITED, INVITED)
    assert refuse("应江原省副省长卫知远将于5月6日访问清泽。", outline(Document("a", INVITED), 1000))


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("应清泽市市长何文澜邀请，江原省副省长卫知远访问清泽", 1),
        ("对年久失修的小水库，以及沿河的老旧堤防，逐座排查加固", 2),
        ("饭菜已经装车，按照各楼居民名单，送到门口", 2),
        ("从旧河道清淤开工，到新堤防合龙，用了两年", 1),
        ("小水库管护，早检查，早加固，才能安然度汛", 2),
        ("5月6日上午8点，清泽市群众文化中心，没有华丽的舞台", 2),
        ("上午10：30，首批物资运抵清泽", 1),
        ("泵站工程不仅按时完工，还省下了三成投资", 1),
        ("清泽水厂作为民生项目，提前半年投产", 1),
        ("泵站将灾民，特别是老人接到高处，及时安置", 1),
        ("抢险队名单为：甲队，林知秋、江一帆", 2),
        ("如何打通最后一公里，考验着清泽", 1),
    ],
)
def test_a_run_that_stops_before_its_verb_is_no_sentence(sentence: str, clauses: int) -> None:
    found = split(sentence, [Span(0, len(sentence))])[0].clauses
    assert not whole(sentence, found[:clauses])
    assert whole(sentence, found)


def test_a_text_that_breaks_off_is_told_without_its_last_words() -> None:
    found = outline(Document("a", "清泽市水库5月6日开闸放水。市长何文澜将于5月7日到水"), 1000)
    assert len(found.sentences) == 1


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("南湖水库、北湖水库、东湖水库，", False),
        ("以清泽市为例，", False),
        ("江原省水务厅警告，", False),
        ("加固南湖水库、北湖水库、东湖水库，", True),
        ("南湖水库、北湖水库已经加固，", True),
    ],
)
def test_what_is_only_named_is_no_sentence(text: str, stands: bool) -> None:
    (sentence,) = split(text + "市里还要巡查。", [Span(0, len(text) + 7)])
    assert whole(text + "市里还要巡查。", sentence.clauses[:1]) is stands


@pytest.mark.parametrize(
    "text",
    [
        "清泽市立足区情实际，制定防汛预案。",
        "小将卫知远认为，通过比赛，自己有了提高。",
        "沿河北上，到清泽市南湖镇，沿途都是堤防。",
        "清泽市人民医院医生卫知远，参加了救援。",
        "清泽市提出三点建议：一是加固堤防，二是疏浚河道。",
    ],
)
def test_a_subject_or_a_means_without_its_deed_is_no_sentence(text: str) -> None:
    (sentence,) = split(text, [Span(0, len(text))])
    clauses = sentence.clauses
    last = max(i for i in range(len(clauses) - 1))
    assert not whole(text, clauses[: last + 1])
    assert whole(text, clauses)


def test_what_turns_a_statement_round_is_not_skipped() -> None:
    text = "堤防公司净利润增长三倍，但审计机构出具了否定意见，交易所已经问询。"
    (sentence,) = split(text, [Span(0, len(text))])
    assert not skippable(text, sentence.clauses, 1)


def test_a_threat_is_not_told_without_its_condition() -> None:
    text = "何文澜警告，水库告急，若水位超限，上游将开闸泄洪。"
    (sentence,) = split(text, [Span(0, len(text))])
    assert not skippable(text, sentence.clauses, 2)


def test_the_title_of_a_paper_is_no_attribute_without_a_verb() -> None:
    text = "何文澜签署命令，公布《清泽市关于修改部分规章的决定》，自6月1日起施行。"
    (sentence,) = outline(Document("a", text), 1000).sentences
    assert whole(text, sentence.clauses[:2])
