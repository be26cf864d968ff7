"""Evidence: quotes inside their units, shared phrases that mean something, relation and specificity."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.compare.evidence import Quotes, shared_phrases
from duizhao.compare.relation import is_heading, relation, specificity
from duizhao.text import flat
from duizhao.types.comparisons import Unit


def unit(text: str, start: int = 0) -> Unit:
    return Unit("u1", start, start + len(text), text, "demand")


def phrases(central: str, local: str) -> list[str]:
    return [phrase.text for phrase in shared_phrases(unit(central), unit(local, 7))]


def test_rare_wording_lights_up() -> None:
    assert phrases("要严守耕地红线，推广节水灌溉。", "各县严守耕地红线，整治撂荒地。") == ["严守耕地红线"]


@pytest.mark.parametrize(
    "common", ["高质量发展", "加快推进", "经济社会发展", "进一步加强", "2031年3月", "党中央、国务院"]
)
def test_what_every_text_says_stays_dark(common: str) -> None:
    assert phrases(f"水利{common}。", f"教育{common}。") == []


def test_phrases_are_whole_words() -> None:
    assert phrases("打好病险水库除险攻坚战。", "做好病险水库除险工作。") == ["病险水库除险"]


def test_phrases_stand_where_they_say() -> None:
    central, local = unit("要完善县域商业体系，保护传统村落。", 11), unit("健全县域商业体系，修缮传统村落。", 5)
    found = shared_phrases(central, local)
    assert found
    for phrase in found:
        for side, span in ((central, phrase.central), (local, phrase.local)):
            assert side.text[span.start - side.start : span.end - side.start] == phrase.text


@given(st.lists(st.sampled_from(["耕地红线", "节水灌溉", "要", "，", "2031年", "村落", "\n"]), max_size=12))
def test_phrases_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    found = shared_phrases(unit(text), unit(text[::-1] + text))
    for side in ("central", "local"):
        spans = sorted(getattr(phrase, side) for phrase in found)
        assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


def test_the_best_quote_is_the_clause_with_the_nearest_wording() -> None:
    central, local = "要完善水价机制，加快水库除险加固。", "打牢基础，完成十座水库除险加固，建成公园。"
    best = Quotes((central, [unit(central)]), (local, [unit(local)])).best(0, 0)
    assert [quote.text for quote in best] == ["加快水库除险加固", "完成十座水库除险加固"]


def test_a_quote_has_at_least_four_characters() -> None:
    central = "抓好春耕，抓好春灌，抓好春防。"
    best = Quotes((central, [unit(central)]), (central, [unit(central)])).best(0, 0)
    assert all(len(quote.text) >= 4 and quote.text in central for quote in best)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("奔向美好明天。", 0),
        ("加强水源地保护。", 1),
        ("实施水源地保护工程。", 2),
        ("新建水源地保护站12处。", 3),
        ("财政投入超过三亿元。", 3),
        ("要增强“四个意识”、坚定“四个自信”、做到“两个维护”，不断进步。", 0),
    ],
)
def test_specificity_goes_from_slogan_to_number(text: str, level: int) -> None:
    assert specificity(text) == level


def test_relation_tells_wording_from_measures_and_mere_theme() -> None:
    demand = unit("要严守耕地红线，加强基层水利建设。")
    for local, expected in (
        ("严守耕地红线不动摇。", "verbatim"),
        ("新修田间渠道90公里。", "concretised"),
        ("加强基层渠道管护。", "same_theme"),
    ):
        assert relation(demand.text, local, local.rstrip("。"), shared_phrases(demand, unit(local))) == expected


def test_a_slogan_carries_no_demand_out_however_its_lines_are_broken() -> None:
    slogan = "要增强“四个\n意识”、坚定“四个\n自信”、做到“两个\n维护”，不断进步。"
    assert specificity(flat(slogan)) == 0
    assert relation("要加强渠道管护。", slogan, "不断进步", ()) == "same_theme"


def test_one_noun_in_common_is_no_reuse_of_wording() -> None:
    demand = unit("要发展设施农业，开发食物资源。")
    local = "支持河湾三镇连片改造温室大棚，因地制宜做强设施农业。"
    phrases = shared_phrases(demand, unit(local))
    assert [p.text for p in phrases] == ["设施农业"]
    assert relation(demand.text, local, local.rstrip("。"), phrases) == "same_theme"


def test_words_of_loyalty_are_no_evidence() -> None:
    text = "要增强“四个意识”，贯彻习近平总书记关于水利工作的重要讲话精神。"
    assert shared_phrases(unit(text), unit(text)) == ()


def test_words_that_every_theme_uses_are_no_evidence() -> None:
    demand = unit("积极的财政政策要适度加力、提质增效。")
    assert shared_phrases(demand, unit("推动河湾新区各大平台提质增效。")) == ()


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("持续壮大乡村产业。", True),
        ("大力推进乡村建设", True),
        ("持续壮大乡村产业，新建粮仓8座。", False),
        ("实施乡村产业行动。", False),
        ("完善农村供水县域统管。", False),
    ],
)
def test_a_unit_that_only_names_an_object_is_a_heading(text: str, heading: bool) -> None:
    assert is_heading(text) == heading
