"""Blocks in reading order, indexed, with the bigrams that they share: blocks in, a `Reading` out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.cues import SEE, opens_article

Array = NDArray[np.float64]

# A headline is echoed in the first paragraphs of its article, less and less further down.
ECHO = (1.0, 0.85, 0.7, 0.55, 0.4)
# A head that shares but one common bigram is hardly echoed: added to the sum of its weights.
DAMPING = 2.0
# Column widths that differ by less are one measure (characters).
SAME_MEASURE = 2.5
# A page with so few paragraphs has few that could be headed.
FEW_PARAGRAPHS = 10
# The page's first paragraph starts an article (log-odds).
SURE_START = 4.0
# So many paragraphs on either side of a gap are compared.
CONTEXT = 3
PAIR = re.compile(r"(?=([\u4e00-\u9fff0-9A-Za-z]{2}))")


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks in reading order.

    `paragraphs` and `displays` are block numbers; `echo` (displays, paragraphs) is the share of a display line that
    comes again in the article from that paragraph on; `cohesion` (paragraphs - 1) what is shared across each gap;
    `bodies` are the bigrams of each paragraph, `idf` their weights, `rare` the weight of what one paragraph has.
    """

    blocks: tuple[Block, ...]
    paragraphs: tuple[int, ...]
    displays: tuple[int, ...]
    echo: Array
    cohesion: Array
    bodies: tuple[set[str], ...]
    idf: dict[str, float]
    rare: float


def reading_of(blocks: Sequence[Block]) -> Reading:
    """Index the blocks and count the bigrams that they share."""
    paragraphs = tuple(i for i, b in enumerate(blocks) if b.kind == "paragraph")
    displays = tuple(i for i, b in enumerate(blocks) if b.kind == "display")
    bodies = [bigrams(blocks[i].text) for i in paragraphs]
    df = Counter(chain.from_iterable(bodies))
    weight = {n: math.log(1 + len(bodies) / n) for n in set(df.values())}
    idf = {g: weight[n] for g, n in df.items()}
    heads = [bigrams(blocks[i].text) for i in displays]
    rare = max(idf.values(), default=0.0)
    echo, cohesion = _echo(heads, bodies, idf), _cohesion(bodies, idf, rare)
    return Reading(tuple(blocks), paragraphs, displays, echo, cohesion, tuple(bodies), idf, rare)


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring letters, digits or Chinese characters."""
    return set(PAIR.findall(text))


def crosshead(s: Reading, i: int) -> float:
    """How much a display line looks like a heading inside an article: one short line alone, in body measure."""
    block = s.blocks[i]
    if block.rows > 1 or not 0 < i < len(s.blocks) - 1:
        return 0.0
    above, below = s.blocks[i - 1], s.blocks[i + 1]
    if above.kind != "paragraph" or below.kind != "paragraph" or opens_article(below.text):
        return 0.0
    same = abs(above.measure - below.measure) <= SAME_MEASURE
    fits = not above.measure or block.width <= above.measure - 1
    return 0.2 + 0.4 * fits + 0.4 * same


def is_teaser(s: Reading, i: int) -> bool:
    """A mark right after the display line says that its article stands on another page."""
    below = s.blocks[i + 1] if i + 1 < len(s.blocks) else None
    return below is not None and below.kind == "jump" and SEE.match(below.text) is not None


def _echo(heads: Sequence[set[str]], bodies: Sequence[set[str]], idf: dict[str, float]) -> Array:
    """Share of a head's bigrams (by idf) that stands in the paragraphs from j on: (heads, bodies)."""
    out = np.zeros((len(heads), len(bodies)))
    for n, head in enumerate(heads):
        grams = [g for g in head if g in idf]
        if not grams:
            continue
        hits = np.array([[g in body for g in grams] for body in bodies], dtype=float)
        best = np.zeros_like(hits)
        for step, factor in enumerate(ECHO[: len(bodies)]):
            rest = len(bodies) - step
            best[:rest] = np.maximum(best[:rest], factor * hits[step:])
        value = np.array([idf[g] for g in grams])
        out[n] = best @ value / (value.sum() + DAMPING)
    return out


def _cohesion(bodies: Sequence[set[str]], idf: dict[str, float], rare: float) -> Array:
    """How much of what stands before paragraph j comes again after it: one value for every gap."""
    return np.array(
        [shared(bodies[max(0, j - CONTEXT) : j], bodies[j : j + CONTEXT], idf, rare) for j in range(1, len(bodies))]
    )


def shared(above: Sequence[set[str]], below: Sequence[set[str]], idf: dict[str, float], rare: float) -> float:
    """Share of the bigrams (by idf) on the smaller side that the other side has too, 0 to 1.

    Of those on the smaller side only the ones below `rare` count, the weight of what the page has once.
    """
    before, after = set().union(*above), set().union(*below)
    total = sum(idf[g] for g in min(before, after, key=len) if idf[g] < rare)
    return min(1.0, sum(idf[g] for g in before & after) / (total + 4.0))
