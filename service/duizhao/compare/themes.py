"""A text and the table of themes in; the ids of its themes out, the strongest first."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duizhao.errors import UsageError
from duizhao.types import Theme
from duizhao_models import background

BUILT_IN = Path(__file__).with_name("themes.toml")
NO_THEME = "T00"
MOST = 2  # themes of one text
# A second theme is named when its words weigh at least this share of the first one's.
SECOND = 0.5
# Words that weigh less than this in all (one word of everyday policy language) show no theme.
LEAST = 2.0
# Agreement of themes where one text shows none: neither for nor against.
UNKNOWN = 0.3


class Classifier:
    """Finds the words of a table of themes in texts. Each word weighs its rarity in policy texts."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        """`themes`: the table; its order breaks ties."""
        self._place = {theme.id: number for number, theme in enumerate(themes)}
        self._owners: dict[str, list[str]] = defaultdict(list)
        for theme in themes:
            for word in dict.fromkeys(filter(None, theme.keywords)):
                self._owners[word].append(theme.id)
        statistics = background.load()
        self._rarity = {word: statistics.rarity(word) for word in self._owners}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._owners, key=len, reverse=True):
            self._by_first[word[0]].append(word)

    def weights(self, text: str) -> dict[str, float]:
        """Weight of each theme that has words in the text: the sum of their rarities.

        The longest word at a place counts, each word once; a word of several themes is shared by them.
        """
        found: dict[str, float] = defaultdict(float)
        for word in set(self._words(text)):
            for theme in self._owners[word]:
                found[theme] += self._rarity[word] / len(self._owners[word])
        return dict(found)

    def themes(self, text: str) -> tuple[str, ...]:
        """Ids of up to two themes, or (T00,) when no word shows one."""
        weights = self.weights(text)
        ranked = sorted(weights, key=lambda theme: (-weights[theme], self._place[theme]))[:MOST]
        if not ranked or weights[ranked[0]] < LEAST:
            return (NO_THEME,)
        return tuple(theme for theme in ranked if weights[theme] >= SECOND * weights[ranked[0]])

    def agreement(self, central: Sequence[str], local: Sequence[str]) -> NDArray[np.float64]:
        """Cosine of the theme weights of each pair of texts, 0 to 1; UNKNOWN where one of them shows no theme."""
        left, right = self._rows(central), self._rows(local)
        found = left @ right.T
        found[~left.any(axis=1)] = UNKNOWN
        found[:, ~right.any(axis=1)] = UNKNOWN
        return found

    def _words(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            word = next((word for word in self._by_first.get(text[at], ()) if text.startswith(word, at)), None)
            if word:
                yield word
            at += len(word) if word else 1

    def _rows(self, texts: Sequence[str]) -> NDArray[np.float64]:
        rows = np.zeros((len(texts), len(self._place)))
        for row, text in enumerate(texts):
            for theme, weight in self.weights(text).items():
                rows[row, self._place[theme]] = weight
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths >= LEAST))


def load_themes(path: Path | None = None) -> tuple[Theme, ...]:
    """Themes of a TOML file ([[theme]] with id, zh, definition, keywords), or the 26 built-in ones and T00.

    Raises UsageError when the file is missing or is not such a table.
    """
    return _load(path or BUILT_IN)


def themes_of(text: str, themes: Sequence[Theme] | None = None) -> tuple[str, ...]:
    """Ids of up to two themes of a text (of the built-in table, or of `themes`), or (T00,)."""
    return classifier(load_themes() if themes is None else tuple(themes)).themes(text)


@lru_cache(maxsize=8)
def classifier(themes: tuple[Theme, ...]) -> Classifier:
    """The classifier of a table, built once."""
    return Classifier(themes)


@cache
def _load(path: Path) -> tuple[Theme, ...]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["theme"]
        return tuple(
            Theme(
                str(row["id"]), str(row["zh"]), tuple(map(str, row.get("keywords", ()))), str(row.get("definition", ""))
            )
            for row in rows
        )
    except OSError as error:
        raise UsageError(f"the table of themes cannot be read: {path} ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} is no table of themes: expected [[theme]] with id, zh and keywords ({error})"
        ) from error
