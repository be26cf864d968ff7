"""Weights of the features of links: one number a feature and mode, about in log-odds.

`weights.json` is written by `duizhao_models.training.link_weights`, which says how; it holds no text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from duizhao.segmenter.continuations import CONTINUES
from duizhao.segmenter.features import HEADS, SAME_HEAD
from duizhao.segmenter.modes import BODIES, MODE, MODES
from duizhao.segmenter.reading import Array

FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one mode; `unheaded` is what it costs to leave a paragraph without anything before it, `idle` a display line
    that is no crosshead alone.
    """

    goes_on: Array
    together: Array
    heads: Array
    unheaded: float
    idle: float


def of(mode: str) -> Weights:
    """The weights of a mode."""
    return _WEIGHTS[mode]


def starts(mode: str) -> Array:
    """Weights of CONTINUES for the log-odds that a paragraph goes on when nothing is known of the heads."""
    return _STARTS[mode]


def _vector(names: tuple[str, ...], table: dict[str, float]) -> Array:
    return np.array([table[name] for name in names])


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return tables


def _weights(mode: str) -> Weights:
    t = _tables()["modes"][mode]
    return Weights(
        _vector(CONTINUES, t["goes_on"]),
        _vector(SAME_HEAD, t["together"]),
        _vector(HEADS, t["heads"]),
        t["unheaded"],
        t["idle"],
    )


_WEIGHTS = {mode: _weights(mode) for mode in (*MODES, BODIES)}
_STARTS = {mode: _vector(CONTINUES, _tables()["modes"][mode]["starts"]) for mode in (*MODES, BODIES)}
# For the choice of the mode: of its features (MODE, MODES), and of the sum of its assignment.
MODE_WEIGHTS = np.array([[_tables()["choice"][mode][name] for mode in MODES] for name in MODE])
MODE_TOTAL: float = _tables()["total"]
