"""A text in; where words begin and end in it out. Used to cut shared phrases so that no word is halved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import rjieba

from duizhao.compare.taxonomy import load_themes

# Suffixes open no phrase; conjunctions close none.
NEVER_FIRST = re.compile("[者们性等的和与及或了着地得]|化(?![解债险工肥学])|业(?![务态绩主])")
NEVER_LAST = frozenset("等的和与及或以在了着把将对从让使并")
# Terms that a general dictionary cuts apart or does not know; the keywords of the themes are added to them.
TERMS = ("新质生产力", "对标对表", "和美乡村", "大数据", "全过程人民民主", "高水平开放", "高质量发展", "放管服")
FREQUENCY = 50_000  # as frequent as a common word, so that the term wins over its parts


@dataclass(frozen=True, slots=True)
class Edges:
    """Offsets of a text at which a word begins, and at which one ends."""

    starts: frozenset[int]
    ends: frozenset[int]


def words_of(text: str) -> list[str]:
    """The words of a text by dictionary and hidden Markov model (jieba); joined they are the text."""
    return list(_segmenter().cut(text))


@lru_cache(maxsize=8192)
def edges_of(text: str) -> Edges:
    """Where its words begin and end."""
    starts, ends, at = [], [], 0
    for word in words_of(text):
        starts.append(at)
        at += len(word)
        ends.append(at)
    return Edges(frozenset(starts), frozenset(ends))


def snap(stretch: str, start: int, other: int, left: Edges, right: Edges) -> tuple[int, int]:
    """The part of a stretch, common to two texts, that begins and ends with a word in both: offsets in the stretch.

    `start` and `other` are its offsets in the two texts.
    """
    low, high = 0, len(stretch)
    while low < high and (
        NEVER_FIRST.match(stretch, low) or start + low not in left.starts or other + low not in right.starts
    ):
        low += 1
    while high > low and (
        stretch[high - 1] in NEVER_LAST or start + high not in left.ends or other + high not in right.ends
    ):
        high -= 1
    return low, high


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for term in (*TERMS, *(word for theme in load_themes() for word in theme.keywords)):
        segmenter.add_word(term, FREQUENCY, "n")
    return segmenter
