"""What results say in English is printed in Chinese, numbers and names carried over."""

from __future__ import annotations

import re

import pytest

from duizhao.exporters.sayings import SAYINGS, saying


@pytest.mark.parametrize("english", SAYINGS)
def test_every_blank_is_filled(english: str) -> None:
    values = iter(("7", "8", "9"))
    told = saying(re.sub(r"\{[nt]\}", lambda _: next(values), english))
    assert "{" not in told and re.search("[\u4e00-\u9fff]", told)
    for value in ("7", "8", "9")[: len(re.findall(r"\{[nt]\}", english))]:
        assert value in told or "U+FFFD" in english


def test_the_page_in_front_of_a_warning_is_kept() -> None:
    assert saying("p-3: no article was found on the page") == "p-3：版面上没有找到文章"


def test_what_is_not_known_stays_as_it_is() -> None:
    for text in ("", "a: b", "层级未标明，未列入比对：某文", "{0}"):
        assert saying(text) == text
