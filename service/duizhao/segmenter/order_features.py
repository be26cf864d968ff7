"""What speaks for it that one piece of a column goes on in another: `Pieces` in, possible links and features out."""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.followers import followers
from duizhao.segmenter.networks import Array, Flags, Links, Numbers, chains, preceding
from duizhao.segmenter.pieces import Pieces

# A piece goes on in one of the next ones, or at the top of some other stretch: these many pieces from its edge.
REACH, EDGE = 12, 3
# More pairs of ends and tops are not weighed (a page has some thousand): time and memory are bounded.
MOST_FAR = 100_000
# Log-odds of characters are cut off here.
LEAST_GAIN, MOST_GAIN = -4.0, 8.0
# So many pieces on either side tell how the order runs.
AROUND = 4


def possible(p: Pieces) -> tuple[Numbers, Numbers]:
    """Pairs of pieces of which the second may follow the first."""
    number = np.arange(p.count)
    steps = range(1, min(REACH, p.count - 1) + 1)
    above = [number[: p.count - step] for step in steps]
    below = [number[step:] for step in steps]
    edge = np.arange(EDGE)
    ends = np.unique(np.clip(number[p.before_blank][:, None] - edge, 0, None))
    starts = np.unique(np.clip(number[p.blank | (number == 0)][:, None] + edge, None, p.count - 1))
    if len(ends) * len(starts) > MOST_FAR:
        ends = starts = number[:0]  # hundreds of stretches: no page of print
    a, b = (grid.ravel() for grid in np.meshgrid(ends, starts, indexing="ij"))
    far = ((b - a > REACH) | (b < a)) & (p.stretch[a] != p.stretch[b])
    return np.concatenate([*above, a[far]]), np.concatenate([*below, b[far]])


def first_look(p: Pieces, a: Numbers, b: Numbers) -> Array:
    """Features of every possible link (a, b), by itself."""
    return np.column_stack([*_places(p, a, b), *_words(p, a, b), *_looks(p, a, b), *_neighbours(p, a, b)]).astype(float)


def _places(p: Pieces, a: Numbers, b: Numbers) -> list[Array | Flags]:
    steps, blanks, rows = b - a, p.stretch[b] - p.stretch[a], p.row[b] - p.row[a]
    same_column = p.column[a] == p.column[b]
    return [
        *(steps == k for k in range(1, 7)),
        (steps > 6) & (steps <= REACH), steps > REACH, steps < 0,
        blanks == 0, blanks == 1, blanks > 1,
        p.blank[b], p.before_blank[a],
        rows == 0, rows == 1, rows == 2,
        same_column, same_column & (p.column[a] > 0),
    ]  # fmt: skip


def _words(p: Pieces, a: Numbers, b: Numbers) -> list[Array | Flags]:
    goes_on = ~p.sentence[a]
    one, two = _gains(p, a, b)
    seen = np.zeros(len(a))
    pairs = zip(a[goes_on].tolist(), b[goes_on].tolist(), strict=True)
    seen[goes_on] = [p.pairs.get(p.outer[i][1] + p.outer[j][0], 0) for i, j in pairs]
    return [
        one * goes_on, two * goes_on, one * p.clause[a], seen > 0, seen > 1,
        p.sentence[a], p.clause[a], p.impossible[b], p.opener[a], p.opens[b], p.quote[b],
        p.digit_last[a] & p.digit_first[b], p.jump_to[a], p.jump_from[b], p.caption[b], ~p.marked[a], ~p.marked[b],
    ]  # fmt: skip


def _looks(p: Pieces, a: Numbers, b: Numbers) -> list[Array | Flags]:
    sentence, full, full_below, indented = p.sentence[a], p.full[a], p.full[b], p.indented[b]
    ends = (sentence & ~full, sentence & full, ~sentence & full, ~sentence & ~full)
    apart, short = np.abs(p.own[a] - p.own[b]), p.own[a] - p.width[b]
    return [
        *ends, *(end & full_below for end in ends), *(end & indented for end in ends),
        full & full_below & (apart <= 1), full & full_below & (apart > 1.5),
        full & (short >= 1.2) & (short <= 3.0), full & (short < -1.5), full_below & (p.own[b] - p.width[a] < -1.5),
        np.minimum(np.abs(p.width[a] - p.width[b]), 20) / 10, p.width[a] <= 6, p.width[b] <= 6,
    ]  # fmt: skip


def _neighbours(p: Pieces, a: Numbers, b: Numbers) -> list[Array | Flags]:
    """What the rivals look like: the piece right after the first, and the piece right before the second."""
    steps = b - a
    every = np.arange(p.count)
    next_one, last_one = np.minimum(every + 1, p.count - 1), np.maximum(every - 1, 0)
    after, before = next_one[a], last_one[b]
    return [
        (steps > 1) & p.full[a] & p.full[after] & (np.abs(p.own[a] - p.own[after]) <= 1),
        (steps > 1) & p.full[b] & p.full[before] & (np.abs(p.own[b] - p.own[before]) <= 1),
        _gains(p, every, next_one)[0][a] * (~p.sentence[a] & (steps != 1)),
        _gains(p, last_one, every)[0][b] * (~p.sentence[before] & (steps != 1)),
    ]


def _gains(p: Pieces, a: Numbers, b: Numbers) -> tuple[Array, Array]:
    one, two = followers().gains(p.last[a], p.first[b])
    return np.clip(one, LEAST_GAIN, MOST_GAIN) / 4, np.clip(two, LEAST_GAIN, MOST_GAIN) / 4


def second_look(links: Links, following: Numbers) -> Array:
    """More features, from the best links so far: how well a link agrees with those around it."""
    a, b, steps, count = links.above, links.below, links.below - links.above, len(following)
    back, chain = preceding(following), chains(following)
    moves = np.where(following >= 0, following - np.arange(count), 0)
    alike, known = np.zeros(len(a)), np.zeros(len(a))
    for off in (*range(-AROUND, 0), *range(1, AROUND + 1)):
        near = np.clip(a + off, 0, count - 1)
        linked = (a + off >= 0) & (a + off < count) & (moves[near] != 0)
        alike += linked & (moves[near] == steps)
        known += linked
    above, below = back[a], following[b]
    return np.column_stack([
        AROUND * alike / np.maximum(known, 1),
        (following[np.maximum(a - 1, 0)] == b - 1) & (a > 0) & (b > 0),
        (following[np.minimum(a + 1, count - 1)] == b + 1) & (a + 1 < count),
        (above >= 0) & (a - above == steps), (below >= 0) & (below - b == steps),
        following[a] == b, following[a] < 0, back[b] < 0,
        np.clip(links.values, -6, 6) / 3, chain[a] == chain[b],
    ]).astype(float)  # fmt: skip


def ends_and_starts(p: Pieces) -> tuple[Array, Array]:
    """Features of every piece for that nothing follows it, and for that it follows nothing."""
    bare, open_full = np.ones(p.count), ~p.sentence & p.full
    ends = [
        bare, p.sentence, p.full, open_full, p.before_blank, p.jump_to, p.clause, ~p.marked, p.width <= 6,
        p.sentence & ~p.full,
    ]  # fmt: skip
    starts = [
        bare, p.blank, p.full, p.indented, p.opens, p.jump_from, p.caption, p.impossible, ~p.marked, p.width <= 6,
    ]  # fmt: skip
    return np.column_stack(ends).astype(float), np.column_stack(starts).astype(float)
