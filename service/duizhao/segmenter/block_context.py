"""A second look at possible links between blocks: the best links so far in, more features out.

What is linked so far are articles in the making. Two of them belong together if they share what the others do not have,
and a head belongs to the one that says again what it says.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from duizhao.segmenter.networks import Array, Candidates, Links, Numbers, chains, preceding
from duizhao.segmenter.outline import Outline, lead
from duizhao.segmenter.reading import bigrams

# An article of so many paragraphs is long.
LONG = 8
# Added to the weights of two texts that are compared: small ones share little by chance; the same for a head.
DAMPING, HEAD_DAMPING = 20.0, 2.0
# What more than this share of the articles have says nothing of any.
COMMON = 1 / 3


class Drafted:
    """The articles that the links so far make, by the number of their first thing, and what they share."""

    def __init__(self, o: Outline, following: Numbers) -> None:
        count = len(o.paragraphs)
        self.article = chains(following)
        self.size: Counter[int] = Counter(self.article[:count].tolist())
        self.body: dict[int, set[str]] = defaultdict(set)
        self.head: dict[int, set[str]] = defaultdict(set)
        for number, grams in zip(self.article[:count].tolist(), o.s.bodies, strict=True):
            self.body[number] |= grams
        for number, block in zip(self.article[count:].tolist(), o.displays, strict=True):
            self.head[number] |= bigrams(block.text)
        spread = Counter(gram for grams in self.body.values() for gram in grams)
        total = max(1, len(self.body))
        self.value = {gram: math.log(1 + total / n) for gram, n in spread.items()}
        self._telling = {gram for gram, n in spread.items() if n <= max(2, COMMON * total)}
        self._weights = {number: sum(self.value[g] for g in grams) for number, grams in self.body.items()}
        self._known: dict[tuple[str, int, int], float] = {}

    def likeness(self, a: int, b: int) -> float:
        """How much two articles share."""
        if a == b:
            return 1.0
        key = ("body", min(a, b), max(a, b))
        if key not in self._known:
            common = self.body[a] & self.body[b] & self._telling if a in self.body and b in self.body else ()
            least = min(self._weights.get(a, 0.0), self._weights.get(b, 0.0))
            self._known[key] = sum(self.value[g] for g in common) / (least + DAMPING)
        return self._known[key]

    def echo(self, head: int, body: int) -> float:
        """Share of the words of one article's head that stand in the body of another (0 without a head)."""
        key = ("head", head, body)
        if key not in self._known:
            grams = self.head.get(head, set())
            whole = sum(self.value.get(g, 0.0) for g in grams) + HEAD_DAMPING
            self._known[key] = sum(self.value[g] for g in grams & self.body.get(body, set())) / whole
        return self._known[key]


def look_again(o: Outline, found: list[Candidates], links: Links, following: Numbers) -> list[Candidates]:
    """The candidates (bodies, heads, headings) with what the links so far say of them."""
    drafted, back = Drafted(o, following), preceding(following)
    more = (_bodies, _heads, _headings)
    out, at = [], 0
    for candidates, look in zip(found, more, strict=True):
        value = links.values[at : at + len(candidates.above)]
        at += len(candidates.above)
        features = look(o, drafted, candidates, value, following, back)
        out.append(replace(candidates, features=np.concatenate([candidates.features, features], axis=1)))
    return out


def _bodies(o: Outline, t: Drafted, c: Candidates, value: Array, following: Numbers, back: Numbers) -> Array:
    a, b = c.above, c.below
    pairs = list(zip(t.article[a].tolist(), t.article[b].tolist(), strict=True))
    like = 3 * np.array([t.likeness(i, j) for i, j in pairs])
    headed_above, headed = (np.array([bool(t.head.get(pair[side])) for pair in pairs], dtype=bool) for side in (0, 1))
    free_below, free_above = back[b] < 0, following[a] < 0
    return np.column_stack([
        like, like * (b != a + 1), headed, headed_above, headed & headed_above, free_below,
        back[b] >= len(o.paragraphs), free_above, following[a] == b,
        [t.echo(i, j) for i, j in pairs], [t.echo(j, j) for _, j in pairs],
        [min(t.size[i], LONG) / LONG for i, _ in pairs], [min(t.size[j], LONG) / LONG for _, j in pairs],
        np.clip(value, -5, 5) / 3, value > 0, like * (free_below & free_above),
    ]).astype(float)  # fmt: skip


def _heads(o: Outline, t: Drafted, c: Candidates, value: Array, following: Numbers, back: Numbers) -> Array:
    a, b, count = c.above, c.below, len(o.paragraphs)
    pairs = list(zip(t.article[a].tolist(), t.article[b].tolist(), strict=True))
    return np.column_stack([
        following[a] == b, following[a] < 0, back[b] < 0, np.clip(value, -5, 5) / 3, t.article[a] == t.article[b],
        (following[a] >= 0) & (following[a] < count),
        [t.echo(i, j) for i, j in pairs], [t.echo(j, i) for i, j in pairs],
    ]).astype(float)  # fmt: skip


def _headings(o: Outline, t: Drafted, c: Candidates, value: Array, following: Numbers, back: Numbers) -> Array:
    a, b, count = c.above, c.below, len(o.paragraphs)
    pairs = list(zip(t.article[a].tolist(), t.article[b].tolist(), strict=True))
    echo = np.array([t.echo(i, j) for i, j in pairs])
    places = {pair: place for place, pair in enumerate(pairs)}  # one place for each head and body
    one = np.array(sorted(places.values()), dtype=np.int64)
    every = np.ones(len(one), dtype=bool)
    by_head, by_body = (lead(echo[one], np.array([pairs[k][side] for k in one.tolist()]), every) for side in (0, 1))
    at = {pairs[k]: n for n, k in enumerate(one.tolist())}
    of = np.array([at[pair] for pair in pairs], dtype=np.int64)
    first = (back[b] < 0) | (back[b] >= count)
    direction, place = _direction(o, c, following), _between(o, c, following)
    ahead, rival = (2 * by_head[of], 2 * by_body[of]) if len(of) else (np.zeros(0), np.zeros(0))
    return np.column_stack([
        2 * echo, ahead, rival, first, back[b] < 0, following[a] == b, following[a] < 0, np.clip(value, -6, 6) / 3,
        [min(t.size[j], LONG) / LONG for _, j in pairs], 2 * echo * first, ahead * first, following[a] >= count,
        direction, *place,
    ]).astype(float)  # fmt: skip


def _direction(o: Outline, c: Candidates, following: Numbers) -> Array:
    """Share of the heads so far whose articles stand to them as this one would: right after, later, or before."""
    count = len(o.paragraphs)
    displays, paragraphs = np.array(o.s.displays, dtype=np.int64), np.array(o.s.paragraphs, dtype=np.int64)
    after = np.searchsorted(paragraphs, displays)

    def kinds(head: Numbers, body: Numbers) -> Numbers:
        found: Numbers = np.where(body < after[head], 2, np.where(body == after[head], 0, 1))
        return found

    linked = np.flatnonzero((following[count:] >= 0) & (following[count:] < count))
    shares = np.bincount(kinds(linked, following[count + linked]), minlength=3) / max(1, len(linked))
    return shares[kinds(c.above - count, c.below)] if len(c.above) else np.zeros(0)


def _between(o: Outline, c: Candidates, following: Numbers) -> tuple[Array, Array]:
    """Whether the article stands after that of the head above, and before that of the head below (1, -1; 0 unknown)."""
    count, many = len(o.paragraphs), len(o.displays)
    body = np.where(following[count:] < count, following[count:], -1)
    above, below = np.full(many, -1), np.full(many, -1)
    for k in range(1, many):
        above[k] = body[k - 1] if body[k - 1] >= 0 else above[k - 1]
    for k in range(many - 2, -1, -1):
        below[k] = body[k + 1] if body[k + 1] >= 0 else below[k + 1]
    head = c.above - count
    before = np.where(above[head] < 0, 0, np.sign(c.below - above[head]))
    behind = np.where(below[head] < 0, 0, np.sign(below[head] - c.below))
    return before.astype(float), behind.astype(float)
