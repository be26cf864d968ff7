"""What speaks for a link of a display line: a `Reading` in, arrays of named features out.

Two kinds of link: two display lines are one head, a head belongs to the article that starts at a paragraph. Each
feature is a number about 0 to 1; the weights are in `weights`.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from duizhao.segmenter.cues import DASH, NUMBERED, opens_article, opens_with_reporter
from duizhao.segmenter.reading import FEW_PARAGRAPHS, Array, Reading, bigrams, crosshead

SAME_HEAD = (
    "bias", "no blank", "lead-in", "dash", "numbered", "narrower", "wider", "same measure", "short first",
    "shared", "agreement", "question", "two heads", "lead-in below", "rows",
)  # fmt: skip
HEADS = (
    "bias", "next", "next but one", "later", "whole stretch", "back", "back over one", "far back",
    "end of page", "back start", "back over one start", "far start", "order", "affinity", "advantage",
    "best head", "affinity above", "affinity below", "opens", "boundary", "start", "crosshead", "numbered",
    "wide", "two rows", "dash", "last of stretch", "first of stretch", "lead-in", "short",
    "touching", "full", "top of piece", "piece", "reporter", "few",
)  # fmt: skip
LEAD_IN = re.compile(r"(?:——|—|：|强调|指出|要求|表示|召开|举行|发布|印发|公布|致辞|讲话|会见|会谈|主持)$")


def same_heads(s: Reading) -> Array:
    """Features of every display line being one head with the next: (displays - 1, SAME_HEAD); zeros where apart."""
    rows = [_same_head(s, n) for n in range(len(s.displays) - 1)]
    return np.array(rows, dtype=float).reshape(len(rows), len(SAME_HEAD))


def headings(s: Reading, starts: Array) -> Array:
    """Features of every display line heading the article that starts at a paragraph: (displays, paragraphs, HEADS).

    `starts`: for every paragraph the log-odds that it starts an article.
    """
    d, p = np.array(s.displays), np.array(s.paragraphs)
    out = np.zeros((len(d), len(p), len(HEADS)))
    if not len(d) or not len(p):
        return out
    columns = {name: out[:, :, k] for k, name in enumerate(HEADS)}
    columns["bias"][:] = 1
    for name, cells in _places(s, d, p).items():
        columns[name][:] = cells
    columns["affinity"][:] = s.echo
    columns["advantage"][:] = s.echo - _best_elsewhere(s.echo)
    columns["best head"][:] = s.echo - _best_elsewhere(s.echo.T).T
    above, below = _beside(s)
    columns["affinity above"][:] = above
    columns["affinity below"][:] = below
    columns["opens"][:] = np.array([opens_article(s.blocks[j].text) for j in p])[None, :]
    columns["boundary"][:] = np.array([_at_boundary(s, j) for j in p])[None, :]
    columns["reporter"][:] = np.array([opens_with_reporter(s.blocks[j].text) for j in p])[None, :]
    columns["full"][:] = np.array([s.blocks[j].starts_full for j in p])[None, :]
    columns["top of piece"][:] = np.array([s.blocks[j].breaks for j in p])[None, :]
    columns["touching"][:] = (p[None, :] == d[:, None] + 1) & np.array([not s.blocks[j].blank for j in p])[None, :]
    columns["piece"][:] = np.array([s.blocks[i].breaks for i in d])[:, None]
    columns["few"][:] = FEW_PARAGRAPHS / (FEW_PARAGRAPHS + len(p))
    columns["start"][:] = np.clip(starts, -4, 4)[None, :] / 4
    for name, values in _display_looks(s).items():
        columns[name][:] = values[:, None]
    return out


def _places(s: Reading, d: NDArray[np.int64], p: NDArray[np.int64]) -> dict[str, NDArray[np.bool_] | Array]:
    """Where the paragraph stands as seen from the display line: after it, or so many stretches of heads before."""
    following = np.searchsorted(p, d)
    stretches = np.array([i for n, i in enumerate(d) if n == 0 or following[n] != following[n - 1]])
    ahead = p[None, :] > d[:, None]
    steps = np.arange(len(p))[None, :] - following[:, None]
    back = (stretches.searchsorted(d, "right") - 1)[:, None] - stretches.searchsorted(p)[None, :]
    top = np.array([j == 0 or s.blocks[j - 1].kind == "display" or s.blocks[j].after_furniture for j in p])[None, :]
    order = np.abs(_fractions(following)[:, None] - _fractions(np.zeros(len(p)))[None, :])
    return {
        "next": ahead & (steps == 0),
        "next but one": ahead & (steps == 1),
        "later": ahead & (steps > 1),
        "back": ~ahead & (back == 0),
        "back over one": ~ahead & (back == 1),
        "far back": ~ahead & (back > 1),
        "back start": ~ahead & (back == 0) & top,
        "back over one start": ~ahead & (back == 1) & top,
        "far start": ~ahead & (back > 1) & top,
        "end of page": (following == len(p))[:, None] & ~ahead,
        "order": order,
    }


def _display_looks(s: Reading) -> dict[str, Array]:
    blocks = [s.blocks[i] for i in s.displays]
    after = np.searchsorted(np.array(s.paragraphs), np.array(s.displays))
    last = np.append(after[1:] != after[:-1], True)
    first = np.insert(after[1:] != after[:-1], 0, True)
    return {
        "crosshead": np.array([crosshead(s, i) for i in s.displays]),
        "numbered": np.array([float(bool(NUMBERED.match(b.text))) for b in blocks]),
        "wide": np.array([float(b.measure > 0 and b.width > b.measure + 1) for b in blocks]),
        "two rows": np.array([float(b.rows > 1) for b in blocks]),
        "dash": np.array([float(bool(DASH.match(b.text))) for b in blocks]),
        "last of stretch": last.astype(float),
        "first of stretch": first.astype(float),
        "whole stretch": (first & last).astype(float),
        "lead-in": np.array([float(LEAD_IN.search(b.text.rstrip()[-8:]) is not None) for b in blocks]),
        "short": np.array([float(b.width <= 6) for b in blocks]),
    }


def _at_boundary(s: Reading, j: int) -> float:
    """A paragraph stands right under something that is no paragraph, or at the top."""
    return float(j == 0 or s.blocks[j - 1].kind != "paragraph" or s.blocks[j].after_furniture)


def _same_head(s: Reading, n: int) -> list[float]:
    i, j = s.displays[n], s.displays[n + 1]
    if j != i + 1:
        return [0.0] * len(SAME_HEAD)
    a, b = s.blocks[i], s.blocks[j]
    return [
        1.0,
        float(not b.blank),
        float(LEAD_IN.search(a.text.rstrip()[-8:]) is not None),
        float(DASH.match(b.text) is not None),
        float(NUMBERED.match(b.text) is not None),
        float(b.width < a.width - 2),
        float(b.width > a.width + 2),
        float(abs(a.width - b.width) <= 1),
        float(a.width <= 8),
        float(len(bigrams(a.text) & bigrams(b.text)) > 0),
        agreement(s.echo[n], s.echo[n + 1]),
        float(a.text.rstrip()[-1:] in ("？", "！")),
        float(" " in a.text.strip() and " " in b.text.strip()),
        float(LEAD_IN.search(b.text.rstrip()[-8:]) is not None),
        float(a.rows > 1),
    ]


def agreement(a: Array, b: Array) -> float:
    """How far two display lines are echoed in the same place of the page: 1 in the same, 0 apart, 0.75 if unknown."""
    if not len(a) or min(a.max(), b.max()) <= 0.15:
        return 0.75
    near = np.maximum.reduce([np.roll(b, k) for k in (-2, -1, 0, 1, 2)])
    return float(2 * (a + near).max() / (a.max() + b.max()) - 1)


def _fractions(groups: NDArray[np.int64] | Array) -> Array:
    """Position of every item within its group (runs of equal numbers), 0 to 1."""
    _, index, counts = np.unique(groups, return_inverse=True, return_counts=True)
    begin = np.concatenate([[0], np.cumsum(counts)[:-1]])
    out: Array = (np.arange(len(groups)) - begin[index] + 0.5) / counts[index]
    return out


def _beside(s: Reading) -> tuple[Array, Array]:
    """For every display line the echo of the one right above it, and of the one right below (0 where there is none)."""
    above, below = np.zeros_like(s.echo), np.zeros_like(s.echo)
    for n in range(len(s.displays) - 1):
        if s.displays[n + 1] == s.displays[n] + 1:
            above[n + 1], below[n] = s.echo[n], s.echo[n + 1]
    return above, below


def _best_elsewhere(echo: Array) -> Array:
    """For every cell the best value of its row at least three columns away."""
    out = np.zeros_like(echo)
    for j in range(echo.shape[1]):
        away = np.concatenate([echo[:, : max(0, j - 2)], echo[:, j + 3 :]], axis=1)
        out[:, j] = away.max(axis=1) if away.shape[1] else 0.0
    return out
