"""Puts the lines of a page that an extractor sorted by place into their reading order: strips in, strips out.

Every line (or piece of a row that runs across columns) goes on in one other or in none: one optimal assignment over
how well the text goes on over the break, measures, indents and places. It is solved twice: the second time it counts
how well a link agrees with those around it. A chain of lines is a stretch of text; where its joint is not sure, it is
broken as at a blank line, and `block_links` decides.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from duizhao.segmenter.followers import followers
from duizhao.segmenter.furniture import furniture_roles
from duizhao.segmenter.lines import NARROWEST, Joints, Strip, ends_sentence, rows_of
from duizhao.segmenter.networks import Alone, Candidates, Flags, Links, Numbers, best, preceding, weigh
from duizhao.segmenter.order_features import ends_and_starts, first_look, possible, second_look
from duizhao.segmenter.paragraphs import blank_habit, standing
from duizhao.segmenter.pieces import Pieces, common_measures, cut, describe

# A page of more pieces is no page of print.
MOST = 1500
# Log-odds from which on a joint in mid-sentence needs no second opinion.
SURE = 2.0
# A page is sorted by place if it has so many blank lines at least, and none between paragraphs; or so many rows, and
# this share of all, run across columns.
LEAST_BLANKS, LEAST_WIDE, WIDE_SHARE = 3, 3, 0.15
LEAST_INDENTED = 3
# Or if the characters speak against this share of so many breaks in mid-sentence: of pages in their order, the worst of
# 150 has .36; of a column that alternates with another one, nearly all are wrong.
LEAST_BREAKS, AGAINST = 20, 0.5


@dataclass(frozen=True, slots=True)
class Ordered:
    """Lines in reading order; `joints` are the log-odds that the line ending at the first offset goes on at the second.

    Empty where the order is the extractor's own.
    """

    strips: Sequence[Strip]
    joints: Joints


def in_order(strips: Sequence[Strip]) -> Ordered:
    """The lines of a page in reading order, as they are if nothing says that they are not."""
    rows = rows_of(strips)
    kept = set(furniture_roles(rows)) | {i for run in standing(rows) for i in run}
    measures = common_measures(strips)
    cuts = [[strip] if i in kept else cut(strip, measures) for i, strip in enumerate(strips)]
    row = np.repeat(np.arange(len(cuts)), [len(pieces) for pieces in cuts])
    if not LEAST_BLANKS < len(row) <= MOST or not _sorted_by_place(strips, cuts, habit=blank_habit(rows)):
        return Ordered(strips, {})
    pieces = [piece for parts in cuts for piece in parts]
    links, following = successors(describe(pieces, row, measures), np.isin(row, list(kept)))
    ends, starts = np.array([piece.end for piece in pieces]), np.array([piece.start for piece in pieces])
    offsets = zip(ends[links.above].tolist(), starts[links.below].tolist(), strict=True)
    joints = dict(zip(offsets, links.values.tolist(), strict=True))
    return Ordered(_read(strips, pieces, row.tolist(), kept, following, joints), joints)


def _sorted_by_place(strips: Sequence[Strip], cuts: Sequence[Sequence[Strip]], *, habit: bool) -> bool:
    wide = sum(len(row) > 1 for row in cuts)
    blanks = sum(strip.blank for strip in strips)
    indented = sum(strip.indented for strip in strips)
    if indented >= LEAST_INDENTED:
        return False  # typed, or printed by a tool that keeps places
    if (not habit and blanks >= LEAST_BLANKS) or wide >= max(LEAST_WIDE, WIDE_SHARE * len(strips)):
        return True
    return len(strips) >= LEAST_BREAKS and _out_of_order(strips)


def _out_of_order(strips: Sequence[Strip]) -> bool:
    """Most lines that stop in mid-sentence do not go on in the line below."""
    broken = [(a, b) for a, b in pairwise(strips) if not (b.blank or ends_sentence(a.text) or len(a.text) < NARROWEST)]
    if len(broken) < LEAST_BREAKS:
        return False
    last, _ = followers().ends(["".join(a.text.split()) for a, _ in broken])
    _, first = followers().ends(["".join(b.text.split()) for _, b in broken])
    one, two = followers().gains(last, first)
    return bool((one + two < 0).mean() > AGAINST)


def successors(p: Pieces, kept: Flags) -> tuple[Links, Numbers]:
    """The possible links with their log-odds, and the best ones; what is `kept` is linked to nothing."""
    candidates, alone = first_problem(p, kept)
    links = weigh("first", [candidates], [alone])
    links = weigh("second", [second_problem(candidates, links, best(p.count, links))], [alone])
    return links, best(p.count, links)


def first_problem(p: Pieces, kept: Flags) -> tuple[Candidates, Alone]:
    """What may follow what, and what stands alone, each looked at by itself."""
    above, below = possible(p)
    free = ~(kept[above] | kept[below])
    above, below = above[free], below[free]
    return Candidates("line", above, below, first_look(p, above, below)), Alone(
        "line", np.arange(p.count), *ends_and_starts(p)
    )


def second_problem(candidates: Candidates, links: Links, following: Numbers) -> Candidates:
    """The same, with how well each link agrees with the best ones so far."""
    return replace(candidates, features=np.concatenate([candidates.features, second_look(links, following)], axis=1))


def _read(
    strips: Sequence[Strip],
    pieces: Sequence[Strip],
    row: Sequence[int],
    kept: Set[int],
    following: Numbers,
    joints: Joints,
) -> list[Strip]:
    """The chains one after another, in the order of their first pieces."""
    out: list[Strip] = []
    done: set[int] = set()
    latest = -1
    for start in [*np.flatnonzero(preceding(following) < 0).tolist(), *range(len(pieces))]:
        at, above = start, -1
        while at >= 0 and at not in done:
            done.add(at)
            piece = pieces[at]
            if above < 0:
                # what is kept stands under the line above it if that was printed there; any other line that follows
                # nothing begins a stretch
                under = row[at] in kept and at == latest + 1 and not piece.blank
                out.append(replace(piece, blank=not under))
            elif at == above + 1 and row[at] == row[above]:
                # parts of one row that go on in one another: it was no break between columns
                before = out.pop()
                whole = strips[row[at]]
                text = whole.text[before.start - whole.start : piece.end - whole.start]
                out.append(replace(before, end=piece.end, text=text))
            else:
                out.append(replace(piece, blank=not _sure(pieces[above], piece, at == above + 1, joints)))
            above = latest = at
            at = int(following[at])
    return out


def _sure(above: Strip, below: Strip, next_one: bool, joints: Joints) -> bool:
    """One line goes on in another without doubt: printed right below it, or in mid-sentence by its words."""
    if next_one and not below.blank:
        return True
    return not ends_sentence(above.text) and joints.get((above.end, below.start), 0.0) >= SURE
