"""Where a report looks back, and where it turns ahead."""

from __future__ import annotations

import pytest

from duizhao.compare import split_units
from duizhao.compare.units import looks_back_by_chapter
from duizhao.types.articles import Document

# lines of many lengths, else they look like those of a text set in a narrow column
PAST = """建成河湾水厂12座，粮食产量增长3%，改造老旧街巷40条。
办成民生实事20件。
建成学校3所，孩子们就近上学，家长少跑了不少路。
"""
AHEAD = """要加快建设白鹭湾港口，打通出海通道。
实施云岭绿化行动，新造林三万亩，管护老林十万亩，让群山常绿。
推进古渡镇供水工程，让五千户人家喝上放心水，把水价管好。
"""


def kinds_of(text: str, words: str) -> set[str]:
    start = text.index(words)
    return {u.kind for u in split_units(Document("t", text)) if start <= u.start < start + len(words)}


@pytest.mark.parametrize(
    ("past", "ahead"),
    [
        ("一、2023年工作回顾\n", "二、2024年主要工作\n"),
        ("一、过去五年工作的回顾\n", "二、对今年政府工作的建议\n"),
        ("一、2023年工作回顾\n", "二、保持河湾发展的好势头\n"),
        ("2023年工作回顾\n一、经济稳中有进\n", "2024年重点工作\n一、做强产业\n"),
        ("首先报告２０２３年的工作\n", "一、加快白鹭湾建设\n"),
        ("一、2023年主要工作\n", "二、2024年主要目标和重点工作\n"),
        ("各位代表：\n过去一年，我们办成了几件大事。\n", "2024年是承上启下的一年。\n"),
        ("各位代表：\n2023年，河湾面貌一新。\n", "今年政府工作的总体要求是：稳中求进。\n"),
        ("一、2023年工作回顾\n", "做好今年工作的总体要求是：稳中求进。\n"),
    ],
)
def test_what_was_done_is_told_from_what_is_asked_however_the_chapters_are_headed(past: str, ahead: str) -> None:
    text = f"{past}{PAST}{ahead}{AHEAD}"
    assert kinds_of(text, PAST) == {"review"}
    assert "review" not in kinds_of(text, AHEAD)
    assert looks_back_by_chapter(text)


def test_numbered_parts_of_the_look_back_do_not_end_it() -> None:
    text = f"2023年工作回顾\n一、改革任务全面完成\n{PAST}二、民生改善\n{PAST}2024年工作安排\n{AHEAD}"
    kinds = [u.kind for u in split_units(Document("t", text)) if u.start < text.index("2024年工作安排")]
    assert set(kinds) == {"review", "procedural"}
    assert kinds_of(text, AHEAD) <= {"demand", "action"}


def test_a_sentence_that_lists_the_chapters_opens_none() -> None:
    text = f"报告共分两个部分：一、2023年工作回顾；二、2024年工作安排。\n{AHEAD}"
    assert not looks_back_by_chapter(text)


def test_a_meeting_report_has_no_chapter_that_looks_back() -> None:
    assert not looks_back_by_chapter(f"河湾市召开会议。会议强调，{AHEAD}2024年是关键之年。")
