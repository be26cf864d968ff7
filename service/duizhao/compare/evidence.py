"""Two units in; what shows that they belong together out: the best quote on each side and the phrases they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from duizhao.compare.clauses import clauses
from duizhao.compare.edges import edges_of, snap
from duizhao.compare.everyday import names_an_object
from duizhao.compare.kinds import SET_PHRASES
from duizhao.compare.vocabulary import content
from duizhao.text import flat
from duizhao.types.comparisons import Quote, SharedPhrase, Unit
from duizhao.types.pages import Span
from duizhao_models import background

SHORTEST_QUOTE = 4  # characters
SHORTEST_PHRASE = 2
MOST_PHRASES = 6
STRETCHES = 48  # common stretches of a pair that are looked at, the longest first
# Rarity (natural logarithm, see background.rarity) from which a shared phrase is evidence. 5.2 is one unit of 180:
# 高质量发展 (3.8), 中国式现代化 and 经济社会发展 (4.5-5.4) stay dark, 耕地红线 (7.8) lights up.
RARE = 5.5
BLOCK = 64  # central units whose clauses are held against all local ones at once

# What two texts may share without saying the same: numbers and dates, the names of leaders and of guiding thoughts
_MASKED = re.compile(
    rf"{SET_PHRASES.pattern}|"
    r"[0-9０-９.．%％]+(?:多|余)?[万亿]*(?:年(?:代|度)?|月|日|个?百分点|平方公里|公里|千瓦时?|[元斤吨亩人户个家所座条项名])?(?:以上|以下|左右|以内)?|[一二三四五六七八九十]+(?:月|日)|习近平(?:总书记|主席)?|"
    r"党的[一二三四五六七八九十]+(?:届[一二三四五六七八九十]+中全会|大)(?:精神)?|党中央(?:、国务院)?|国务院|[\W_]+"
)
_MARKS = "，,。；;：:！？!?、 \n\t\r\u3000"


Pair = tuple[Quote, Quote]


@dataclass(frozen=True, slots=True)
class Clauses:
    """All clauses of one side: `first[i]:first[i + 1]` are those of unit i."""

    spans: list[Span]
    first: list[int]


def clauses_of(text: str, units: Sequence[Unit]) -> Clauses:
    """Clauses that can be quoted: at least SHORTEST_QUOTE characters, without the mark at the end."""
    spans: list[Span] = []
    first = [0]
    for unit in units:
        spans += _quotable(text, unit)
        first.append(len(spans))
    return Clauses(spans, first)


class Quotes:
    """Finds the best pair of clauses of two units: those whose wording is nearest."""

    def __init__(self, central: tuple[str, Sequence[Unit]], local: tuple[str, Sequence[Unit]]) -> None:
        """Each side: the text of the document and the units that may be quoted."""
        self._sides = clauses_of(*central), clauses_of(*local)
        self._quotes = [
            [Quote(start, end, text[start:end]) for start, end in side.spans]
            for text, side in zip((central[0], local[0]), self._sides, strict=True)
        ]
        statistics = background.load()
        self._vectors, self._right = (statistics.vectors([flat(q.text) for q in side]) for side in self._quotes)
        self._block, self._near = -1, np.zeros((0, 0), dtype=np.float32)

    def best(self, row: int, column: int) -> Pair:
        """Quotes of central unit `row` and local unit `column`. Fast when rows are asked for one after another."""
        left, right = self._sides
        if row // BLOCK != self._block:
            self._block = row // BLOCK
            rows = left.first[self._block * BLOCK], left.first[min((self._block + 1) * BLOCK, len(left.first) - 1)]
            self._near = background.cosines(self._vectors[rows[0] : rows[1]], self._right)
        base = left.first[self._block * BLOCK]
        low, high = left.first[row] - base, left.first[row + 1] - base
        block = self._near[low:high, right.first[column] : right.first[column + 1]]
        at_left, at_right = divmod(int(block.argmax()), block.shape[1])
        return self._quotes[0][base + low + at_left], self._quotes[1][right.first[column] + at_right]


def shared_phrases(central: Unit, local: Unit) -> tuple[SharedPhrase, ...]:
    """Rare phrases on both sides, the weightiest first: whole words, no dates, no names, no overlaps."""
    return tuple(
        SharedPhrase(
            central.text[i : i + n],
            Span(central.start + i, central.start + i + n),
            Span(local.start + j, local.start + j + n),
            background.load().rarity(central.text[i : i + n]),
        )
        for i, j, n in _rare(central.text, local.text)
    )


@lru_cache(maxsize=8192)
def _rare(central: str, local: str) -> list[tuple[int, int, int]]:
    """Offsets in both texts and lengths."""
    statistics = background.load()
    edges = edges_of(central), edges_of(local)
    found = []
    for start, other, length in _common(_mask(central, "\0"), _mask(local, "\1")):
        low, high = snap(central[start : start + length], start, other, *edges)
        phrase = central[start + low : start + high]
        says = len(content(phrase)) >= SHORTEST_PHRASE and names_an_object(phrase)
        weight = statistics.rarity(phrase) if says else 0.0
        if weight >= RARE:
            found.append((weight * (high - low) ** 0.5, start + low, other + low, high - low))
    kept: list[tuple[float, int, int, int]] = []
    for candidate in sorted(found, reverse=True):
        if len(kept) < MOST_PHRASES and not any(_overlap(candidate, other) for other in kept):
            kept.append(candidate)
    return [(i, j, n) for _, i, j, n in kept]


def quotable(text: str) -> str:
    """The text without marks and spaces at its ends."""
    return text.strip(_MARKS)


def _quotable(text: str, unit: Unit) -> Iterator[Span]:
    """Clauses of a unit; one that is too short to be quoted goes with its neighbour."""
    parts: list[Span] = []
    for start, end in clauses(text, unit.start, unit.end):
        if parts and (parts[-1].end - parts[-1].start <= SHORTEST_QUOTE or end - start <= SHORTEST_QUOTE):
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    for start, end in parts:
        low = end - len(text[start:end].lstrip(_MARKS))
        high = start + len(text[start:end].rstrip(_MARKS))
        yield Span(low, high) if high - low >= SHORTEST_QUOTE else Span(unit.start, unit.end)


def _mask(text: str, hole: str) -> str:
    return _MASKED.sub(lambda match: hole * len(match[0]), text)


def _common(left: str, right: str) -> list[tuple[int, int, int]]:
    """Longest common stretches of two masked texts: (offset left, offset right, length), at most STRETCHES of them.

    All pairs of places are held against each other at once: the same time for any two texts of these lengths.
    """
    codes = [np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) for text in (left, right)]
    same = np.zeros((len(left) + 2, len(right) + 2), dtype=bool)
    same[1:-1, 1:-1] = codes[0][:, None] == codes[1][None, :]
    inner = same[1:-1, 1:-1]
    first, last = (np.argwhere(inner & ~other) for other in (same[:-2, :-2], same[2:, 2:]))
    # along each diagonal stretches begin and end in turn
    first, last = (at[np.lexsort((at[:, 0], at[:, 1] - at[:, 0]))] for at in (first, last))
    lengths = last[:, 0] - first[:, 0] + 1
    longest = np.argsort(-lengths, kind="stable")[:STRETCHES]
    return [(int(first[k, 0]), int(first[k, 1]), int(lengths[k])) for k in longest if lengths[k] >= SHORTEST_PHRASE]


def _overlap(one: tuple[float, int, int, int], other: tuple[float, int, int, int]) -> bool:
    return any(one[k] < other[k] + other[3] and other[k] < one[k] + one[3] for k in (1, 2))
