"""An outline that no option fits in, the least that can be told of it out: a whole beginning, or a cut that shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.summarize.assemble import printed
from duizhao.summarize.denials import told_with
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording, squeeze
from duizhao.summarize.split import PAIRS, Clause, Sentence, balanced
from duizhao.summarize.wholeness import NO_SENTENCE, UNDER, whole
from duizhao.types.pages import Span
from duizhao.types.summaries import SourcedSentence

ELLIPSIS = "…"
# A cut that stops right behind one tells nothing.
PREPOSITION = re.compile("关于|对于|根据|按照|为了|随着")
# Sentences beside the event that may be told before the event is cut, and those that are looked at in the end.
NEAR, MOST = 3, 20


def least(outline: Outline, event: int, limit: int, *, line: bool = False) -> tuple[SourcedSentence, ...]:
    """The longest beginning of a sentence that stands, of the event first; else a cut of it; else of a later one.

    Empty where no beginning can be told that leaves no mark open and no condition without what follows from it.
    """
    numbers = range(min(MOST, len(outline.sentences)))
    near = sorted(numbers[:NEAR], key=lambda n: (n != event, n))
    far = numbers[NEAR:]
    tries = (
        _beginnings(outline, near, limit, line),
        _cuts(outline, near, limit),
        _beginnings(outline, far, limit, line),
    )
    return next(((made,) for found in tries for made in found), ())


def _beginnings(outline: Outline, numbers: Sequence[int], limit: int, line: bool) -> Iterator[SourcedSentence]:
    text = outline.text
    for number in numbers:
        sentence = outline.sentences[number]
        for last in range(len(sentence.clauses), 0, -1):
            run = sentence.clauses[:last]
            wording = Wording((Span(sentence.start, run[-1].end),)).trimmed(text)
            if run[-1].end - sentence.start > 3 * limit + 40 or not (
                wording.parts and _tellable(outline, number, wording)
            ):
                continue
            made = printed(text, wording) if last == len(sentence.clauses) or whole(text, run) else None
            words = wording.text(text) if made and line else made.text if made else ""
            if made and len(words) <= limit and not NO_SENTENCE.match(words):
                yield SourcedSentence(words, made.sources)


def _cuts(outline: Outline, numbers: Sequence[int], limit: int) -> Iterator[SourcedSentence]:
    """Beginnings that stop in mid-sentence and say so."""
    text = outline.text
    for number in numbers:
        sentence = outline.sentences[number]
        start, end = sentence.start, _fitting(text, sentence, limit)
        if text[start] in PAIRS and not balanced(text[start : sentence.end]):
            start += 1  # a mark that is never closed
        while end > start and (not balanced(text[start:end]) or _conditional(text, sentence, end)):
            end -= 1
        wording = Wording((Span(start, max(start, end)),)).trimmed(text)
        if end <= start or not wording.parts or not _tellable(outline, number, wording):
            continue
        if PREPOSITION.fullmatch(wording.text(text)):
            continue
        ((start, end),) = wording.spans
        comma = text.rfind("、", start + (end - start) // 2, end)
        if comma > start and balanced(text[start:comma]):
            yield SourcedSentence(squeeze(text[start:comma]) + "等", (Span(start, comma),))
        yield SourcedSentence(squeeze(text[start:end]) + ELLIPSIS, (Span(start, end),))


def _fitting(text: str, sentence: Sentence, limit: int) -> int:
    """The furthest place at which a cut of the sentence has room for its …."""
    end = min(sentence.end, sentence.start + limit * 2)
    while end > sentence.start and len(squeeze(text[sentence.start : end])) > limit - 1:
        end -= 1
    return end


def _conditional(text: str, sentence: Sentence, end: int) -> bool:
    """Whether the clause in which the cut stands is a condition: what holds under it would not be told."""
    cut: Clause | None = next((c for c in sentence.clauses if c.start < end <= c.end + len(c.mark)), None)
    return cut is not None and UNDER.search(text[cut.start : cut.end] + "，") is not None


def _tellable(outline: Outline, number: int, wording: Wording) -> bool:
    denial, speech = outline.denials.get(number), outline.speech[number]
    if speech and not speech.opens:
        return False
    return denial is None or told_with(wording.spans, outline.sentences, denial)
