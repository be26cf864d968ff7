"""Units: where they begin and end, and that nothing but lead-ins and list marks lies outside of them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.compare import split_units
from duizhao.compare.clauses import ENUMERATOR
from duizhao.compare.units import LONGEST, LONGEST_OTHER
from duizhao.text import flat
from duizhao.types.articles import Document
from duizhao.types.comparisons import Unit


def units(text: str) -> tuple[Unit, ...]:
    return split_units(Document("d", text))


def texts(text: str, *kinds: str) -> list[str]:
    return [unit.text for unit in units(text) if not kinds or unit.kind in kinds]


def test_a_lead_in_is_no_part_of_the_demand() -> None:
    assert texts("会议强调，要守住耕地红线。何远山指出，要修好水库。") == ["要守住耕地红线。", "要修好水库。"]


def test_a_demand_that_names_its_basis_is_no_lead_in() -> None:
    text = "各地要压实责任，按照本通知要求，抓好春耕备耕。"
    assert texts(text) == [text]


def test_a_second_must_opens_a_new_unit_and_the_topic_stays_with_the_first() -> None:
    text = "对病险水库，要逐座建立台账，要限期除险加固。"
    assert texts(text) == ["对病险水库，要逐座建立台账，", "要限期除险加固。"]


def test_items_of_a_list_are_units_without_their_semicolon() -> None:
    text = "会议决定实施三项行动：实施清河行动，治理排污口；实施护林行动，补种树木；实施净土行动，整治矿山。"
    assert texts(text) == [
        "会议决定实施三项行动：",
        "实施清河行动，治理排污口",
        "实施护林行动，补种树木",
        "实施净土行动，整治矿山",
    ]


def test_marks_of_a_list_are_stripped() -> None:
    assert texts("一是加强堤防建设。二是完善预案。（三）培训抢险队伍。") == [
        "加强堤防建设。",
        "完善预案。",
        "培训抢险队伍。",
    ]
    assert texts("推动一、二、三产业融合发展。") == ["推动一、二、三产业融合发展。"]


def test_guidance_is_cut_off_as_boilerplate() -> None:
    found = units("会议坚持以科学理论为指导，深入贯彻落实省委工作要求，动员全市上下打好攻坚战。")
    assert [(u.text, u.kind) for u in found] == [
        ("坚持以科学理论为指导，深入贯彻落实省委工作要求，", "boilerplate"),
        ("动员全市上下打好攻坚战。", "goal"),
    ]


def test_the_clause_that_rouses_cadres_is_its_own_unit() -> None:
    text = "要及时总结经验，激励广大党员、干部担当作为，形成干事氛围。"
    assert texts(text) == ["要及时总结经验，", "激励广大党员、干部担当作为，形成干事氛围。"]


def test_a_semicolon_inside_quotes_does_not_cut() -> None:
    text = "要弘扬“实干为先；落实为要”的作风。"
    assert texts(text) == [text]


def test_an_event_with_byline_is_procedure_and_what_follows_is_not(meeting: Document) -> None:
    found = split_units(meeting)
    assert found[0].kind == "procedural" and found[0].text.endswith("动员大会，")
    assert found[1].kind == "boilerplate" and found[1].text.endswith("分析当前形势，")
    assert found[2].kind == "goal" and found[2].text.startswith("动员全市")


def test_a_look_back_lasts_until_something_is_asked_for(readout: Document) -> None:
    kinds = {unit.text[:6]: unit.kind for unit in split_units(readout)}
    assert kinds["过去一年，各"] == kinds["推广节水灌溉"] == "review"
    assert kinds["要健全农业用"] == "demand"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("要加强基层应急力量建设。", "demand"),
        ("新建改建农村公路一千二百公里，完成危桥改造85座。", "action"),
        ("实施水源地保护工程。", "action"),
        ("地区生产总值增长5%左右。", "goal"),
        ("粮食安全是国家安全的重要基础。", "assessment"),
        ("一年来，全市新增就业岗位3万个。", "review"),
        ("市委副书记周明主持会议。", "procedural"),
        ("会议还研究了其他事项。", "procedural"),
        ("把鸡蛋打散，放入锅中。", "assessment"),
    ],
)
def test_kinds_follow_the_words(text: str, kind: str) -> None:
    assert [unit.kind for unit in units(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "会前，何远山一行参观了智慧灌区展厅。",
        "会后，何远山现场督导水库建设。",
        "充分肯定我市农田水利建设成效。",
        "会议高度评价全市水利建设成就。",
        "何远山代表市委向水利工作者表示感谢。",
        "与会同志围绕推进水库加固进行了讨论。",
        "何远山来到清河水库，检查大坝加固情况，推进工程建设。",
        "会议部署了春季农田水利工作。",
    ],
)
def test_what_is_told_of_a_meeting_is_not_asked_for(text: str) -> None:
    assert not texts(text, "demand", "action", "goal")


def test_who_praises_and_then_asks_makes_a_demand() -> None:
    assert texts("会后，各县区要迅速传达会议精神，修好水库。", "demand")
    assert texts("会议对水利工作表示肯定，希望各县区修好水库、管好渠道。", "demand")


def test_the_chapter_of_a_report_that_looks_back_is_review() -> None:
    text = "一、上年工作回顾\n完善城市排水系统，改造管网。\n二、今年重点工作安排\n完善城市排水系统，改造管网。\n"
    assert [unit.kind for unit in units(text)] == ["procedural", "review", "procedural", "demand"]


def test_lines_of_a_printed_column_are_joined() -> None:
    text = (
        "会议强调，要加快推进灌区现代化改造和\n"
        "高标准农田建设，完善管护机制，严格落\n"
        "实耕地保护责任。要健全农业用水价格机\n"
        "制，推广节水灌溉，促进农业节水增效和\n"
        "农民增收。要强化汛期监测预警，落实转\n"
        "移避险责任，确保人民群众生命财产安全。\n"
    )
    assert [unit.text.count("\n") for unit in units(text)] == [2, 2, 1]


@pytest.mark.parametrize("foot", ["— 15 —", "第 3 页", "－3－", "第3页 共20页", "Page 3 of 20", "3/20", "15", "· 7 ·"])
def test_the_foot_of_a_page_does_not_cut_a_demand(foot: str) -> None:
    text = f"各地要抓好春耕备耕。要加快病险水库\n{foot}\n除险加固，完善预案。"
    found = units(text)
    assert [flat(u.text) for u in found if u.kind == "demand"] == [
        "各地要抓好春耕备耕。",
        "要加快病险水库除险加固，完善预案。",
    ]
    assert all(text[u.start : u.end] == u.text for u in found)


def test_the_foot_of_a_page_does_not_cut_a_printed_column() -> None:
    column = "要加快病险水库除险加固工程\n建设进度，完善汛期监测预警\n体系，加强各级抢险队伍的培\n"
    rest = "训，备足防汛抢险的各类物资\n，落实各级责任人的巡查任务\n，确保安全度汛。"
    (found,) = units(f"{column}— 15 —\n灌区工作要点\n{rest}\n".replace("灌区工作要点\n", ""))
    assert flat(found.text) == flat(column + rest)


def test_the_foot_of_a_page_after_a_title_or_a_heading_joins_nothing() -> None:
    text = "灌区工作报告\n— 1 —\n要修好水库。\n一、防汛工作\n— 2 —\n要备足物资。\n— 3 —\n要巡查堤防。"
    assert texts(text, "demand") == ["要修好水库。", "要备足物资。", "要巡查堤防。"]
    assert "— 2 —" in texts(text, "procedural")


def test_the_head_of_pages_is_no_demand_and_cuts_none() -> None:
    pages = ["要修好水库，要备足防汛", "物资，要巡查堤防，要疏通", "渠道，要清理河道，要加固", "涵闸。"]
    text = "".join(f"{said}\n— {n} —\n推进灌区建设工作要点\n" for n, said in enumerate(pages, 1))
    found = [flat(u.text) for u in units(text) if u.kind == "demand"]
    assert [said.replace("推进灌区建设工作要点", "") for said in found] == [
        "要修好水库，", "要备足防汛物资，", "要巡查堤防，", "要疏通渠道，", "要清理河道，", "要加固涵闸。",
    ]  # fmt: skip


def test_lines_without_stops_are_units_where_no_line_has_one() -> None:
    assert texts("加强耕地保护\n建设高标准农田\n", "demand", "action") == ["加强耕地保护", "建设高标准农田"]


def test_a_long_demand_is_cut_at_a_comma() -> None:
    text = "要" + "，".join(f"推进第{n}片区农田水利设施更新改造" for n in "甲乙丙丁戊己庚辛壬癸子丑") + "。"
    found = units(text)
    assert len(found) == 2
    assert all(len(unit.text) <= LONGEST for unit in found)
    assert "".join(unit.text for unit in found) == text


@pytest.mark.parametrize(
    ("text", "speaker", "marker"),
    [
        ("会议强调，要守住耕地红线。", "会议", None),
        ("何远山在讲话中指出，要修好水库。", "何远山", None),
        ("一是加强堤防建设。", None, "一是"),
        ("会议要求，（二）培训抢险队伍。", "会议", "（二）"),
        ("要修好水库。", None, None),
    ],
)
def test_a_unit_knows_who_asks_and_the_mark_of_its_list(text: str, speaker: str | None, marker: str | None) -> None:
    (unit,) = units(text)
    found = [text[s.start : s.end] if s else None for s in (unit.speaker, unit.marker)]
    assert found == [speaker, marker]


def test_who_asks_holds_until_the_end_of_the_paragraph() -> None:
    text = "何远山强调，要修好水库。要备足物资。\n要加强值守。\n"
    assert [text[slice(*u.speaker)] if u.speaker else None for u in units(text)] == ["何远山", "何远山", None]


def test_a_long_sentence_before_a_list_keeps_its_demands() -> None:
    text = (
        "必须"
        + "，必须".join(f"把第{n}片区的农田水利设施更新改造抓紧抓实抓到底" for n in "甲乙丙丁戊己庚辛")
        + "，重点做好三件事："
    )
    found = units(text)
    assert len(found) > 1 and found[0].kind == "demand"
    assert all(len(unit.text) <= LONGEST_OTHER for unit in found)


CHINESE = st.lists(
    st.sampled_from([*"要推进改革，。；：“”（）一二是三、1\n \u3000年好水人A", "会议强调，", "他指出，"]),
    max_size=200,
).map("".join)


@given(CHINESE)
def test_units_are_substrings_in_order_and_short(text: str) -> None:
    check(text, units(text))


@given(CHINESE)
def test_only_lead_ins_list_marks_and_spaces_lie_outside(text: str) -> None:
    outside, at = "", 0
    for unit in units(text):
        outside += text[at : unit.start] + "\n"
        at = unit.end
    outside += text[at:]
    assert all(_may_be_left_out(piece) for piece in outside.split("\n"))


def test_every_text_of_the_library_keeps_its_characters(shared: Path) -> None:
    for name in ("central", "local"):
        with gzip.open(shared / "data" / "library" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in list(lines)[::40]:
                text = json.loads(line)["text"]
                check(text, units(text))


def test_unit_boundaries_of_the_gold_are_found(shared: Path) -> None:
    gold = json.loads((shared / "data" / "alignment" / "seed.json").read_text(encoding="utf-8"))
    hits = total = 0
    for side in ("central", "local"):
        text = gold[side]["text"]
        found = {(u.start, len(text[: u.end].rstrip("。；，"))) for u in units(text)}
        for unit in gold[side]["units"]:
            total += 1
            hits += (unit["start"], len(text[: unit["end"]].rstrip("。；，"))) in found
    assert hits >= 0.95 * total


def check(text: str, found: tuple[Unit, ...]) -> None:
    at = 0
    for number, unit in enumerate(found, 1):
        assert unit.id == f"u{number}"
        assert at <= unit.start < unit.end
        assert text[unit.start : unit.end] == unit.text
        assert len(unit.text) <= LONGEST_OTHER
        at = unit.end


def _may_be_left_out(piece: str) -> bool:
    rest = ENUMERATOR.sub("", piece).strip("；;。 \u3000")
    return rest in ("", "会议") or re.fullmatch(r".{0,120}(?:指出|强调)[，：]?", rest) is not None
