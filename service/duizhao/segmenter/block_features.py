"""What speaks for it that a paragraph goes on in another, and that a block is linked to nothing: an `Outline` in."""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.continuations import continuations, unclosed
from duizhao.segmenter.cues import DASH, NUMBERED, closing_credit, opens_article, opens_with_reporter
from duizhao.segmenter.followers import followers
from duizhao.segmenter.lines import NOT_AT_START
from duizhao.segmenter.networks import Alone, Array, Candidates, Flags, Numbers
from duizhao.segmenter.outline import Outline, lead, marks
from duizhao.segmenter.reading import FEW_PARAGRAPHS, Reading, crosshead, is_teaser

# Line joints that are worse than this (log-odds) make no candidates.
WEAK = -2.0
# More ends and tops of pieces are not compared than the nearest ones (a page has some thousand).
MOST_FAR = 10_000
# So many paragraphs of a piece on either side of a break are compared.
CONTEXT = 3
LEAST_GAIN, MOST_GAIN = -4.0, 8.0
# Columns whose widths differ by more have different measures; by less, the same (characters).
DIFFERENT, SAME = 2.5, 1.1


def bodies(o: Outline) -> Candidates:
    """Paragraphs that may follow one another: neighbours, ends and tops of pieces, and what line joints speak for."""
    a, b = _body_pairs(o)
    habit = np.tile(o.habit, (len(a), 1)).T
    features = [*_breaks(o, a, b), *_texts(o, a, b), *_measures(o, a, b), *_joined(o, a, b), *_shared(o, a, b), *habit]
    return Candidates("body", a, b, np.column_stack(features).astype(float))


def _body_pairs(o: Outline) -> tuple[Numbers, Numbers]:
    count = len(o.paragraphs)
    if not count:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    change = np.append(o.of_paragraph[1:] != o.of_paragraph[:-1], True)
    ends, tops = np.flatnonzero(change), np.flatnonzero(np.insert(change[:-1], 0, True))
    pairs = {(k, k + 1) for k in range(count - 1)}
    far = [(i, j) for i in ends.tolist() for j in tops.tolist() if o.of_paragraph[i] != o.of_paragraph[j]]
    pairs |= set(sorted(far, key=lambda pair: abs(pair[0] - pair[1]))[:MOST_FAR])
    starts = {block.start: k for k, block in enumerate(o.paragraphs)}
    stops = {block.spans[-1].end: k for k, block in enumerate(o.paragraphs)}
    weighed = ((stops.get(i, -1), starts.get(j, -1)) for (i, j), value in o.joints.items() if value > WEAK)
    pairs |= {(i, j) for i, j in weighed if i >= 0 and j >= 0 and i != j}
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _breaks(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    """Where the second stands as seen from the first."""
    next_one, inside = b == a + 1, o.of_paragraph[a] == o.of_paragraph[b]
    _, rank = np.unique(o.of_paragraph, return_inverse=True)
    steps = rank[b] - rank[a]
    base = np.zeros((len(a), continuations(o.s).shape[1]))
    base[next_one] = continuations(o.s)[a[next_one]]
    return [
        *base.T, next_one, inside, next_one & ~inside, ~next_one,
        *(~next_one & (steps == k) for k in (1, 2)), ~next_one & (steps > 2) & (steps < 6), ~next_one & (steps >= 6),
        steps < 0, steps == -1,
    ]  # fmt: skip


def _texts(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    """What the looks and words of both say, and what stands beside them."""
    blocks, numbers, broken = o.paragraphs, o.s.paragraphs, _broken(o, a, b)
    open_, full_end = marks([not x.complete for x in blocks])[a], marks([x.ends_full for x in blocks])[a]
    full, single = marks([x.starts_full for x in blocks])[b], marks([x.rows == 1 for x in blocks])
    return [
        open_, full_end, full, open_ & full, ~open_ & full, ~open_ & ~full, open_ & ~full,
        full_end & (full | single[b]),
        marks([opens_article(x.text) for x in blocks])[b], marks([opens_with_reporter(x.text) for x in blocks])[b],
        marks([closing_credit(x.text) for x in blocks])[a], single[a], single[b],
        marks([x.text[0] in NOT_AT_START for x in blocks])[b], marks([len(x.text) < 12 for x in blocks])[b],
        marks([x.text[0] in "“‘" for x in blocks])[b],
        marks([o.kind_below(i) == "display" for i in numbers])[a] & broken,
        marks([o.kind_above(i) == "display" for i in numbers])[b] & broken,
        marks([o.kind_above(i) == "" for i in numbers])[b] & broken,
        marks([o.kind_above(i) == "caption" for i in numbers])[b] & broken,
        marks([o.jumps_on(i) for i in numbers])[a], marks([o.jumps_in(i) for i in numbers])[b],
    ]  # fmt: skip


def _measures(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    measure = np.array([x.measure for x in o.paragraphs])
    known, change, far = (measure[a] > 0) & (measure[b] > 0), measure[b] - measure[a], b != a + 1
    same, different = known & (np.abs(change) <= SAME), known & (np.abs(change) > DIFFERENT)
    return [same, different, known & (change < -DIFFERENT), same & far, different & far]


def _joined(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    """How well the text goes on over the break: characters, marks left open, and what the order of the lines said."""
    blocks, broken = o.paragraphs, _broken(o, a, b)
    across = broken & marks([not x.complete for x in blocks])[a]
    last, first = followers().ends(["".join(x.text.split()) for x in blocks])
    one, two = (np.clip(gain, LEAST_GAIN, MOST_GAIN) / 4 for gain in followers().gains(last[a], first[b]))
    pairs = list(zip(a.tolist(), b.tolist(), across.tolist(), strict=True))
    seen = marks([cut and blocks[i].text[-1] + blocks[j].text[0] in o.s.idf for i, j, cut in pairs])
    left_open = np.array([unclosed(blocks[i].text, blocks[j].text) if cut else (0, 0) for i, j, cut in pairs])
    joints = [o.joint(blocks[i], blocks[j]) for i, j, _ in pairs]
    weighed = marks([joint is not None for joint in joints])
    value = np.array([np.clip(joint or 0.0, -4, 6) / 2 for joint in joints])
    return [one * across, two * across, seen, *left_open.reshape(-1, 2).T, weighed, value, value * broken]


def _shared(o: Outline, a: Numbers, b: Numbers) -> list[Array]:
    """Words shared across the break, and how much more than with any rival on either side."""
    s, broken = o.s, _broken(o, a, b)
    above = {i: _around(o, i, range(max(0, i - CONTEXT + 1), i + 1)) for i in set(a.tolist())}
    below = {j: _around(o, j, range(j, min(len(o.paragraphs), j + CONTEXT))) for j in set(b.tolist())}
    weight = {("a", i): _weight(s, grams) for i, grams in above.items()}
    weight |= {("b", j): _weight(s, grams) for j, grams in below.items()}
    value = np.array([
        min(1.0, sum(s.idf[g] for g in above[i] & below[j]) / (min(weight["a", i], weight["b", j]) + 4.0))
        for i, j in zip(a.tolist(), b.tolist(), strict=True)
    ])  # fmt: skip
    few = np.full(len(a), FEW_PARAGRAPHS / (FEW_PARAGRAPHS + len(o.paragraphs)))
    return [2 * value, 2 * value * broken, *(2 * lead(value, side, broken) for side in (a, b)), few]


def _broken(o: Outline, a: Numbers, b: Numbers) -> Flags:
    broken: Flags = (b != a + 1) | (o.of_paragraph[a] != o.of_paragraph[b])
    return broken


def _around(o: Outline, k: int, numbers: range) -> set[str]:
    return set().union(*(o.s.bodies[n] for n in numbers if o.of_paragraph[n] == o.of_paragraph[k]))


def _weight(s: Reading, grams: set[str]) -> float:
    return sum(s.idf[g] for g in grams if s.idf[g] < s.rare)


def alone(o: Outline) -> list[Alone]:
    """What speaks for it that nothing follows, or precedes, each paragraph and each display line."""
    p, d = len(o.paragraphs), len(o.displays)
    ends, starts = _paragraph_edges(o)
    looks = _display_edges(o)
    return [Alone("paragraph", np.arange(p), ends, starts), Alone("display", p + np.arange(d), looks, looks)]


def _paragraph_edges(o: Outline) -> tuple[Array, Array]:
    change = np.append(o.of_paragraph[1:] != o.of_paragraph[:-1], True)
    ends, starts = [], []
    for k, (i, block) in enumerate(zip(o.s.paragraphs, o.paragraphs, strict=True)):
        below, above = o.kind_below(i), o.kind_above(i)
        ends.append([
            1, block.complete, block.ends_full, change[k], o.jumps_on(i), closing_credit(block.text),
            below == "display", below == "caption" or i + 1 == len(o.s.blocks),
        ])  # fmt: skip
        starts.append([
            1, k == 0 or change[k - 1], block.starts_full, opens_article(block.text), opens_with_reporter(block.text),
            o.jumps_in(i), len(block.text) < 12, k == 0, above == "display",
        ])  # fmt: skip
    return np.array(ends, dtype=float).reshape(len(ends), 8), np.array(starts, dtype=float).reshape(len(starts), 9)


def _display_edges(o: Outline) -> Array:
    rows = []
    for k, (i, block) in enumerate(zip(o.s.displays, o.displays, strict=True)):
        beside = [o.s.blocks[n].kind == "display" if 0 <= n < len(o.s.blocks) else False for n in (i - 1, i + 1)]
        echo = 2 * o.s.echo[k].max() if o.s.echo.shape[1] else 0.0
        rows.append([
            1, crosshead(o.s, i), is_teaser(o.s, i), block.width <= 4, echo, NUMBERED.match(block.text) is not None,
            *beside, block.rows > 1, DASH.match(block.text) is not None,
        ])  # fmt: skip
    return np.array(rows, dtype=float).reshape(len(rows), 10)
