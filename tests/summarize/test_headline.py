"""Lines that could be the headline of an article."""

from __future__ import annotations

from duizhao.summarize import headline
from duizhao.summarize.outline import outline
from duizhao.types.articles import Document


def lines(text: str) -> list[str]:
    read = outline(Document("a", text, ""), 6000)
    cuts = {s.start: read.cuts(s) for s in read.sentences}
    return [c.text for c, _ in headline.candidates(read.text, read.sentences, cuts, 30)]


def test_a_long_event_is_told_by_its_core() -> None:
    text = "6月6日下午，何文澜在清泽宾馆同来华出席防汛论坛并进行正式访问的西岭国总理埃文斯举行会谈并共同见证文件签署。"
    assert "何文澜同西岭国总理会谈" in lines(text)
