"""Codes in, the Chinese words that reports print for them out."""

from __future__ import annotations

import re

from duizhao.types import Genre, Level, Relation, UnitKind

LEVELS: dict[Level | None, str] = {
    "central": "中央",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    None: "未标明",
}
GENRES: dict[Genre | None, str] = {
    "meeting_report": "会议报道",
    "readout": "通稿",
    "commentary": "评论",
    "work_report": "工作报告",
    "news": "消息",
    None: "未判明",
}
KINDS: dict[UnitKind, str] = {
    "demand": "要求",
    "action": "举措",
    "goal": "目标",
    "review": "回顾",
    "assessment": "判断",
    "boilerplate": "套语",
    "procedural": "程序",
}
RELATIONS: dict[Relation | None, str] = {
    "verbatim": "原文呼应",
    "concretised": "细化落实",
    "same_theme": "同主题",
    None: "无",
}
SPECIFICITY = ("口号", "方向", "具名举措", "量化举措")
STATUSES = {
    "echoed": "有表述呼应",
    "same_theme_unlinked": "主题相同，未见呼应",
    "central_only": "仅见中央",
    "local_only": "仅见地方",
}
ARTICLE_KINDS = {
    "article": "文章",
    "headline_only": "仅标题",
    "photo": "图片",
    "notice": "启事",
    "advertisement": "广告",
}
FURNITURE = {
    "masthead": "报头",
    "folio": "版次",
    "section": "版名",
    "date": "日期",
    "editors": "编辑",
    "weather": "天气",
    "advertisement": "广告",
    "ad": "广告",
}
REPORT_NOTE = "本页由程序自动生成。“表述呼应”指措辞与主题的吻合，不表示因果，也不表示已经落实；请以原文为准。"
NOT_FOUND = "未见呼应（待核）"
EXTRACTIVE_NOTE = "摘要由原文分句摘编而成，各句均可回查原文位置。"
ABSTRACTIVE_NOTE = "摘要由模型生成，并逐句与原文核对；未通过核对的句子已换成原文摘编。"

# what a comparison says of itself in JSON, and how reports print it; {n} stands for a number
SAYINGS = {
    "local text is older than the central one": "地方文本早于中央文本",
    "both texts are of the same day: the local one may have been written first": "两文同日，地方文本可能成文在先",
    "the two texts are identical": "两文文字相同",
    "the local text looks like one of the central level": "地方文本看来是中央一级的文本",
    "truncated: only the first {n} characters of the central text were compared": "中央文本过长，只比对了前{n}字",
    "truncated: only the first {n} characters of the local text were compared": "地方文本过长，只比对了前{n}字",
    "the central text goes on elsewhere: only the part at hand was compared": "中央文本未完，只比对了本版所载部分",
    "the local text goes on elsewhere: only the part at hand was compared": "地方文本未完，只比对了本版所载部分",
    "the central text has no demand, action or goal": "中央文本没有要求、举措或目标",
    "the local text has no demand, action or goal: what it tells was compared": (
        "地方文本没有要求、举措或目标，比对的是其叙述"
    ),
    "compared by shared wording only: the same demand in other words is not seen": (
        "只按共用词句比对，换了说法的同一要求看不出来"
    ),
    "cosines of texts, each measured against a cohort of policy sentences; sum on a logistic curve": (
        "文本余弦相似度，各以政策语句的背景分布标准化后相加，再换算为0至1的分值"
    ),
}
THRESHOLDS = {"linked": "呼应", "review": "待核"}


def saying(text: str) -> str:
    """A warning or method in Chinese; one that is not known stays as it is."""
    number = re.search(r"\d+", text)
    key = text.replace(number[0], "{n}", 1) if number and text not in SAYINGS else text
    return SAYINGS.get(key, text).replace("{n}", number[0] if number else "")
