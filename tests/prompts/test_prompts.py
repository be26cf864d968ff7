from __future__ import annotations

import hashlib

import jinja2
import pytest

from duizhao import prompts
from duizhao.errors import UsageError

VALUES = {"max_chars": 60, "kind": "摘要", "title": "", "text": "清泽市召开会议。"}


@pytest.mark.parametrize("name", prompts.names())
def test_the_declared_variables_are_those_that_the_text_uses(name: str) -> None:
    prompt = prompts.load(name)
    assert set(prompt.header.variables) == prompt.used()
    assert prompt.header.purpose


def test_a_missing_variable_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        prompts.load("summarize").fill(max_chars=60, kind="摘要", title="")


def test_the_article_stands_between_its_fences() -> None:
    filled = prompts.load("summarize").fill(**VALUES)
    inside = filled.split("<<<原文开始>>>")[1].split("<<<原文结束>>>")[0]
    assert inside.strip() == VALUES["text"]


def test_an_empty_title_leaves_no_line() -> None:
    prompt = prompts.load("summarize")
    assert "标题：" not in prompt.fill(**VALUES)
    assert "标题：防汛" in prompt.fill(**{**VALUES, "title": "防汛"})


def test_the_digest_is_that_of_the_file() -> None:
    file = prompts._folder().joinpath("summarize.md")
    assert prompts.load("summarize").digest == hashlib.sha256(file.read_bytes()).hexdigest()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="summarize"):
        prompts.load("no such prompt")
