"""The sentences of a text in; the chapter of a report that looks back on past work out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from duizhao.types.pages import Span

_NUMERALS = "一二三四五六七八九十"
_LOOKS_BACK = r"(?:回顾|总结|完成情况|主要成就|成绩)"
_LOOKS_AHEAD = r"(?:任务|安排|部署|要求|目标|重点|打算|展望|举措|建议|总体|主要工作)"
# 一、2023年工作回顾, also in running text; the same without a number is a line of its own
_PAST = re.compile(rf"[{_NUMERALS[:4]}]、[^，。；]{{0,20}}?{_LOOKS_BACK}(?!.{{0,40}}；?二、)")
_BARE_PAST = re.compile(
    rf"(?:首先)?(?:报告)?(?:[\d０-９]{{4}}年|过去|去年|一年来|五年来)[^，。；]{{0,16}}?(?:{_LOOKS_BACK}|的工作$)|(?:政府)?工作回顾"
)
_NEXT = re.compile(rf"[{_NUMERALS}]、[^，。；]{{0,30}}?{_LOOKS_AHEAD}")
_BARE_NEXT = re.compile(
    rf"(?:[{_NUMERALS}]、)?[^，。；]{{0,8}}?(?:20\d\d年|今年|明年|新的一年|下一步|今后)[^，。；]{{0,16}}?(?:工作|{_LOOKS_AHEAD})"
)
# A report without headings turns to the new year with these words
_TURNS = re.compile(
    r"(?:各位代表[，！：!:]\s*)?(?:(?P<year>20\d\d)年是|(?:做好)?(?:今年|20\d\d年|新的一年).{0,16}?(?:总体要求|总体思路|指导思想|预期目标)(?:是|为|：))"
)
_OPENS = re.compile(r"(?:各位代表[，！：!:]\s*)?(?:(?P<year>20\d\d)年[，是]|过去的?一年|过去五年|一年来|五年来)")
_REPORT = re.compile("各位代表|向大会报告|请予审议")
_WHERE_REPORTS_SAY_SO = 400  # characters
_YEAR = re.compile(r"20\d\d")

Sentence = tuple[Span, bool]  # and whether it is a heading


def look_back(text: str, sentences: Iterable[Sentence]) -> Span | None:
    """Where a report tells of past work: from its heading, or the words that open it, to where it turns ahead."""
    found = list(sentences)
    return _by_heading(text, found) or _by_later_heading(text, found) or _by_turn(text, found)


def _by_heading(text: str, sentences: list[Sentence]) -> Span | None:
    """From 一、2023年工作回顾 or 2023年工作回顾 to the heading of the same rank that looks ahead.

    Where there is none, to the first heading of a list, or to the words that turn to the new year.
    """
    for n, (span, heading) in enumerate(sentences):
        match = _past(text, span, heading)
        if match:
            number = _NUMERALS.index(match[0][0]) + 1 if match[0][0] in _NUMERALS else None
            after = sentences[n + 1 :]
            closing = next((s.start for s, head in after if _closes(text, s, head, number)), None)
            if closing is None and number is None:
                closing = next((s.start for s, head in after if head and text.startswith("一、", s.start)), None)
            if closing is None:
                closing = next((s.start for s, _ in after if _turns(text, s)), len(text))
            return Span(span.start, closing)
    return None


def _past(text: str, span: Span, heading: bool) -> re.Match[str] | None:
    said = text[span.start : span.end]
    return _PAST.match(said) or (_BARE_PAST.match(said) if heading else None)


def _closes(text: str, span: Span, heading: bool, number: int | None) -> bool:
    """Whether the chapter before ends here; `number`: its own."""
    said = text[span.start : span.end]
    if _past(text, span, heading):
        return False
    if number is None:
        return heading and _BARE_NEXT.match(said) is not None
    return said.startswith(f"{_NUMERALS[number]}、") or _NEXT.search(said) is not None


def _by_later_heading(text: str, sentences: list[Sentence]) -> Span | None:
    """Before 二、2024年工作安排 all is a look back, where 一、 is missing or does not say so (一、2023年主要工作)."""
    first: Span | None = None
    for span, heading in sentences:
        said = text[span.start : span.end]
        first = first or span
        if heading and said.startswith("二、") and _BARE_NEXT.match(said):
            told = text[first.start : span.start]
            before, after = _YEAR.search(told), _YEAR.search(said)
            if after is None or (before is not None and before[0] < after[0]):
                return Span(first.start, span.start)
            return None
    return None


def _by_turn(text: str, sentences: list[Sentence]) -> Span | None:
    """In a report without headings: from 过去一年 to 今年工作的总体要求是 or 2024年是."""
    if not _REPORT.search(text[:_WHERE_REPORTS_SAY_SO]):
        return None
    begun, year = None, ""
    for span, _ in sentences:
        if begun is None and (match := _OPENS.match(text, span.start, span.end)):
            begun, year = span.start, match["year"] or ""
        elif begun is not None and _turns(text, span, year):
            return Span(begun, span.start)
    return None


def _turns(text: str, span: Span, year: str = "") -> bool:
    """Whether a sentence turns to a year after `year`."""
    match = _TURNS.match(text, span.start, span.end)
    return match is not None and (match["year"] or "9999") > year
