"""Sentences that are told as the source has them, alone or behind the one that they lean on."""

from __future__ import annotations

import pytest

from duizhao.summarize import summarize
from duizhao.summarize.trace import traceable
from duizhao.types.articles import Document
from duizhao.types.summaries import Summary


def made(text: str) -> Summary:
    result = summarize([Document("a", text, "")])[0]
    assert isinstance(result, Summary)
    for sentence in result.sentences:
        assert traceable(sentence.text, sentence.sources, text)
    return result


@pytest.mark.parametrize(
    "last",
    [
        "如果雨势加大，渡轮将全线停航。",
        "学校、医院不在停气范围内。",
        "与上月相比，本市煤气用量低两个百分点。",
        "通过这次改造，全市减少旧管四十公里。",
    ],
)
def test_a_whole_sentence_needs_no_more_than_its_beginning_and_end(last: str) -> None:
    text = f"4月2日，白溪市燃气公司发布停气通知，青石街、河口街停气一天。{last}"
    assert last in made(text).texts["long"]


def test_a_sentence_that_leans_on_another_is_told_behind_it() -> None:
    first = "4月2日，白溪市城管局对顺达渣土公司处以罚款30万元。"
    second = "该公司此前已有三次违规倾倒记录。"
    long = made(f"{first}{second}市民可拨打热线举报。").texts["long"]
    assert "处以罚款30万元。该公司此前" in long


def test_it_is_not_told_where_that_one_is_not() -> None:
    fillers = "".join(f"第{n}批泵车由白溪市排水处于{n}月运抵河口泵站，增加排水量{n}千方。" for n in "二三四五六七")
    text = f"白溪市将改造河口泵站。{fillers}负责人说不清价格。这一数字高于往年。"
    for printed in made(text).texts.values():
        assert "这一数字" not in printed or "负责人说不清价格。这一数字" in printed


def test_a_condition_keeps_what_says_that_it_is_not_met() -> None:
    text = (
        "4月2日，白溪市财政局印发消费券办法。"
        "白溪市财政局局长葛敏表示，只有税收连续三个月增长，才会发放第二批消费券；目前全市尚未达到这一条件。"
    )
    assert "目前全市尚未达到这一条件" in made(text).texts["summary"]


def test_whoever_speaks_is_meant_by_their_own_pronoun() -> None:
    text = "4月2日，白溪港务公司与河口船厂签约。葛敏表示，其公司不会裁减船厂员工。"
    assert "葛敏表示，其公司不会裁减船厂员工" in made(text).texts["long"]


@pytest.mark.parametrize("tail", ["不能简单否定", "不予认定", "无生命危险"])
def test_a_short_last_clause_that_bounds_what_was_said_stays(tail: str) -> None:
    text = (
        "4月2日，白溪市召开信访工作会议。"
        f"葛敏指出，群众提出的意见都要逐条认真研究，{tail}。"
        "会议要求，各部门要在十日内答复来信，在三十日内办结，在六十日内回访，办结率达到百分之九十五以上。"
        "会议强调，要建立每周接访制度，领导干部要带头包案，对积案逐件化解，对重复来信逐件复查。"
    )
    for printed in made(text).texts.values():
        assert "认真研究" not in printed or tail in printed


def test_room_that_is_left_is_used() -> None:
    text = (
        "4月2日，白溪市法院对马某一案宣判。马某因挪用公款被判处有期徒刑五年。马某当庭表示不上诉。同案的牛某被判无罪。"
    )
    assert made(text).texts["long"] == text


def test_the_first_of_several_points_is_not_told_for_all() -> None:
    text = "4月2日，葛敏就河道治理提出三点建议：一是要尽快清淤，打通断头河。二是要限排。三是要常巡。"
    for printed in made(text).texts.values():
        assert "一是" not in printed or "二是" in printed


@pytest.mark.parametrize("answer", ["河方对此暂无回应。", "河方发言人葛敏9日称，该袭击并非河方所为。"])
def test_an_answer_is_told_only_behind_what_it_answers(answer: str) -> None:
    fillers = "".join(f"山方{n}日称，山方在{place}一带击退河方进攻。" for n, place in enumerate("东南西北", 2))
    charge = "山方此前指责，河方7日袭击山方发电站。"
    for printed in made(f"{fillers}{charge}{answer}").texts.values():
        assert answer[:4] not in printed or f"{charge}{answer[:4]}" in printed


def test_what_came_of_a_clause_is_not_told_of_another() -> None:
    text = "白溪媒体9日报道称，8日夜间到9日，山方对河口镇、青石镇等多地发动袭击，造成三十人伤亡。"
    for printed in made(text + "双方此前多次在河口镇交火，谈判在白溪市举行，尚无结果。").texts.values():
        assert "造成" not in printed or "袭击，造成" in printed


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            "近日，白溪市财政局、白溪市商务局、白溪市文化和旅游局联合印发《白溪市夜间消费券发放办法》，"
            "将从3月1日至5月31日分三批发放消费券六十万张，每张面额二十元。",
            "联合印发《白溪市夜间消费券发放办法》。",
        ),
        (
            "由白溪市文化馆会同白溪市图书馆、白溪市博物馆、白溪市非遗中心、白溪市摄影家协会联合举办的“百年河口”老照片展"
            "于3月1日在河口码头开幕。",
            "“百年河口”老照片展于3月1日",
        ),
    ],
)
def test_a_brief_tells_its_event_however_long_it_is(event: str, told: str) -> None:
    text = event + "市民可以凭身份证在任意网点领取，每人限领两张，逾期作废，不找零、不兑现。"
    assert told in made(text).texts["brief"]
