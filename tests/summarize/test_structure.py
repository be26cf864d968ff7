"""Speech, papers and parallel items: what an official text is made of."""

from __future__ import annotations

from duizhao.summarize import fold, papers
from duizhao.summarize.outline import Outline, outline
from duizhao.types.articles import Document


def read(text: str, title: str = "") -> Outline:
    return outline(Document("a", text, title), 100_000)


def speakers(text: str) -> list[str | None]:
    return [s.speaker.key if s else None for s in read(text).speech]


def test_a_lead_in_governs_the_rest_of_its_paragraph() -> None:
    assert speakers("清泽市召开会议。\n会议指出，要防汛。要抗旱。\n当天有雨。") == [None, "会议", "会议", None]


def test_a_paragraph_that_begins_with_a_demand_goes_on() -> None:
    assert speakers("会议指出，要防汛。\n要抗旱。") == ["会议", "会议"]


def test_he_is_the_person_named_before() -> None:
    text = "市长何文澜主持会议并讲话。他强调，要防汛。"
    assert speakers(text) == [None, "何文澜"]
    speech = read(text).speech[1]
    assert speech is not None
    assert [text[s.start : s.end] for s in speech.speaker.parts] == ["何文澜", "强调，"]


def test_he_is_the_one_who_spoke_before_with_his_office() -> None:
    assert speakers("外事办发言人何文澜表示，不予接受。他说，从未收到来信。")[1] == "何文澜"
    assert speakers("在论坛上，清泽大学教授何文澜说：“我不同意。”他表示，还要治理。")[1] == "何文澜"


def test_he_without_anyone_before_is_nobody() -> None:
    assert speakers("他强调，要防汛。") == [None]


def test_titles_do_not_belong_to_the_speaker() -> None:
    assert speakers("市委书记何文澜指出，要防汛。") == ["何文澜"]


def told(text: str) -> list[str]:
    found = papers.find(text, 0, len(text))
    assert found is not None
    return [w.text(text) for w, _ in papers.tellings(text, found)]


def test_adopted_papers_are_told_in_full_by_matter_or_counted() -> None:
    tellings = told("会议审议通过了《关于加强防汛工作的意见》、《关于改革水价的指导意见》、《清泽市水库管理细则》。")
    assert tellings[0] == "审议通过《关于加强防汛工作的意见》、《关于改革水价的指导意见》、《清泽市水库管理细则》"
    assert "审议通过加强防汛工作、改革水价、《清泽市水库管理细则》等文件" in tellings
    assert "审议通过《关于加强防汛工作的意见》等三份文件" in tellings


def test_no_count_is_given_where_the_source_names_not_all() -> None:
    tellings = told("会议传达了《甲乙丙通知》《丁戊己通知》等文件。")
    assert tellings == ["传达《甲乙丙通知》、《丁戊己通知》等文件", "传达《甲乙丙通知》等文件"]


def folded(text: str) -> list[str]:
    found = read(text).folds
    assert len(found) == 1
    return [w.text(text) for w, _ in fold.tellings(text, found[0])]


def test_announced_measures_fold_to_their_heads() -> None:
    text = "市政府决定实施三项行动：实施管网改造行动，两年完成；实施水质提升行动，全面监测；实施“清源”行动，整治排口。"
    assert folded(text)[0] == "市政府决定实施三项行动：管网改造行动、水质提升行动、“清源”行动"
    assert "市政府决定实施三项行动：管网改造、水质、“清源”" in folded(text)
    assert "市政府决定实施三项行动：管网改造行动、水质提升行动等" in folded(text)


def test_demands_with_one_opening_fold_to_their_heads() -> None:
    text = "会议强调，汛期将至。要全力备足物资，落实到库。要全力转移群众，不漏一人。要全力抢修道路，保障畅通。"
    assert folded(text)[0] == "要全力备足物资、转移群众、抢修道路"


def test_numbered_points_fold_under_their_announcement() -> None:
    text = "何文澜提出三点建议：一是深化互信，扩大往来。二是共谋发展，拓展合作。三是维护和平，加强协作。"
    assert folded(text)[0] == "何文澜提出三点建议：深化互信、共谋发展、维护和平"


def test_two_items_are_no_list() -> None:
    assert read("要全力备足物资。要全力转移群众。").folds == ()


def test_the_genre_is_told_by_title_and_body() -> None:
    assert read("清泽市召开防汛工作会议。").genre == "meeting_report"
    assert read("国务院总理主持召开国务院常务会议。").genre == "readout"
    assert read("唯有实干，方能成事。", "清泽时评：实干为先").genre == "commentary"
    assert read("各位代表：现在，我代表清泽市人民政府，向大会报告工作。").genre == "work_report"
    assert read("清泽市图书馆新馆开馆，藏书三十万册。").genre == "news"
