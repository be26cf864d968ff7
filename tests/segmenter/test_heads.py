"""The parts of a head, from its lines alone."""

from __future__ import annotations

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.heads import Head, head_of
from duizhao.segmenter.lines import width
from duizhao.types.pages import Span


def block(text: str, *, blank: bool = True) -> Block:
    return Block("display", (Span(0, len(text)),), text, 1, width(text), 17.0, blank=blank, complete=False)


def parts(head: Head) -> dict[str, list[str]]:
    fields = ("column", "kicker", "headline", "subheadline", "byline")
    return {f: [b.text for b in getattr(head, f)] for f in fields if getattr(head, f)}


def test_one_line_is_the_headline() -> None:
    assert parts(head_of([block("清泽港新航道正式通航")])) == {"headline": ["清泽港新航道正式通航"]}


def test_what_ends_in_a_lead_in_is_the_kicker() -> None:
    head = head_of([block("全市春耕生产工作会议召开强调"), block("抓紧抓实春耕生产 不误农时打好硬仗")])
    assert parts(head) == {
        "kicker": ["全市春耕生产工作会议召开强调"],
        "headline": ["抓紧抓实春耕生产 不误农时打好硬仗"],
    }


def test_the_narrowest_line_is_the_headline() -> None:
    head = head_of([block("深水航道全长十六公里，可通行十万吨级货轮"), block("清泽港 新通道")])
    assert parts(head) == {"kicker": ["深水航道全长十六公里，可通行十万吨级货轮"], "headline": ["清泽港 新通道"]}


def test_a_dash_makes_the_sub_headline() -> None:
    head = head_of([block("港口换新颜"), block("——清泽港新航道通航记")])
    assert parts(head) == {"headline": ["港口换新颜"], "subheadline": ["——清泽港新航道通航记"]}


def test_lines_set_tight_are_one_headline() -> None:
    head = head_of([block("抓紧抓实春耕生产"), block("不误农时打好夏粮丰收硬仗", blank=False)])
    assert parts(head) == {"headline": ["抓紧抓实春耕生产", "不误农时打好夏粮丰收硬仗"]}


def test_who_chaired_stands_in_the_sub_headline() -> None:
    head = head_of([block("全市春耕生产工作会议召开"), block("周明远主持会议", blank=False)])
    assert parts(head) == {"headline": ["全市春耕生产工作会议召开"], "subheadline": ["周明远主持会议"]}


def test_a_line_that_comes_again_is_a_column() -> None:
    head = head_of([block("乡村振兴看清泽"), block("柳河镇的番茄上市了")], repeated={"乡村振兴看清泽"})
    assert parts(head) == {"column": ["乡村振兴看清泽"], "headline": ["柳河镇的番茄上市了"]}


def test_a_reporters_line_is_the_byline() -> None:
    head = head_of([block("清泽港新航道正式通航"), block("本报记者 周文博")])
    assert parts(head) == {"headline": ["清泽港新航道正式通航"], "byline": ["本报记者 周文博"]}
