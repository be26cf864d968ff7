"""The first sentences of an article in, lines that could be its headline out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duizhao.summarize.denials import THIS, denies, rumoured, told_with
from duizhao.summarize.option import Option
from duizhao.summarize.outline import Outline
from duizhao.summarize.people import titles
from duizhao.summarize.render import Wording, without
from duizhao.summarize.salience import Salience
from duizhao.summarize.shorten import Cut, CutKind
from duizhao.summarize.signs import EVENT
from duizhao.summarize.speech import DEMAND, LEAD_IN
from duizhao.summarize.split import Clause, Sentence, balanced
from duizhao.summarize.wholeness import (
    BAD_END,
    BAD_START,
    DEPENDENT,
    IMPERATIVE,
    SUBJECTLESS,
    adverbial,
    skippable,
    whole,
)
from duizhao.types.articles import Genre
from duizhao.types.pages import Span
from duizhao_models.salience import Candidate

ALWAYS: frozenset[CutKind] = frozenset(
    {"date", "hour", "recently", "source", "filler", "place", "aside", "short_name", "office"}
)
NAMED: frozenset[CutKind] = ALWAYS | {"title"}
TIGHT: frozenset[CutKind] = NAMED | {"venue", "light"}
BRIEFEST: frozenset[CutKind] = TIGHT | {"guide", "holder", "guest", "paper"}
LEVELS: tuple[frozenset[CutKind], ...] = (
    ALWAYS,
    NAMED,
    NAMED | {"guide"},
    TIGHT,
    TIGHT | {"guest"},
    TIGHT | {"paper"},
    TIGHT | {"list"},
    TIGHT | {"joint"},
    BRIEFEST,
    BRIEFEST | {"list"},
    BRIEFEST | {"list", "joint"},
)
SENTENCES = 8
OFFICIAL: tuple[Genre, ...] = ("meeting_report", "readout")
SHORTEST = 5
# A demand without its subject, and a meeting that is named nowhere in the line.
UNNAMED = re.compile(r"要(?![闻素点案])|(?:会议|大会|全会|通知|文章)(?:还|并)?(?:指出|强调|要求|认为|决定|提出)")
LONGEST_RUN = 120
# What a line of news loses whose subject stands in the clause before it.
BARE = 0.06
# What someone expects is no news without the one who does.
FORECAST = re.compile(r"有望|或将|可能|预计|将会|恐将|大概率|看涨|看跌|料将")
SAID = re.compile(r"(?:认为|预计|预测|表示|称|说|指出|判断|估计|分析)$")
# 1958年，甲市建成…: a line without its year would be news of today. A date with month and day may be the news.
YEAR = re.compile(r"(?:早在|自|从|直到)?(?:公元)?(?:\d{4}年(?!\d{1,2}月)|上?个?世纪|[\u4e00-\u9fff\d]{1,6}年代)")
# What a commentary opens with and what it says: a figure of speech is no headline where the thesis would be one.
FIGURE = re.compile(r"战鼓|号角|[擂吹奏]响|扬帆|劈波斩浪|乘风破浪|春风|曙光|火炬|画卷|乐章|答卷|交响")
THESIS = re.compile(r"(?<![需重主首])要(?![闻素点案求])|必须|关键|根本|核心|唯有|只有|离不开|不能")


def candidates(
    text: str, sentences: Sequence[Sentence], cuts: dict[int, list[Cut]], limit: int, known: Salience
) -> list[tuple[Candidate, Wording]]:
    """Runs of clauses of the first sentences, without dates, titles and sources, of at most `limit` characters."""
    found: dict[str, tuple[Candidate, Wording]] = {}
    for rank, sentence in enumerate(sentences[:SENTENCES]):
        for first, last, wording in _runs(text, sentence, cuts.get(sentence.start, []), known):
            line = wording.text(text).rstrip("，。；：、")
            if SHORTEST <= len(line) <= limit and line not in found and _presentable(line):
                span = wording.spans
                kept = sum(e - s for s, e in span)
                made = Candidate(
                    line,
                    span[0].start,
                    rank,
                    first,
                    last,
                    len(sentence.clauses),
                    span[-1].end - span[0].start - kept,
                    tuple((s, e) for s, e in span),
                )
                found[line] = (made, wording)
    return list(found.values())


def bearing(candidate: Candidate, genre: Genre, begins: bool = True) -> float:
    """What the salience model does not see: a headline has its subject (`begins`: a sentence may begin with it), and an
    official one tells the event.

    Set on headlines_dev and official_dev, November 2026: it costs headlines_dev a quarter of a point of ROUGE-L; on
    official_dev, where the subject is half of the news, it gains nearly one.
    """
    cut = candidate.first > 0
    if genre not in OFFICIAL:
        figure = genre == "commentary" and FIGURE.search(candidate.text) and not THESIS.search(candidate.text)
        bare = cut and (not begins or bool(SUBJECTLESS.match(candidate.text)))
        return -BARE * bare - 0.3 * bool(figure)
    value = -0.05 * cut - 0.1 * bool(re.search("^[“‘]|[！？]", candidate.text))
    value -= 0.15 * bool(LEAD_IN.match(candidate.text)) + 0.3 * bool(IMPERATIVE.match(candidate.text))
    return value + 0.05 * bool(EVENT.search(candidate.text))


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


def vouched(outline: Outline, candidate: Candidate, wording: Wording) -> bool:
    """Whether a line makes no fact of a rumour or of what is denied, no news of the past or of a forecast, and does not
    speak of what it leaves out."""
    denial = outline.denials.get(candidate.sentence)
    if denial and not told_with(wording.spans, outline.sentences, denial):
        return False
    before = outline.sentences[candidate.sentence].clauses[: candidate.first]
    if candidate.sentence and any(YEAR.match(outline.text[c.start : c.end]) for c in before):
        return False
    if before and FORECAST.search(candidate.text) and SAID.search(outline.text[before[-1].start : before[-1].end]):
        return False
    return not (any(rumoured(outline.text, c) for c in before) or (candidate.sentence and THIS.search(candidate.text)))


def with_denial(
    outline: Outline, number: int, found: Sequence[tuple[Candidate, Wording]], limit: int
) -> Iterator[Wording]:
    """Lines of the sentence `number` from its beginning with what denies it: 网传甲，该消息系谣言."""
    denial = outline.denials.get(number)
    if denial is None or denial.sentence == number:
        return
    sentence, clauses = outline.sentences[denial.sentence], outline.sentences[number].clauses
    found = [
        (c, w)
        for c, w in found
        if c.sentence == number and not c.first and not adverbial(outline.text, clauses[c.last])
    ]
    runs = [(n, n) for n, c in enumerate(sentence.clauses) if denies(outline.text, c)]
    for first, last in {(0, denial.clause), *runs}:
        start, end = sentence.clauses[first].start, sentence.clauses[last].end
        denied = without(start, end, outline.cuts(sentence), NAMED).trimmed(outline.text)
        lines = (Wording((*wording.parts, "，", *denied.parts)) for _, wording in found)
        yield from (line for line in lines if len(line.text(outline.text)) <= limit)


def _runs(text: str, sentence: Sentence, cuts: list[Cut], known: Salience) -> Iterator[tuple[int, int, Wording]]:
    """Runs of clauses, in full and without one clause in the middle, at every level of shortening."""
    clauses = sentence.clauses[:8]
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            if clauses[last].end - clauses[first].start > LONGEST_RUN:
                break
            if not known.ends(clauses[last], line=True) or not whole(text, clauses[first : last + 1]):
                continue
            gaps = [g for g in range(first + 1, last) if skippable(text, clauses, g)]
            for gap in (None, *gaps):
                # most levels cut the same from a run
                for made in dict.fromkeys(_without_gap(clauses, first, last, gap, cuts, kinds) for kinds in LEVELS):
                    wording = made.trimmed(text)
                    if wording.parts:
                        yield first, last, wording


def _without_gap(
    clauses: Sequence[Clause], first: int, last: int, gap: int | None, cuts: list[Cut], kinds: frozenset[CutKind]
) -> Wording:
    if gap is None:
        return without(clauses[first].start, clauses[last].end, cuts, kinds)
    before = without(clauses[first].start, clauses[gap].start, cuts, kinds)
    after = without(clauses[gap + 1].start, clauses[last].end, cuts, kinds)
    return Wording(before.parts + after.parts)


def _acts(said: str, name: str) -> bool:
    """Whether the line begins with this name, an office before it or not."""
    return said.startswith(name) or any(s == 0 and said.startswith(name, e) for s, e, _ in titles(said))


def _presentable(line: str) -> bool:
    return (
        bool(re.search(r"[\u4e00-\u9fff]{4}|[A-Za-z]{3}", line))
        and not BAD_START.search(line)
        and not BAD_END.search(line)
        and not DEPENDENT.match(line)
        and balanced(line)
        and "记者" not in line
        and not UNNAMED.match(line)
    )
