"""An outline in, wordings that tell a meeting by what it did out: its name as the subject of 审议通过, 听取, 决定.

某某主持召开清泽市政府常务会议，审议通过《…》 and 会议审议通过了《…》 both become 清泽市政府常务会议审议通过…,
by deletion alone: in a headline or a brief the body and the matter say more than the chair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.summarize import papers
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording, without
from duizhao.summarize.shorten import DAY, CutKind
from duizhao.summarize.split import Clause, Sentence
from duizhao.summarize.wholeness import whole
from duizhao.types.pages import Span

# Only where a person is in the chair: in 清泽市召开全市…会议 the subject is the body, which must stay.
NAME = re.compile(
    r"(?:主持召开|主持)了?(?P<name>[^，。；：“”《》]{2,40}?(?:会议|大会|座谈会|全会|常务会|推进会|部署会|动员会|调度会))(?=$|并|部署|研究)"
)
DID = re.compile(
    r"(?P<subject>会议|大会|全会)?(?:并|还)?(?P<verb>听取|审议|研究|部署|安排部署|动员部署|传达|讨论|决定|确定|表决|通过)"
)
DATE = re.compile(rf"(?:{DAY}|\d{{1,2}}[日号])")
# What may be left out of the matter.
LIGHT: frozenset[CutKind] = frozenset({"short_name", "filler", "hour", "recently", "aside", "guide", "place"})
FURTHEST = 5


def tellings(outline: Outline, event: int, *, dated: bool) -> Iterator[tuple[Wording, float]]:
    """Lines (name of the meeting, verb, matter) with what each tells: papers, decisions and plans count one each."""
    if event >= len(outline.sentences):
        return
    event, subject = next(
        ((n, made) for n in (event, *range(event)) if (made := _subject(outline, outline.sentences[n], dated))),
        (event, ()),
    )
    if not subject:
        return
    for number in range(event, min(len(outline.sentences), event + FURTHEST)):
        told = outline.sentences[number]
        speech = outline.speech[number]
        if speech and not (speech.speaker.manner == "decides" and speech.opens):
            continue
        listed = papers.find(outline.text, told.start, told.end)
        if listed:
            for wording, share in papers.tellings(outline.text, listed):
                yield Wording(subject + wording.parts), share
        if dated and number > event:
            continue  # in a brief these stand as sentences of their own
        for run in _matters(outline, told, number > event, speech.start if speech else told.start):
            head: tuple[Span | str, ...] = ()
            if speech:
                verb = speech.speaker.parts[-1]
                head = (Span(verb.start, verb.end - 1),)
            yield (
                Wording(subject + head + _cut(outline, told, run).parts),
                0.9 + 0.4 * (len(run) > 1) + 0.4 * bool(speech),
            )


def _subject(outline: Outline, sentence: Sentence, dated: bool) -> tuple[Span | str, ...]:
    first = sentence.clauses[0]
    for clause in sentence.clauses[:2]:
        words = outline.text[clause.start : clause.end]
        match = NAME.search(words)
        if not match or match["name"] in ("会议", "大会") or match["name"].startswith("全"):
            continue
        start = clause.start + match.start("name")
        name = without(start, clause.start + match.end("name"), outline.cuts(sentence), LIGHT)
        date = DATE.search(outline.text, first.start, start) if dated else None
        return ((Span(*date.span()),) if date else ()) + name.parts
    return ()


def _matters(outline: Outline, sentence: Sentence, later: bool, start: int) -> Iterator[list[Clause]]:
    """Clauses that say what the meeting did, each with or without the one after it."""
    clauses = [c for c in sentence.clauses if c.end > start]
    for number, clause in enumerate(clauses):
        words = outline.text[clause.start : clause.end]
        match = DID.match(words)
        decided = start > sentence.start and number == 0
        # in a later sentence only the meeting itself may be the subject; an item of the event's list has none
        listed = later and number == 0 and match and not match["subject"]
        if not decided and (not match or (later and not match["subject"] and not listed)):
            continue
        for last in (number, number + 1):
            if last < len(clauses) and whole(outline.text, clauses[number : last + 1]):
                yield clauses[number : last + 1]


def _cut(outline: Outline, sentence: Sentence, run: list[Clause]) -> Wording:
    start = run[0].start
    match = DID.match(outline.text[start : run[0].end])
    if match and match["subject"]:
        start += match.start("verb")
    return without(start, run[-1].end, outline.cuts(sentence), LIGHT)
