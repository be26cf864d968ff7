"""Whether a text in mid-sentence goes on across a blank line: rows in, log-odds out.

A blank line also stands at a column break and before a hung quotation mark, and between the heads of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.segmenter.cues import ends_open
from duizhao.segmenter.decisions import log_odds
from duizhao.segmenter.followers import followers
from duizhao.segmenter.lines import Row

FEATURES = (
    "bias", "likely", "likely after two", "one line above", "few lines above", "no mark above", "one without mark",
    "no mark below", "blank above", "blank below", "other measure", "above full", "below full", "below ends", "open",
    "quote", "indented",
)  # fmt: skip
# What the characters on both sides say counts no further than this; that a pair was never seen says little.
LEAST_LIKELY, LIKELIEST = -1.0, 8.0
FEW_ROWS = 3
# Columns whose widths differ by more have different measures; a line this near to its measure is full (characters).
DIFFERENT, FULL = 2.5, 1.2
# A first line is indented by so much, which does not show (characters).
INDENT = 2.0
MARK = re.compile(r"[，。、；：？！]")


def goes_on(rows: Sequence[Row], i: int, above: int, *, indented: bool) -> float:
    """Log-odds that row i goes on in the next one.

    `above`: how many lines the paragraph of row i has so far; `indented`: the next row looks indented.
    """
    return log_odds("blank line", FEATURES, features(rows, i, above, indented=indented))


def features(rows: Sequence[Row], i: int, above: int, *, indented: bool) -> list[float]:
    """What speaks for it, in the order of FEATURES."""
    row, below = rows[i], rows[i + 1]
    last, first = followers().ends(["".join(r.text.split()) for r in (row, below)])
    plain = MARK.search(row.text) is None
    gains = (float(gain[0]) for gain in followers().gains(last[:1], first[1:]))
    return [
        float(value)
        for value in (
            1,
            *(min(LIKELIEST, max(LEAST_LIKELY, gain)) for gain in gains),
            above == 1,
            above <= FEW_ROWS,
            plain,
            plain and above == 1,
            MARK.search(below.text) is None,
            row.blank,
            i + 2 >= len(rows) or rows[i + 2].blank,
            abs(below.measure - row.measure) > DIFFERENT,
            abs(row.width + INDENT * (above == 1) - row.measure) <= FULL or abs(row.width - row.measure) <= FULL,
            abs(below.width - below.measure) <= FULL,
            below.ends_sentence,
            ends_open(row.text),
            below.text[:1] in "“《（",
            indented,
        )
    ]
