"""A raw body in, the paragraphs that carry news out, without bylines, datelines, jump marks and lists of attendants."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from duizhao.summarize.people import NAME
from duizhao.summarize.split import SIGNED
from duizhao.text import CLOSERS, is_folio, visible_span
from duizhao.types.pages import Span

Kind = Literal["body", "crosshead", "attendance", "furniture"]

REPORTER = r"(?:[（(][^（()）]{0,60}(?:记者|通讯员|编译|摄影|实习生|报道员)[^（()）]{0,60}[）)])"
# Who wrote it, behind the dateline: （何文澜、卫知远）.
NAMES = rf"[（(]{NAME}(?:[、，\s]+{NAME}){{0,3}}[）)]"
AGENCY = (
    r"(?:本报讯|本报电|本报[\u4e00-\u9fff]{1,8}\d{0,2}月?\d{1,2}日[电讯]|[新中][华国]?[新社]社?[^，。\n]{0,16}?电(?=[\s（(]|\w)"
    r"|又[电讯](?=\s*[（(])|(?:据|综合)[新中][华国社]{1,3}[^，。\n]{0,8}?[电讯](?=\s)|(?:本台|本网|本刊|新华社|央视)消息[：:，]|(?:[\u4e00-\u9fff]{2,10}网?消息|央视网消息)\s*[（(]新闻联播[）)]\s*[：:]?"
    r"|(?:[\u4e00-\u9fff]{2,8}(?:日报|晚报|新闻|融媒体?|网)(?:讯|消息))(?=[\s（(：:]))"
)
PREFIX = re.compile(
    rf"\s*(?:[（(]上接[^）)]{{1,20}}[）)]|(?:{AGENCY})\s*(?:{REPORTER}|{NAMES})?|{REPORTER}"
    rf"|本报(?:驻[\u4e00-\u9fff]{{2,8}})?记者\s*(?:[\u4e00-\u9fff]{{2,4}}[\s、]*){{1,4}}(?:报道)?(?=[\s：:]|$))\s*[：:]?\s*"
)
DATELINE = re.compile(rf"\s*(?:{AGENCY})")
MOST_DECKS = 8
SUFFIX = re.compile(
    r"\s*(?:[（(](?:下转|上接|责任编辑|责编|编辑|完|记者|本报记者|据|来源|原载|作者|(?:讲话|报告|决定|文章)?全文|详见)[^（()）]{0,40}[）)]|下转第?\d{1,2}版"
    r"|[（(]完[）)])\s*$"
)
FURNITURE = re.compile(
    r"\s*(?:原标题|责任编辑|责编|编辑[：:]|来源[：:]|校对[：:]|作者[：:]|图为|上图|下图|左图|右图|图片说明|扫码|更多内容|"
    r"详细内容请|附表|相关链接|[（(]?下转|[▲△▼◆■●★]?\s*(?:本报|新华社|通讯员)?[^，。]{0,14}\s?摄\s*[）)]?$)"
)
ATTENDANCE = re.compile(
    r"(?:(?:分别|陪同|也|一同|等|先后)?(?:出席|列席|参加|陪同|参与)(?:了)?(?:会议|会见|活动|上述活动|调研|考察|座谈会|学习|座谈|会谈|"
    r"大会|签字仪式|有关活动|欢迎仪式|开幕式|仪式)?|在座|等参加了?\S{0,8}|作了?(?:交流|表态)?发言|(?:还|另外)研究了其他事项|研究了其他事项)$"
)
# A clause before that list which tells what there was to attend.
HELD = re.compile(
    r"(?:召开|举行|举办|主办|承办|签署|签约|启动|开幕|闭幕|开工|揭牌|成立|发布|开展|组织|会见|会谈|[到赴在][^，。]{2,20}(?:考察|调研|检查|慰问|看望))"
)
ENDS = "。！？!?…；;：:”’》）)"
# Lines of one measure: a printed column is at most this many characters wide, and most of its lines are nearly full.
WIDEST_COLUMN = 50
TITLE_END = re.compile(r"[^《》。！？]*》")
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text: what of it is news (`span`) and of which kind it is."""

    span: Span
    kind: Kind


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text in order. A newline ends one unless the line is full and its sentence goes on.

    The first one that tells anything is never a mere list of attendants: it has the event.
    """
    spans = _joined(text, _lines(text))
    decks = _decks(text, spans)
    found = [Paragraph(s, "crosshead") if n < decks else _classify(text, s) for n, s in enumerate(spans)]
    told = next((i for i, p in enumerate(found) if p.kind in ("body", "attendance")), None)
    if told is not None:
        found[told] = replace(found[told], kind="body")
    return found


def is_attendance(sentence: str) -> bool:
    """Whether a sentence only tells who else was there, or that other business was done."""
    return (
        bool(ATTENDANCE.search(sentence[-24:]))
        and not re.search(r"讲话|审议|传达|听取|通过|指出|强调|主持|决定|致辞", sentence)
        and not HELD.search(sentence[: max(sentence.rfind("，"), 0)])
    )


def _decks(text: str, spans: list[Span]) -> int:
    """How many paragraphs before the dateline only repeat what the report says: points that an editor set above it."""
    first = next((n for n, span in enumerate(spans[:MOST_DECKS]) if DATELINE.match(text, *span)), 0)
    body = "".join(text[spans[first].start :].split()) if first else ""
    for number, (start, end) in enumerate(spans[:first]):
        clauses = [c for c in re.split("[，。；：、■●\\s]+", text[start:end]) if len(c) >= 5]
        if not clauses or sum(c in body for c in clauses) < 0.6 * len(clauses):
            return number
    return first


def _lines(text: str) -> list[Span]:
    spans, at = [], 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        spans.append(Span(at, stop))
        at = stop + 1
    return spans


def _joined(text: str, lines: list[Span]) -> list[Span]:
    lengths = sorted(e - s for s, e in lines if e > s)
    measure = lengths[len(lengths) * 3 // 4] if len(lengths) >= 4 else 0
    wrapped = 8 <= measure <= WIDEST_COLUMN
    joined: list[Span] = []
    feet: list[Span] = []
    for start, end in lines:
        stripped = visible_span(text, start, end)
        if stripped.start == stripped.end:
            continue
        if _is_foot(text, stripped):
            feet.append(stripped)
        elif joined and (
            _closes(text, joined[-1], stripped)
            or (text[joined[-1].end - 1] in CLOSERS and SIGNED.fullmatch(text, stripped.start, stripped.end))
            or (wrapped and _goes_on(text, joined[-1], Span(start, end), measure))
        ):
            # a paragraph that a page end has cut goes on below its foot
            joined[-1], feet = Span(joined[-1].start, stripped.end), []
        else:
            joined += [*feet, stripped]
            feet = []
    return joined + feet


def _closes(text: str, before: Span, line: Span) -> bool:
    """Whether a line closes the title of a paper that the one before it left open: 《关于⏎加强防汛工作的意见》."""
    opened = text.rfind("《", max(before.start, before.end - LONGEST_TITLE), before.end)
    if opened < 0 or "》" in text[opened : before.end]:
        return False
    closed = TITLE_END.match(text, line.start, min(line.end, line.start + LONGEST_TITLE))
    return closed is not None


def _is_foot(text: str, span: Span) -> bool:
    return is_folio(text[span.start : span.end].rstrip("。"))


def _goes_on(text: str, before: Span, line: Span, measure: int) -> bool:
    last_line = before.end - max(before.start, text.rfind("\n", before.start, before.end) + 1)
    indented = text[line.start] in " \u3000\t"
    if "\t" in text[line.start : line.end]:  # a row of a table
        return False
    return text[before.end - 1] not in ENDS + "摄" and last_line >= 0.8 * measure and not indented


def _classify(text: str, span: Span) -> Paragraph:
    start, end = span
    for _ in range(3):
        prefix = PREFIX.match(text, start, min(end, start + 200))
        if not prefix or prefix.end() == start:
            break
        start = prefix.end()
    while (tail := SUFFIX.search(text, max(start, end - 80), end)) and tail.start() < end:
        end = tail.start()
    start, end = visible_span(text, start, end)
    body = text[start:end]
    if not body or FURNITURE.match(body) or "原标题" in body[:6] or _is_foot(text, span):
        return Paragraph(Span(start, end), "furniture")
    if body[-1] not in ENDS and len(body) <= 40 and not re.search("[，、；]$", body):
        return Paragraph(Span(start, end), "crosshead")
    if "。" not in body[:-1] and is_attendance(body.rstrip("。")):
        return Paragraph(Span(start, end), "attendance")
    return Paragraph(Span(start, end), "body")
