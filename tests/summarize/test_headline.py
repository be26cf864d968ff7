"""Lines that could be the headline of an article."""

from __future__ import annotations

import re

from duizhao.summarize import headline
from duizhao.summarize.batch import summarize
from duizhao.summarize.outline import outline
from duizhao.summarize.salience import Salience
from duizhao.types.articles import Document, Identity
from duizhao.types.summaries import Summary


def lines(text: str) -> list[str]:
    read = outline(Document("a", text, ""), 6000)
    return [c.text for c, _ in headline.candidates(read, 30, Salience({}))]


def test_a_long_event_is_told_by_its_core() -> None:
    text = "6月6日下午，何文澜在清泽宾馆同来华出席防汛论坛并进行正式访问的西岭国总理埃文斯举行会谈并共同见证文件签署。"
    assert "何文澜同西岭国总理会谈" in lines(text)


def test_a_commentary_is_headed_by_its_thesis_and_not_by_a_figure_of_speech() -> None:
    text = (
        "战鼓催征，号角嘹亮。一场防汛大会，擂响了清泽备战汛期的战鼓。打赢防汛这场硬仗，关键在于压实责任。"
        "必须把责任落到每一座水库。我们要看到，往年的险情大多出在小水库上。唯有实干，方能守住安澜。"
    )
    made = summarize([Document("a", text, identity=Identity(genre="commentary"))], lengths=["headline"])[0]
    assert isinstance(made, Summary)
    assert not re.search("战鼓|号角", made.texts["headline"])
    assert re.search("责任|实干", made.texts["headline"])


def test_what_happened_long_ago_is_no_headline_of_today() -> None:
    text = "清泽老桥是不少市民的记忆。1958年，清泽市建成全省第一座公路大桥。如今老桥改作步行桥，市民又能上去走走。"
    (made,) = summarize([Document("a", text)], lengths=["headline"])
    assert isinstance(made, Summary)
    assert "公路大桥" not in made.texts["headline"]


def test_a_forecast_is_no_headline_without_the_one_who_made_it() -> None:
    text = "清泽大学教授江一帆认为，明年房价有望回升。市民周一禾说，自己还在观望。"
    (made,) = summarize([Document("a", text)], lengths=["headline"])
    assert isinstance(made, Summary)
    assert made.texts["headline"] != "明年房价有望回升"
