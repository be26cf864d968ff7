"""The comparison as a whole: links, evidence, coverage, gaps, themes, warnings, bad input."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from duizhao.compare import compare, load_themes
from duizhao.compare.align import LINKED, REVIEW, combination_of, crowded
from duizhao.compare.candidates import CANDIDATES, SEARCHED
from duizhao.errors import EmptyInput
from duizhao.types.articles import Document, Identity
from duizhao.types.comparisons import Comparison
from duizhao_models import registry
from duizhao_models.base import Embedder

RECIPE = (
    "番茄炒蛋的做法\n把鸡蛋打散，加少许盐。锅烧热后倒油，放入蛋液翻炒，要注意火候。\n加入番茄炒出汁，撒上葱花即可。\n"
)


@pytest.fixture(scope="module")
def result(readout: Document, meeting: Document, wording: Embedder) -> Comparison:
    return compare(readout, meeting, embedders=[wording])


def test_demands_that_are_carried_out_are_linked(result: Comparison) -> None:
    assert {(central[:9], local[:9]) for central, local in linked(result)} >= {
        ("要加快病险水库除险", "要实施病险水库除险"),
        ("严格落实耕地保护责", "要落实耕地保护责任"),
    }


def test_a_breakfast_stall_carries_out_no_demand(result: Comparison) -> None:
    assert not any("早餐" in local for _, local in linked(result))
    assert any("早餐" in unit.text for unit in result.local.units if unit.id in result.local_only)


def test_every_quote_stands_in_its_unit(result: Comparison) -> None:
    check_evidence(result)
    assert any(alignment.shared_phrases for alignment in result.alignments)


def test_coverage_adds_up_and_gaps_name_their_nearest(result: Comparison) -> None:
    counted = [unit for unit in result.central.units if unit.kind in ("demand", "action")]
    assert result.coverage["central_demands"] == len(counted)
    assert result.coverage["echoed"] + result.coverage["not_found"] == len(counted)
    assert len(result.not_found) == result.coverage["not_found"]
    local = {unit.id for unit in result.local.units}
    assert all(gap.nearest in local and gap.score < LINKED for gap in result.not_found)


def test_bands_follow_the_score(result: Comparison) -> None:
    assert {alignment.band for alignment in result.alignments} >= {"linked", "none"}
    for alignment in result.alignments:
        assert alignment.linked == (alignment.band == "linked")
        assert alignment.linked <= (alignment.score >= LINKED)
        assert (alignment.band == "none") == (alignment.score < REVIEW)
        assert (alignment.relation is not None) == alignment.linked


def test_theme_rows_hold_the_counts_of_both_sides(result: Comparison) -> None:
    rows = {row.id: row for row in result.themes}
    assert rows["T13"].central and rows["T13"].local and rows["T13"].status == "echoed"
    assert all(row.central or row.local for row in result.themes)
    assert all(row.central for row in result.themes if row.links)


def test_the_encoder_sees_the_same_demands(readout: Document, meeting: Document) -> None:
    result = compare(readout, meeting, embedders=[registry.build("embedder", "encoder")])
    assert result.model == "char_ngrams + encoder"
    assert not any("wording only" in warning for warning in result.warnings)
    assert ("要加快病险水库除险", "要实施病险水库除险") in {(c[:9], loc[:9]) for c, loc in linked(result)}
    check_evidence(result)


def test_unrelated_texts_have_no_link(readout: Document, wording: Embedder) -> None:
    result = compare(readout, Document("recipe", RECIPE), embedders=[wording])
    assert linked(result) == []
    assert result.coverage["echoed"] == 0
    check_evidence(result)


def test_identical_texts_are_linked_throughout_and_named(readout: Document, wording: Embedder) -> None:
    result = compare(readout, readout, embedders=[wording])
    assert result.coverage["not_found"] == 0
    assert "the two texts are identical" in result.warnings


def test_slogans_link_nothing(wording: Embedder) -> None:
    central, local = Document("c", "奋进新征程。奔向新明天。"), Document("l", "奋进吧。走向新明天。")
    assert linked(compare(central, local, embedders=[wording])) == []


@pytest.mark.parametrize(
    ("central", "local", "words"),
    [
        ("2031-03-04", "2031-01-20", "older"),
        ("2031-03-04", "2031-02", "older"),
        ("2031-03-04", "2031-03-04", "same day"),
    ],
)
def test_dates_are_compared_as_far_as_they_go(
    readout: Document, meeting: Document, wording: Embedder, central: str, local: str, words: str
) -> None:
    pair = replace(readout, date=central), replace(meeting, date=local)
    assert any(words in warning for warning in compare(*pair, embedders=[wording]).warnings)


def test_a_month_says_nothing_about_a_day_in_it(readout: Document, meeting: Document, wording: Embedder) -> None:
    result = compare(replace(readout, date="2031-03"), replace(meeting, date="2031-03-06"), embedders=[wording])
    assert not any("older" in warning or "same day" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("central", "local", "words"),
    [
        ("3月5日", "2031-03-06", "the date of the central text has no year"),
        ("2031-03-04", "03-06", "the date of the local text has no year"),
        ("2031年12月1日", "2031/3/4", "older"),
        ("2031年3月4日", "2031-03-04", "same day"),
    ],
)
def test_only_dates_with_a_year_are_compared(
    readout: Document, meeting: Document, wording: Embedder, central: str, local: str, words: str
) -> None:
    pair = replace(readout, date=central), replace(meeting, date=local)
    dated = [w for w in compare(*pair, embedders=[wording]).warnings if re.search("older|same day|year", w)]
    assert len(dated) == 1 and words in dated[0]


def test_what_a_text_says_again_is_compared_and_counted_once(readout: Document, wording: Embedder) -> None:
    measure = "实施病险水库除险加固行动，完成十八座水库除险加固。"
    once, often = (compare(readout, Document("l", measure * n), embedders=[wording]) for n in (1, 400))
    assert linked(once) and len(linked(often)) == len(linked(once))
    assert often.local_only == once.local_only and often.coverage == once.coverage
    assert [(t.id, t.local) for t in often.themes] == [(t.id, t.local) for t in once.themes]
    told = "399 units of the local text repeat others word for word: they were compared and counted once"
    assert told in often.warnings and told not in once.warnings


def test_repeated_central_demands_count_once(meeting: Document, wording: Embedder) -> None:
    found = compare(Document("c", "要加快病险水库除险加固。" * 3), meeting, embedders=[wording])
    assert found.coverage["central_demands"] == 1
    assert any(w.startswith("2 units of the central text repeat") for w in found.warnings)


@pytest.mark.parametrize(
    "local", ["要完善农村饮水保障体系。", "要完善农村饮水保障体系，", "要完善\n农村饮水、保障体系！"]
)
def test_the_same_words_are_an_echo_of_the_wording_whatever_they_name(wording: Embedder, local: str) -> None:
    for demand in ("要完善农村饮水保障体系。", "要实施农村饮水工程，新建水厂30座。"):
        said = local if "体系" in demand else demand.replace("，", "、")
        found = compare(Document("c", demand), Document("l", said), embedders=[wording])
        assert [a.relation for a in found.alignments if a.linked] == ["verbatim"]


def test_a_score_of_a_link_that_is_none_says_why(wording: Embedder) -> None:
    found = compare(Document("c", "要推进健康中国建设，办好医院。"), Document("l", "办好医疗。"), embedders=[wording])
    doubted = [a for a in found.alignments if not a.linked and a.score >= LINKED]
    assert doubted and all(a.doubt == "heading" and a.band == "review" for a in doubted)
    assert all(a.doubt is None for a in found.alignments if a.score < LINKED or a.linked)


def test_texts_that_are_the_wrong_way_round_are_said_to_be(
    readout: Document, meeting: Document, wording: Embedder
) -> None:
    sides = [replace(d, identity=Identity(level=level)) for d, level in ((meeting, "city"), (readout, "province"))]  # type: ignore[arg-type]
    warning = "are they the right way round?"
    assert any(warning in w for w in compare(sides[0], sides[1], embedders=[wording]).warnings)
    assert not any(warning in w for w in compare(sides[1], sides[0], embedders=[wording]).warnings)


def test_a_central_text_in_the_local_place_is_named(readout: Document, meeting: Document, wording: Embedder) -> None:
    odd = replace(meeting, identity=Identity(level="central"))
    assert any("central level" in warning for warning in compare(readout, odd, embedders=[wording]).warnings)


def test_what_was_cut_off_is_said(readout: Document, meeting: Document, wording: Embedder) -> None:
    result = compare(readout, meeting, embedders=[wording], max_characters=120)
    assert sum("truncated" in warning for warning in result.warnings) == 2
    assert all(unit.end <= 120 for side in (result.central, result.local) for unit in side.units)
    assert result.central.document.text == readout.text


def test_demands_beyond_the_limit_are_left_out_and_it_is_said(
    readout: Document, meeting: Document, wording: Embedder
) -> None:
    result = compare(readout, meeting, embedders=[wording], max_units=2)
    assert len({a.central for a in result.alignments}) == len({a.local for a in result.alignments}) == 2
    assert "truncated: only the first 2 demands of the central text were compared" in result.warnings
    assert "truncated: only the first 2 demands of the local text were compared" in result.warnings
    assert len(result.central.units) > 2


def test_an_own_table_of_themes_sorts_but_does_not_change_what_links(
    readout: Document, meeting: Document, wording: Embedder, result: Comparison
) -> None:
    sorted_otherwise = compare(readout, meeting, embedders=[wording], themes=load_themes("chapters"))
    assert linked(sorted_otherwise) == linked(result)
    assert {row.id[0] for row in sorted_otherwise.themes} == {"C"}


def test_themes_of_a_unit_come_with_their_probabilities(result: Comparison) -> None:
    assert all(len(unit.themes) == len(unit.shares) > 0 for unit in result.central.units)
    assert all(0 <= share <= 1 for unit in result.local.units for share in unit.shares)


@pytest.mark.parametrize("other", [RECIPE, "停车须知\n车辆必须按位停放。严禁占用通道。夜间应当关闭音响。\n"])
def test_demands_about_something_else_do_not_link(readout: Document, wording: Embedder, other: str) -> None:
    for embedders in ([wording], [wording, registry.build("embedder", "encoder")]):
        assert linked(compare(readout, Document("other", other), embedders=embedders)) == []


def test_texts_in_which_everything_is_alike_have_a_bounded_number_of_pairs(wording: Embedder) -> None:
    text = "".join(f"推进第{n}批改革\n" for n in range(5_000))
    result = compare(Document("c", text), Document("l", text), embedders=[wording], max_units=60)
    assert len(result.alignments) == 60 * CANDIDATES
    assert sum(bool(a.shared_phrases) for a in result.alignments) <= 60 * SEARCHED


def test_texts_without_a_demand_give_an_honest_empty_result(wording: Embedder) -> None:
    result = compare(Document("c", "今天下雪。"), Document("l", "花开了，很香。"), embedders=[wording])
    assert result.alignments == () and result.coverage["central_demands"] == 0
    assert any("no demand" in warning for warning in result.warnings)


def test_a_text_that_only_reports_is_compared_by_what_it_reports(readout: Document, wording: Embedder) -> None:
    report = Document("l", "去年以来，清泽市完成了十二座病险水库除险加固，完善了汛期监测预警体系。")
    result = compare(readout, report, embedders=[wording])
    assert linked(result)
    assert any("what it tells was compared" in warning for warning in result.warnings)


@pytest.mark.parametrize("text", ["", " \n\u3000"])
def test_a_blank_text_is_refused_with_its_name(readout: Document, text: str) -> None:
    with pytest.raises(EmptyInput, match="leer"):
        compare(readout, Document("leer", text))


@pytest.mark.parametrize(
    "text", ["要", "。。。", "\x00", "a", "推进改革" * 5000, "“" * 5000, "要改革，" * 3000, "一、" * 3000]
)
def test_odd_texts_get_a_result(meeting: Document, wording: Embedder, text: str) -> None:
    check_evidence(compare(Document("odd", text), meeting, embedders=[wording]))


def test_shared_wording_counts_even_when_no_embedder_is_given(readout: Document, meeting: Document) -> None:
    result = compare(readout, meeting)
    assert result.model == "char_ngrams" and linked(result)


def test_wording_alone_has_a_threshold_of_its_own(wording: Embedder) -> None:
    assert combination_of([wording]) is not combination_of([wording, registry.build("embedder", "encoder")])


def linked(result: Comparison) -> list[tuple[str, str]]:
    central = {unit.id: unit.text for unit in result.central.units}
    local = {unit.id: unit.text for unit in result.local.units}
    return [(central[a.central], local[a.local]) for a in result.alignments if a.linked]


def check_evidence(result: Comparison) -> None:
    sides = {"central": result.central, "local": result.local}
    units = {name: {unit.id: unit for unit in side.units} for name, side in sides.items()}
    for alignment in result.alignments:
        for name, side in sides.items():
            unit = units[name][getattr(alignment, name)]
            quote = getattr(alignment, f"{name}_quote")
            assert unit.start <= quote.start < quote.end <= unit.end
            assert side.document.text[quote.start : quote.end] == quote.text
            assert len(quote.text) >= 4
            for phrase in alignment.shared_phrases:
                span = getattr(phrase, name)
                assert unit.start <= span.start < span.end <= unit.end
                assert side.document.text[span.start : span.end] == phrase.text


def test_one_general_word_in_common_links_no_short_units() -> None:
    embedders = [registry.build("embedder", name) for name in ("encoder", "char_ngrams")]
    texts = Document("c", "扎实推进农村改革发展。"), Document("l", "奋力推进全面深化改革。")
    assert linked(compare(*texts, embedders=embedders)) == []


def test_short_units_about_one_object_link() -> None:
    embedders = [registry.build("embedder", name) for name in ("encoder", "char_ngrams")]
    assert linked(compare(Document("c", "要加强水库管护。"), Document("l", "水库加固管护。"), embedders=embedders))


def test_a_weak_pair_that_is_among_the_best_of_neither_unit_is_left_to_review() -> None:
    scores = np.array([[0.9, 0.8, 0.7], [0.85, 0.9, 0.75], [0.8, 0.7, 0.6]])
    assert np.argwhere(crowded(scores)).tolist() == [[2, 2]]
    assert not crowded(scores + 0.3).any()
    assert not crowded(np.array([[0.6]])).any()


@pytest.mark.parametrize(
    ("local", "linked"),
    [
        ("要取消提振消费专项行动。", False),
        ("要不再实施提振消费专项行动。", False),
        ("要实施提振消费专项行动，取消不合理限制。", True),
    ],
)
def test_who_ends_what_is_asked_for_does_not_echo_it(wording: Embedder, local: str, *, linked: bool) -> None:
    asked = Document("c", "要大力提振消费，实施提振消费专项行动，推动中低收入群体增收减负。")
    (pair,) = compare(asked, Document("l", local), embedders=(wording,)).alignments
    assert (pair.linked, pair.doubt) == (linked, None if linked else "opposed")
