"""Rows that run across columns come out column by column."""

from __future__ import annotations

from itertools import zip_longest

from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.readers.plain import lines_of
from duizhao.segmenter.columns import unweave
from duizhao.segmenter.lines import strips_of
from duizhao.types import Page
from printed import INVENTED, lines

LEFT = lines("".join(INVENTED), 17)
RIGHT = lines("".join(reversed(INVENTED)), 17)


def unwoven(text: str) -> list[str]:
    page = Page(id="p", source="test", text=text, lines=lines_of(text))
    return [strip.text for strip in unweave(strips_of(page), text)]


def test_two_columns_are_parted() -> None:
    rows = [" ".join(r) for r in zip(LEFT[1:15], RIGHT[1:15], strict=True)]
    assert unwoven("\n".join(rows)) == LEFT[1:15] + RIGHT[1:15]


def test_a_plain_column_is_left_as_it_is() -> None:
    assert unwoven("\n".join(LEFT)) == LEFT


def test_spaces_inside_a_line_are_no_column_breaks() -> None:
    text = "清泽港新航道 正式通航\n本报讯 （记者 周文博）\n三月的清泽 春意盎然\n"
    assert unwoven(text) == text.splitlines()


@given(st.lists(st.lists(st.integers(1, 20), min_size=1, max_size=5), max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_character_is_lost_or_doubled(widths: list[list[int]]) -> None:
    text = "\n".join(" ".join("清" * w for w in row) for row in widths)
    assert sum(map(len, unwoven(text))) - text.count(" ") <= text.count("清")
    assert "".join(unwoven(text)).count("清") == text.count("清")


def test_columns_of_unequal_length_keep_all_lines() -> None:
    rows = [" ".join(x for x in r if x) for r in zip_longest(LEFT[1:12], RIGHT[1:7])]
    found = unwoven("\n".join(rows))
    assert sorted(found) == sorted(LEFT[1:12] + RIGHT[1:7])
