"""Lines into paragraphs: the measure decides, not the blank line."""

from __future__ import annotations

from duizhao.readers.plain import lines_of
from duizhao.segmenter.lines import Row, first_cluster, local_measures, rows_of, strips_of, width
from duizhao.segmenter.paragraphs import blank_habit, paragraphs
from duizhao.types.pages import Page
from printed import INVENTED, column, lines

LONG = INVENTED[0] + INVENTED[1] + INVENTED[2]
OTHER = INVENTED[3] + INVENTED[4] + INVENTED[5]


def rows_in(text: str) -> list[Row]:
    return rows_of(strips_of(Page(id="p", source="test", text=text, lines=lines_of(text))))


def joined(text: str) -> list[str]:
    rows = rows_in(text)
    return ["".join(rows[i].text for i in group) for group in paragraphs(rows, {}, habit=blank_habit(rows))]


def with_blank(paragraph: str, measure: int, *after: int) -> str:
    """The paragraph in lines, with a blank line after the given ones."""
    printed = lines(paragraph, measure)
    return "\n".join(line + ("\n" if n in after else "") for n, line in enumerate(printed, 1))


def test_ascii_is_half_as_wide() -> None:
    assert width("2024年3月") == 4.5


def test_a_number_stays_together_with_its_closing_marks() -> None:
    assert first_cluster("2024年") == 2.0
    assert first_cluster("清，泽") == 2.0


def test_every_line_gets_the_measure_of_its_column() -> None:
    measures = local_measures([15.0, 17.0, 17.0, 17.0, 9.0, 22.0, 24.0, 24.0, 24.0, 24.0, 11.0])
    assert measures[2] == 17.0
    assert measures[8] == 24.0


def test_a_column_break_does_not_end_a_paragraph() -> None:
    assert joined(with_blank(LONG, 17, 4) + "\n\n" + column([OTHER, LONG], 17)) == [LONG, OTHER, LONG]


def test_a_blank_line_before_an_opening_quote_does_not_end_a_paragraph() -> None:
    text = "会议要求，各单位要把这项工作当作头等大事来抓，大力弘扬“马上就办”的作风，" + LONG
    printed = lines(text, 17)
    at = next(n for n, line in enumerate(printed) if n and not printed[n - 1].endswith("。"))
    assert joined(with_blank(text, 17, at) + "\n\n" + column([OTHER, LONG], 17)) == [text, OTHER, LONG]


def test_paragraphs_are_told_apart_without_blank_lines() -> None:
    text = column([LONG, OTHER, LONG], 17, blank=False)
    assert joined(text) == [LONG, OTHER, LONG]


def test_a_measure_that_widens_in_mid_sentence_is_one_paragraph() -> None:
    narrow = lines(LONG, 17)[:5]
    rest = LONG[len("".join(narrow)) :]
    wide = [rest[i : i + 26] for i in range(0, len(rest), 26)]
    assert joined("\n".join([*narrow, *wide]) + "\n\n" + column([OTHER], 26)) == [LONG, OTHER]


def test_a_short_heading_stands_alone() -> None:
    assert joined(column([LONG, "农技服务进田头", OTHER], 17)) == [LONG, "农技服务进田头", OTHER]


def test_a_dateline_opens_a_paragraph() -> None:
    start = "新华社江原3月2日电 " + OTHER
    assert joined("清泽港新航道通航\n" + column([start, LONG], 17))[1:] == [start, LONG]


def test_a_vertical_headline_is_one_piece() -> None:
    assert joined("\n".join("清泽春耕忙") + "\n\n" + column([LONG], 17))[0] == "清泽春耕忙"


def test_furniture_parts_paragraphs() -> None:
    rows = rows_in("\n".join(lines(LONG, 17)))
    groups = paragraphs(rows, {2: "folio"}, habit=True)
    assert (2,) not in groups
    assert groups[0] == (0, 1)
