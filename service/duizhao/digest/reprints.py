"""Entries of a digest in, groups of one and the same report out: near-duplicates by shingles, found with MinHash.

A pair is a reprint where most of the shorter body stands in the longer one and the figures agree: notices of every
day (weather, lottery) share their wording, not their figures.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from duizhao.types.digests import DigestEntry

SHINGLE = 5
# Shares of the shingles (of the figures) of the shorter body that stand in the longer one. Two reports on one event by
# different hands share some .1 to .3, a reprint with a new opening and end .8 and more.
SAME, SAME_FIGURES = 0.75, 0.8
# a body of less than this many characters says too little of itself
SHORTEST = 60
# The shorter body has at least this share of the longer one. Under the same title it may be an extract; under another
# one it may as well be a story of its own that a damaged page has mixed into a longer one, and is not hidden by that.
PART, EXTRACT = 0.6, 0.2
# 32 bands of 3: bodies that share half of their shingles are compared with a chance of 98 %, those with .2 of 23 %
BANDS, ROWS = 32, 3
PRIME = (1 << 61) - 1
# a band that so many share is boilerplate; all pairs of it would take too long
CROWD = 50
FIGURES = re.compile(r"\d+(?:\.\d+)?")
MARKS = re.compile(r"[^\w]+")
# agency or paper, byline, dateline: what each paper sets anew
OPENING = re.compile(r"^\s*(?:[^，。\n]{0,24}[讯电]\s*)?(?:[（(][^（()）\n]{0,60}[）)]\s*)?")


def reprints(entries: Sequence[DigestEntry]) -> dict[int, tuple[int, ...]]:
    """For each entry that stands for others (the longest, then the first) the numbers of these others."""
    bodies = [MARKS.sub("", OPENING.sub("", e.article.text, count=1)) for e in entries]
    usable = [n for n, body in enumerate(bodies) if len(body) >= SHORTEST]
    if len({entries[n].article.page_id for n in usable}) < 2:
        return {}
    shingles = {n: _shingles(bodies[n]) for n in usable}
    figures = {n: set(FIGURES.findall(entries[n].article.text)) for n in usable}
    titles = [MARKS.sub("", e.article.headline.text) if e.article.headline else "" for e in entries]
    leader = list(range(len(entries)))
    for one, other in sorted(_candidates(shingles)):
        if entries[one].article.page_id == entries[other].article.page_id:
            continue
        part = EXTRACT if titles[one] and titles[one] == titles[other] else PART
        if _same(shingles[one], shingles[other], part) and _agree(figures[one], figures[other]):
            _join(leader, one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in usable:
        groups[_find(leader, number)].append(number)
    found: dict[int, tuple[int, ...]] = {}
    for members in groups.values():
        if len(members) > 1:
            best = max(members, key=lambda n: (len(bodies[n]), -n))
            found[best] = tuple(n for n in members if n != best)
    return found


def _shingles(body: str) -> NDArray[np.int64]:
    hashes = {zlib.crc32(body[at : at + SHINGLE].encode()) for at in range(len(body) - SHINGLE + 1)}
    return np.array(sorted(hashes), dtype=np.int64)


def _candidates(shingles: dict[int, NDArray[np.int64]]) -> set[tuple[int, int]]:
    """Pairs with the same smallest hashes in one band at least."""
    pairs: set[tuple[int, int]] = set()
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    factors = np.random.default_rng(7).integers(1, 1 << 31, size=(2, BANDS * ROWS))
    for number, found in shingles.items():
        smallest = ((found[:, None] * factors[0] + factors[1]) % PRIME).min(axis=0)
        for band in range(BANDS):
            buckets[band, smallest[band * ROWS : (band + 1) * ROWS].tobytes()].append(number)
    for members in buckets.values():
        pairs.update(combinations(members, 2) if len(members) <= CROWD else pairwise(members))
    return pairs


def _same(one: NDArray[np.int64], other: NDArray[np.int64], part: float) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return shorter >= part * longer and len(np.intersect1d(one, other, assume_unique=True)) >= SAME * shorter


def _agree(one: Iterable[str], other: Iterable[str]) -> bool:
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter & longer) >= SAME_FIGURES * len(shorter)


def _find(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_find(leader, one), _find(leader, other)))
    leader[second] = first
