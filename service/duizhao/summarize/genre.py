"""A text in, its genre out: the one the article carries, or what its own words show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.argument import argues, declared
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


def genre_of(document: Document, text: str, sentences: Sequence[Sentence]) -> Genre:
    """The genre of `document.identity`, else by cues of title and body."""
    if document.identity.genre:
        return document.identity.genre
    head = text[:1500]
    if REPORT.search(text[:600]) or ("政府工作报告" in document.title and len(text) > 4000):
        return "work_report"
    if declared(f"{document.title}\n{text}", len(document.title) + 1) or argues(text, document.title):
        return "commentary"
    opening = "".join(text[s.start : s.end] + "。" for s in sentences[:2])
    if (
        MEETING.search(opening)
        or MEETING.search(document.title)
        or head.count("会议强调") + head.count("会议指出") >= 2
    ):
        return "readout" if CENTRAL.search(opening) else "meeting_report"
    return "news"
