"""Bylines, datelines and names as newspapers print them."""

from __future__ import annotations

import pytest

from duizhao.segmenter.credits import closing_authors, is_byline, names, opening_credits
from duizhao.types.pages import Field, Span


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("记者 赵文博 李 明 王图", ("赵文博", "李明", "王图")),
        ("本报记者 张三、李四", ("张三", "李四")),
        ("记者张三 通讯员李四", ("张三", "李四")),
        ("清泽日报记者 张三 摄", ("张三",)),
        ("本报记者 买买提·热合曼 文/图", ("买买提·热合曼",)),
        ("作者为清泽市水务局局长", ()),
    ],
)
def test_names_of_a_credit(credit: str, expected: tuple[str, ...]) -> None:
    assert names(credit) == expected


@pytest.mark.parametrize(
    ("text", "byline", "dateline"),
    [
        ("本报讯（记者 张三 李四）3月1日，全市", "本报讯（记者 张三 李四）", None),
        ("本报讯 3月1日，全市", "本报讯", None),
        ("新华社江原2月19日电 （记者张三、李四）今年", "（记者张三、李四）", "新华社江原2月19日电"),
        ("新华社江原2月19日电 近日", None, "新华社江原2月19日电"),
        ("本报清泽1月1日电 （张三、李四）昨天", "（张三、李四）", "本报清泽1月1日电"),
        ("本报记者 张三 三月的清泽，春意盎然", "本报记者 张三", None),
        ("记者从市水务局获悉，全市", None, None),
        ("春天来了。", None, None),
    ],
)
def test_openings(text: str, byline: str | None, dateline: str | None) -> None:
    credits = opening_credits(Field(text, (Span(10, 10 + len(text)),)))
    assert (credits.byline and credits.byline.text) == byline
    assert (credits.dateline and credits.dateline.text) == dateline


def test_an_inline_byline_points_at_the_page() -> None:
    text = "本报讯（记者 张三）全市"
    credits = opening_credits(Field(text, (Span(10, 15), Span(16, 16 + len(text) - 5))))
    assert credits.byline is not None
    assert credits.byline.inline
    assert credits.byline.spans == (Span(10, 15), Span(16, 21))


def test_authors_at_the_end_of_an_article() -> None:
    assert closing_authors("……迈出更大步伐。（本报记者 张三 李四）") == ("张三", "李四")
    assert closing_authors("（记者 张三）在现场看到。") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报记者 张三 李四", True),
        ("本报评论员", True),
        ("评论员观察", False),
        ("记者从市政府获悉", False),
        ("清泽港通航", False),
    ],
)
def test_lines_that_are_bylines(text: str, expected: bool) -> None:
    assert is_byline(text) is expected
