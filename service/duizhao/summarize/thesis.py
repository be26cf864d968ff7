"""A line of a commentary in, how it would head it out: its thesis does, an example or a figure of speech does not."""

from __future__ import annotations

import re
from collections import Counter

from duizhao_models.salience import LONGEST_WEIGHED, bigrams

THESIS = re.compile(
    r"(?<![需重主首只想])要(?![闻素点案求])|必须|(?:关键|根本|核心|重点|要害|出路|希望)(?:还|就)?[在是]|[重贵]在|离不开|应当|应该"
    r"|(?<![适响反供])应(?![用对急邀有])|[唯只]有|不能|不可(?![或思])|绝不|才能|方能|莫(?!斯)|别让|需要(?!的)|归根到底|不是.+而是"
)
FIGURE = re.compile(r"战鼓|号角|[擂吹奏]响|扬帆|劈波斩浪|乘风破浪|春风|曙光|火炬|画卷|乐章|答卷|交响")
# What leads to the thesis: what others say, an example, a question, another text.
LEADS = re.compile(
    r"有人|俗话|常言|古人|古语|曾经|小时候|比如|例如|那年|[？！]|[有为]何|何[在以]|如何|怎[么样]|吗$|《[^》]*》的|\d{4}年|\d[%％]"
    r"|^(?:近日|时下|日前|前不久|应当看到|应该看到|要看到|事实上|可以说|从[^，]{2,8}[说看]，)"
)
# The thesis without what it is about.
BARE = re.compile(r"关键|根本|核心|重点")
SHORTEST = 9
# A word that comes so often is one of what the text is about.
OFTEN = 3
# The sentences that the salience model was trained on; a thesis behind them it holds for nothing.
EARLY = 8


def argues(words: str) -> bool:
    """Whether words say what ought to be, or what it depends on."""
    return THESIS.search(words) is not None


class Thesis:
    """The lines of one commentary."""

    def __init__(self, text: str) -> None:
        self.counts = Counter(bigrams(text[:LONGEST_WEIGHED]))

    def bearing(self, line: str, sentence: int) -> float:
        """What the line of this sentence gains or loses beside its salience."""
        grams = set(bigrams(line))
        central = sum(self.counts[g] >= OFTEN for g in grams) / max(1, len(grams))
        value = 0.2 * central - 0.1 * bool(LEADS.search(line)) - 0.1 * (len(line) < SHORTEST or bool(BARE.match(line)))
        if argues(line):
            return value + (0.1 if sentence < EARLY else 0.2) * central
        return value - 0.3 * bool(FIGURE.search(line))
