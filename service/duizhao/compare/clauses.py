"""A stretch of text in; its clauses, list items, lead-ins and enumerators as spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duizhao.compare.vocabulary import SURNAMES
from duizhao.text import flat
from duizhao.types.pages import Span

OPENERS = "“《（(‘【「『"
CLOSERS = "”》）)’】」』"

COMMAS, SEMICOLONS, COLONS = "，,：:", "；;", "：:"
_STOPS = {marks: re.compile(f"[{OPENERS}{marks}]") for marks in (COMMAS, SEMICOLONS, COLONS)}

# 一是 / 第一， / （一） / 一、 / 1. / ——: marks of a list, no part of the demand that follows
ENUMERATOR = re.compile(
    r"(?:[—－-]{1,3}|[●■◆·]|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"[一二三四五六七八九十]{1,3}(?:是|、(?![一二三四五六七八九十]))|"
    r"第[一二三四五六七八九十]{1,3}[，、]|\d{1,2}[.．、](?!\d)|[①-⑳])[ \u3000]*"
)

# Somebody speaks: a clause that ends so reports who said it, and is no part of what was said.
_SAYS = r"(?:指出|强调|表示|认为|提出|说|介绍|写道|指示|明确|要求|决定|重申|宣布)"
_SPEAKER = (
    r"(?:会议|大会|全会|会上|座谈会|讲话|文章|评论|社论|通知|意见|规划|方案|报告|公报|文件|决定|指示|批示|批示中|同志|"
    r"总书记|主席|总理|书记|省长|市长|县长|区长|州长|主任|部长|他|她|[时后中上》]|"
    rf"(?:^|[、，长记任席])[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)
LEAD_IN = re.compile(rf"^.{{0,36}}?{_SPEAKER}(?:还|又|并|同时|特别|着重|进一步|最后|郑重|再次|首先)?{_SAYS}$")
# Of such a clause the words that name who speaks: 何远山 of 何远山在讲话中强调，
_NAMED = re.compile(
    rf"(?P<who>[^，,：:]{{2,30}}?)(?:在[^，,：:]{{1,24}}?)?"
    rf"(?:还|又|并|同时|特别|着重|进一步|最后|郑重|再次|首先)?{_SAYS}[，,：:]?$"
)
LONGEST_LEAD_IN = 48
_ASKS = re.compile(r"(?<![需重主])要(?!求)|必须|按照|根据|落实|对标|贯彻|遵循")  # 按照会议要求， is no lead-in
BARE_LEAD_IN = re.compile(rf"(?:会议|全会|大会|习近平|他|她)(?:还|并|同时|特别|最后)?{_SAYS}(?=要(?![求素点闻]))")


def split_at(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """Pieces of `text[start:end]`, each with the mark that ends it; marks inside quotes and brackets do not cut.

    A bracket that is not closed before `end` counts as an ordinary character.
    """
    at, position = start, start
    stops = _STOPS[marks]
    unclosed: set[str] = set()  # one failed search is enough, or a text of opening marks takes quadratic time
    while match := stops.search(text, position, end):
        character, position = match[0], match.end()
        if character in marks:
            yield Span(at, position)
            at = position
        elif character not in unclosed:
            close = text.find(CLOSERS[OPENERS.index(character)], position, end)
            if close < 0:
                unclosed.add(character)
            position = max(position, close)
    if at < end:
        yield Span(at, end)


def clauses(text: str, start: int, end: int) -> list[Span]:
    """Clauses of a sentence, each with the comma or colon that ends it."""
    return list(split_at(text, start, end, COMMAS))


def items(text: str, start: int, end: int) -> list[Span]:
    """A sentence cut at its semicolons; an introduction before the colon of such a list is an item of its own."""
    parts = list(split_at(text, start, end, SEMICOLONS))
    if len(parts) < 2:
        return parts
    first = parts[0]
    heads = list(split_at(text, first.start, first.end, COLONS))
    if len(heads) < 2:
        return parts
    return [Span(first.start, heads[-2].end), Span(heads[-2].end, first.end), *parts[1:]]


def without_enumerator(text: str, start: int, end: int) -> int:
    """Where the text after the marks of a list begins."""
    while (match := ENUMERATOR.match(text, start, end)) and match.end() < end:
        start = match.end()
    return start


def without_lead_in(text: str, start: int, end: int) -> int:
    """Where the text after 会议强调， and the like begins: within the first three clauses, the last that reports."""
    after = start
    for low, high in clauses(text, start, end)[:3]:
        if high == end or _ASKS.search(text, low, high):
            break
        if high - low <= LONGEST_LEAD_IN and LEAD_IN.match(flat(text[low : high - 1])):
            after = high
    if after == start and (match := BARE_LEAD_IN.match(text, start, end)):
        after = match.end()
    return after


def speaker_of(text: str, start: int, end: int) -> Span | None:
    """Who speaks in the lead-in `text[start:end]`, by its last clause that names somebody; None if it names nobody."""
    for low, high in reversed(clauses(text, start, end)):
        if high - low <= LONGEST_LEAD_IN and (match := _NAMED.match(text[low:high])):
            return Span(low + match.start("who"), low + match.end("who"))
    return None
