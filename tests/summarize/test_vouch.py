"""What an editor would not sign as a headline."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.summarize import headline
from duizhao.summarize.batch import summarize
from duizhao.summarize.outline import Outline, outline
from duizhao.summarize.salience import Salience
from duizhao.summarize.vouch import Bearing, vouched
from duizhao.types.articles import Document, Genre, Identity
from duizhao.types.summaries import Summary


def read(text: str, genre: Genre = "news", title: str = "") -> Outline:
    return outline(Document("a", text, title, identity=Identity(genre=genre)), 6000)


def bare(one: Outline, *openings: str) -> Salience:
    """What is known where the clauses that open so have no subject of their own."""
    starts = {one.text.index(words): np.array([0.0, 1.0], dtype=np.float32) for words in openings}
    return Salience({}, bounds=starts)


def lines(one: Outline, known: Salience | None = None) -> list[str]:
    return [c.text for c, _ in headline.candidates(one, 30, known or Salience({}))]


def bearing(one: Outline, line: str, known: Salience | None = None) -> float:
    known = known or Salience({})
    (found,) = [c for c, _ in headline.candidates(one, 30, known) if c.text == line]
    return Bearing(one, known)(found)


def sound(one: Outline) -> list[str]:
    return [c.text for c, w in headline.candidates(one, 30, Salience({})) if vouched(one, c, w)]


def made(text: str, genre: Genre = "news") -> str:
    (found,) = summarize([Document("a", text, identity=Identity(genre=genre))], lengths=["headline"])
    assert isinstance(found, Summary)
    return found.texts["headline"]


def test_a_speaker_is_not_made_to_say_the_exception_alone() -> None:
    one = read("清泽银行4月15日宣布，自4月25日起下调贷款利率0.25个百分点，不含已经执行优惠利率的贷款。")
    assert not [line for line in lines(one) if line.startswith("清泽银行宣布，不含")]
    assert "清泽银行自4月25日起下调贷款利率0.25个百分点" in lines(one, bare(one, "自4月25日"))


def test_a_clause_that_names_who_acts_is_not_skipped_before_what_he_does() -> None:
    one = read("清泽市召开防汛大会，江一帆作动员报告，部署汛期任务，要求严守堤防。")
    assert "清泽市召开防汛大会，部署汛期任务" in lines(one)
    assert "清泽市召开防汛大会，部署汛期任务" not in lines(one, bare(one, "部署汛期"))


def test_what_another_held_is_not_skipped_before_its_object() -> None:
    one = read("清泽市致信上游各县，呼吁同守河道，认为乱采河沙危害堤防，侵占了公共河滩。")
    assert "呼吁同守河道，侵占了公共河滩" not in lines(one)


def test_the_deed_behind_a_comma_is_told_of_the_one_who_does_it() -> None:
    one = read("清泽市政府6日举行新闻发布会，发布《清泽市河道保护蓝皮书》。")
    assert "清泽市政府发布《清泽市河道保护蓝皮书》" in lines(one, bare(one, "发布《"))
    assert "清泽市政府发布《清泽市河道保护蓝皮书》" not in lines(one)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("何文澜同江一帆会谈，共同发布《清泽倡议》。", "共同发布"),
        ("暴雨袭击清泽市，造成三条道路中断。", "造成"),
        ("何文澜表示，发布《清泽倡议》很有必要。", "发布"),
        ("何文澜会见江一帆，祝贺他当选会长。", "祝贺"),
    ],
)
def test_what_came_of_it_or_was_done_together_is_nobodys_deed(text: str, later: str) -> None:
    one = read(text)
    found = lines(one, bare(one, later))
    assert not [line for line in found if line.startswith((f"何文澜{later}", f"暴雨{later}"))]


def test_direct_speech_is_no_headline_without_the_one_who_speaks() -> None:
    one = read("在3月1日举行的论坛上，清泽大学教授何文澜说：“有人说河水会变清，我认为还早。”论坛开了一天。")
    assert not [line for line in sound(one) if "我认为" in line]


def test_a_plan_is_no_fact_without_its_day() -> None:
    one = read("清泽市印发方案。到2031年底，全市建成三百座口袋公园。")
    assert "全市建成三百座口袋公园" not in sound(one)
    assert "到2031年底，全市建成三百座口袋公园" in sound(one)


def test_a_line_that_leaves_out_its_speaker_loses() -> None:
    one = read("清泽港方面负责人5日说，港口吞吐量居全省第一。")
    assert bearing(one, "港口吞吐量居全省第一") < bearing(one, "清泽港方面负责人说，港口吞吐量居全省第一")


def test_he_is_told_by_his_name() -> None:
    one = read("论坛上，清泽大学教授何文澜说：“我不同意。”他表示，河水变清还要依靠治理。")
    assert "何文澜表示，河水变清还要依靠治理" in lines(one)


def test_what_someone_says_of_himself_loses() -> None:
    one = read("清泽市治水有了成效。我沿着清泽河走访了十年。")
    assert bearing(one, "我沿着清泽河走访了十年") < bearing(one, "清泽市治水有了成效") - 0.2


def test_a_line_without_its_subject_loses() -> None:
    one = read("全省共有三万人受灾，紧急转移安置五千人，直接经济损失2.7亿元。")
    known = bare(one, "紧急", "直接")
    assert bearing(one, "紧急转移安置五千人", known) < bearing(one, "全省共有三万人受灾", known) - 0.1
    assert bearing(one, "直接经济损失2.7亿元", known) < -0.05


def test_a_part_is_not_the_whole() -> None:
    one = read("全市进出口总额1820亿元，其中，出口1205亿元增长明显。")
    assert bearing(one, "出口1205亿元增长明显") < bearing(one, "全市进出口总额1820亿元")


@pytest.mark.parametrize("side", ["2019年印发的《清泽市河道办法》同时废止", "本办法自2030年6月1日起施行"])
def test_what_ends_a_notice_is_not_what_it_is_about(side: str) -> None:
    one = read(f"清泽市印发《清泽市河道保护办法》。{side}。")
    assert bearing(one, side) < -0.3


def test_a_notice_is_headed_by_what_stands_over_it() -> None:
    text = (
        "关于部分道路封闭施工的通告\n因管网改造，定于11月8日22时至11月9日6时对清泽路以东区域封闭施工。\n"
        "施工期间，清泽巷通行不受影响。请居民绕行。"
    )
    assert made(text) == "关于部分道路封闭施工的通告"


def test_who_was_in_the_chair_is_not_the_event() -> None:
    one = read("清泽市防汛工作全会3日举行。全会由清泽市委常委会主持。", "meeting_report")
    assert bearing(one, "全会由清泽市委常委会主持") < bearing(one, "清泽市防汛工作全会举行") - 0.2


def test_what_was_named_before_the_line_is_not_told() -> None:
    one = read("清泽县发生地震。地震已造成该县三人死亡。")
    assert bearing(one, "地震已造成该县三人死亡") < -0.2
    one = read("清泽县发生地震，该县三人死亡。")
    assert bearing(one, "清泽县发生地震，该县三人死亡") > -0.2


def test_a_commentary_is_headed_by_a_thesis_that_stands_late() -> None:
    before = "有人说，表格越多，治水越好。" + "一个村一年要报三百张治水表格，河水却没有变清。" * 8
    one = read(before + "破除治水表格的空转，关键在于把评价权交给群众。", "commentary")
    assert "破除治水表格的空转，关键在于把评价权交给群众" in lines(one)
    assert bearing(one, "破除治水表格的空转，关键在于把评价权交给群众") > bearing(one, "表格越多，治水越好") + 0.1


def test_what_came_of_it_is_not_told_without_it() -> None:
    one = read("暴雨袭击清泽市，造成三条公路中断。")
    assert bearing(one, "造成三条公路中断", bare(one, "造成")) < -0.25


def test_he_is_not_told_without_his_name() -> None:
    one = read("卫知远致电何文澜，祝贺他当选清泽商会会长。")
    assert bearing(one, "祝贺他当选清泽商会会长") < bearing(one, "卫知远致电何文澜，祝贺他当选清泽商会会长") - 0.2


def test_he_is_not_told_where_nobody_was_named() -> None:
    one = read("从前，他不敢想象会有这么多牦牛。")
    assert bearing(one, "从前，他不敢想象会有这么多牦牛") < -0.2


def test_a_question_is_not_told_as_an_answer() -> None:
    one = read("清泽市下调水价。水价下调意味着节水政策要变吗？")
    assert bearing(one, "水价下调意味着节水政策要变吗") < bearing(one, "清泽市下调水价") - 0.1


def test_a_wish_is_not_said_to_be_said() -> None:
    text = (
        "市委书记何文澜5月6日在清泽市考察防汛工作。何文澜说，希望推动清泽港防洪堤更上一层楼。"
        "何文澜说，要加固清泽河的每一座水库。"
    )
    assert "说希望" not in made(text, "meeting_report")
