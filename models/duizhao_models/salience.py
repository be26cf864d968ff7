"""Candidate lines of a text in, a guess of how well each would do as its headline or brief out: a linear model.

Features are places, lengths, centrality and hashed character bigrams; the weights are made by
`duizhao_models.training.train_salience` and hold no text.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

BUCKETS = 1 << 15
WEIGHTS = Path(__file__).with_name("checkpoints") / "salience.safetensors"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line made from a stretch of a text.

    `start` is its offset, `sentence` the rank of its sentence, `first` and `last` the clauses of it that it spans
    out of `clauses`, `dropped` the number of characters left out inside.
    """

    text: str
    start: int
    sentence: int
    first: int
    last: int
    clauses: int
    dropped: int


@lru_cache(maxsize=1 << 16)
def bucket(a: str, b: str, salt: int = 0) -> int:
    """The bucket of a character bigram, the same in every process."""
    return ((ord(a) * 0x9E3779B1 ^ ord(b) * 0x85EBCA6B ^ salt * 0xC2B2AE35) >> 7) % BUCKETS


def bigrams(text: str) -> list[str]:
    """Character bigrams."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def dense(text: str, candidates: Sequence[Candidate], budget: int, idf: Any, title: str = "") -> Any:
    """Features that do not depend on the words, one row a candidate."""
    body = Counter(bigrams(text[:5000]))
    lead = set(bigrams(text[:120]))
    wanted = set(bigrams("".join(title.split())))
    total = sum(math.log1p(n) for n in body.values()) or 1.0
    rows = []
    for c in candidates:
        grams = bigrams(c.text)
        unique = set(grams)
        n = max(1, len(unique))
        repeat = sum(math.log1p(body[g]) for g in unique) / n
        twice = sum(body[g] > 1 for g in unique) / n
        fill = len(c.text) / budget
        rare = sum(float(idf[bucket(g[0], g[1])]) for g in unique) / n
        rows.append(
            [
                1.0,
                c.sentence == 0,
                c.sentence == 1,
                c.sentence == 2,
                1 / (1 + c.sentence),
                c.first == 0,
                c.sentence == 0 and c.first == 0,
                c.last == c.clauses - 1,
                c.sentence == 0 and c.last == c.clauses - 1,
                (c.last - c.first + 1) / 4,
                fill,
                fill * fill,
                fill < 0.4,
                fill > 0.9,
                math.log1p(c.start) / 8,
                c.dropped / 20,
                c.dropped > 0,
                repeat,
                twice,
                sum(math.log1p(body[g]) for g in unique) / total * 10,
                sum(g in lead for g in unique) / n,
                any(ch.isdigit() for ch in c.text),
                "“" in c.text,
                "《" in c.text,
                "，" in c.text,
                rare,
                c.first / max(1, c.clauses),
                len(text) < 200,
                (len(text) < 200) * fill,
                bool(wanted),
                sum(g in wanted for g in unique) / n,
                sum(g in wanted for g in unique) / max(1, len(wanted)),
                c.sentence > 0 and c.first > 0,
            ]
        )
    return np.asarray(rows, dtype=np.float64)


def hashed(candidate: Candidate) -> list[int]:
    """Buckets of the bigrams, and of the first and last ones once more."""
    grams = bigrams(candidate.text)
    places = [bucket(g[0], g[1]) for g in set(grams)]
    if grams:
        places += [bucket(grams[0][0], grams[0][1], 1), bucket(grams[-1][0], grams[-1][1], 2)]
    return places


def clause_scores(text: str, candidates: Sequence[Candidate], title: str = "") -> Any:
    """Expected share of each clause that an editor keeps in a brief, one number a candidate."""
    return _score("clause", text, candidates, 40, title)


def headline_scores(text: str, candidates: Sequence[Candidate]) -> Any:
    """Expected likeness of each line to the headline that an editor would set, one number a candidate."""
    return _score("headline", text, candidates, 30, "")


def rarity(text: str) -> float:
    """Mean scaled inverse document frequency of a text's bigrams: 0 for phrases of every report, 1 for the new."""
    grams = set(bigrams(text))
    idf = _weights().get("idf")
    if idf is None or not grams:
        return 0.5
    return float(sum(float(idf[bucket(g[0], g[1])]) for g in grams) / len(grams))


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    """The weights, or nothing where the file is absent: then every candidate is scored by its place alone."""
    if not WEIGHTS.exists():
        return {}
    return {name: value.astype(np.float32) for name, value in load_file(WEIGHTS).items()}


def _score(name: str, text: str, candidates: Sequence[Candidate], budget: int, title: str) -> Any:
    if not candidates:
        return np.zeros(0)
    weights = _weights()
    if not weights:
        return np.asarray([0.4 / (1 + c.sentence) + 0.1 / (1 + c.first) for c in candidates])
    x = (dense(text, candidates, budget, weights["idf"], title) - weights[f"{name}.mean"]) / weights[f"{name}.scale"]
    words = weights[f"{name}.words"]
    return x @ weights[f"{name}.dense"] + np.asarray([float(words[hashed(c)].sum()) for c in candidates])
