# ruff: noqa: E501
"""A commentary is known by how it argues, a report is never taken for one."""

from __future__ import annotations

import pytest

from duizhao.argument import argues, declared
from duizhao.summarize.outline import outline
from duizhao.types.articles import Document, Genre

FORMS = """有人说，表格填得越满，工作做得越实。这种看法似是而非。一些地方热衷于填表造册，一个村一年要报三百多张表，群众却没有得到实惠。\
难道把表格填满，水就通了吗？当然不是。考核不是不要，而是要考到点子上。只看台账不看实效，再多的指标也只能是空转。\
破除形式主义，关键在于把评价权交给群众。唯有如此，才能让干部把心思放在干事上。"""
BRIDGE = """一座便民桥，两个月建成，群众拍手叫好；另一座桥立项三年，至今停在纸上。两座桥的反差，值得深思。\
有的干部把“研究研究”挂在嘴边，看似慎重，其实是怕担责。须知，群众的难处等不起，机遇更等不起。\
俗话说，一步慢，步步慢。干事创业，既要有闯劲，也要有韧劲。如果人人都把责任往外推，再好的政策也落不了地。"""
PARALLEL = """春汛将至，防汛是对一座城市的考验。4月12日，清泽市召开防汛抗旱工作会议，发出了备战汛期的动员令。
备汛，首先是责任。责任不能悬在半空，要落实到每一座水库、每一段堤防，哪一级出了问题，就问哪一级的责任。
备汛，关键是本领。本领从哪里来？从演练中来。每个村都要有一支拉得出的队伍，让预警直达每一户、每一人。
备汛，根本是作风。办法总比困难多，唯有实干，方能守住一方安澜，让群众过一个安稳的夏天，让庄稼长势更好。"""
SCORES = """打完电话，客服请你打五分；办完事，窗口请你按“满意”。本来是检验服务的尺子，如今却成了不少人的负担。有的单位把满意率定到百分之九十九，\
差一个就扣绩效。于是，工作人员不再琢磨怎么把事办好，而是琢磨怎么让群众按对键。满意不满意，不在数字，在人心。\
与其盯着评分器，不如多听听柜台外的叹气声。把评价的权力真正还给群众，允许说不满意，才有真满意。"""
MEETING = """4月12日，清泽市召开防汛抗旱工作会议。会议指出，防汛关系群众安全，必须压实责任，不能有侥幸心理。\
会议强调，要坚持底线思维，关键在于落实。只有把责任落实到人，才能守住安澜。市长卫知远要求，不仅要备物资，更要练本领。"""
FEATURE = """“以前借书要走半个城，现在家门口就有。”市民周一禾说。清泽市图书馆新馆日前开馆，建筑面积3.2万平方米，藏书120万册。\
馆长江一帆介绍，新馆不仅借书，还能办展。如果读者愿意，还可以当一天馆员。记者看到，阅览区坐满了人。开馆首日接待读者8600人。"""
SPEECH = """同志们：新的一年，我们必须坚定信心，既要看到机遇，也要看到挑战。只有实干，才能把蓝图变成现实。如果我们不抓住机遇，就会落在后面。\
归根结底，发展是为了群众。让我们携起手来，共同谱写清泽的新篇章。我们的事业离不开大家的智慧，关键在于合力。"""


@pytest.mark.parametrize("text", [FORMS, BRIDGE, PARALLEL])
def test_a_text_that_argues_is_a_commentary(text: str) -> None:
    found = argues(text)
    assert found is not None
    assert text[found[0] : found[1]]
    assert outline(Document("a", text, ""), 10_000).genre == "commentary"


def test_a_title_that_argues_tips_the_balance() -> None:
    assert argues(SCORES) is None
    assert argues(SCORES, "别让“满意度”变了味") is not None
    assert argues(MEETING, "别让防汛走过场") is None


@pytest.mark.parametrize("text", [MEETING, FEATURE, SPEECH, f"本报讯（记者 林知秋）{FORMS}", FORMS[:60]])
def test_a_report_a_speech_and_a_few_words_are_not(text: str) -> None:
    assert argues(text) is None
    assert outline(Document("a", text, ""), 10_000).genre != "commentary"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("本报评论员：让群众少跑一趟", "commentary"),
        ("让群众少跑一趟（清泽时评）", "commentary"),
        ("漫谈：让群众少跑一趟", "commentary"),
        ("江原省水利论坛开幕", "news"),
        ("专家在江原论坛上建言", "news"),
        ("二手书受欢迎（记者观察）", "news"),
    ],
)
def test_a_column_of_opinion_declares_one_and_a_forum_does_not(title: str, genre: Genre) -> None:
    assert outline(Document("a", "办事大厅增加了窗口。群众排队的时间少了一半。", title), 10_000).genre == genre


def test_a_title_does_not_make_a_commentary_of_a_report() -> None:
    text = "评论员文章引发热议\n本报讯（记者 林知秋）昨日，江原日报评论员文章引发热议。"
    assert declared(text, 10) is None
