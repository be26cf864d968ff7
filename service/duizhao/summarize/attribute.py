"""A generated sentence in, the sentences of the source that it was most likely made from out."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.summarize.numerals import masked
from duizhao.summarize.render import squeeze
from duizhao.summarize.split import Sentence
from duizhao.types.pages import Span
from duizhao_models.salience import bigrams

MOST = 4
# A source must add this share of the sentence's bigrams to be counted.
LEAST_GAIN = 0.08


def attribute(sentence: str, text: str, sentences: Sequence[Sentence], most: int = MOST) -> tuple[list[int], float]:
    """Indices of the source sentences, in order, and the share of the sentence's bigrams that they hold together.

    Numbers are compared by place only; their values are the gate's matter.
    """
    wanted = set(bigrams(masked(squeeze(sentence))))
    if not wanted:
        return [], 0.0
    grams = [wanted & set(bigrams(masked(squeeze(text[s.start : s.end])))) for s in sentences]
    chosen: list[int] = []
    held: set[str] = set()
    while len(chosen) < most and grams:
        best = max(range(len(grams)), key=lambda i: len(grams[i] - held))
        if len(grams[best] - held) < LEAST_GAIN * len(wanted):
            break
        chosen.append(best)
        held |= grams[best]
    return sorted(chosen), len(held) / len(wanted)


def spans(chosen: Sequence[int], sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The spans of chosen sentences."""
    return tuple(Span(sentences[i].start, sentences[i].end) for i in chosen)
