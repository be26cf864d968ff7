"""A reviewer's verdicts over those of the program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.compare import compare
from duizhao.compare.review import key, reviewed
from duizhao.types.articles import Document
from duizhao.types.comparisons import Alignment, Comparison, Review
from duizhao_models.base import Embedder

DAM = (
    "要加快病险水库除险加固，完善汛期监测预警体系",
    "要实施病险水库除险加固行动，年内完成十八座水库除险加固，建成雨情监测预警站60处。",
)
PRICE = "要健全农业用水价格机制，促进节水增效，"


@pytest.fixture(scope="module")
def result(readout: Document, meeting: Document, wording: Embedder) -> Comparison:
    return compare(readout, meeting, embedders=[wording])


def pair(c: Comparison, words: tuple[str, str]) -> Alignment:
    ids = [next(u.id for u in side.units if u.text == w) for side, w in zip((c.central, c.local), words, strict=True)]
    return next(a for a in c.alignments if [a.central, a.local] == ids)


def test_a_refused_pair_is_no_link_and_its_demand_is_not_found(result: Comparison) -> None:
    found, used = reviewed(result, {key(*DAM): Review(False, remark="对象不同")})
    assert used == {key(*DAM)}
    assert pair(result, DAM).linked
    judged = pair(found, DAM)
    assert not judged.linked and judged.relation is None and judged.review == Review(False, remark="对象不同")
    assert judged.score == pair(result, DAM).score
    assert found.coverage["echoed"] == result.coverage["echoed"] - 1
    gap = next(g for g in found.not_found if g.central == judged.central)
    assert gap.nearest != judged.local
    assert judged.local in found.local_only


def test_an_accepted_pair_is_a_link_with_evidence_and_the_relation_that_was_set(result: Comparison) -> None:
    local = DAM[1]
    found, _ = reviewed(result, {key(PRICE, local): Review(True, "same_theme")})
    judged = pair(found, (PRICE, local))
    assert judged.linked and judged.band == "linked" and judged.relation == "same_theme"
    assert judged.central_quote.text in PRICE and judged.local_quote.text in local
    assert judged.central not in {g.central for g in found.not_found}
    assert sum(t.links for t in found.themes) > sum(t.links for t in result.themes)


def test_a_pair_left_open_keeps_the_default_verdict_and_its_remark(result: Comparison) -> None:
    found, _ = reviewed(result, {key(*DAM): Review(None, remark="再核")})
    assert replace(pair(found, DAM), review=None) == pair(result, DAM)
    assert pair(found, DAM).review == Review(None, remark="再核")
    assert found.coverage == result.coverage


def test_a_pair_that_is_no_candidate_is_linked_too(result: Comparison) -> None:
    bare = replace(result, alignments=())
    found, _ = reviewed(bare, {key(*DAM): Review(True)})
    (judged,) = found.alignments
    assert judged.linked and judged.relation and judged.central_quote.text in DAM[0]


def test_verdicts_hold_for_the_words_wherever_they_stand(
    readout: Document, meeting: Document, wording: Embedder
) -> None:
    moved = replace(meeting, text=f"清泽市要闻。\n{meeting.text}")
    found, used = reviewed(compare(readout, moved, embedders=[wording]), {key(*DAM): Review(False)})
    assert used and not pair(found, DAM).linked


def test_verdicts_on_other_texts_change_nothing(result: Comparison) -> None:
    found, used = reviewed(result, {key("要修桥。", "已修桥三座。"): Review(False)})
    assert found is result and not used


def test_the_report_says_that_a_person_decided(result: Comparison) -> None:
    found, _ = reviewed(result, {key(*DAM): Review(False)})
    assert "1 pairs were reviewed by a person: their verdicts stand" in found.warnings
