"""Sentences in, parallel items out: measures, demands and points of one list, which can be told by their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.summarize.render import Wording
from duizhao.summarize.split import Sentence, balanced
from duizhao.types.pages import Span

NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}是(?:要)?|第?[一二三四五六七八九十]{1,2}[、，]|[（(][一二三四五六七八九十\d]{1,2}[）)]|首先，|其次，)"
)
PROGRAMME = re.compile(r"(?:提升|攻坚|专项|整治|突破)?(?:行动|工程|计划)$")
FEWEST = 3
MOST = 30
LONGEST_HEAD = 28


@dataclass(frozen=True, slots=True)
class Fold:
    """A list of parallel items in the sentences `first` to `last`: `lead` announces it, `heads` name the items."""

    lead: Span
    opening: Span
    heads: tuple[Span, ...]
    first: int
    last: int


def folds(text: str, sentences: Sequence[Sentence]) -> list[Fold]:
    """Every run of at least three parallel sentences, in order, not overlapping."""
    found: list[Fold] = []
    at = 0
    while at < len(sentences):
        fold = _announced(text, sentences, at) or _numbered(text, sentences, at) or _same_opening(text, sentences, at)
        if fold:
            found.append(fold)
            at = fold.last + 1
        else:
            at += 1
    return found


def tellings(text: str, fold: Fold) -> list[tuple[Wording, float]]:
    """Wordings by heads with the share of the list that each tells; the ones cut short say 等."""
    found: list[tuple[Wording, float]] = []
    short = [_without_programme(text, h) for h in fold.heads]
    for heads, worth in ((list(fold.heads), 1.0), (short, 0.97)):
        mark = "；" if any(re.search("[，、；]", text[h.start : h.end]) for h in heads) else "、"
        for count in range(len(heads), 1, -1):
            parts: list[Span | str] = [p for p in (fold.lead, fold.opening) if p.end > p.start]
            for number, head in enumerate(heads[:count]):
                parts += [mark, head] if number else [head]
            if count < len(heads):
                parts.append("等")
            found.append((Wording(tuple(parts)), worth * count / len(heads)))
    return found


def _announced(text: str, sentences: Sequence[Sentence], at: int) -> Fold | None:
    """…十二项提升行动：实施甲行动，…；实施乙行动，…: the clause before ：announces, items begin with one verb."""
    clauses = sentences[at].clauses
    for number, clause in enumerate(clauses[:-1]):
        if clause.mark not in "：:" or not clause.mark:
            continue
        first = clauses[number + 1]
        opening = text[first.start : first.start + 2]
        last = at
        heads = [first]
        while last + 1 < len(sentences) and len(heads) < MOST and text.startswith(opening, sentences[last + 1].start):
            last += 1
            heads.append(sentences[last].clauses[0])
        if len(heads) >= FEWEST and not NUMBERED.match(text[first.start : first.start + 4]):
            spans = [Span(h.start + 2, h.end) for h in heads]
            if _good(text, spans):
                lead = Span(clause.start, text.index(clause.mark, clause.end) + len(clause.mark))
                return Fold(lead, Span(0, 0), tuple(spans), at, last)
    return None


def _numbered(text: str, sentences: Sequence[Sentence], at: int) -> Fold | None:
    """一是…。二是…。三是…: the heads are the first clauses."""
    start, lead = sentences[at].start, Span(0, 0)
    clauses = sentences[at].clauses
    for number, clause in enumerate(clauses[:-1]):
        if (
            clause.mark in "：:"
            and clause.mark
            and NUMBERED.match(text[clauses[number + 1].start : clauses[number + 1].start + 5])
        ):
            start = clauses[number + 1].start
            lead = Span(clause.start, text.index(clause.mark, clause.end) + len(clause.mark))
    heads: list[Span] = []
    last = at
    for index in range(at, min(len(sentences), at + 40)):
        begin = start if index == at else sentences[index].start
        match = NUMBERED.match(text[begin : begin + 8])
        if match and match.group()[0] in "一首" and heads:
            break
        if not match and not heads:
            return None
        if match:
            end = next((c.end for c in sentences[index].clauses if c.end > begin + match.end()), sentences[index].end)
            heads.append(Span(begin + match.end(), end))
            last = index
        elif index - last > 3:
            break
    if len(heads) >= FEWEST and lead.end and _good(text, heads):
        return Fold(lead, Span(0, 0), tuple(heads), at, last)
    return None


def _same_opening(text: str, sentences: Sequence[Sentence], at: int) -> Fold | None:
    """要全力甲，…。要全力乙，…: sentences of one paragraph that begin with the same three characters or more."""
    opening = text[sentences[at].start : sentences[at].start + 3]
    if not opening.startswith("要") or len(opening) < 3:
        return None
    last = at
    while (
        last + 1 < len(sentences)
        and last - at + 1 < MOST
        and sentences[last + 1].paragraph == sentences[at].paragraph
        and text.startswith(opening, sentences[last + 1].start)
    ):
        last += 1
    if last - at + 1 < FEWEST:
        return None
    heads = [Span(s.start + len(opening), s.clauses[0].end) for s in sentences[at : last + 1]]
    if not _good(text, heads):
        return None
    return Fold(Span(0, 0), Span(sentences[at].start, sentences[at].start + len(opening)), tuple(heads), at, last)


def _without_programme(text: str, head: Span) -> Span:
    match = PROGRAMME.search(text[head.start : head.end])
    return Span(head.start, head.start + match.start()) if match and match.start() >= 2 else head


def _good(text: str, heads: Sequence[Span]) -> bool:
    return all(2 <= h.end - h.start <= LONGEST_HEAD and balanced(text[h.start : h.end]) for h in heads)
