"""The first sentences of an article in, lines that could be its headline out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.summarize.options import Option
from duizhao.summarize.people import titles
from duizhao.summarize.render import Wording, without
from duizhao.summarize.shorten import Cut, CutKind
from duizhao.summarize.speech import DEMAND, LEAD_IN
from duizhao.summarize.split import Sentence, balanced
from duizhao.summarize.wholeness import BAD_END, BAD_START, IMPERATIVE, whole
from duizhao.types import Genre, Span
from duizhao_models.salience import Candidate

ALWAYS: frozenset[CutKind] = frozenset({"date", "hour", "recently", "source", "filler", "place", "aside", "short_name"})
LEVELS: tuple[frozenset[CutKind], ...] = (ALWAYS, ALWAYS | {"title", "office"}, ALWAYS | {"title", "office", "guide"})
SENTENCES = 8
OFFICIAL: tuple[Genre, ...] = ("meeting_report", "readout")
SHORTEST = 5
LONGEST_RUN = 120


def candidates(
    text: str, sentences: Sequence[Sentence], cuts: dict[int, list[Cut]], limit: int
) -> list[tuple[Candidate, Wording]]:
    """Runs of clauses of the first sentences, without dates, titles and sources, of at most `limit` characters."""
    found: dict[str, tuple[Candidate, Wording]] = {}
    for rank, sentence in enumerate(sentences[:SENTENCES]):
        for first, last, wording in _runs(text, sentence, cuts.get(sentence.start, [])):
            line = wording.text(text).rstrip("，。；：、")
            if SHORTEST <= len(line) <= limit and line not in found and _presentable(line):
                span = wording.spans
                kept = sum(e - s for s, e in span)
                made = Candidate(
                    line, span[0].start, rank, first, last, len(sentence.clauses), span[-1].end - span[0].start - kept
                )
                found[line] = (made, wording)
    return list(found.values())


def bearing(candidate: Candidate, genre: Genre) -> float:
    """What the salience model does not see: a headline has its subject, is no quotation, and tells an event whole.

    Set on headlines_dev and official_dev, November 2026: a line without its first clause costs headlines_dev half a
    point of ROUGE-L when it is refused, and gains three on official texts, where its subject is half of the news.
    """
    value = -0.05 * (candidate.first > 0) - 0.1 * bool(re.search("^[“‘]|[！？]", candidate.text))
    value -= 0.15 * bool(LEAD_IN.match(candidate.text))
    if genre in OFFICIAL:
        return value + 0.1 * (candidate.sentence == 0 and candidate.first == 0) + 0.007 * len(candidate.text)
    return value + 0.001 * len(candidate.text)


def with_matter(text: str, event: Wording, options: Sequence[Option], limit: int) -> Wording | None:
    """The event and the matter of most worth that still fits: 某市召开会议，审议通过…; 某人到某地调研，强调要…."""
    said = event.text(text)
    room = limit - len(said) - 1
    best: tuple[float, Wording] | None = None
    for option in options:
        if not option.speaker and option.follows < 0:
            continue
        if not event.spans or option.wording.spans[0].start < event.spans[-1].end:
            continue
        parts = option.wording.parts
        if option.speaker:
            # the verb would take the subject of the event: only its own words may follow
            demand = option.wording.text(text)
            if not _acts(said, option.speaker.key) or not (DEMAND.match(demand) or IMPERATIVE.match(demand)):
                continue
            verb = option.speaker.parts[-1]
            parts = (Span(verb.start, verb.end - 1), *parts)
        words = Wording(parts).text(text)
        if 6 <= len(words) <= room and not BAD_START.search(words) and words not in said and "；" not in words:
            value = option.value / len(words) ** 0.5
            if best is None or value > best[0]:
                best = value, Wording((*event.parts, "，", *parts))
    return best[1] if best else None


def _runs(text: str, sentence: Sentence, cuts: list[Cut]) -> Iterator[tuple[int, int, Wording]]:
    clauses = sentence.clauses[:8]
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            start, end = clauses[first].start, clauses[last].end
            if end - start > LONGEST_RUN:
                break
            if not whole(text, clauses[first : last + 1]):
                continue
            for kinds in LEVELS:
                wording = without(start, end, cuts, kinds).trimmed(text)
                if wording.parts:
                    yield first, last, wording


def _acts(said: str, name: str) -> bool:
    """Whether the line begins with this name, an office before it or not."""
    return said.startswith(name) or any(s == 0 and said.startswith(name, e) for s, e, _ in titles(said))


def _presentable(line: str) -> bool:
    return (
        bool(re.search(r"[\u4e00-\u9fff]{4}|[A-Za-z]{3}", line))
        and not BAD_START.search(line)
        and not BAD_END.search(line)
        and balanced(line)
        and "记者" not in line
    )
