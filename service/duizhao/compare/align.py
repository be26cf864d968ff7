"""Texts of central and local units in; one score for each pair out, whose threshold holds from document to document.

Each embedder's cosine is measured against chance: against the cosines of both texts with a cohort of general policy
sentences (symmetric score normalisation, as in speaker verification). The normalised scores and the agreement of
themes are summed with fixed weights, and a logistic curve turns the sum into a number between 0 and 1: .5 is a link.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

from duizhao.compare.vocabulary import GENERIC
from duizhao_models import background
from duizhao_models.base import Embedder

Matrix = NDArray[np.float32]

LINKED = 0.5
REVIEW = 0.25


@dataclass(frozen=True, slots=True)
class Calibration:
    """How normalised scores become one: weights by embedder and of themes, the sum that is a link, the curve's width.

    One `width` above `link` is .73, one below is .27. Set on the gold links of three pairs of documents, each pair
    scored with the values that suit the other two, in November 2026.
    """

    weights: dict[str, float]
    themes: float
    link: float
    width: float


WORDING = Calibration({"char_ngrams": 1.0}, themes=4.0, link=11.8, width=2.0)
MEANING = Calibration(
    {"char_ngrams": 0.3}, themes=1.5, link=6.0, width=1.0
)  # every other embedder weighs 1, shared out evenly


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

    `agreement`: how far the themes of each pair agree, 0 to 1, in the same shape.
    """
    calibration = calibration_of(embedders)
    total = calibration.themes * agreement  # float64: the curve must not make equal what is not
    others = sum(embedder.card.name not in calibration.weights for embedder in embedders)
    for embedder in embedders:
        weight = calibration.weights.get(embedder.card.name, 1.0 / max(others, 1))
        total = total + weight * normalised(central, local, embedder)
    return 1.0 / (1.0 + np.exp((calibration.link - total) / calibration.width))


def calibration_of(embedders: Sequence[Embedder]) -> Calibration:
    """The constants for these embedders: shared wording alone, or meaning as well."""
    return WORDING if {embedder.card.name for embedder in embedders} <= set(WORDING.weights) else MEANING


def normalised(central: Sequence[str], local: Sequence[str], embedder: Embedder) -> Matrix:
    """Cosines less what chance gives, in standard deviations; the mean of the view from either side.

    Chance has a mean and a spread for each text where vectors are dense. Shared n-grams are too few to tell the
    spread for one text, so that sparse vectors use the spread within the cohort for all (mean F1 .70 against .58).
    """
    rows, columns = (embedder.embed(_seen_by(embedder, texts)) for texts in (central, local))
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
        vectors = embedder.embed(_seen_by(embedder, background.cohort()))
        cosines = _cosines(vectors, vectors)
        among = cosines[np.triu_indices(len(cosines), 1)]
        _cohorts[embedder] = Cohort(vectors, max(float(among.std()), 1e-6))
    return _cohorts[embedder]


def _seen_by(embedder: Embedder, texts: Sequence[str]) -> list[str]:
    """Shared wording is judged without the words that any demand may use, else two short headings seem alike."""
    if embedder.card.name in WORDING.weights:
        return [GENERIC.sub("，", text) for text in texts]
    return list(texts)


def _cosines(one: Any, other: Any) -> Matrix:
    """Products of all rows; sparse or dense matrices."""
    return background.cosines(one, other) if issparse(one) else np.asarray(one @ other.T, dtype=np.float32)
