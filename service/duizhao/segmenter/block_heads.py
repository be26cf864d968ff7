"""What speaks for links of display lines: an `Outline` in, possible links with their features out.

Two kinds: a display line goes on in another one of its head (head), and it heads the article that starts at a paragraph
(heading).
"""

from __future__ import annotations

import numpy as np

from duizhao.segmenter.cues import DASH
from duizhao.segmenter.features import SAME_HEAD, agreement, headings, same_heads
from duizhao.segmenter.networks import Array, Candidates, Flags, Numbers
from duizhao.segmenter.outline import Outline, marks

# A head goes on in one of the next display lines, or in one of those just before it (on a page sorted by place).
HEAD_REACH, HEAD_BACK = 3, 2
LEAD_IN = "强调指出要求表示召开举行发布印发"


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
    upright = marks([x.width <= 2 and x.rows > 1 for x in blocks])
    dash, short = marks([DASH.match(x.text) for x in blocks]), marks([len(x.text) <= 4 for x in blocks])
    parted, ends = marks([" " in x.text.strip() for x in blocks]), [x.text.rstrip()[-1:] for x in blocks]
    return [
        np.abs(wide[a] - wide[b]) <= 1, wide[b] > wide[a] + 2, wide[a] > wide[b] + 2,
        upright[a] & upright[b], upright[a] ^ upright[b], dash[a], dash[b],
        marks([end == "：" for end in ends])[a], marks([end in LEAD_IN for end in ends])[a],
        parted[a], parted[b], short[a], short[b], marks([x.text.strip().find("·") > 0 for x in blocks])[a],
    ]  # fmt: skip


def heading_pairs(o: Outline, starts: Array) -> Candidates:
    """Every display line over every paragraph; `starts` as in `features.headings`."""
    d, p = len(o.displays), len(o.paragraphs)
    inside = o.of_display[:, None] == o.of_paragraph[None, :]
    steps = o.of_paragraph[None, :] - o.of_display[:, None]
    top = np.broadcast_to(marks([o.kind_above(i) != "paragraph" for i in o.s.paragraphs])[None, :], (d, p))
    places = [inside, steps == 1, steps == 2, steps == -1, steps == -2, steps > 2, steps < -2, top, inside & top]
    habit = np.broadcast_to(o.habit, (d, p, len(o.habit)))
    features = np.concatenate([headings(o.s, starts), np.stack(places, axis=2).astype(float), habit], axis=2)
    above, below = (grid.ravel() for grid in np.meshgrid(np.arange(d), np.arange(p), indexing="ij"))
    return Candidates("heading", p + above, below, features.reshape(d * p, features.shape[2]))
