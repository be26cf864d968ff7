"""Links are weighed by small networks, and the best set of them is found."""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.followers import followers
from duizhao.segmenter.networks import Links, best, chains, preceding


def links(*triples: tuple[int, int, float]) -> Links:
    above, below, values = zip(*triples, strict=True)
    return Links(np.array(above), np.array(below), np.array(values))


def test_every_thing_has_one_place_before_and_one_after() -> None:
    following = best(3, links((0, 1, 2.0), (0, 2, 1.5), (1, 2, 0.5)))
    assert following.tolist() == [1, 2, -1]
    assert preceding(following).tolist() == [-1, 0, 1]


def test_a_link_that_is_worth_less_than_none_is_not_made() -> None:
    assert best(2, links((0, 1, -0.1))).tolist() == [-1, -1]


def test_two_sure_links_beat_one_surer_one() -> None:
    assert best(4, links((0, 1, 3.0), (0, 2, 2.0), (3, 1, 2.0))).tolist() == [2, -1, -1, 1]


def test_a_ring_is_a_chain_from_its_lowest_number() -> None:
    assert chains(np.array([1, 2, 0, -1])).tolist() == [0, 0, 0, 3]


def test_a_word_broken_over_a_line_goes_on_better_than_a_chance_pair() -> None:
    last, _ = followers().ends(["全市春耕备耕工作会", "市政府召开常务会"])
    _, right = followers().ends(["议召开之后", "议研究部署"])
    _, wrong = followers().ends(["轮下水仪式", "％左右水平"])
    for first, better in ((right, True), (wrong, False)):
        one, two = followers().gains(last, first)
        assert ((one + two > 0) == better).all()


def test_unknown_and_missing_characters_are_no_error() -> None:
    last, first = followers().ends(["", "\U0001f600", "一"])
    one, two = followers().gains(last, first)
    assert np.isfinite(one).all()
    assert np.isfinite(two).all()
