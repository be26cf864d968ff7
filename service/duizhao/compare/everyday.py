"""A text in; the same without the words of everyday policy language out, which say nothing of the object.

`everyday.txt` holds words that the units of all themes use alike (提质, 增效, 水平): two demands that share no other
words speak of different things.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from duizhao.compare.edges import words_of
from duizhao.compare.vocabulary import content

WORDS = Path(__file__).with_name("everyday.txt")


def without_everyday(text: str) -> str:
    """The text with a comma in place of each such word."""
    known = _words()
    return "".join("，" if word in known else word for word in words_of(text))


def objects(text: str) -> frozenset[str]:
    """The words of a text that name an object: no everyday words, no verbs of policy (改革, 深化)."""
    known = _words()
    return frozenset(w for w in words_of(text) if len(w) > 1 and w not in known and content(w))


def names_an_object(phrase: str) -> bool:
    """Whether a phrase has a word that not every theme uses."""
    known = _words()
    return any(len(word) > 1 and word not in known for word in words_of(phrase))


@cache
def _words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())
