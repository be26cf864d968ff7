"""Takes apart rows that run across several columns: lines in the order of an extractor in, lines column by column out.

Some extractors (pdftotext without -raw) print neighbouring columns row by row where the gap between them is narrow. In
such a stretch the pieces of a row stand in the order of the columns, every column moves on by one line a row, and a
line that stops in mid-sentence is taken up by one that can follow it. A beam search keeps the best ways to deal the
pieces out to columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from duizhao.segmenter.lines import NARROWEST, NOT_AT_START, Strip, ends_sentence, width

# A stretch is taken apart if so many of its rows, and this share of them, hold two pieces or more.
LEAST_ROWS, LEAST_SHARE = 3, 0.15
# No printed page has a longer stretch (rows).
MOST_ROWS = 400
# A piece that others stand to the right of is full, within this (characters).
FULL = 1.8
MOST_COLUMNS = 6
BEAM = 10
# Scores, set by hand on generated pages in pdftotext's order (November 2026): a new column; a turn taken out of order,
# for each row; a pair of characters across the break that the page has elsewhere (or has not); a start that cannot
# follow; a paragraph that begins in mid-sentence, or a line that runs on where a paragraph must begin.
NEW_COLUMN = -4.0
TURN = -1.0
SEEN, UNSEEN = 1.2, -0.6
IMPOSSIBLE = -6.0
MISPLACED = -1.5


@dataclass(frozen=True, slots=True)
class _State:
    """Columns from left to right as tuples of pieces' numbers, with the row of the last piece of each."""

    score: float
    columns: tuple[tuple[int, ...], ...]
    turns: tuple[int, ...]


def unweave(strips: Sequence[Strip], page_text: str) -> list[Strip]:
    """The lines of a page; where a stretch runs across columns, its pieces column by column."""
    out: list[Strip] = []
    seen: set[str] | None = None
    for stretch in _stretches(strips):
        measure = _measure(stretch) if len(stretch) <= MOST_ROWS else 0.0
        rows = [_pieces(strip, page_text, measure) for strip in stretch] if measure else []
        wide = sum(len(r) > 1 for r in rows)
        if wide < max(LEAST_ROWS, LEAST_SHARE * len(stretch)):
            out.extend(stretch)
            continue
        seen = _pairs(strips) if seen is None else seen
        out.extend(_dealt(rows, measure, seen))
    return out


def _stretches(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Lines between blank lines."""
    stretch: list[Strip] = []
    for strip in strips:
        if strip.blank and stretch:
            yield stretch
            stretch = []
        stretch.append(strip)
    if stretch:
        yield stretch


def _measure(stretch: Sequence[Strip]) -> float:
    """The commonest width of what stands between spaces; 0 if too few rows are wider than that."""
    counts: dict[int, int] = {}
    for strip in stretch:
        for token in strip.text.split(" ") if len(strip.text) < 400 else ():
            w = round(width(token))
            if w >= NARROWEST:
                counts[w] = counts.get(w, 0) + 1
    if len(stretch) < LEAST_ROWS or not counts:
        return 0.0
    return float(max(counts, key=lambda w: (counts[w] + 0.5 * (counts.get(w - 1, 0) + counts.get(w + 1, 0)), w)))


def _pieces(strip: Strip, page_text: str, measure: float) -> list[Strip]:
    """A row cut at the spaces where a full piece ends; uncut if it does not come out in full pieces."""
    if width(strip.text) < 1.5 * measure or len(strip.text) > 6 * MOST_COLUMNS * measure:
        return [strip]
    cuts, at = [], strip.start
    for k, char in enumerate(strip.text):
        here = strip.start + k
        if char == " " and here > at and width(page_text[at:here]) >= measure - FULL:
            cuts.append((at, here))
            at = here + 1
    cuts.append((at, strip.end))
    if len(cuts) > MOST_COLUMNS or any(width(page_text[s:e]) > measure + FULL for s, e in cuts):
        return [strip]
    return [
        Strip(s, e, blank=strip.blank and k == 0, indented=False, text=page_text[s:e]) for k, (s, e) in enumerate(cuts)
    ]


def _pairs(strips: Sequence[Strip]) -> set[str]:
    return {s.text[k : k + 2] for s in strips for k in range(len(s.text) - 1)}


def _dealt(rows: Sequence[list[Strip]], measure: float, seen: set[str]) -> list[Strip]:
    pieces = [piece for row in rows for piece in row]
    states = [_State(0.0, (), ())]
    at = 0
    for number, row in enumerate(rows):
        grown = [
            new for state in states for new in _grow(state, pieces, range(at, at + len(row)), number, measure, seen)
        ]
        grown.sort(key=lambda s: -s.score)
        states = grown[:BEAM]
        at += len(row)
    out = []
    for column in states[0].columns:
        for k, i in enumerate(column):
            p = pieces[i]
            out.append(Strip(p.start, p.end, blank=k == 0, indented=p.indented, text=p.text))
    return out


def _grow(
    state: _State, pieces: Sequence[Strip], row: range, number: int, measure: float, seen: set[str]
) -> Iterator[_State]:
    """All ways to give the pieces of one row to columns from left to right, new columns among them."""
    k, p = len(state.columns), len(row)
    longest = min(k, max((number - turn for turn in state.turns), default=0))
    fits = {
        (i, c): _follows(pieces[state.columns[c][-1]], pieces[i], measure, seen)
        + TURN * (longest - min(number - state.turns[c], k))
        for i in row
        for c in range(k)
    }
    needed = max(0, p - k)
    most = needed + (p > 1 and k + needed < MOST_COLUMNS)
    for opened in range(needed, min(p, most) + 1):
        for new in combinations(row, opened):
            old = [i for i in row if i not in new]
            for columns in combinations(range(k), len(old)):
                score = state.score + (NEW_COLUMN * opened if k else 0.0)
                score += sum(fits[i, c] for i, c in zip(old, columns, strict=True))
                yield _with(state, row, dict(zip(old, columns, strict=True)), number, score)


def _with(state: _State, row: range, given: dict[int, int], number: int, score: float) -> _State:
    """The state after a row: `given` says which piece goes to which column; the others open one at their place."""
    columns, turns = list(state.columns), list(state.turns)
    at, opened = 0, 0
    for i in row:
        if i in given:
            at = given[i] + opened
            columns[at] += (i,)
            turns[at] = number
            at += 1
        else:
            columns.insert(at, (i,))
            turns.insert(at, number)
            at, opened = at + 1, opened + 1
    return _State(score, tuple(columns), tuple(turns))


def _follows(above: Strip, below: Strip, measure: float, seen: set[str]) -> float:
    """How well one line follows another in a column."""
    if below.text[0] in NOT_AT_START:
        return IMPOSSIBLE
    indented = 1.2 <= measure - width(below.text) <= 3.2 and not ends_sentence(below.text)
    if ends_sentence(above.text) and width(above.text) < measure - 1.5:
        return 0.5 if indented or ends_sentence(below.text) else MISPLACED
    if ends_sentence(above.text):
        return 0.3
    score = SEEN if above.text[-1] + below.text[0] in seen else UNSEEN
    return score + (MISPLACED if indented else 0.0)
