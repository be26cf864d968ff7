"""Small text helpers that every stage shares: spans in, spans or strings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from duizhao.types.pages import Field, Span

CLOSERS = "”’》」』）)】〉"
# Characters that take no room and print nothing: zero-width spaces and joiners, direction marks, soft hyphens.
INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
SENTENCE_END = re.compile(rf"[。！？!?…]+[{CLOSERS}]*")
_DIGITS, _RULES = "[0-9０-９]{1,4}", "[—–―─－·•~～-]"
# what stands at the head or foot of a page and in no article: its number (— 15 —, 第 3 页 共 20 页, Page 3 of 20),
# its section and date (第3版 要闻 2024年2月20日 星期二), who made it, how to reach the paper, what to scan
_DATE = r"(?:19|20)[0-9]{2}\s*[年./-]\s*[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*日?"
_SECTION = r"(?:第\s*)?[A-Z]?[0-9０-９]{1,3}\s*版"
FOLIO = re.compile(
    rf"{_RULES}{{1,3}}\s*{_DIGITS}\s*{_RULES}{{1,3}}|(?:共\s*{_DIGITS}\s*页\s*[，,/]?\s*)?第\s*(?:{_DIGITS}|[一二三四五六七八九十百]+)\s*页"
    rf"(?:\s*[，,/]?\s*共\s*(?:{_DIGITS}|[一二三四五六七八九十百]+)\s*页)?|(?:[Pp](?:age|\.)?\s*)?{_DIGITS}\s*(?:/|／|of)\s*{_DIGITS}|"
    rf"[Pp](?:age|\.)?\s*{_DIGITS}|[0-9０-９]{{1,3}}"
    rf"|(?=.*(?:{_SECTION}|日\s*(?:星期|周)[一二三四五六日天]))(?:(?:{_SECTION}|{_DATE}|(?:星期|周)[一二三四五六日天]|农历[\u4e00-\u9fff]{{2,12}}|[\u4e00-\u9fff]{{2,6}})(?:[\s|｜·]+|$|(?<=日)(?=星期|周)))+"
    r"|[（(]?(?:本版|值班)?(?:责任编辑|责编|编辑|版式(?:设计)?|美编|校对|值班(?:编[辑委]|主任)|审核|监制|组版|排版)\s*[：:｜|/][^。，；！？]{1,50}"
    r"|(?:本报|本社)?(?:地址|社址|邮政?编码?|(?:新闻|报料|爆料|广告|发行|订报|投诉|读者)(?:热线|电话)|投稿邮箱|电子邮箱|网址)\s*[：:][^。，；！？]{1,60}"
    r"|[▶►（(]?\s*(?:扫码(?:观?看|阅读|查看|关注|收[看听]|了解|下载|登录)|扫一扫|扫描[^。，；！？]{0,6}二维码)[^。，；！？]{0,16}"
)


def visible(text: str) -> int:
    """Number of characters that are not white space."""
    return sum(not c.isspace() for c in text)


def flat(text: str) -> str:
    """The words of a unit on one line: no white space, no head or foot of a page between its lines."""
    return "".join(without_folios(text).split())


def without_folios(text: str) -> str:
    """The text of a unit without the heads and feet of pages between its lines."""
    kept, at = [], 0
    for start, end in folios(text):
        kept.append(text[at:start])
        at = end
    return "".join((*kept, text[at:]))


def folios(text: str) -> list[Span]:
    """The lines of a unit, but its first and last one, that belong to the page (`is_folio`)."""
    found, at = [], 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if 0 < number < len(lines) - 1 and is_folio(line):
            found.append(Span(at, at + len(line)))
        at += len(line)
    return found


def is_folio(line: str) -> bool:
    """Whether a line belongs to the page and to no article: its number, its head, who made it, where to write."""
    return FOLIO.fullmatch(line.strip()) is not None


def strip_span(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends (empty at `start` if nothing is left)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def visible_span(text: str, start: int, end: int) -> Span:
    """The span without white space and invisible characters at its ends."""
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return Span(start, end)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Sentences of a stretch of text, ends stripped of white space.

    A sentence ends after 。！？… and the closing marks that follow, or at a newline. A tail without a stop
    is a sentence too. Together the spans hold every non-space character.
    """
    end = len(text) if end is None else end
    for line_start, line_end in _lines(text, start, end):
        at = line_start
        for match in SENTENCE_END.finditer(text, line_start, line_end):
            yield from _nonempty(strip_span(text, at, match.end()))
            at = match.end()
        yield from _nonempty(strip_span(text, at, line_end))


def field_of(text: str, spans: Iterable[tuple[int, int]], *, inline: bool = False) -> Field:
    """The field made of these slices of a page text: one character for one, newlines shown as spaces."""
    kept = tuple(Span(s, e) for s, e in spans if s < e)
    return Field("".join(text[s:e] for s, e in kept).replace("\n", " "), kept, inline)


def page_spans(field: Field, start: int, end: int) -> tuple[Span, ...]:
    """Where the characters `start:end` of a field's text stand on the page."""
    found, at = [], 0
    for s, e in field.spans:
        low, high = max(start - at, 0), min(end - at, e - s)
        if low < high:
            found.append(Span(s + low, s + high))
        at += e - s
    return tuple(found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield Span(at, stop)
        at = stop + 1


def _nonempty(span: Span) -> Iterator[Span]:
    if span.start < span.end:
        yield span
