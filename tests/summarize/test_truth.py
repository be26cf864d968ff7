"""What is left out must not make the rest untrue: who did it, on what condition, with which figure."""

from __future__ import annotations

import pytest

from duizhao.summarize.enumerations import enumerations
from duizhao.summarize.people import titles
from duizhao.summarize.shorten import ASIDE, FILLER, JOINT
from duizhao.summarize.speech import speeches
from duizhao.summarize.split import split
from duizhao.summarize.wholeness import whole
from duizhao.types.pages import Span


def told(sentence: str) -> str:
    """`sentence` without its titles."""
    for start, end, _ in reversed(titles(sentence)):
        sentence = sentence[:start] + sentence[end:]
    return sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("市长王强会见市委书记李明，双方交换意见", "王强会见李明，双方交换意见"),
        ("市长王强接替市委书记李明主持会议", "市长王强接替李明主持会议"),
        ("市长王强代表因病请假的市委书记李明主持会议", "王强代表因病请假的李明主持会议"),
        ("省长张三和市长王强共同剪彩", "张三和王强共同剪彩"),
        ("清泽市长王强出席会议", "清泽市长王强出席会议"),
        ("湖南省长沙市委书记吴刚出席会议", "吴刚出席会议"),
        ("清泽市委副书记、市长王强主持会议", "王强主持会议"),
        ("中共中央总书记、国家主席、中央军委主席李华在北京会见外宾", "李华在北京会见外宾"),
    ],
)
def test_a_title_holds_no_other_person(sentence: str, expected: str) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "opening", ["如不及时泄洪", "倘若继续超采", "若资金不到位", "一旦决口", "除非另有规定", "未经批准"]
)
def test_nothing_after_a_condition_is_told_without_it(opening: str) -> None:
    text = f"负责人表示，{opening}，大坝将在一天内溃决，下游群众必须转移。"
    clauses = split(text, [Span(0, len(text))])[0].clauses
    assert not whole(text, clauses[2:])
    assert not whole(text, clauses[3:])
    assert not whole(text, [clauses[0], *clauses[2:]])
    assert not whole(text, clauses[:2])
    assert whole(text, clauses)


def test_figures_told_respectively_keep_their_list() -> None:
    assert not list(enumerations("甲市、乙市、丙市等三市分别增长5%、6%、7%"))
    assert list(enumerations("甲市、乙市、丙市等三市增长较快"))


def test_what_limits_a_figure_is_no_aside() -> None:
    assert not ASIDE.search("增长8%（按可比价格计算，未经核实），")
    assert ASIDE.search("增长8%（按可比价格计算），")


def test_what_undoes_a_meeting_stays() -> None:
    assert not JOINT.search("与某国大使会谈并拒绝签署协议。")
    assert not JOINT.search("出席开幕式并宣布退出该机制。")
    assert JOINT.search("举行会谈并共同会见记者。")


def test_to_understand_is_not_cut() -> None:
    assert not FILLER.search("会议听取了解释，")


def test_a_rule_keeps_its_exception() -> None:
    text = "凡未参加考试的学生，一律不得报考高中，户籍在外地的学生除外。经批准的活动除外。"
    first, second = split(text, [Span(0, len(text))])
    assert not whole(text, first.clauses[:2])
    assert whole(text, first.clauses)
    assert whole(text, second.clauses)


@pytest.mark.parametrize(
    "after",
    ["双方未就关税问题达成一致", "市住建局将于下周约谈有关企业", "市场监管部门介入调查，尚无结论", "赵青作检讨发言"],
)
def test_what_the_paper_tells_is_not_put_into_a_mouth(after: str) -> None:
    text = f"王强表示，今年不涨价。将加强监管。{after}。"
    said = speeches(text, split(text, [Span(0, len(text))]))
    assert [bool(s) for s in said] == [True, True, False]
