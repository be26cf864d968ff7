"""Word boundaries: a shared phrase never halves a word."""

from __future__ import annotations

from duizhao.compare.edges import edges_of, snap


def test_a_stretch_that_halves_words_shrinks_to_whole_ones():
    left, right = "发展智慧农业", "打造智慧农场"
    low, high = snap("智慧农", 2, 2, edges_of(left), edges_of(right))
    assert "智慧农"[low:high] == "智慧"


def test_a_stretch_without_a_whole_word_vanishes():
    left, right = "以产业带动农民增收", "推动农业发展"
    start, other = left.index("动农"), right.index("动农")
    low, high = snap("动农", start, other, edges_of(left), edges_of(right))
    assert low == high


def test_terms_of_policy_are_one_word():
    text = "加快发展新质生产力"
    assert text.index("新质") in edges_of(text).starts
    assert text.index("生产力") not in edges_of(text).starts
