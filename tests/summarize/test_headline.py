"""Lines that could be the headline of an article."""

from __future__ import annotations

import pytest

from duizhao.summarize import headline
from duizhao.summarize.outline import outline
from duizhao.types.articles import Document


def lines(text: str) -> list[str]:
    read = outline(Document("a", text, ""), 6000)
    cuts = {s.start: read.cuts(s) for s in read.sentences}
    return [c.text for c, _ in headline.candidates(read.text, read.sentences, cuts, 30)]


def test_a_later_clause_is_told_with_the_subject_that_it_shares() -> None:
    assert "清泽市博物馆展示水利工具" in lines("春节期间，清泽市博物馆推出水利展，精选馆藏文物，展示水利工具。")


@pytest.mark.parametrize(
    "text",
    [
        "清泽市防汛办强调，要加固堤防，疏浚河道。",
        "清泽市组织志愿者巡查堤防，清理河道垃圾。",
        "清泽市水位上涨，导致三条道路中断。",
        "清泽市召开会议，各镇汇报工作，部署防汛。",
    ],
)
def test_a_subject_is_not_given_to_what_another_does(text: str) -> None:
    start = text.index("，") + 1
    later = [c.rstrip("。") for c in text[start:].split("，")]
    assert not [
        f"{who}{clause}"
        for who in ("清泽市", "清泽市防汛办", "清泽市水位")
        for clause in later[-1:]
        if f"{who}{clause}" in lines(text)
    ]


def test_a_long_event_is_told_by_its_core() -> None:
    text = "6月6日下午，何文澜在清泽宾馆同来华出席防汛论坛并进行正式访问的西岭国总理埃文斯举行会谈并共同见证文件签署。"
    assert "何文澜同西岭国总理会谈" in lines(text)
