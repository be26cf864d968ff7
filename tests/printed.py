"""Sets paragraphs as an e-paper's text layer prints them: one line a printed line, first lines indented by two."""

from __future__ import annotations

from collections.abc import Sequence

INVENTED = (
    "会议指出，今年以来全市上下锚定目标任务，聚力推进城市更新和乡村建设，各项工作取得新的进展。",
    "要坚持问题导向，把老旧小区改造同完善社区服务结合起来，让居民在家门口就能办事、看病、买菜。",
    "各县区要压实责任，建立台账，逐项销号；市直有关部门要加强指导，及时协调解决资金和用地问题。",
    "市水务局负责人介绍，全市四十二座小型水库的加固工程已经全部开工，预计汛期之前完成主体施工。",
    "在江原省清泽市柳河镇，村民周有田正在大棚里查看苗情，他家种的八亩番茄下个月就要上市。",
    "清泽港四月份完成货物吞吐量一百一十万吨，同比增长百分之九，集装箱航线增加到十七条。",
)


def column(paragraphs: Sequence[str], measure: int, *, blank: bool = True) -> str:
    """The paragraphs in lines of `measure` characters; a blank line between paragraphs where asked."""
    return ("\n\n" if blank else "\n").join("\n".join(lines(p, measure)) for p in paragraphs)


def lines(paragraph: str, measure: int) -> list[str]:
    """One paragraph: the first line is two characters short, no line opens with a closing mark; ASCII is half wide."""
    out, line, room = [], "", measure - 2.0
    for char in paragraph:
        wide = 0.5 if char.isascii() else 1.0
        if room < wide and char not in "，。、；：！？）》”":
            out.append(line)
            line, room = "", float(measure)
        line += char
        room -= wide
    return [*out, line]


def page(*parts: str) -> str:
    """Parts of a page with a blank line between them."""
    return "\n\n".join(parts) + "\n"
