"""Texts of central and local units in; one score for each pair out, whose threshold holds from document to document.

Each embedder's cosine is measured against chance: against the cosines of both texts with a cohort of general policy
sentences (symmetric score normalisation, as in speaker verification). The normalised scores and the agreement of
themes are summed with learned weights, and a logistic curve turns the sum into a number between 0 and 1: .5 is a link.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

from duizhao.compare.everyday import objects, without_everyday
from duizhao.compare.relation import is_short
from duizhao.compare.vocabulary import GENERIC
from duizhao_models import background
from duizhao_models.base import Embedder

Matrix = NDArray[np.float32]

LINKED = 0.5
REVIEW = 0.25
# Standard units of chance. From 6 on mean AP and F1 on gold pairs are what they are without the bound; with 4 AP loses
# .008 (November 2026).
EVERYDAY_WORTH = 6.0
# In a unit of so few characters beside common verbs one general word in common (改革, 成果) looks like much: where no
# word that names an object is on both sides, shared wording counts for SHORT_WORTH at most. With 10 or 12 AP, F1 and
# coverage on held-out pairs are what they are without it (8: AP -.002; units of 8 characters: -.001). With units of 4
# characters 15 links between whole reports went, of which 11 did not convince (November 2026).
SHORT, SHORT_WORTH = 6, 10.0
SHARED_WORDING = "char_ngrams"  # the embedder that sees words; every other one sees meaning
# A pair below CERTAIN that is among the BEST of neither of its units is left to review: in whole reports many units are
# near to many. Of the links between two reports a sixth goes; mean F1 on gold pairs is .729 in place of .721 (BEST 1:
# .718, 3: .721; November 2026). No demand loses its best link.
BEST, CERTAIN = 2, 0.88
COMBINATIONS = Path(__file__).with_name("combination.json")


@dataclass(frozen=True, slots=True)
class Combination:
    """How the features of a pair become one score: weights by feature, and the sum that is a link (log odds).

    `duizhao_models.training.fit_alignment` fits it on judged pairs of documents.
    """

    weights: dict[str, float]
    link: float


@dataclass(frozen=True, slots=True)
class Cohort:
    """The cohort as one embedder sees it: its vectors, and the spread of cosines within it."""

    vectors: Any
    spread: float


_cohorts: weakref.WeakKeyDictionary[Embedder, Cohort] = weakref.WeakKeyDictionary()


def score(
    central: Sequence[str], local: Sequence[str], embedders: Sequence[Embedder], agreement: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Scores between 0 and 1, one row a central text and one column a local one.

    `agreement`: how far the themes of each pair agree, at most 1, in the same shape.
    """
    combination = combination_of(embedders)
    # float64: the curve must not make equal what is not
    total = sum(
        combination.weights[name] * values.astype(np.float64)
        for name, values in features(central, local, embedders, agreement).items()
    )
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(combination.link - total, -700, 700))))


def crowded(scores: NDArray[np.float64], certain: float = CERTAIN) -> NDArray[np.bool_]:
    """Pairs that are among the best of neither of their units, and not certain by themselves."""
    ranks = [np.argsort(np.argsort(-scores, axis=axis, kind="stable"), axis=axis, kind="stable") for axis in (0, 1)]
    return np.asarray((np.minimum(*ranks) >= BEST) & (scores < certain))


def features(
    central: Sequence[str], local: Sequence[str], embedders: Sequence[Embedder], agreement: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """What the score is made of, by name: matrices in the shape of `agreement`."""
    found: dict[str, NDArray[Any]] = {"themes": agreement}
    views = [normalised(central, local, e) for e in embedders if e.card.name != SHARED_WORDING]
    if views:
        found["meaning"] = np.mean(views, axis=0)
    for embedder in embedders:
        if embedder.card.name == SHARED_WORDING:
            found[SHARED_WORDING] = _shared_wording(central, local, embedder)
    return found


def _shared_wording(central: Sequence[str], local: Sequence[str], embedder: Embedder) -> Matrix:
    """Words that every theme uses, and general words of a short unit, show no common object: they are bounded."""
    rows, columns = ([GENERIC.sub("，", text) for text in side] for side in (central, local))
    bare = [[GENERIC.sub("，", without_everyday(text)) for text in side] for side in (central, local)]
    bound = normalised(bare[0], bare[1], embedder) + EVERYDAY_WORTH
    found = np.minimum(normalised(rows, columns, embedder), bound)
    loose = _loose(central, local)
    found[loose] = np.minimum(found[loose], SHORT_WORTH)
    return np.asarray(found, dtype=np.float32)


def _loose(central: Sequence[str], local: Sequence[str]) -> NDArray[np.bool_]:
    """Pairs of which one is short and that have no word in common that names an object."""
    short = [np.array([is_short(text, SHORT) for text in side], dtype=bool) for side in (central, local)]
    named = [[objects(text) for text in side] for side in (central, local)]
    place = {word: n for n, word in enumerate(sorted(set().union(*named[0], *named[1])))}
    has = [np.zeros((len(side), len(place)), dtype=np.float32) for side in named]
    for matrix, side in zip(has, named, strict=True):
        for row, words in enumerate(side):
            matrix[row, [place[word] for word in words]] = 1
    return np.asarray((short[0][:, None] | short[1][None, :]) & (has[0] @ has[1].T == 0))


def combination_of(embedders: Sequence[Embedder]) -> Combination:
    """The one for these embedders: shared wording alone, or meaning as well."""
    return _combinations()["wording" if by_wording_alone(embedders) else "meaning"]


def by_wording_alone(embedders: Sequence[Embedder]) -> bool:
    """Whether no embedder sees meaning."""
    return all(embedder.card.name == SHARED_WORDING for embedder in embedders)


@cache
def _combinations() -> dict[str, Combination]:
    rows = json.loads(COMBINATIONS.read_text(encoding="utf-8"))
    return {view: Combination(row["weights"], row["link"]) for view, row in rows.items()}


def normalised(central: Sequence[str], local: Sequence[str], embedder: Embedder) -> Matrix:
    """Cosines less what chance gives, in standard deviations; the mean of the view from either side.

    Chance has a mean and a spread for each text where vectors are dense. Shared n-grams are too few to tell the
    spread for one text, so that sparse vectors use the spread within the cohort for all (mean F1 .70 against .58).
    """
    rows, columns = embedder.embed(central), embedder.embed(local)
    cohort = _cohort(embedder)
    cosines = _cosines(rows, columns)
    seen = [_cosines(side, cohort.vectors) for side in (rows, columns)]
    means = [view.mean(axis=1) for view in seen]
    if issparse(rows):
        return np.asarray((cosines - (means[0][:, None] + means[1][None, :]) / 2) / cohort.spread, dtype=np.float32)
    spreads = [np.maximum(view.std(axis=1), 1e-6) for view in seen]
    from_rows = (cosines - means[0][:, None]) / spreads[0][:, None]
    from_columns = (cosines - means[1][None, :]) / spreads[1][None, :]
    return np.asarray((from_rows + from_columns) / 2, dtype=np.float32)


def _cohort(embedder: Embedder) -> Cohort:
    if embedder not in _cohorts:
        vectors = embedder.embed(_cohort_texts(embedder))
        cosines = _cosines(vectors, vectors)
        among = cosines[np.triu_indices(len(cosines), 1)]
        _cohorts[embedder] = Cohort(vectors, max(float(among.std()), 1e-6))
    return _cohorts[embedder]


def _cohort_texts(embedder: Embedder) -> list[str]:
    """Shared wording is judged without the words that any demand may use, else two short headings seem alike."""
    texts = background.cohort()
    return [GENERIC.sub("，", text) for text in texts] if embedder.card.name == SHARED_WORDING else list(texts)


def _cosines(one: Any, other: Any) -> Matrix:
    """Products of all rows; sparse or dense matrices."""
    return background.cosines(one, other) if issparse(one) else np.asarray(one @ other.T, dtype=np.float32)
