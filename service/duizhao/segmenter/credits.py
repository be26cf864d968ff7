"""Who wrote an article and from where: a paragraph's field in, byline, dateline and authors out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.segmenter.cues import AGENCY, DATELINE, OWN_REPORT
from duizhao.text import page_spans
from duizhao.types.pages import Field

# So far into a paragraph an opening may reach (characters): long lists of reporters occur.
OPENING = 160
NAME = r"(?:[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff·]{1,8})(?![\u4e00-\u9fff·])"
BRACKET = re.compile(r"\s*[（(]([^（()）]{2,120})[）)]")
# What stands directly before or after a name in one piece with it.
TITLE = re.compile(
    r"^(?:本报|本刊|本台|新华社|人民日报|中新社|全媒体|融媒体?|见习|实习|特约|驻地|首席|特派|[\u4e00-\u9fff]{2,6}(?:日报|晚报))*"
    r"(?:记者|通讯员|特派员|评论员|报道组|执笔|作者|撰文|摄影|编辑)[:：]?"
)
TEXT_AND_PHOTO = re.compile(r"文\s*[/／、]\s*图|图\s*[/／、]\s*文")
WORK = re.compile(r"(?:摄影报道|摄影|报道|整理|采写|撰文|摄)$")
CREDIT = re.compile(r"记者|通讯员|评论员|作者|执笔|特派员|撰文")
PLAIN = re.compile(
    r"(?:本报|本刊|本台|新华社|全媒体|融媒体?|见习|特约)*(?:记者|通讯员|评论员)"
    rf"(?:[ 　、]*{NAME}(?:[ 　、]+{NAME}){{0,7}})?(?=[ 　]|$)"
)
LONGEST_LINE = 60
CLOSING = re.compile(r"[（(]((?:[^（()）]{0,20})(?:记者|通讯员|评论员|作者|执笔)[^（()）]{1,80})[）)]\s*$")
SEPARATORS = re.compile(r"[、，,;；/／|\s　]+")
HAN = re.compile(r"[\u4e00-\u9fff·]{1,12}")
# Words that stand in a credit beside names.
NO_NAME = re.compile(
    r"本报|记者|通讯员|作者|执笔|新华社|电|讯|日|月|报道|摄影|整理|采写|为|系|单位|大学|学院|研究|委员|中心|公司|综合|评论|观察|获悉|了解"
)


@dataclass(frozen=True, slots=True)
class Credits:
    """Byline and dateline as they stand in a paragraph, and the names in the byline."""

    byline: Field | None = None
    dateline: Field | None = None
    authors: tuple[str, ...] = ()


def opening_credits(paragraph: Field) -> Credits:
    """What stands at the opening of a first paragraph; its characters stay with the paragraph (inline)."""
    head = paragraph.text[:OPENING]
    lead = len(head) - len(head.lstrip())
    own = OWN_REPORT.match(head, lead)
    place = None if own else DATELINE.match(head, lead) or AGENCY.match(head, lead)
    at = own.end() if own else place.end() if place else lead
    dateline = _inline(paragraph, lead, at) if place else None
    bracket = BRACKET.match(head, at)
    if bracket and CREDIT.search(bracket[1]):
        start = lead if own else bracket.end() - len(bracket.group().lstrip())
        return Credits(_inline(paragraph, start, bracket.end()), dateline, names(bracket[1]))
    if bracket and place and not NO_NAME.search(bracket[1]) and names(bracket[1]):
        return Credits(
            _inline(paragraph, bracket.end() - len(bracket.group().lstrip()), bracket.end()),
            dateline,
            names(bracket[1]),
        )
    plain = PLAIN.match(head, at)
    if plain and names(plain.group()):
        return Credits(_inline(paragraph, lead if own else plain.start(), plain.end()), dateline, names(plain.group()))
    return Credits(_inline(paragraph, lead, at) if own else None, dateline)


def closing_authors(text: str) -> tuple[str, ...]:
    """The writers named in brackets at the very end of a last paragraph."""
    match = CLOSING.search(text[-OPENING:])
    return names(match[1]) if match else ()


def is_byline(text: str) -> bool:
    """A line that holds nothing but a credit: 本报记者 张三 李四, （通讯员 王五）, 本报评论员."""
    inside = text.strip().strip("（()）").strip()
    if len(inside) > LONGEST_LINE or not PLAIN.fullmatch(inside):
        return False
    return bool(names(inside)) or inside.endswith("评论员")


def names(credit: str) -> tuple[str, ...]:
    """The personal names of a credit in order; a name printed 张 三 is joined."""
    found: list[str] = []
    for part in SEPARATORS.split(TEXT_AND_PHOTO.sub(" ", credit)):
        name = WORK.sub("", TITLE.sub("", part))
        if not HAN.fullmatch(name) or NO_NAME.search(name):
            continue
        if len(name) == 1 and found and len(found[-1]) == 1:
            found[-1] += name
        else:
            found.append(name)
    return tuple(n for n in found if 2 <= len(n) <= 4 or ("·" in n and len(n) > 2))


def _inline(paragraph: Field, start: int, end: int) -> Field | None:
    if start >= end:
        return None
    return Field(paragraph.text[start:end], page_spans(paragraph, start, end), inline=True)
