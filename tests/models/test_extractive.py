"""The knapsack on toy pieces that a person can check in the head."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao_models import registry
from duizhao_models.base import Piece, Request
from duizhao_models.summarizers.extractive import WORTH

BEST = registry.build("summarizer", "extractive")
LEAD = registry.build("summarizer", "lead")


def choose(pieces: list[Piece], room: int) -> tuple[int, ...]:
    chosen: tuple[int, ...] = BEST.summarize([Request("", tuple(pieces), room)])[0].chosen
    return chosen


def test_the_dearest_pieces_that_fit_are_taken() -> None:
    assert choose([Piece("aaaa", 4, 0, 0), Piece("bb", 3, 1, 1), Piece("cc", 3, 2, 2)], 4) == (1, 2)


def test_one_wording_of_a_slot_is_taken() -> None:
    assert choose([Piece("aaaa", 4, 0, 0), Piece("aa", 3, 0, 0)], 9) == (0,)


def test_a_second_piece_of_a_topic_is_worth_less() -> None:
    pieces = [Piece("aa", 4, 0, 0), Piece("bb", 4, 1, 0), Piece("cc", 3, 2, 1)]
    assert choose(pieces, 4) in ((0, 2), (1, 2))


def test_required_pieces_come_first() -> None:
    assert choose([Piece("aaaa", 1, 0, 0, True), Piece("bbbb", 9, 1, 1)], 4) == (0,)


def test_nothing_fits_nothing_is_chosen() -> None:
    assert choose([Piece("aaaa", 1)], 3) == ()
    assert choose([], 10) == ()


def test_the_lead_stops_where_a_sentence_has_to_be_shortened() -> None:
    pieces = (Piece("aa", 0, 0), Piece("bbbb", 0, 1), Piece("bb", 0, 1), Piece("c", 0, 2))
    assert LEAD.summarize([Request("", pieces, 5)])[0].chosen == (0, 2)
    assert LEAD.summarize([Request("", pieces, 7)])[0].chosen == (0, 1, 3)


PIECES = st.builds(
    Piece,
    st.text(alphabet="ab", min_size=1, max_size=4),
    st.integers(1, 9).map(float),
    st.integers(0, 3),
    st.integers(0, 2),
)


def worth(pieces: list[Piece], chosen: tuple[int, ...]) -> float:
    """The greatest worth that an order of a selection can have."""
    total = 0.0
    for group in {pieces[i].group for i in chosen}:
        values = [pieces[i].value for i in chosen if pieces[i].group == group]
        total += max(
            sum(v * w for v, w in zip(order, (*WORTH, *[0.0] * 9), strict=False))
            for order in itertools.permutations(values)
        )
    return total


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=6), st.integers(1, 12))
def test_the_selection_fits_and_is_nearly_the_best_there_is(pieces: list[Piece], room: int) -> None:
    # a slot belongs to one topic
    pieces = [Piece(p.text, p.value, p.slot, p.slot % 2) for p in pieces]
    chosen = choose(pieces, room)
    assert sum(len(pieces[i].text) for i in chosen) <= room
    assert len({pieces[i].slot for i in chosen}) == len(chosen)
    every = [
        c
        for n in range(len(pieces) + 1)
        for c in itertools.combinations(range(len(pieces)), n)
        if sum(len(pieces[i].text) for i in c) <= room and len({pieces[i].slot for i in c}) == len(c)
    ]
    # within a topic the text's order sets what the second is worth, so the best order may be a little better
    assert worth(pieces, chosen) >= 0.75 * max(worth(pieces, c) for c in every)
