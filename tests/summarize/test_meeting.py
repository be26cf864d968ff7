"""A meeting told by what it did."""

from __future__ import annotations

import pytest

from duizhao.summarize import meeting
from duizhao.summarize.outline import outline
from duizhao.types.articles import Document


def lines(text: str, *, dated: bool = False) -> list[str]:
    read = outline(Document("a", text), 10_000)
    return [w.trimmed(text).text(text) for w, _ in meeting.tellings(read, 0, dated=dated)]


def test_the_meeting_becomes_the_subject_of_what_it_did() -> None:
    text = "何文澜4月12日主持召开市政府常务会议，听取防汛工作汇报，审议通过《清泽市水库管理细则》。"
    assert "市政府常务会议听取防汛工作汇报，审议通过《清泽市水库管理细则》" in lines(text)
    assert "4月12日市政府常务会议听取防汛工作汇报" in lines(text, dated=True)


def test_papers_of_a_later_sentence_are_told_of_the_meeting_by_its_name() -> None:
    text = "何文澜4月12日主持召开市政府常务会议。会议审议通过了《关于加强防汛工作的意见》、《清泽市水库管理细则》。"
    assert "市政府常务会议审议通过加强防汛工作等两份文件" in lines(text)


def test_what_the_meeting_decided_keeps_its_verb() -> None:
    text = "何文澜4月12日主持召开市政府常务会议。\n会议决定，取消29个收费事项。"
    assert "市政府常务会议决定取消29个收费事项" in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "清泽市召开全市防汛工作会议，部署汛期任务。",
        "何文澜会见来访客人，就扩大合作交换意见。",
        "何文澜主持会议，部署汛期任务。",
        "何文澜主持召开市政府常务会议。何文澜指出，要防汛。",
    ],
)
def test_without_a_chair_a_name_or_a_deed_there_is_no_such_line(text: str) -> None:
    assert lines(text) == []
