"""What speaks for links between blocks of a page that an extractor cut to pieces: blocks in, possible links out.

Three kinds: a paragraph goes on in another (body), a display line in another one of its head (head), and a display line
heads the article that starts at a paragraph (heading).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.continuations import continuations, unclosed
from duizhao.segmenter.cues import DASH, JUMP_FROM, NUMBERED, closing_credit, opens_article, opens_with_reporter
from duizhao.segmenter.features import HEADS, SAME_HEAD, agreement, headings, same_heads
from duizhao.segmenter.followers import followers
from duizhao.segmenter.lines import NOT_AT_START, Joints
from duizhao.segmenter.networks import Alone, Array, Candidates, Flags, Numbers
from duizhao.segmenter.reading import FEW_PARAGRAPHS, Reading, crosshead, is_teaser

# Line joints that are worse than this (log-odds) make no candidates.
WEAK = -2.0
# More ends and tops of pieces are not compared than the nearest ones (a page has some thousand).
MOST_FAR = 10_000
# So many paragraphs of a piece on either side of a break are compared.
CONTEXT = 3
# A head goes on in one of the next display lines, or in one of those just before it (on a page sorted by place).
HEAD_REACH, HEAD_BACK = 3, 2
LEAST_GAIN, MOST_GAIN = -4.0, 8.0
# Columns whose widths differ by more have different measures; by less, the same (characters).
DIFFERENT, SAME = 2.5, 1.1
LEAD_IN = "强调指出要求表示召开举行发布印发"


class Outline:
    """The blocks of a page with the pieces that they stand in, by the numbers of paragraphs and of display lines."""

    def __init__(self, s: Reading, joints: Joints) -> None:
        self.s, self.joints = s, joints
        # a page in its own order is all one piece: its blank lines stand at column breaks
        self.piece = np.cumsum([(block.breaks and bool(joints)) or block.after_furniture for block in s.blocks])
        self.paragraphs = [s.blocks[i] for i in s.paragraphs]
        self.displays = [s.blocks[i] for i in s.displays]
        self.of_paragraph = self.piece[list(s.paragraphs)] if s.paragraphs else np.zeros(0, dtype=np.int64)
        self.of_display = self.piece[list(s.displays)] if s.displays else np.zeros(0, dtype=np.int64)

    def kind_above(self, block: int) -> str:
        """What stands right above a block in its piece ("" at the top)."""
        inside = block > 0 and self.piece[block - 1] == self.piece[block]
        return self.s.blocks[block - 1].kind if inside else ""

    def kind_below(self, block: int) -> str:
        """What stands right below a block in its piece ("" at the bottom)."""
        inside = block + 1 < len(self.piece) and self.piece[block + 1] == self.piece[block]
        return self.s.blocks[block + 1].kind if inside else ""

    def jumps_on(self, block: int) -> bool:
        """A mark after the block says that its article goes on on another page."""
        below = self.s.blocks[block + 1] if block + 1 < len(self.s.blocks) else None
        return below is not None and below.kind == "jump" and not JUMP_FROM.match(below.text)

    def jumps_in(self, block: int) -> bool:
        """A mark before the block says that its article comes from another page."""
        above = self.s.blocks[block - 1] if block else None
        return above is not None and above.kind == "jump" and JUMP_FROM.match(above.text) is not None

    def joint(self, a: Block, b: Block) -> float | None:
        """Log-odds that the last line of one block goes on in the first line of another, where that was weighed."""
        return self.joints.get((a.spans[-1].end, b.spans[0].start))


def _marks(values: Sequence[object]) -> Flags:
    return np.array([bool(value) for value in values], dtype=bool)


# ------------------------------------------------------------------ paragraph to paragraph


def bodies(o: Outline) -> Candidates:
    """Paragraphs that may follow one another: neighbours, ends and tops of pieces, and what line joints speak for."""
    a, b = _body_pairs(o)
    features = [*_breaks(o, a, b), *_texts(o, a, b), *_measures(o, a, b), *_joined(o, a, b), *_shared(o, a, b)]
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
    open_, full_end = _marks([not x.complete for x in blocks])[a], _marks([x.ends_full for x in blocks])[a]
    full, single = _marks([x.starts_full for x in blocks])[b], _marks([x.rows == 1 for x in blocks])
    return [
        open_, full_end, full, open_ & full, ~open_ & full, ~open_ & ~full, open_ & ~full,
        full_end & (full | single[b]),
        _marks([opens_article(x.text) for x in blocks])[b], _marks([opens_with_reporter(x.text) for x in blocks])[b],
        _marks([closing_credit(x.text) for x in blocks])[a], single[a], single[b],
        _marks([x.text[0] in NOT_AT_START for x in blocks])[b], _marks([len(x.text) < 12 for x in blocks])[b],
        _marks([x.text[0] in "“‘" for x in blocks])[b],
        _marks([o.kind_below(i) == "display" for i in numbers])[a] & broken,
        _marks([o.kind_above(i) == "display" for i in numbers])[b] & broken,
        _marks([o.kind_above(i) == "" for i in numbers])[b] & broken,
        _marks([o.kind_above(i) == "caption" for i in numbers])[b] & broken,
        _marks([o.jumps_on(i) for i in numbers])[a], _marks([o.jumps_in(i) for i in numbers])[b],
    ]  # fmt: skip


def _measures(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    measure = np.array([x.measure for x in o.paragraphs])
    known, change, far = (measure[a] > 0) & (measure[b] > 0), measure[b] - measure[a], b != a + 1
    same, different = known & (np.abs(change) <= SAME), known & (np.abs(change) > DIFFERENT)
    return [same, different, known & (change < -DIFFERENT), same & far, different & far]


def _joined(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    """How well the text goes on over the break: characters, marks left open, and what the order of the lines said."""
    blocks, broken = o.paragraphs, _broken(o, a, b)
    across = broken & _marks([not x.complete for x in blocks])[a]
    last, first = followers().ends(["".join(x.text.split()) for x in blocks])
    one, two = (np.clip(gain, LEAST_GAIN, MOST_GAIN) / 4 for gain in followers().gains(last[a], first[b]))
    pairs = list(zip(a.tolist(), b.tolist(), across.tolist(), strict=True))
    seen = _marks([cut and blocks[i].text[-1] + blocks[j].text[0] in o.s.idf for i, j, cut in pairs])
    marks = np.array([unclosed(blocks[i].text, blocks[j].text) if cut else (0, 0) for i, j, cut in pairs])
    joints = [o.joint(blocks[i], blocks[j]) for i, j, _ in pairs]
    weighed = _marks([joint is not None for joint in joints])
    value = np.array([np.clip(joint or 0.0, -4, 6) / 2 for joint in joints])
    return [one * across, two * across, seen, *marks.reshape(-1, 2).T, weighed, value, value * broken]


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


def lead(value: Array, side: Numbers, counted: Flags) -> Array:
    """By how much each value leads over the best other one of its side, among those counted (0 without a rival)."""
    out = np.zeros(len(value))
    groups: dict[int, list[int]] = {}
    for place in np.flatnonzero(counted).tolist():
        groups.setdefault(int(side[place]), []).append(place)
    for places in groups.values():
        if len(places) > 1:
            second, top = np.sort(value[places])[-2:]
            out[places] = np.where(value[places] < top, value[places] - top, value[places] - second)
    return out


# ------------------------------------------------------------------ display lines


def heads(o: Outline) -> Candidates:
    """Display lines that may be one head."""
    count = len(o.displays)
    reach = [k for k in range(-HEAD_BACK, HEAD_REACH + 1) if k]
    pairs = [(i, i + k) for i in range(count) for k in reach if 0 <= i + k < count]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    a, b = table[:, 0], table[:, 1]
    base = np.zeros((len(a), len(SAME_HEAD)))
    if count > 1:
        base[b == a + 1] = same_heads(o.s)[a[b == a + 1]]
    features = [*base.T, *_head_places(o, a, b), *_head_looks(o, a, b)]
    first = len(o.paragraphs)
    return Candidates("head", first + a, first + b, np.column_stack(features).astype(float))


def _head_places(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    numbers = np.array(o.s.displays, dtype=np.int64)
    steps = numbers[b] - numbers[a]
    alike = np.array([agreement(o.s.echo[i], o.s.echo[j]) for i, j in zip(a.tolist(), b.tolist(), strict=True)])
    inside = o.of_display[a] == o.of_display[b]
    return [steps == 1, steps == 2, steps > 2, steps < 0, steps == -1, inside, alike]


def _head_looks(o: Outline, a: Numbers, b: Numbers) -> list[Array | Flags]:
    blocks = o.displays
    wide = np.array([x.width for x in blocks])
    upright = _marks([x.width <= 2 and x.rows > 1 for x in blocks])
    dash, short = _marks([DASH.match(x.text) for x in blocks]), _marks([len(x.text) <= 4 for x in blocks])
    parted, ends = _marks([" " in x.text.strip() for x in blocks]), [x.text.rstrip()[-1:] for x in blocks]
    return [
        np.abs(wide[a] - wide[b]) <= 1, wide[b] > wide[a] + 2, wide[a] > wide[b] + 2,
        upright[a] & upright[b], upright[a] ^ upright[b], dash[a], dash[b],
        _marks([end == "：" for end in ends])[a], _marks([end in LEAD_IN for end in ends])[a],
        parted[a], parted[b], short[a], short[b], _marks([x.text.strip().find("·") > 0 for x in blocks])[a],
    ]  # fmt: skip


def heading_pairs(o: Outline, starts: Array) -> Candidates:
    """Every display line over every paragraph; `starts` as in `features.headings`."""
    d, p = len(o.displays), len(o.paragraphs)
    inside = o.of_display[:, None] == o.of_paragraph[None, :]
    steps = o.of_paragraph[None, :] - o.of_display[:, None]
    top = np.broadcast_to(_marks([o.kind_above(i) != "paragraph" for i in o.s.paragraphs])[None, :], (d, p))
    places = [inside, steps == 1, steps == 2, steps == -1, steps == -2, steps > 2, steps < -2, top, inside & top]
    features = np.concatenate([headings(o.s, starts), np.stack(places, axis=2).astype(float)], axis=2)
    above, below = (grid.ravel() for grid in np.meshgrid(np.arange(d), np.arange(p), indexing="ij"))
    return Candidates("heading", p + above, below, features.reshape(d * p, len(HEADS) + len(places)))


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
