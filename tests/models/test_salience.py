from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from duizhao_models import salience
from duizhao_models.lines import BUCKETS, Lines, bucket
from duizhao_models.salience import Candidate

TEXT = "清泽市召开防汛会议，部署汛期任务。会议要求备足物资。当天有雨。"


def candidate(text: str, sentence: int) -> Candidate:
    return Candidate(text, TEXT.index(text), sentence, 0, 0, 1, 0)


LINES = [candidate("清泽市召开防汛会议", 0), candidate("会议要求备足物资", 1), candidate("当天有雨", 2)]


def test_one_score_a_candidate_and_the_news_before_the_weather() -> None:
    scores = salience.headline_scores(TEXT, LINES)
    assert len(scores) == 3
    assert scores[0] == max(scores)
    assert len(salience.clause_scores(TEXT, LINES, "防汛")) == 3
    assert len(salience.headline_scores(TEXT, [])) == 0


def test_a_clause_that_the_title_names_is_worth_more() -> None:
    plain = salience.clause_scores(TEXT, LINES)[1]
    assert salience.clause_scores(TEXT, LINES, "要求备足物资")[1] > plain


def test_without_weights_the_place_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(salience, "WEIGHTS", tmp_path / "absent.safetensors")
    salience._weights.cache_clear()
    salience.rareness.cache_clear()
    try:
        scores = salience.headline_scores(TEXT, LINES)
        assert list(scores) == sorted(scores, reverse=True)
        assert salience.rarity("防汛") == 0.5
    finally:
        salience._weights.cache_clear()
        salience.rareness.cache_clear()


def test_the_weights_are_numbers_of_the_shapes_that_the_code_reads() -> None:
    weights = load_file(salience.WEIGHTS)
    size = salience.dense(TEXT, LINES, Lines.of([c.text for c in LINES]), 30, weights["idf"]).shape[1]
    for name in ("headline", "clause"):
        assert weights[f"{name}.dense"].shape == (size,)
        assert weights[f"{name}.words"].shape == (BUCKETS,)
    assert all(np.isfinite(v.astype(np.float64)).all() for v in weights.values())


def test_buckets_are_the_same_in_every_process() -> None:
    assert (bucket("防", "汛"), bucket("清", "泽", 2)) == (10949, 11323)
