"""Candidate lines of a text in, a guess of how well each would do as its headline or brief out.

A linear model reads places, lengths, centrality and hashed character bigrams; boosted trees read its answer, the same
features and how the candidates of one text stand to one another. The weights are made by
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

from duizhao_models import salience_trees

BUCKETS = 1 << 15
# What is read of a text to tell how often its words come again.
LONGEST_WEIGHED = 5_000
WEIGHTS = Path(__file__).with_name("checkpoints") / "salience.safetensors"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line made from a stretch of a text.

    `start` is its offset, `sentence` the rank of its sentence, `first` and `last` the clauses of it that it spans
    out of `clauses`, `dropped` the number of characters left out inside, `spans` what it is made of.
    """

    text: str
    start: int
    sentence: int
    first: int
    last: int
    clauses: int
    dropped: int
    spans: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=1 << 16)
def bucket(a: str, b: str, salt: int = 0) -> int:
    """The bucket of a character bigram, the same in every process."""
    return ((ord(a) * 0x9E3779B1 ^ ord(b) * 0x85EBCA6B ^ salt * 0xC2B2AE35) >> 7) % BUCKETS


def bigrams(text: str) -> list[str]:
    """Character bigrams."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def dense(text: str, candidates: Sequence[Candidate], budget: int, idf: Any, title: str = "") -> Any:
    """Features that do not depend on the words, one row a candidate."""
    body = Counter(bigrams(text[:LONGEST_WEIGHED]))
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


def relative(text: str, candidates: Sequence[Candidate], linear: Any, idf: Any) -> Any:
    """Features of a candidate among the others of its text, one row each: its linear score and rank, what it covers."""
    text = text[:LONGEST_WEIGHED]
    weight = {g: math.log1p(n) * float(idf[bucket(g[0], g[1])]) for g, n in Counter(bigrams(text)).items()}
    total = sum(weight.values()) or 1.0
    last = {text[i : i + 2]: i for i in range(len(text) - 1)}
    best, rank = float(linear.max()), (-linear).argsort(kind="stable").argsort(kind="stable")
    rows = []
    for c, score, place in zip(candidates, linear, rank, strict=True):
        grams = set(bigrams(c.text))
        n, end = max(1, len(grams)), c.start + len(c.text) + c.dropped
        covered = sum(weight.get(g, 0.0) for g in grams)
        rows.append(
            [
                score,
                score - best,
                place,
                len(c.text),
                math.log1p(len(text)),
                covered / total * 100,
                covered / n,
                sum(last.get(g, -1) >= end for g in grams) / n,
                len(candidates),
                c.clauses,
                c.sentence,
                c.first,
                c.last - c.first,
                c.dropped,
                text[end : end + 1] in ("。", "！", "？"),
                text[max(0, c.start - 1) : c.start] in ("，", ","),
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


def headline_scores(text: str, candidates: Sequence[Candidate], kept: Any = None) -> Any:
    """Expected likeness of each line to the headline that an editor would set, one number a candidate.

    `kept` are the features of the lines by `headline_net.line_features`, where the network has read the text.
    """
    return _score("headline" if kept is None else "kept", text, candidates, 30, "", kept)


def rareness(gram: str) -> float:
    """Scaled inverse document frequency of a bigram; 0 for a single character."""
    idf = _weights().get("idf")
    return 0.5 if idf is None else float(idf[bucket(gram[0], gram[1])]) if len(gram) == 2 else 0.0


def rarity(text: str) -> float:
    """Mean scaled inverse document frequency of a text's bigrams: 0 for phrases of every report, 1 for the new."""
    grams = set(bigrams(text))
    return sum(map(rareness, grams)) / len(grams) if grams else 0.5


@lru_cache(maxsize=1)
def _weights() -> dict[str, Any]:
    """The weights, or nothing where the file is absent: then every candidate is scored by its place alone."""
    if not WEIGHTS.exists():
        return {}
    return {
        name: value.astype(np.float32) if value.dtype == np.float16 else value
        for name, value in load_file(WEIGHTS).items()
    }


def _score(name: str, text: str, candidates: Sequence[Candidate], budget: int, title: str, kept: Any = None) -> Any:
    if not candidates:
        return np.zeros(0)
    weights = _weights()
    if not weights:
        return np.asarray([0.4 / (1 + c.sentence) + 0.1 / (1 + c.first) for c in candidates])
    plain = dense(text, candidates, budget, weights["idf"], title)
    line = linear(name, weights, plain, [hashed(c) for c in candidates])
    if f"{name}.root" not in weights:
        return line
    forest = {part: weights[f"{name}.{part}"] for part in (*salience_trees.PARTS, "depth")}
    columns = [plain, relative(text, candidates, line, weights["idf"]), *([] if kept is None else [kept])]
    return salience_trees.predict(forest, np.hstack(columns))


def linear(name: str, weights: dict[str, Any], plain: Any, words: Sequence[list[int]]) -> Any:
    """Scores of the linear model from dense features (one row a candidate) and the buckets of each candidate."""
    x = (plain - weights[f"{name}.mean"]) / weights[f"{name}.scale"]
    table = weights[f"{name}.words"]
    return x @ weights[f"{name}.dense"] + np.asarray([float(table[places].sum()) for places in words])
