from __future__ import annotations

import re

import pytest

from duizhao.summarize.batch import summarize
from duizhao.summarize.clean import is_attendance, paragraphs
from duizhao.summarize.trace import traceable
from duizhao.text import is_folio
from duizhao.types.articles import Document
from duizhao.types.summaries import Summary


def bodies(text: str) -> list[str]:
    return [text[p.span.start : p.span.end] for p in paragraphs(text) if p.kind == "body"]


@pytest.mark.parametrize(
    "prefix",
    [
        "本报讯（记者 林知秋）",
        "本报讯 （记者 林知秋 通讯员 周一禾） ",
        "新华社清泽3月5日电 ",
        "新华社清泽3月5日电（记者林知秋）",
        "本报清泽3月5日电 （记者林知秋）",
        "（记者林知秋）",
        "（上接1版）",
        "本台消息，",
        "清泽网络电视台消息(新闻联播)：本台消息，",
    ],
)
def test_bylines_and_datelines_stay_outside(prefix: str) -> None:
    assert bodies(prefix + "清泽市召开会议，部署防汛。") == ["清泽市召开会议，部署防汛。"]


@pytest.mark.parametrize(
    "suffix",
    ["（下转7版）", " （下转第七版）", "（完）", "（责任编辑：周一禾）", "（记者林知秋）", "（讲话全文见第二版）"],
)
def test_jump_marks_and_closing_credits_stay_outside(suffix: str) -> None:
    assert bodies("清泽市召开会议，部署防汛。" + suffix) == ["清泽市召开会议，部署防汛。"]


def test_furniture_crossheads_and_attendance_are_told_apart() -> None:
    text = "原标题：防汛\n清泽市召开会议，部署防汛。\n备足物资\n卫知远、何文澜参加会议。\n责任编辑：周一禾"
    assert [p.kind for p in paragraphs(text)] == ["furniture", "body", "crosshead", "attendance", "furniture"]


def test_a_sentence_that_speaks_or_adopts_is_no_attendance() -> None:
    assert is_attendance("卫知远、何文澜参加会议")
    assert not is_attendance("市委书记何文澜出席会议并讲话")
    assert not is_attendance("会议传达《防汛工作方案》，有关部门作交流发言")


def test_a_full_line_that_does_not_end_a_sentence_goes_on() -> None:
    text = "清泽市召开全市防汛工作\n会议，部署今年汛期各项\n任务，要求压实各级责任\n，确保安全。\n市长何文澜讲话。"
    assert [b.replace("\n", "") for b in bodies(text)] == [
        "清泽市召开全市防汛工作会议，部署今年汛期各项任务，要求压实各级责任，确保安全。",
        "市长何文澜讲话。",
    ]


def test_long_paragraphs_are_never_joined() -> None:
    text = "\n".join(["清泽市" * 30] * 5)
    assert len(paragraphs(text)) == 5


@pytest.mark.parametrize("text", ["（" * 200_000, "（记者" * 60_000, "1\n" * 60_000, "据" * 300_000, "新华社" * 80_000])
def test_monstrous_texts_are_read_in_one_pass(text: str) -> None:
    assert paragraphs(text)


PAGE = """　　清泽市图书馆新馆11日正式开馆，藏书120
万册，可容纳读者2600人。新馆投资4.6亿元，历
时两年六个月建成，设有24小时自助阅览区，全年
- 3 -
扫码看视频
第4版 要闻 2024年2月20日 星期二
免费开放，每天开放十二个小时，欢迎广大市民前
往借阅。清泽市今年还将新建三十个分馆，让市民
责编：林知秋 电话：0531-12345678
步行十五分钟就能到达。市图书馆馆长表示，分馆
将实行通借通还，读者凭身份证即可办理借阅。
本报地址：清泽市河滨路1号 邮编：250000"""


def test_the_feet_of_pages_are_in_no_summary() -> None:
    result = summarize([Document("a", PAGE)], encoder=False)[0]
    assert isinstance(result, Summary)
    for line in result.texts.values():
        assert not re.search("责编|电话|扫码|4版|星期|地址|- 3 -", line)
    assert "全年免费开放" in result.texts["long"]
    assert "让市民步行十五分钟就能到达" in result.texts["long"]
    for sentence in result.sentences:
        assert traceable(sentence.text, sentence.sources, PAGE)


@pytest.mark.parametrize(
    ("line", "foot"),
    [
        ("第3版 要闻 2024年2月20日 星期二", True),
        ("2024年2月20日 星期二 第2版", True),
        ("责编：林知秋 电话：0531-12345678", True),
        ("扫码看视频", True),
        ("新闻热线：0531-96111", True),
        ("— 15 —", True),
        ("2024年2月20日，清泽市召开会议。", False),
        ("编辑部：今年的工作重点", False),
        ("扫码支付已经覆盖全市公交", False),
        ("清泽市 江原市", False),
        ("地址：清泽市河滨路1号，请于三日内到场登记。", False),
    ],
)
def test_what_belongs_to_the_page_is_known_by_its_line(line: str, foot: bool) -> None:
    assert is_folio(line) is foot
