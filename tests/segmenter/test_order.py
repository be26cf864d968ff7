"""Lines that an extractor sorted by place come out in reading order."""

from __future__ import annotations

from itertools import zip_longest

from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.readers.plain import lines_of
from duizhao.segmenter import read_blocks
from duizhao.segmenter.lines import strips_of
from duizhao.segmenter.order import in_order
from duizhao.types.pages import Page
from printed import INVENTED, lines

LEFT = lines("".join(INVENTED), 17)
RIGHT = lines("".join(reversed(INVENTED)), 17)


def unwoven(text: str) -> list[str]:
    page = Page(id="p", source="test", text=text, lines=lines_of(text))
    return [strip.text for strip in in_order(strips_of(page)).strips]


def test_two_columns_are_parted() -> None:
    rows = [" ".join(r) for r in zip(LEFT[1:15], RIGHT[1:15], strict=True)]
    assert unwoven("\n".join(rows)) == LEFT[1:15] + RIGHT[1:15]


def test_columns_whose_lines_alternate_are_parted() -> None:
    rows = [line for pair in zip(LEFT[1:15], RIGHT[1:15], strict=True) for line in pair]
    found = unwoven("\n".join(rows))
    assert "\n".join(LEFT[1:6]) in "\n".join(found)
    assert "\n".join(RIGHT[1:6]) in "\n".join(found)


def test_a_column_goes_on_at_the_top_of_another_piece() -> None:
    left, right = ([line for p in texts for line in lines(p, 14)] for texts in (INVENTED[:3], INVENTED[3:]))
    pieces = [left[:7], right[8:], right[:8], left[7:]]
    found = "\n".join(unwoven("\n\n".join("\n".join(piece) for piece in pieces)))
    assert left[6] + "\n" + left[7] in found


def test_a_headline_set_vertically_in_several_lines_is_one_block() -> None:
    text = "\n".join(["清新", "泽航", "港道", "正通", "式航", "", *LEFT[:12]])
    page = Page(id="p", source="test", text=text, lines=lines_of(text))
    assert read_blocks(page).blocks[0].text == "清新泽航港道正通式航"


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
