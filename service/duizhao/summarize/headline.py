"""The first sentences of an article in, lines that could be its headline out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from duizhao.summarize.deeds import deeds
from duizhao.summarize.denials import denies
from duizhao.summarize.option import Option
from duizhao.summarize.outline import Outline
from duizhao.summarize.people import titles
from duizhao.summarize.predicates import verbless
from duizhao.summarize.render import Wording, without
from duizhao.summarize.salience import Salience
from duizhao.summarize.shorten import Cut, CutKind
from duizhao.summarize.speech import DEMAND, VERB
from duizhao.summarize.split import Clause, Sentence, balanced
from duizhao.summarize.thesis import argues
from duizhao.summarize.wholeness import (
    BAD_END,
    BAD_START,
    DEPENDENT,
    IMPERATIVE,
    adverbial,
    skippable,
    whole,
)
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
# Sentences that are read for news, and for the thesis of a commentary.
SENTENCES, FURTHEST = 8, 40
SHORTEST = 5
# A demand without its subject, and a meeting that is named nowhere in the line.
UNNAMED = re.compile(r"要(?![闻素点案])|(?:会议|大会|全会|通知|文章)(?:还|并)?(?:指出|强调|要求|认为|决定|提出)")
LONGEST_RUN = 120
# The chance to begin a sentence from which a clause is held for one with a subject.
OWN = 0.3
# 向各界人士: whom it is for, and not what is done.
TOWARDS = re.compile(r"(?:^|，)[向对给与同把将](?P<whom>[^，]+)$")
NOTICE = re.compile(r"关于.+的(?:通告|公告|通知|公示|通报|决定|意见|办法|规定|批复|说明)")
# Behind a speaker the next clause is what is said.
SPEAKS = re.compile(rf"{VERB}$|(?:通报|证实|承诺|提出|主张|规定)$")
# What has its verb behind the comma: 七十年来取得的成就.
OF = re.compile(r"^[^，是有]{2,40}的[^，的了]{2,8}$")
SAYING = re.compile(rf"[并还也]?(?:{VERB}|指责|指控|警告|相信|承诺)")
EXCEPTS = re.compile(r"不(?:含|包括|包含|适用|计|在)|未|除|并?非|而?不是|前提|但")


def candidates(outline: Outline, limit: int, known: Salience) -> list[tuple[Candidate, Wording]]:
    """Runs of clauses of the first sentences, without dates, titles and sources, of at most `limit` characters.

    The thesis of a commentary may stand later than the news of an article."""
    text = outline.text
    found: dict[str, tuple[Candidate, Wording]] = {}
    for rank, sentence in enumerate(outline.sentences[:FURTHEST]):
        if rank >= SENTENCES and not (outline.genre == "commentary" and argues(text[sentence.start : sentence.end])):
            continue
        cuts = outline.cuts(sentence)
        told = (d for kinds in (ALWAYS, NAMED, TIGHT, BRIEFEST) for d in deeds(text, sentence, cuts, kinds, known))
        for first, last, wording in chain(_runs(text, sentence, cuts, known), told, _said(outline, rank, known)):
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


def notice(outline: Outline, limit: int) -> Wording | None:
    """What a notice says that it is about, where it stands over its text: 关于…的通告."""
    for span in outline.crossheads[:1]:
        words = outline.text[span.start : span.end]
        if (
            outline.sentences
            and span.start < outline.sentences[0].start
            and NOTICE.fullmatch(words)
            and len(words) <= limit
        ):
            return Wording((span,))
    return None


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
            if (
                demand.startswith("希望")
                or not _acts(said, option.speaker.key)
                or not (DEMAND.match(demand) or IMPERATIVE.match(demand))
            ):
                continue
            verb = option.speaker.parts[-1]
            parts = (Span(verb.start, verb.end - 1), *parts)
        words = Wording(parts).text(text)
        if 6 <= len(words) <= room and not BAD_START.search(words) and words not in said and "；" not in words:
            value = option.value / len(words) ** 0.5
            if best is None or value > best[0]:
                best = value, Wording((*event.parts, "，", *parts))
    return best[1] if best else None


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
            gaps = [
                g
                for g in range(first + 1, last)
                if skippable(text, clauses, g) and not _turned(text, clauses, g, known)
            ]
            for gap in (None, *gaps):
                # most levels cut the same from a run
                for made in dict.fromkeys(_without_gap(clauses, first, last, gap, cuts, kinds) for kinds in LEVELS):
                    wording = made.trimmed(text)
                    if wording.parts:
                        yield first, last, wording


def _said(outline: Outline, rank: int, known: Salience) -> Iterator[tuple[int, int, Wording]]:
    """What is said with the name of the one who says it, without his office; 他表示 is told of the one meant."""
    text, sentence, speech = outline.text, outline.sentences[rank], outline.speech[rank]
    if speech is None or not speech.sure:
        return
    first = next((n for n, c in enumerate(sentence.clauses) if c.start >= speech.start), len(sentence.clauses))
    for last in range(first, len(sentence.clauses)):
        run = sentence.clauses[first : last + 1]
        if known.ends(run[-1], line=True) and whole(text, run):
            for kinds in LEVELS[:4]:
                said = without(run[0].start, run[-1].end, outline.cuts(sentence), kinds).trimmed(text)
                yield first, last, Wording((*speech.speaker.undated().parts, *said.parts))


def _turned(text: str, clauses: Sequence[Clause], gap: int, known: Salience) -> bool:
    """Whether without the clause at `gap` the next one would be said by another, of another, or be an exception alone.

    A clause with a subject of its own gives it to the next one that has none."""
    skipped, after = clauses[gap], clauses[gap + 1]
    if known.opening(skipped.start) >= OWN > known.opening(after.start) or EXCEPTS.match(text, after.start):
        return True
    led = text[clauses[gap - 1].start : clauses[gap - 1].end]
    if SAYING.match(text, skipped.start) or OF.search(led):
        return True
    return bool(SPEAKS.search(led)) and not adverbial(text, skipped)


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
        and not ((towards := TOWARDS.search(line)) and verbless(towards["whom"]))
        and not line.startswith(("前提", "关于"))
        and not UNNAMED.match(line)
    )
