from __future__ import annotations

import json

import pytest

from duizhao.errors import InputRefused
from duizhao.readers.batch_lines import Record, read_record


def record(**value: object) -> Record:
    return read_record(json.dumps(value, ensure_ascii=False), 7)


def test_a_page_is_cut_and_a_text_is_one_article() -> None:
    page = record(id="p", page="版面", paper="清泽日报", date="2026-03-05", number=2)
    assert page == Record("p", "版面", True, "", "清泽日报", "2026-03-05", 2)
    assert record(id="t", title="标 题", text="正文") == Record("t", "正文", False, "标 题")
    assert record(body="正文").id == "line 7"


def test_a_line_of_a_batch_file_has_its_text_in_the_body() -> None:
    for url, is_page in (("/v1/segment", True), ("/v1/digests", True), ("/v1/summarize", False)):
        found = record(custom_id="c", method="POST", url=url, body={"text": "正文"})
        assert (found.id, found.text, found.is_page) == ("c", "正文", is_page)


@pytest.mark.parametrize(
    "line", ["{", "[1]", '{"id": "a"}', '{"text": 3}', '{"text": " "}', '{"custom_id": 1, "body": "x"}']
)
def test_a_line_that_is_none_of_these_is_refused_by_its_name(line: str) -> None:
    with pytest.raises(InputRefused, match=r"^(line 7|a|1): "):
        read_record(line, 7)
