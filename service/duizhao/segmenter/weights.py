"""Weights of the features of links: one number a feature (and mode), about in log-odds.

Fitted in November 2026 on 700 generated pages (real articles of one national paper, 2019-2020, set by a page
generator in its four stream orders), whose gold tells which blocks belong together: logistic regression first, then a
structured perceptron with margin over the assignment, averaged. Only these numbers were taken from those pages.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from duizhao.segmenter import features, modes
from duizhao.segmenter.reading import Array

_CONTINUES = {
    "bias": 0.39,
    "display": -0.59,
    "displays": -1.51,
    "crosshead": -0.91,
    "caption": -6.05,
    "jump to": -7.78,
    "jump from": -7.14,
    "furniture": -1.02,
    "unfinished": -1.01,
    "opens": -4.03,
    "measure": -1.48,
    "narrower": -1.42,
    "cohesion": 5.57,
    "credit": -1.77,
    "no blank": 2.40,
    "numbered": 1.79,
    "short": 2.91,
    "quote": 0.09,
}
# The same features, for the log-odds that a paragraph goes on when nothing is known of the heads.
_STARTS = {
    "bias": 3.37,
    "display": -0.90,
    "displays": -2.67,
    "crosshead": -0.83,
    "caption": -6.54,
    "jump to": -7.80,
    "jump from": -6.89,
    "furniture": -0.96,
    "unfinished": -1.27,
    "opens": -4.93,
    "measure": -2.07,
    "narrower": -1.71,
    "cohesion": 6.38,
    "credit": -2.03,
    "no blank": 2.02,
    "numbered": 1.75,
    "short": 2.82,
    "quote": 0.37,
}
# Columns: the modes in their order.
_SAME_HEAD = {
    "bias": (-0.92, -1.02, -1.28, -1.05),
    "no blank": (3.35, 3.33, 3.45, 3.23),
    "lead-in": (0.56, 0.42, 0.37, 0.46),
    "dash": (2.69, 2.61, 2.77, 2.60),
    "numbered": (-1.92, -1.79, -1.91, -1.98),
    "narrower": (0.40, 0.58, 0.27, 0.55),
    "wider": (-0.07, -0.16, -0.12, -0.15),
    "same measure": (-0.32, -0.36, -0.57, -0.58),
    "short first": (0.12, 0.22, 0.05, 0.22),
    "shared": (0.20, 0.11, 0.37, 0.23),
    "agreement": (0.73, 0.72, 0.82, 0.54),
    "question": (-2.07, -2.12, -2.00, -2.15),
    "two heads": (-1.41, -1.38, -1.38, -1.36),
    "lead-in below": (0.51, 0.47, 0.34, 0.37),
    "rows": (-0.93, -0.87, -0.88, -1.02),
}
# Columns: the modes in their order.
_HEADS = {
    "bias": (-11.28, -9.63, -4.65, -5.28),
    "next": (5.01, -2.69, -1.98, 1.59),
    "next but one": (-0.51, -0.37, -0.51, -1.81),
    "later": (-2.81, -2.30, -1.50, -3.63),
    "whole stretch": (0.14, 0.38, -0.71, 0.54),
    "back": (1.22, 3.12, 1.04, 1.79),
    "back over one": (-1.27, 0.85, 1.53, 1.37),
    "far back": (-1.72, 2.03, 1.81, 1.86),
    "end of page": (-0.48, 0.09, 0.94, 0.79),
    "back start": (-0.88, -0.32, -1.10, -0.06),
    "back over one start": (-0.93, 1.10, -0.23, -0.18),
    "far start": (-1.23, 0.72, 0.09, -0.22),
    "order": (-0.34, -0.24, -1.92, -0.54),
    "affinity": (-0.12, 0.97, 1.62, 1.29),
    "advantage": (0.54, 0.90, 0.96, 0.26),
    "best head": (0.68, 2.50, 1.26, 1.25),
    "affinity above": (0.66, 1.80, 0.90, 1.37),
    "affinity below": (-0.63, -5.29, -2.11, -1.87),
    "opens": (-0.30, -0.23, -0.46, -0.07),
    "boundary": (0.17, 2.74, -0.91, -0.14),
    "start": (2.62, 1.23, 1.36, 0.96),
    "crosshead": (-0.15, -2.54, -1.40, -1.09),
    "numbered": (-0.48, -0.81, -0.71, -1.37),
    "wide": (0.47, 0.38, 0.40, 0.46),
    "two rows": (-1.37, -1.44, 0.36, -0.82),
    "dash": (0.65, 0.58, 1.05, 0.95),
    "last of stretch": (3.89, 1.57, 0.18, 0.02),
    "first of stretch": (0.79, -0.05, -0.89, -0.68),
    "lead-in": (-0.87, -0.81, -0.92, -1.00),
    "short": (0.33, 0.48, 0.24, 0.29),
}
_MODE = {
    "bias": (-3.60, -1.44, 2.45, 2.59),
    "first is head": (1.05, -0.26, -1.31, 0.52),
    "last is head": (-0.92, 1.94, -0.92, -0.10),
    "trailing": (-2.34, -0.70, 3.58, -0.55),
    "leading": (2.53, -1.57, -0.42, -0.54),
    "head over opening": (0.66, 0.05, -1.36, 0.64),
    "head under end": (3.75, 2.88, -5.40, -1.23),
}

# What it costs to leave a paragraph without anything before it, and a display line that is no crosshead alone.
UNHEADED = 2.17
IDLE = 1.30
# Weight of the sum of an assignment in the choice of the mode.
MODE_TOTAL = 0.337


def _vector(names: tuple[str, ...], table: Mapping[str, float | tuple[float, ...]]) -> Array:
    return np.array([table[name] for name in names])


CONTINUES = _vector(features.CONTINUES, _CONTINUES)
STARTS = _vector(features.CONTINUES, _STARTS)
SAME_HEAD = dict(zip(modes.MODES, _vector(features.SAME_HEAD, _SAME_HEAD).T, strict=True))
HEADS = dict(zip(modes.MODES, _vector(features.HEADS, _HEADS).T, strict=True))
MODE = _vector(modes.MODE, _MODE)
