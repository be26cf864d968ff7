"""A text in, whether it argues (a commentary does, a report does not) and the words that show it out."""

from __future__ import annotations

import re

READ = 3_000
SHORTEST = 120
# What a turn of argument adds and what a mark of reporting takes, for the square root of its number in 1,000
# characters. Logistic regression on 759 items of newspapers of 2019-2020 that stand in a column of opinion, against
# 12,000 others, November 2026. With LEAST four in seven of the first are known; of 2,991 broadcast items ten are taken
# for commentaries, features all, of 3,075 official texts and briefs none but an editorial.
WEIGHTS: tuple[tuple[float, str], ...] = (
    # turns of argument
    (
        1.45,
        r"让我们|不可否认|毋庸|诚然|当然，|由此观之|究其|试想|归根结底|归根到底|说到底|不妨|倘若|须知|事实上|其实|显然|可见|换言之|总之|正因|正是"
        r"|从这个意义|问题在于|值得(?:警惕|深思|肯定|注意|点赞|借鉴|期待)|某种程度|不难|无疑|诸如|比如|一方面"
        r"|这就(?:要求|需要)|(?:首先|关键|核心|最终|根本)要|有理由|期待|奔着|号角",
    ),
    # one thing set against another
    (
        1.4,
        r"不是[^。]{1,30}而是|既[要是能][^。]{1,30}[也又更]|不仅[^。]{1,40}[更还也]|越[^。]{1,12}越|与其|无论[^。]{1,20}都|不管[^。]{1,20}都"
        r"|如果|即使|哪怕|固然|尽管|虽然",
    ),
    # judgements
    (
        1.0,
        r"彰显|体现|说明|表明|反映出|启示|意义|昭示|见证|考验|底色|短板|弊端|误区|顽疾|痛点|教训|警示|借鉴|挑战|机遇|理念|思维|智慧|担当|初心|信心|合力",
    ),
    (0.8, r"正所谓|所谓|常言|俗话|古人|古语|有句话|老话|谚语|[云曰](?=[：，])|诗[云言]|名言"),
    # what it takes
    (
        0.7,
        r"只有|唯有|惟有|才能|方能|才会|方可|才是|离不开|关键|根本|本质|核心|前提|基础|重在|贵在|难在|意味着|有利于|有助于",
    ),
    (0.55, r"必须|应当|应该|理应|须(?!知)|务必|不能(?!不)|不应|不可|不得不|切忌|切不可|绝不"),
    (0.35, r"我们"),
    (0.3, r"一些(?:地方|人|干部|企业|单位|部门)|有[的些]|个别|现实中|实践中|时下|当下|如今"),
    # marks of reporting
    (-0.2, r"今天|昨天|近日|日前|上午|下午"),
    (-0.35, r"召开|举行|出席|主持|会见|会谈|开幕|签署|印发|揭牌|致电|致信|考察"),
    (-0.5, r"我(?![们国市省县区军方院校])"),
    (-0.5, r"\d+(?:\.\d+)?(?:%|万|亿|人|个|元|米|公里|吨|名|家|项|户|例|岁)"),
    (-1.0, r"\d{1,2}[日号]"),
    (
        -1.0,
        r"记者|[\u4e00-\u9fff]{2,4}(?:表示|介绍|透露|告诉|回忆)"
        r"|据[^，。]{2,16}(?:报道|消息|介绍|统计|了解)|获悉|通报|讯|电[\u3000 ]",
    ),
    (
        -1.15,
        r"(?:会议|大会|座谈会|全会|文章|公报)(?:还|并)?(?:指出|强调|要求|认为|提出|决定)|[\u4e00-\u9fff]{2,3}(?:指出|强调)，",
    ),
    (-1.5, r"”[^“”。]{0,16}(?:说|表示|介绍|告诉|问|道)[。，]|说：“|说，“"),
)
BASE = -3.5
LEAST = 0.5
# Where the byline names an author of the piece, or the title argues, less will do.
LIKELY = -1.0
TITLE = re.compile(
    r"^(?:切?莫|别|勿|不要|不能|让(?!利))|[也更还]要|[还尚仍]需|才是|要不得|岂|何必|何以|何妨|何在|不妨|谨防|警惕|警钟|变了?味"
    r"|怎么算|不[能可应宜该](?!缺少)|，[^，]*[更才就]|重在|贵在"
)
TURNS = [(weight, re.compile(pattern)) for weight, pattern in WEIGHTS]
SHOWING = re.compile("|".join(pattern for weight, pattern in WEIGHTS if weight > 0.5))
OPENING, FOREWORD = 90, 500
# Paragraphs that open on a topic each and say what it takes: 聚力，是…; 攻坚，是…; 跃升，首先要….
TOPIC = re.compile(
    r"^\s*(?!会议|要|[一二三四五六七八九十]|第|首先|其次)[\u4e00-\u9fff]{1,4}，(?:就?是|首先|关键|核心|根本|最终|说到底|重在|贵在|难在|必须|离不开|要靠|靠的是|备的是|既要)",
    re.MULTILINE,
)
TOPICS, TOPICS_WEIGHT = 3, 2.0
DATED = re.compile(r"\d{1,2}[日号]|近日|日前|今天|昨天|记者|讯|电")
DATED_WEIGHT = -1.4
# What speaks for a body, or tells of what was said, is no commentary however it argues.
REPORTS = re.compile(
    r"^[^。！？]{0,16}(?:各位(?:代表|委员|同事|来宾)|(?<![\u4e00-\u9fff])(?:同志|朋友)们)|^[^。]{0,60}[讯电](?=[\s（(])|^(?:本报|新华社|中新社)[^，。]{0,14}[讯电]|^[^。]{0,60}[（(][^（）()]{0,12}记者"
    r"|^[^。]{0,80}(?:发表|出版|刊发)[^。]{0,40}(?:文章|讲话|演讲|署名)|^[^。]{0,80}作出(?:重要)?[指批]示|^[^。]{0,120}(?:集体学习|召开(?:会议|座谈会)|致[唁贺]电|印发|转发|出版发行)"
    r"|^(?:为|按照|根据)[^。]{0,400}(?:制定本|提出(?:如下|以下)|作出如下|现就|印发给你们)"
)
# The name of a column of opinion, or of those who write for one; 论坛 outside brackets is where people meet.
COLUMN_MARK = re.compile(
    r"[（(][^（）()]{0,8}(?:评|论坛|(?<!记者)观察|观点|今日谈|杂谈|漫谈|漫笔|随笔|纵横|评论员)[^（）()]{0,4}[）)]|——[一二三四五六七八九再]?论(?=[^坛述])"
    r"|^[^：:|丨，。]{0,4}(?:评论|论坛|[杂漫]谈|随笔)[：:|丨]"
)
EDITORIAL = re.compile(r"(?:本[报刊]|特约)?评论(?:员|部)(?:文章)?|社论|(?:时|短|锐|快)评(?![选审估比])")
BYLINE = re.compile(r"[（(—](?:本[报刊网])?评论(?:员|部)[^（）()。]{0,12}[）)]?\s*$")
AUTHOR = re.compile(r"[（(]作者(?:单位)?(?:[为系是]|[：:])")
QUOTATION = re.compile(r"“[^“”]{0,300}”")


def declared(text: str, body: int) -> tuple[int, int] | None:
    """Where a text whose body begins at `body` calls itself a commentary, in its title or byline."""
    if REPORTS.search(text[body : body + FOREWORD].lstrip()):
        return None
    mark = EDITORIAL.search(text, 0, body + 12) or COLUMN_MARK.search(text[:body]) or BYLINE.search(text, body)
    return mark.span() if mark else None


def argues(text: str, title: str = "") -> tuple[int, int] | None:
    """Where the first words stand that show a text to be a commentary; None where it is none, or too short to tell.

    `text` is the body.
    """
    head = text[:READ]
    words = "".join(head.split())
    if len(words) < SHORTEST or REPORTS.search(head.lstrip()[:FOREWORD]):
        return None
    likely = AUTHOR.search(text[-160:]) or AUTHOR.search(text[:OPENING]) or TITLE.search(title)
    shown = SHOWING.search(head)
    odds = strength(words) + TOPICS_WEIGHT * (len(TOPIC.findall(head)) >= TOPICS)
    if shown is None or odds < (LIKELY if likely else LEAST):
        return None
    return shown.span()


def strength(words: str) -> float:
    """How surely words without white space are a commentary's: log odds. What is quoted argues for nobody."""
    bare = QUOTATION.sub("“”", words)
    thousands = max(len(words), 150) / 1000
    odds = BASE + DATED_WEIGHT * bool(DATED.search(words[:OPENING]))
    for weight, pattern in TURNS:
        read = words if weight < -1.1 else bare
        odds += weight * min(len(pattern.findall(read)) / thousands, 30.0) ** 0.5
    return odds
