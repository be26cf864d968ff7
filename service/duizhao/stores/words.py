"""Chinese text in, words parted by spaces out, so that a full-text index made for other languages finds them."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

import rjieba

from duizhao.compare.taxonomy import load_themes
from duizhao_models import background

# a general dictionary cuts these apart; the keywords of the themes are added to them
TERMS = ("新质生产力", "对标对表", "和美乡村", "全过程人民民主", "高水平开放", "高质量发展", "放管服", "共同富裕")
FREQUENCY = 50_000
SHORTEST_TELLING = 2


def index_words(text: str) -> str:
    """All words of a text and the shorter words inside them, in lower case."""
    return " ".join(w for w in _segmenter().cut_for_search(text.lower()) if _is_word(w))


def query_words(text: str) -> list[str]:
    """The words of a query, each once."""
    return list(dict.fromkeys(w for w in _segmenter().cut(text.lower()) if _is_word(w)))


def telling_words(text: str, most: int) -> list[str]:
    """The words that tell a text from others, often in it and rare in policy texts: a query for the same matters."""
    counted = Counter(w for w in _segmenter().cut(text.lower()) if len(w) >= SHORTEST_TELLING and _is_word(w))
    rarity = background.load().rarity
    weights = {word: math.log1p(n) * rarity(word) for word, n in counted.items() if not word.isdigit()}
    return sorted(weights, key=lambda word: (-weights[word], word))[:most]


def _is_word(word: str) -> bool:
    return word[:1].isalnum()


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    for term in (*TERMS, *(word for theme in load_themes() for word in theme.keywords)):
        segmenter.add_word(term, FREQUENCY, "n")
    return segmenter
