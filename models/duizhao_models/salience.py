"""Candidate lines of a text in, a guess of how well each would do as its headline or brief out.

A linear model reads places, lengths, centrality and hashed character bigrams; boosted trees read its answer, the same
features and how the candidates of one text stand to one another. The weights are made by
`duizhao_models.training.train_salience` and hold no text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from duizhao_models import salience_trees
from duizhao_models.lines import Lines, bucket, buckets, found, numbered

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


def bigrams(text: str) -> list[str]:
    """Character bigrams."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def dense(text: str, candidates: Sequence[Candidate], lines: Lines, budget: int, idf: Any, title: str = "") -> Any:
    """Features that do not depend on the words, one row a candidate; `lines` are the candidates' texts."""
    body, times = np.unique(numbered(text[:LONGEST_WEIGHED]), return_counts=True)
    weight = np.log1p(times)
    total = float(weight.sum()) or 1.0
    wanted = np.unique(numbered("".join(title.split())))
    n = np.maximum(1, lines.count)
    often = found(lines.grams, body, times.astype(np.float64))
    repeat = lines.sums(found(lines.grams, body, weight))
    twice = lines.sums(often > 1) / n
    lead = lines.sums(np.isin(lines.grams, numbered(text[:120]))) / n
    rare = lines.sums(idf[buckets(lines.grams)].astype(np.float64)) / n
    titled = lines.sums(np.isin(lines.grams, wanted))
    short = len(text) < 200
    rows = []
    for i, c in enumerate(candidates):
        fill = len(c.text) / budget
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
                repeat[i] / n[i],
                twice[i],
                repeat[i] / total * 10,
                lead[i],
                any(map(str.isdigit, c.text)),
                "“" in c.text,
                "《" in c.text,
                "，" in c.text,
                rare[i],
                c.first / max(1, c.clauses),
                short,
                short * fill,
                len(wanted) > 0,
                titled[i] / n[i],
                titled[i] / max(1, len(wanted)),
                c.sentence > 0 and c.first > 0,
            ]
        )
    return np.asarray(rows, dtype=np.float64)


def relative(text: str, candidates: Sequence[Candidate], lines: Lines, linear: Any, idf: Any) -> Any:
    """Features of a candidate among the others of its text, one row each: its linear score and rank, what it covers."""
    text = text[:LONGEST_WEIGHED]
    grams = numbered(text)
    body, times = np.unique(grams, return_counts=True)
    weight = np.log1p(times) * idf[buckets(body)]
    total = float(weight.sum()) or 1.0
    latest = len(grams) - 1 - np.unique(grams[::-1], return_index=True)[1]
    best, rank = float(linear.max()), (-linear).argsort(kind="stable").argsort(kind="stable")
    n = np.maximum(1, lines.count)
    covered = lines.sums(found(lines.grams, body, weight))
    end = [c.start + len(c.text) + c.dropped for c in candidates]
    last = found(lines.grams, body, latest.astype(np.float64), -1.0)
    later = lines.sums(last >= np.asarray(end)[lines.row]) / n
    rows = [
        [
            linear[i],
            linear[i] - best,
            rank[i],
            len(c.text),
            math.log1p(len(text)),
            covered[i] / total * 100,
            covered[i] / n[i],
            later[i],
            len(candidates),
            c.clauses,
            c.sentence,
            c.first,
            c.last - c.first,
            c.dropped,
            text[end[i] : end[i] + 1] in ("。", "！", "？"),
            text[max(0, c.start - 1) : c.start] in ("，", ","),
        ]
        for i, c in enumerate(candidates)
    ]
    return np.asarray(rows, dtype=np.float64)


def hashed(lines: Lines) -> list[Any]:
    """Buckets of the bigrams of each line, and of the first and last ones once more."""
    places, ends = buckets(lines.grams), np.cumsum(lines.count)
    marked = np.stack([buckets(lines.first, 1), buckets(lines.last, 2)], axis=1)
    return [
        np.concatenate([places[end - size : end], pair]) if size else places[:0]
        for end, size, pair in zip(ends.tolist(), lines.count.tolist(), marked, strict=True)
    ]


def clause_scores(text: str, candidates: Sequence[Candidate], title: str = "") -> Any:
    """Expected share of each clause that an editor keeps in a brief, one number a candidate."""
    return _score("clause", text, candidates, 40, title)


def headline_scores(text: str, candidates: Sequence[Candidate], kept: Any = None) -> Any:
    """Expected likeness of each line to the headline that an editor would set, one number a candidate.

    `kept` are the features of the lines by `headline_net.line_features`, where the network has read the text.
    """
    return _score("headline" if kept is None else "kept", text, candidates, 30, "", kept)


@lru_cache(maxsize=1 << 16)
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
    lines = Lines.of([c.text for c in candidates])
    plain = dense(text, candidates, lines, budget, weights["idf"], title)
    line = linear(name, weights, plain, hashed(lines))
    if f"{name}.root" not in weights:
        return line
    forest = {part: weights[f"{name}.{part}"] for part in (*salience_trees.PARTS, "depth")}
    columns = [plain, relative(text, candidates, lines, line, weights["idf"]), *([] if kept is None else [kept])]
    return salience_trees.predict(forest, np.hstack(columns))


def linear(name: str, weights: dict[str, Any], plain: Any, words: Sequence[Any]) -> Any:
    """Scores of the linear model from dense features (one row a candidate) and the buckets of each candidate."""
    x = (plain - weights[f"{name}.mean"]) / weights[f"{name}.scale"]
    row = np.repeat(np.arange(len(words)), [len(places) for places in words])
    values = weights[f"{name}.words"][np.concatenate(words)]
    return x @ weights[f"{name}.dense"] + np.bincount(row, values, minlength=len(words))
