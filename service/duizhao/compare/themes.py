"""A text and a table of themes in; its themes with their probabilities out.

Two views: the words of the table, and, for the built-in table, a linear model of character n-grams.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duizhao.compare.taxonomy import NO_THEME, load_themes
from duizhao.types.comparisons import Theme
from duizhao_models import background
from duizhao_models.themes import linear

__all__ = ["NO_THEME", "UNKNOWN", "Classifier", "classifier", "load_themes", "themes_of"]

MOST = 2  # themes of one text
# Probability from which a theme is named; below it for all themes the text has none (T00).
NAMED = 0.2
# Words that weigh less than this in all (one word of everyday policy language) show no theme.
LEAST = 2.0
# Agreement of themes where one text shows none: neither for nor against.
UNKNOWN = 0.3
# What the words of the table add to the log odds of the model: the whole of it for the theme that has all the words.
# 2 and 4 give the same figures on held-out reports; 4 helps themes that few sections are about (November 2026).
WORDS = 4.0
REMEMBERED = 4096

Rows = NDArray[np.float64]


class Classifier:
    """Sorts texts into the themes of a table. Each word of the table weighs its rarity in policy texts."""

    def __init__(self, themes: Sequence[Theme], model: linear.LinearThemes | None) -> None:
        """`themes`: the table; its order breaks ties. `model`: one that knows these themes, if there is one."""
        self._ids = [theme.id for theme in themes if theme.id != NO_THEME]
        self._place = {theme: number for number, theme in enumerate(self._ids)}
        self._model = model
        self._owners: dict[str, list[str]] = defaultdict(list)
        for theme in themes:
            for word in dict.fromkeys(filter(None, theme.keywords)):
                self._owners[word].append(theme.id)
        statistics = background.load()
        self._rarity = {word: statistics.rarity(word) for word in self._owners}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._owners, key=len, reverse=True):
            self._by_first[word[0]].append(word)
        self.weights = lru_cache(maxsize=REMEMBERED)(self._weights)

    def shares(self, text: str) -> dict[str, float]:
        """Probability of each theme, 0 to 1; with the model they sum to 1, by words alone to less."""
        return dict(zip(self._ids, map(float, self.probabilities([text])[0]), strict=True))

    def probabilities(self, texts: Sequence[str]) -> Rows:
        """The same for many texts: one row a text, one column a theme in the order of the table without T00."""
        words = self._words_of(texts)
        if self._model is None:
            return np.asarray(words / (words.sum(axis=1, keepdims=True) + LEAST))
        scores = self._scores(texts, words)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def themes(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Of each text up to two themes with their probabilities, the strongest first, or T00 when none shows."""
        return [self._named(row) for row in self.probabilities(texts)]

    def agreement(self, central: Sequence[str], local: Sequence[str]) -> Rows:
        """How far the themes of each pair of texts agree, at most 1; UNKNOWN where words alone show none."""
        left, right = self._profiles(central), self._profiles(local)
        found = left @ right.T
        if self._model is None:
            found[~left.any(axis=1)] = UNKNOWN
            found[:, ~right.any(axis=1)] = UNKNOWN
        return np.asarray(found)

    def _named(self, row: Rows) -> dict[str, float]:
        order = np.argsort(-row, kind="stable")[:MOST]
        found = {self._ids[k]: round(float(row[k]), 3) for k in order if row[k] >= NAMED}
        return found or {NO_THEME: round(float(max(0.0, 1 - row.max(initial=0.0))), 3)}

    def _profiles(self, texts: Sequence[str]) -> Rows:
        """Rows of unit length whose products tell agreement: scores less their mean, or weights of words."""
        words = self._words_of(texts)
        if self._model is None:
            lengths = np.linalg.norm(words, axis=1, keepdims=True)
            return np.asarray(np.divide(words, lengths, out=np.zeros_like(words), where=lengths >= LEAST))
        scores = self._scores(texts, words)
        scores -= scores.mean(axis=1, keepdims=True)
        return np.asarray(scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1e-9))

    def _scores(self, texts: Sequence[str], words: Rows) -> Rows:
        """Log odds of the model, in the order of the table, and what the words add."""
        assert self._model is not None
        scores = self._model.scores(texts)[:, [self._model.ids.index(theme) for theme in self._ids]]
        return np.asarray(scores + WORDS * words / np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1.0))

    def _words_of(self, texts: Sequence[str]) -> Rows:
        rows = np.zeros((len(texts), len(self._ids)))
        for row, text in enumerate(texts):
            for theme, weight in self.weights(text).items():
                rows[row, self._place[theme]] = weight
        return rows

    def _weights(self, text: str) -> dict[str, float]:
        """Weight of each theme that has words in the text: the sum of their rarities.

        The longest word at a place counts, each word once; a word of several themes is shared by them.
        """
        found: dict[str, float] = defaultdict(float)
        for word in sorted(set(self._words(text))):  # sorted: the order of a sum changes its last digit
            for theme in self._owners[word]:
                if theme != NO_THEME:
                    found[theme] += self._rarity[word] / len(self._owners[word])
        return dict(found)

    def _words(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            candidates = self._by_first.get(text[at])
            word = next((w for w in candidates if text.startswith(w, at)), None) if candidates else None
            if word:
                yield word
            at += len(word) if word else 1


def themes_of(text: str, themes: Sequence[Theme] | None = None) -> tuple[str, ...]:
    """Ids of up to two themes of a text (of the built-in table, or of `themes`), or (T00,)."""
    return tuple(classifier(load_themes() if themes is None else tuple(themes)).themes([text])[0])


@lru_cache(maxsize=8)
def classifier(themes: tuple[Theme, ...]) -> Classifier:
    """The classifier of a table, built once. The model speaks of the built-in table only."""
    model = linear.load() if themes == load_themes() else None
    known = model and set(model.ids) == {theme.id for theme in themes if theme.id != NO_THEME}
    return Classifier(themes, model if known else None)
