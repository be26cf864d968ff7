# ruff: noqa: E501
"""How a text is read before it is weighed: what opens it, who speaks, what is denied, how many meetings it has."""

from __future__ import annotations

import re

import pytest

from duizhao.summarize.batch import summarize
from duizhao.summarize.clean import is_attendance, paragraphs
from duizhao.summarize.denials import denials
from duizhao.summarize.event import find_event, other_events
from duizhao.summarize.outline import Outline, outline
from duizhao.summarize.papers import find, tellings
from duizhao.summarize.render import squeeze
from duizhao.summarize.salience import weigh
from duizhao.summarize.split import split
from duizhao.summarize.trace import traceable
from duizhao.text import INVISIBLE
from duizhao.types.articles import Document
from duizhao.types.pages import Span
from duizhao.types.summaries import Summary

FORMS = """有人说，表格填得越满，工作做得越实。这种看法似是而非。一些地方热衷于填表造册，一个村一年要报三百多张表，群众却没有得到实惠。\
难道把表格填满，水就通了吗？当然不是。正如一位老支书所说：“表上的水通了，缸里的水还没有。”\
破除形式主义，关键在于把评价权交给群众。改革从来不怕有人说三道四，并非人人都会叫好。"""

COLUMN = "清泽时评：表格填满以后"


def read(text: str, title: str = "") -> Outline:
    return outline(Document("a", text, title), 100_000)


def made(text: str, title: str = "") -> Summary:
    result = summarize([Document("a", text, title)], encoder=False)[0]
    assert isinstance(result, Summary)
    return result


def speakers(text: str) -> list[str | None]:
    return [s.speaker.key if s else None for s in read(text).speech]


def test_behind_another_voice_a_commentary_is_the_writers() -> None:
    known = read(FORMS, COLUMN)
    assert known.genre == "commentary"
    spoken = [i for i, s in enumerate(known.speech) if s]
    assert [known.text[known.sentences[i].start :][:3] for i in spoken] == ["有人说", "正如一"]
    assert "关键在于把评价权交给群众" in made(FORMS, COLUMN).texts["long"]


def test_in_a_commentary_only_what_a_voice_says_waits_for_its_denial() -> None:
    known = read(FORMS, COLUMN)
    assert known.denials[0].sentence == 1
    last = len(known.sentences) - 1
    assert last not in known.denials
    assert last in denials(known.text, known.sentences, "news")


@pytest.mark.parametrize(
    "sentence",
    [
        "清泽市召开会议，市长出席",
        "清泽市党政代表团到江原市考察，何文澜、卫知远参加考察",
        "市图书馆举行开馆仪式，周一禾等参加",
    ],
)
def test_what_was_held_is_more_than_who_was_there(sentence: str) -> None:
    assert not is_attendance(sentence)
    assert "清泽市代表团" in made(f"清泽市代表团来到江原市，参加座谈会。{sentence}。").texts["long"]


def test_the_first_paragraph_is_no_list_of_attendants() -> None:
    assert [p.kind for p in paragraphs("何文澜、卫知远参加会议。\n陶然参加会议。")] == ["body", "attendance"]


def test_the_title_of_a_paper_goes_on_over_a_broken_line() -> None:
    text = "清泽市印发《关于\n推进数字乡村建设的实施方案》。《关于\n促进就业的意见》同时施行。"
    assert [text[p.span.start : p.span.end] for p in paragraphs(text)] == [text]
    assert not re.search(r"关于(?:…|。)", made(text).texts["long"])


def test_nothing_is_told_of_a_bare_preposition() -> None:
    assert not isinstance(summarize([Document("a", "《关于" * 40)], encoder=False)[0], Summary)


def test_a_paper_of_the_next_clause_is_not_on_the_list() -> None:
    text = "会议审议《关于甲乙丙的意见》《关于丁戊己的意见》，《关于甲乙丙的意见》获得通过。"
    found = find(text, 0, len(text))
    assert found is not None
    assert len(found.papers) == 2
    assert "获得通过" not in tellings(text, found)[0][0].text(text)


def test_invisible_characters_are_not_printed_and_sources_stay_exact() -> None:
    text = "\ufeff清泽市\u200b召开\u2060防汛\u00ad会议，部\u200d署今年汛期工作。\u202e市长卫知远\u200b讲话。\u200b"
    result = made(text)
    assert not set(INVISIBLE) & set("".join(result.texts.values()))
    assert "清泽市召开防汛会议" in result.texts["long"]
    assert all(traceable(s.text, s.sources, text) for s in result.sentences)
    assert squeeze("co\u00adoperate on\u200b \u200bice") == "cooperate on ice"


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("海澄科技公司11日晚公告称，董事长辞职。", "海澄科技公司", "公告称，"),
        ("清泽市教育局12日通报，涉事教师停职。", "清泽市教育局", "通报，"),
        ("林知秋在会上透露，今年将建三个馆。", "林知秋", "透露，"),
        ("林知秋在接受采访时则表示，今年将建三个馆。", "林知秋", "表示，"),
        ("江一帆当天在首都江原表示，愿意合作。", "江一帆", "表示，"),
        ("海澄国国防军今天（10月26日）凌晨发表声明称，击落飞机。", "海澄国国防军", "称，"),
        ("周一禾告诉记者，水库已经蓄满。", "周一禾", "告诉记者，"),
    ],
)
def test_a_lead_in_may_say_when_where_and_how(text: str, speaker: str, verb: str) -> None:
    said = read(text).speech[0]
    assert said is not None
    assert [text[p.start : p.end] for p in said.speaker.undated().parts] == [speaker, verb]


def test_the_day_of_the_news_stays_where_there_is_room() -> None:
    texts = made("清泽市教育局4月12日通报，涉事教师停职。学校开展自查。\n市公安局15日通报，案件已侦破。").texts
    assert texts["long"].startswith("清泽市教育局4月12日通报，涉事教师停职。")
    assert texts["brief"].startswith("清泽市教育局通报，涉事教师停职。")


@pytest.mark.parametrize(
    "text",
    [
        "好味道公司不服处罚决定，已向市政府申请复议。",
        "市政府作出停产决定，责令整改。",
        "董事会的决定，还需批准。",
        "要落实这一要求，压实责任。",
        "全市深入开展核查通报，推动整改。",
    ],
)
def test_a_decision_that_someone_made_is_no_verb(text: str) -> None:
    assert speakers(text) == [None]


def test_a_latin_sentence_keeps_its_full_stop() -> None:
    text = "The city of Qingze opened a new library on Monday. It holds 1.2 million books."
    result = made(text)
    assert result.texts["long"] == text
    assert all(traceable(s.text, s.sources, text) for s in result.sentences)


TWO = """7月3日上午，清泽市委常委会召开会议，传达学习全省水利工作会议精神。市委书记何文澜主持会议。会议强调，要稳妥推进管网改造。
7月3日下午，清泽市政府召开第21次常务会议，审议通过《清泽市夜市管理办法》。市长卫知远主持会议。会议要求，要在年底前建成十处夜市。"""


def test_a_second_meeting_is_an_event_of_its_own() -> None:
    known = read(TWO)
    (salience,) = weigh([known], threads=0)
    event = find_event(known, salience)
    assert event == 0
    assert [known.text[known.sentences[n].start :][:9] for n in other_events(known, event)] == ["7月3日下午，清泽"]
    texts = made(TWO).texts
    for length in ("brief", "summary"):
        assert "市委常委会召开会议" in texts[length]
        assert "第21次常务会议" in texts[length]


@pytest.mark.parametrize(
    "later",
    [
        "会议召开前，与会人员观看了专题片。",
        "近年来，全市先后召开十余次防汛会议。",
        "卫知远在人民大会堂金色大厅举行欢迎宴会。",
        "同日，清泽市委常委会召开会议，传达学习全省水利工作会议精神。",
    ],
)
def test_a_meeting_that_is_told_already_or_long_ago_is_no_other_event(later: str) -> None:
    known = read(f"7月3日，清泽市委常委会召开会议，传达学习全省水利工作会议精神。\n{later}")
    assert not other_events(known, 0)


@pytest.mark.parametrize("word", ["系误读", "系误会", "纯属虚构", "子虚乌有", "属误传", "一说不实"])
def test_a_rumour_that_its_own_sentence_denies_is_whole(word: str) -> None:
    text = f"清泽市人大常委会审议条例草案。网传“条例已经通过”{word}。"
    known = read(text)
    assert known.denials[1].sentence == 1
    assert f"网传“条例已经通过”{word}。" in made(text).texts["long"]


def test_whose_words_a_quotation_is_stands_in_its_sentence() -> None:
    for text in (
        "“书是照亮夜路的灯。”——林知秋。馆内藏书120万册。",
        "“书是照亮夜路的灯”——林知秋《夜读》\n馆内藏书120万册。",
    ):
        first = split(text, [p.span for p in paragraphs(text)])[0]
        assert text[first.start : first.end].startswith("“书是照亮夜路的灯")
        assert "林知秋" in text[first.start : first.end]
    text = "清泽市图书馆开馆，市民免费入馆。\n“书是照亮夜路的灯。”\n——林知秋\n馆内藏书120万册。"
    assert "夜路" not in made(text).texts["long"]


def test_a_charge_is_told_with_all_that_the_court_found() -> None:
    text = "法院公开宣判一起案件。公诉机关指控吴某受贿三百万元，法院审理查明，其中八十万元证据不足，不予认定。"
    known = read(text)
    denial = known.denials[1]
    clause = known.sentences[denial.sentence].clauses[denial.clause]
    assert text[clause.start : clause.end] == "不予认定"


@pytest.mark.parametrize("gap", ["，", "。"])
def test_a_plea_is_told_with_its_rejection(gap: str) -> None:
    text = f"法院公开宣判一起案件。吴某辩称，其行为属于正常借贷{gap}法院对此不予采纳。"
    assert 1 in read(text).denials
    for line in made(text).texts.values():
        assert "借贷" not in line or "不予采纳" in line


def test_a_report_of_what_is_denied_in_the_same_sentence_is_the_papers_own() -> None:
    assert speakers("何平说，草案将公开征求意见。曾有媒体报道草案被撤回，何平予以否认。") == ["何平", None]


def test_spans_of_an_outline_hold_no_invisible_ends() -> None:
    text = "\u200b清泽市开馆。\u200b"
    (sentence,) = split(text, [Span(0, len(text))])
    assert text[sentence.start : sentence.end] == "清泽市开馆"


def test_points_that_are_set_above_the_dateline_are_no_news_of_their_own() -> None:
    point = "■要压实“一把手”责任，在6月1日前完成全市137座水库检查"
    report = (
        "本报讯（记者 林知秋）清泽市召开防汛会议。何文澜指出，要压实“一把手”责任，在6月1日前完成全市137座水库检查。"
    )
    kinds = [p.kind for p in paragraphs(f"{point}，确保安全。\n{report}")]
    assert kinds == ["crosshead", "body"]
    assert made(f"{point}。\n{report}").texts["long"].startswith("清泽市召开防汛会议。")
    assert [p.kind for p in paragraphs(f"江原市图书馆昨日开馆，免费开放。\n{report}")] == ["body", "body"]


def test_the_halves_of_a_slogan_stay_apart() -> None:
    assert squeeze("“伟大历程 辉煌成就”展在\n清泽 开幕") == "“伟大历程 辉煌成就”展在清泽开幕"
