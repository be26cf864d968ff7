"""Codes in, the Chinese words that reports print for them out."""

from __future__ import annotations

from duizhao.exporters.sayings import saying as saying
from duizhao.types.articles import Genre, Level
from duizhao.types.comparisons import Doubt, Relation, Review, UnitKind

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
    "concretised": "具体化",
    "same_theme": "同主题",
    None: "无",
}
SPECIFICITY = ("口号", "方向", "具名举措", "量化举措")
# why a pair with the score of a link is none
DOUBTS: dict[Doubt, str] = {
    "opposed": "分值已达呼应下限，但对同一词句一方要求、一方取消或停止，方向相反，留待人工核对",
    "slogan": "分值已达呼应下限，但一方只是口号，两文又无共同的少见词句，留待人工核对",
    "heading": "分值已达呼应下限，但地方表述只有标题式的几个字，两文又无共同的少见词句，留待人工核对",
    "crowded": "分值已达呼应下限，但双方各有更接近的表述，留待人工核对",
    "judge": "模型判断为无呼应",
}
REFUSED = "人工核定为无呼应"
FAR = "相差较远，仅供参考"
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
STAGES = {"read": "读取", "segment": "分篇", "summarize": "摘要", "compare": "比对"}
REPORT_NOTE = "本页由程序自动生成。“表述呼应”指措辞与主题的吻合，不表示因果，也不表示已经落实；请以原文为准。"
THEME_NOTE = "一条要求可归入两个主题。呼应按中央要求的主题计数；与之呼应的地方表述可能归入别的主题。"
NOT_FOUND = "未见呼应（待核）"
EXTRACTIVE_NOTE = "摘要由原文分句摘编而成，各句均可回查原文位置。"
ABSTRACTIVE_NOTE = "摘要由模型生成，并逐句与原文核对；未通过核对的句子已换成原文摘编。"

THRESHOLDS = {"linked": "呼应", "review": "待核"}
REVIEWED = "人工核定"
VERDICTS = {True: "有呼应", False: "无呼应", None: "待定"}
MATRIX = "主题与文本"
MATRIX_NOTE = "表中为呼应对数；“—”表示两文都没有这一主题。"
GAP_NOTE = "程序未找到呼应，所附为最接近的地方表述，供核对；不等于地方没有相应部署。"


def verdict(review: Review) -> str:
    """What a person decided on a pair, with the relation that was set."""
    relation = f"（{RELATIONS[review.relation]}）" if review.relation else ""
    return VERDICTS[review.linked] + relation


def rarity(one_in: int) -> str:
    """How rare a phrase is in policy texts, in words."""
    return f"约{one_in}条政策表述中一见"
