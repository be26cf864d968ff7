"""A sentence in, what may be left out of its enumerations out: 甲、乙以及丙等地 is told as 甲等地."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

# 等 as "and so on", not in 等于, 等待, 等级, 平等.
REST = re.compile(
    r"、(?P<items>[^，。；：！？“”《》（）]{1,60}?)(?<![平同上中下高优对均何我你他])等(?![于到待候级额同高闲差])"
)
# 甲、乙、丙等市分别增长5%、6%、7%: the figures belong to all of them.
RESPECTIVELY = re.compile(r"[^。；！？]{0,24}(?:分别|依次|各自)")
BETWEEN = re.compile(r"(、|以及|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff]))")
# What no name and no thing has in it: verbs, adverbs, prepositions, 的, pronouns.
ACTIVE = ("v", "d", "p", "uj", "ul", "r", "zg")


def enumerations(sentence: str) -> Iterator[tuple[int, int]]:
    """Stretches of `sentence` from the 、 after the first item of an enumeration to its 等.

    The items after the first must be names or things; one with a verb in it is the first (组织甲、开展乙、丙等).
    """
    for match in REST.finditer(sentence):
        if RESPECTIVELY.match(sentence, match.end()):
            continue
        parts = BETWEEN.split("、" + match["items"])
        # parts: "", mark, item, mark, item, ...
        first = len(parts)
        while first > 1 and _thing(parts[first - 1]):
            first -= 2
        while first < len(parts) and parts[first] != "、":
            first += 2
        if first < len(parts):
            start = match.start() + len("".join(parts[:first]))
            yield start, match.end() - 1


def _thing(item: str) -> bool:
    words = rjieba.tag(item)
    return bool(item) and (
        len(words) == 1 or not any(tag in ACTIVE and (tag != "v" or len(word) > 1) for word, tag in words)
    )
