"""Words and marks that show what a line or paragraph is: text in, match or verdict out.

General conventions of Chinese newspapers; nothing here is the wording of one paper.
"""

from __future__ import annotations

import re
from functools import lru_cache

from duizhao.text import CLOSERS

NUMBER = r"[0-9０-９一二三四五六七八九十]{1,3}"
PAGE = rf"(?:第\s*)?[A-Z]?{NUMBER}\s*版"
JUMP_TO = re.compile(
    rf"[（(]\s*(?:下转|紧转|转|续见|详见|全文见|见|报道见|相关报道见|评论见)\s*{PAGE}[^（()）]{{0,12}}[）)]"
)
JUMP_FROM = re.compile(rf"[（(]\s*(?:上接|紧接|接)\s*{PAGE}[^（()）]{{0,12}}[）)]")
# Marks of a teaser: what is announced stands on another page altogether.
SEE = re.compile(r"[（(]\s*(?:详见|续见|全文见|见|报道见|相关报道见|评论见)")
PAGE_NUMBER = re.compile(NUMBER + r"(?=\s*版)")

# No opening of a news text is without one of these.
SIGN = re.compile(r"[讯电息接道]")
# Openings of a news text: 本报讯, 本报某地某日电, 新华社某地某日电, 某社讯 …
DATELINE = re.compile(
    r"(?:据\s*)?(?:新华社|中新社|人民日报社?|央视|中国新闻社|新华网|本报|本台|[\u4e00-\u9fff]{2,6}(?:日报|晚报|新闻网|融媒))?"
    r"(?:特约|综合)?[\u4e00-\u9fff、·]{0,16}?\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日\s*(?:电|讯)"
)
OWN_REPORT = re.compile(
    r"(?:本报|本刊|本台|[\u4e00-\u9fff]{2,6}(?:日报|晚报|新闻|融媒|网))(?:[\u4e00-\u9fff]{0,6})?"
    r"(?:讯(?![号息员问])|消息|电(?=[\s　（(]))"
)
AGENCY = re.compile(
    r"(?:据\s*)?(?:新华社|中新社|中新网|人民网|新华网|央视网?|央广网)[\u4e00-\u9fff]{0,8}?(?:电|讯|消息)(?![力话视报子])"
)
QUOTED_PAPER = re.compile(r"据\s*《[^》]{2,12}》\s*(?:[0-9]{1,2}月[0-9]{1,2}日)?(?:报道|消息|讯)")
REPORTER = re.compile(
    r"[（(]?\s*(?:(?:本报|本刊|本台|新华社|全媒体|融媒体?|见习|实习|特约)\s*){0,3}(?:记者|通讯员|特派记者|评论员)"
)

CAPTION_OPENING = re.compile(
    r"^\s*(?:[▲△▼▽◀▶◆■●]\s*)?(?:图为|图[①②③④⑤⑥⑦⑧⑨⑩一二三四五六1-9][：:、，\s]?|(?:上|下|左|右|题|本版)图)"
)
CAPTION_END = re.compile(
    r"(?:\s(?:[\u4e00-\u9fff·]{2,8}\s*){1,4}[/／\s]?(?:摄影报道|摄影|摄|供图|提供|图)"
    r"|(?:记者|通讯员)\s*(?:[\u4e00-\u9fff·]{1,4}\s*){1,4}[/／]?\s*(?:摄影报道|摄影|摄))"
    r"\s*(?:[（(][^（()）]{1,12}[）)])?[。]?$"
)
CLOSING_CREDIT = re.compile(
    r"[（(](?:[^（()）]{0,20}(?:记者|通讯员|作者|供稿|整理|执笔|电|来源)[^（()）]{0,60}"
    r"|[\u4e00-\u9fff·]{2,4}(?:[ 、][\u4e00-\u9fff·]{1,4}){0,3})[）)]\s*$"
)
PHOTO_OF = re.compile(r"^\s*[▲△▼▽◀▶◆■●]?\s*(?:图为|图[①②③④⑤⑥⑦⑧⑨⑩一二三四五六1-9]|(?:上|下|左|右|题)图)")
PHOTO_CREDIT = re.compile(
    r"^\s*(?:本报记者|记者|通讯员)?\s*[\u4e00-\u9fff·](?:[\s、]?[\u4e00-\u9fff·]){1,9}\s*(?:摄影报道|摄影|摄|供图)\s*(?:[（(][^（()）]{1,12}[）)])?$"
)
LONGEST_CAPTION = 220

NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．](?![0-9])|第[一二三四五六七八九十]{1,3}[章节条部])"
)
KICKER_END = re.compile(r"(?:——|—|：|强调|指出|要求|召开|举行|发布|印发|公布)$")
DASH = re.compile(r"^\s*(?:——|—|――|--)")

NOTICE = re.compile(r"(?:公告|公示|启事|声明|通告|更正|讣告|招标公告|拍卖公告|通知书|预告)$")
ADVERTISEMENT = re.compile(r"^(?:广告|公益广告|·?广告·?)$")


def opens_article(text: str) -> bool:
    """The text opens as a news item does: 本报讯, a dateline, or a mark that it comes from another page."""
    return _opens(text[:60].lstrip())


@lru_cache(maxsize=4096)
def _opens(head: str) -> bool:
    if not SIGN.search(head):
        return False
    if JUMP_FROM.match(head):
        return True
    match = DATELINE.match(head) or OWN_REPORT.match(head) or AGENCY.match(head) or QUOTED_PAPER.match(head)
    return match is not None and _credit(head, match.end())


def closing_credit(text: str) -> bool:
    """The text ends with the writer in brackets, as features and commentaries do: （本报记者 …）, （作者为…）."""
    return CLOSING_CREDIT.search(text[-90:]) is not None


def opens_with_reporter(text: str) -> bool:
    """The text opens with a reporter's name: 本报记者 …, （记者 …）."""
    return REPORTER.match(text[:40].lstrip()) is not None


def jump_mark(text: str) -> re.Match[str] | None:
    """The first jump mark of a text, either way."""
    if "版" not in text:
        return None
    return JUMP_TO.search(text) or JUMP_FROM.search(text)


def is_caption(text: str) -> bool:
    """The text is a caption: it opens with 图为 or the like, or ends with a photographer."""
    if len(text) > LONGEST_CAPTION:
        return False
    return CAPTION_OPENING.match(text) is not None or CAPTION_END.search(text[-40:]) is not None


def ends_open(text: str) -> bool:
    """The text leaves a bracket, a quote or a clause open, so that it cannot be the end of a paragraph."""
    bare = text.rstrip(CLOSERS + " ")
    return bool(bare) and bare[-1] in "，、；,;（(“‘《"


def _credit(head: str, at: int) -> bool:
    """After a dateline comes a space, a bracket, a colon or simply the text: anything but a closing word."""
    return at >= 3 and head[at : at + 1] not in ("的", "，", "。")
