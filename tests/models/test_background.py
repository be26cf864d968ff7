"""Statistics of policy text: rarity, vectors of n-grams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao_models import background

WORDS = st.lists(st.sampled_from(["耕地", "红线", "，", "要", " ", "2031", "A", "𠮷"]), max_size=8).map("".join)


def test_set_phrases_are_common_and_objects_are_rare() -> None:
    rarity = background.load().rarity
    assert rarity("推动") < rarity("高质量发展") < rarity("耕地红线")
    assert rarity("，。") == rarity("") == 0


@given(st.lists(WORDS, max_size=5))
def test_rows_are_of_unit_length_or_empty(texts: list[str]) -> None:
    rows = background.load().vectors(texts)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    expected = [float(any(c.isalnum() for c in text)) for text in texts]
    assert lengths == pytest.approx(np.array(expected), abs=1e-5)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_a_row_does_not_depend_on_its_neighbours(texts: list[str], text: str) -> None:
    statistics = background.load()
    alone, among = statistics.vectors([text]), statistics.vectors([*texts, text])[len(texts) :]
    assert abs(alone - among).sum() == pytest.approx(0, abs=1e-6)


def test_cosines_are_those_of_the_rows() -> None:
    statistics = background.load()
    found = background.cosines(statistics.vectors(["守住耕地红线", "植树"]), statistics.vectors(["耕地红线", "下棋"]))
    assert found.shape == (2, 2)
    assert 0.4 < found[0, 0] < 1 and found[1, 1] == 0


def test_the_cohort_is_of_different_sentences() -> None:
    sentences = background.cohort()
    assert len(sentences) > 100 and len(set(sentences)) == len(sentences)
