"""Roles inside a printed head: a `Head` in, its lines as column name, kicker, headline, sub-headline and byline out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.segmenter.blocks import HeadPart
from duizhao.segmenter.column_names import KIND_OF_TEXT
from duizhao.segmenter.credits import is_byline
from duizhao.segmenter.cues import KICKER_END
from duizhao.segmenter.geometry_display import Head
from duizhao.segmenter.geometry_parts import Parts
from duizhao.segmenter.geometry_scene import Item

Type = tuple[str, float]

# Lines of nearly the largest size are headline too (share of the largest size).
HEADLINE = 0.86
# The name of a standing column is short, that of a series may be long; a kicker tells something (characters).
LONGEST_NAME, SHORT_NAME, LONGEST_SERIES, SHORTEST_KICKER = 24, 8, 56, 4
# What is longer tells something and is a kicker.
SURE_KICKER = 14
# Headlines that differ by this factor show that the type over them does not go with them.
VARIES = 1.25
# A kicker is at least so large beside its headline; smaller is only the name of a column.
LEAST_KICKER = 0.35


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the names of standing columns on this page: their texts, and the type in which they are set;
    `kickers` are the fonts of what is surely a kicker."""

    texts: frozenset[str] = frozenset()
    types: frozenset[Type] = frozenset()
    kickers: frozenset[str] = frozenset()


def head_parts(head: Head, names: Names) -> list[tuple[HeadPart, tuple[Item, ...]]]:
    """Runs of the head with their roles, in reading order: the largest type is the headline."""
    first, last = _headline(head)
    found: list[tuple[HeadPart, tuple[Item, ...]]] = []
    for k, run in enumerate(head.runs):
        text = _text(run)
        if first <= k <= last:
            part: HeadPart = "headline"
        elif k > last:
            part = "byline" if is_byline(text) else "subheadline"
        else:
            part = "column" if k == 0 and _is_name(head, names) else "kicker"
        found.append((part, run))
    if head.byline:
        found.append(("byline", head.byline))
    return found


def column_names(parts: Parts) -> Names:
    """Names of standing columns: texts over several headlines, and the one type that stays while headlines vary.

    A kicker is set in a size that goes with its headline; the name of a column looks alike over all of them.
    """
    above = [head for head in parts.heads if _headline(head)[0] > 0]
    texts = Counter(_text(head.runs[0]) for head in above)
    first = Counter(_type(head) for head in above if _headline(head)[0] > 1)
    kinds: dict[Type, list[Head]] = defaultdict(list)
    for head in above:
        kinds[_type(head)].append(head)
    alike = {kind for kind, heads in kinds.items() if _named_alike(heads) or any(map(_says_so, heads))}
    second = [run for head in above for run in head.runs[1 : _headline(head)[0]]]
    kickers = second + [head.runs[0] for head in above if _is_kicker(_text(head.runs[0]))]
    known = frozenset({*first} | alike) - {(run[0].font, round(run[0].size, 1)) for run in second}
    return Names(frozenset(t for t, n in texts.items() if n > 1), known, frozenset(run[0].font for run in kickers))


def _is_kicker(text: str) -> bool:
    """It tells something: a long line, or one that leads over to the headline."""
    return len(text) > SURE_KICKER or KICKER_END.search(text) is not None


def _headline(head: Head) -> tuple[int, int]:
    """Numbers of the first and the last run of the headline."""
    large = [k for k, run in enumerate(head.runs) if run[0].size >= HEADLINE * head.size]
    return large[0], large[-1]


def _named_alike(heads: Sequence[Head]) -> bool:
    """Short words in one type over headlines of various sizes."""
    sizes, texts = [h.size for h in heads], [_text(h.runs[0]) for h in heads]
    return max(sizes) > VARIES * min(sizes) and max(map(len, texts)) <= SHORT_NAME


def _says_so(head: Head) -> bool:
    """The words, or type far too small for a kicker, show the name of a column."""
    text = _text(head.runs[0])
    if KICKER_END.search(text) or len(text) > LONGEST_SERIES:
        return False
    small = head.runs[0][0].size < LEAST_KICKER * head.size
    return small or len(text) < SHORTEST_KICKER or KIND_OF_TEXT.search(text) is not None


def _is_name(head: Head, names: Names) -> bool:
    text = _text(head.runs[0])
    if _says_so(head):
        return True
    if KICKER_END.search(text) or len(text) > LONGEST_NAME:
        return False
    other = names.kickers != frozenset() and head.runs[0][0].font not in names.kickers
    return other or text in names.texts or _type(head) in names.types


def _type(head: Head) -> Type:
    return head.runs[0][0].font, round(head.runs[0][0].size, 1)


def _text(run: tuple[Item, ...]) -> str:
    return "".join("".join(i.text.split()) for i in run)
