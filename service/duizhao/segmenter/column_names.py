"""Whether the first line of a head is the name of a standing column: its blocks and the article's words in."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.cues import DASH, KICKER_END
from duizhao.segmenter.decisions import log_odds
from duizhao.segmenter.reading import bigrams

FEATURES = (
    "bias", "width", "narrow", "many lines", "middle dot", "numbered", "lead-in", "kind of text", "echo", "no echo",
    "echo below", "blank below", "wider below", "lead-in below", "dash below", "printed again", "two rows", "quote",
)  # fmt: skip
# Such names often end in a word for a kind of text or a place to speak; a middle dot parts a name from its theme, and
# the part of a series has a number.
KIND_OF_TEXT = re.compile(
    r"(?:评|论坛|观察|观点|视点|聚焦|访谈|对话|随笔|手记|杂谈|漫谈|纵横|追踪|故事|专栏|走基层)$|·|[\u2460-\u2473]$"
)
PART = re.compile(r"[\u2460-\u2473]$")
NARROW = 4.0


def is_column(head: Sequence[Block], words: Set[str], *, again: bool) -> bool:
    """Of the first of two or more blocks of a head.

    `words`: bigrams of the article, which says again what its headline says and seldom the name of a column; `again`:
    the line is printed more than once on the page.
    """
    return log_odds("column", FEATURES, features(head, words, again=again)) > 0


def features(head: Sequence[Block], words: Set[str], *, again: bool) -> list[float]:
    """What speaks for it, in the order of FEATURES."""
    block, below = head[0], head[1]
    text = block.text.strip()
    echo, *echoes = (_echo(part, words) for part in head)
    more = len(head) > 2
    return [
        float(value)
        for value in (
            1,
            block.width / 10,
            block.width <= NARROW,
            more,
            "·" in text,
            PART.search(text) is not None,
            KICKER_END.search(text) is not None,
            KIND_OF_TEXT.search(text) is not None,
            echo,
            not echo,
            max(echoes),
            below.blank,
            below.width > block.width,
            more and KICKER_END.search(below.text.rstrip()) is not None,
            DASH.match(below.text) is not None,
            again,
            block.rows > 1,
            "“" in text,
        )
    ]


def _echo(block: Block, words: Set[str]) -> float:
    own = bigrams(block.text)
    return len(own & words) / max(1, len(own))
