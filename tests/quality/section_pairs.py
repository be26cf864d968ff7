"""Work reports of ../shared in; features of pairs of demands from sections on different themes out: they are no links.

Sections of provincial reports stand for the central side, those of city reports for the local one. None of them is in
the gold pairs. Part of such pairs are related all the same (roads in a section on towns and in one on projects), so
that a small share of them may be linked.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import theme_headings

from duizhao.compare import align
from duizhao.compare.taxonomy import load_themes
from duizhao.compare.themes import classifier
from duizhao.compare.units import split_units
from duizhao.types.articles import Document
from duizhao_models.base import Embedder

CITIES, UNITS, DRAWN = 9, 110, 40_000  # reports, demands of a report, pairs


def features(shared: Path, embedders: Sequence[Embedder], names: Sequence[str]) -> np.ndarray:
    """One row a pair, one column a feature."""
    texts, cells = drawn(shared)
    agreement = classifier(load_themes()).agreement(texts[0], texts[1])
    made = align.features(texts[0], texts[1], embedders, agreement)
    return np.stack([np.asarray(made[name], dtype=float)[cells[:, 0], cells[:, 1]] for name in names], axis=-1)


def drawn(shared: Path) -> tuple[list[list[str]], np.ndarray]:
    """Demands of either side, and the rows and columns of the drawn pairs."""
    dice = random.Random(11)
    demands: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for section in theme_headings.labelled(shared):
        units = split_units(Document("", section.text))
        found = [("".join(u.text.split()), section.theme) for u in units if u.kind in ("demand", "action")]
        demands[section.report] += found
    with gzip.open(shared / "data/library/local.jsonl.gz", "rt", encoding="utf-8") as lines:
        provincial = {row["id"] for row in map(json.loads, lines) if row["level"] == "省级"}
    provinces = sorted(set(demands) & provincial)
    cities = dice.sample(sorted(set(demands) - provincial), CITIES)
    sides = [
        [u for report in reports for u in dice.sample(demands[report], min(UNITS, len(demands[report])))]
        for reports in (provinces, cities)
    ]
    themes = [np.array([theme for _, theme in side]) for side in sides]
    cells = np.argwhere(themes[0][:, None] != themes[1][None, :])
    chosen = cells[np.random.default_rng(11).permutation(len(cells))[:DRAWN]]
    return [[text for text, _ in side] for side in sides], chosen
