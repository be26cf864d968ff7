"""A text in, its genre out: the one the article carries, or what its own words show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.summarize.split import Sentence
from duizhao.types.articles import Document, Genre

REPORT = re.compile(
    r"政府工作报告|(?:现在|我)代表[^，。]{2,20}(?:政府|常务委员会|法院|检察院)[^，。]{0,10}，?(?:向|作|报告)|向大会(?:报告|作)[^。]{0,12}工作"
)
MEETING = re.compile(
    r"(?:召开|举行|主持)[^。]{0,60}(?:会议|大会|座谈会|全会|常委会|常务会|推进会|部署会|动员会|调度会|办公会|学习会|集体学习|会见|会谈|视频会|专题会|恳谈会|现场会)"
    r"|(?:会议|大会|座谈会|全会|常务会)[^。]{0,20}(?:召开|举行)|集体学习|会议(?:强调|指出|要求|审议)|会见|会谈"
)
CENTRAL = re.compile(r"中共中央|国务院|党中央|中央政治局|全国人大|全国政协|中央军委|国家主席|中央[^，。]{0,12}委员会")
COMMENT_TITLE = re.compile(
    r"社论|评论|时评|本报评论员|论坛|观察家|今日谈|人民论坛|——[一二三四五]论|仲音|钟声|[一二三四五]论"
)
COMMENT_WORDS = re.compile(
    r"我们要|我们必须|这就要求|这就需要|让我们|号角|唯有|须知|不妨|何以|为何|启示|俗话说|常言道|正所谓|如果说|可以说|毋庸置疑|事实证明|善战者|古人云"
)
REPORTING = re.compile(r"记者|指出，|强调，|表示，|介绍，|据[^，。]{2,20}(?:报道|消息|统计)")


def genre_of(document: Document, text: str, sentences: Sequence[Sentence]) -> Genre:
    """The genre of `document.identity`, else by cues of title and body."""
    if document.identity.genre:
        return document.identity.genre
    head = text[:1500]
    if REPORT.search(text[:600]) or ("政府工作报告" in document.title and len(text) > 4000):
        return "work_report"
    if COMMENT_TITLE.search(document.title) or head[:12].find("本报评论员") >= 0 or _argues(text[:4000]):
        return "commentary"
    opening = "".join(text[s.start : s.end] + "。" for s in sentences[:2])
    if (
        MEETING.search(opening)
        or MEETING.search(document.title)
        or head.count("会议强调") + head.count("会议指出") >= 2
    ):
        return "readout" if CENTRAL.search(opening) else "meeting_report"
    return "news"


def _argues(text: str) -> bool:
    """A commentary argues and does not report: several turns of argument, hardly any reporting verb."""
    return len(COMMENT_WORDS.findall(text)) >= 3 and len(REPORTING.findall(text)) <= 1
