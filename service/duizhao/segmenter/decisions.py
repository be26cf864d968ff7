"""Small yes-or-no questions that a weighted sum answers: features in, log-odds out.

`decisions.json` holds the weights; `training_decisions` writes it and says how. It holds no text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("decisions.json")


def log_odds(question: str, names: tuple[str, ...], features: Sequence[float]) -> float:
    """The sum of the features by the weights of a question; `names` are those of the features, in order."""
    weights = _table()[question]
    return sum(weights[name] * value for name, value in zip(names, features, strict=True))


@cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = json.loads(FILE.read_text("utf-8"))
    return table
