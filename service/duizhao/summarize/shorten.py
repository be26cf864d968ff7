"""A sentence in, the stretches of it that may be left out or told shorter, each with its kind.

Every shortening is a deletion, so that what stays is made of the characters of the source in their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from duizhao.summarize.enumerations import enumerations
from duizhao.summarize.people import NAME, titles
from duizhao.text import folios

CutKind = Literal[
    "date",
    "hour",
    "recently",
    "title",
    "office",
    "aside",
    "source",
    "guide",
    "short_name",
    "filler",
    "place",
    "venue",
    "holder",
    "guest",
    "list",
    "joint",
    "paper",
    "light",
    "adverb",
    "foot",
]


@dataclass(frozen=True, slots=True)
class Cut:
    """`start:end` of the text may be left out; `kind` says what it is."""

    start: int
    end: int
    kind: CutKind


HOUR = r"(?:上午|下午|晚上|晚间|深夜|夜间|傍晚|中午|凌晨|清晨|早上|早晨|晚|夜|零时起|零时)"
DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]"
SPAN_OF_DAYS = rf"{DAY}(?:(?:至|到|—)(?:\d{{1,2}}月)?\d{{1,2}}[日号])?"
BEFORE_DATE = r"(?<![\d月年第截至止从自到于在—])(?<![日号]、)"
AFTER_DATE = rf"(?![\d时的起前后至—、以]|{HOUR}(?:至|到|—)|(?:（[^（）]*)?）[起前后至]|，?截至|星期|零时|开始|当天)"
ZONE = r"(?:当地时间|北京时间)?"
DATE = re.compile(
    rf"{BEFORE_DATE}{ZONE}(?:(?:今天|今日|昨天|昨日|明天|今晚|昨晚|今早)（{DAY}）{HOUR}?|{SPAN_OF_DAYS}{HOUR}?"
    rf"|\d{{1,2}}日(?:(?:至|到|—)\d{{1,2}}日)?{HOUR}?"
    rf"|(?:今天|今日|昨天|昨日|今晚|昨晚|今早|(?:(?<![\u4e00-\u9fff])|(?<=[军方部局府会院]))当[天日]){HOUR}?)"
    rf"(?![晚早夜]){AFTER_DATE}，?"
)
GLOSS = re.compile(rf"(?P<open>(?:今天|今日|昨天|昨日|明天|今晚|昨晚|今早|当天)（){DAY}(?P<close>）)")
# 晚9时 is not 9时: the hour goes only where no figure follows.
HOURS = re.compile(rf"(?:(?<=\d[日号])|(?<=[今昨明][日天])|(?<=日）)){HOUR}(?![上间市班报的\d至到—零时点半票高])(?=.)")
RECENTLY = re.compile(
    r"(?:^|(?<=，)|(?<=[\u4e00-\u9fff])(?<!截至)(?<!截止)(?<!直到))(?:近日|日前|近期|最近|连日来|这几天|眼下|目前|当前|今年以来|近年来)，|(?<=[^\d至到])(?:近日|日前)(?=[\u4e00-\u9fff])|^(?:近日|日前)(?=[\u4e00-\u9fff])"
)
# A rumour keeps its source.
SOURCE = re.compile(
    r"^(?![^，。：]{0,40}(?:网传|网友|网民|传闻|传言|爆料|未经证实|匿名|知情))(?:据[^，。：]{2,40}?(?:消息|报道|介绍|统计|通报|公布|显示|了解|数据|数字|称|说|发布)|(?:本报|本台)?记者(?:今天|昨[天日]|近日|日前|(?:\d{1,2}月)?\d{1,2}日)?"
    r"(?:从|在)[^，。：]{2,40}?(?:获悉|了解到|得知|看到)|[^，。：]{2,30}?(?:数据|统计|数字|报告|预报)显示)[，：]"
)
# What stands in brackets after a word explains it; numbers and short names given for later use are not needed.
ASIDE = re.compile(
    rf"（(?!{DAY}|[市区县州旗盟、]+）|[^（）]*(?:[未不没拟暂稿]|草案|试行|除外))[^（）“”《》]{{3,24}}）"
    r"|（以下(?:简称|统称|称)[^（）]{1,24}）"
)
GUIDE = re.compile(
    r"学习贯彻[^，。；]{4,30}(?=主题教育)|(?:坚持以|以|坚持)[^，。；]{4,60}?为(?:指导|引领|统领|遵循|根本遵循)，|(?:为了?)?(?:深入|全面|认真)*(?:学习)?(?:贯彻落实|贯彻|落实)(?:好)?[^，。；]{4,70}?"
    r"(?:精神|部署|思想|决策部署|方针|要求|理念)，(?:以及[^，。；]{2,50}?(?:精神|部署|要求)，)?|按照(?!原)[^，。；]{2,50}?(?:部署|要求|原则|思路)，"
)
FILLER = re.compile(
    r"(?<=审议通过)了(?!解)|(?<=听取)了(?!解)|(?<=传达)了|(?<=印发)了|(?<=审议)了|(?<=出台)了|(?<=发表)了(?=重要)|(?<=，)同时，|(?<=[会议典礼式团])[，并]?发表(?:了)?重要讲话|(?:^|(?<=[，；：。]))[一二三四五六七八九十]{1,2}(?=要(?![求点素]))|^(?:[一二三四五六七八九十]{1,2}是要?)(?=[\u4e00-\u9fff]{2})|^首先，|^其次，|^据悉，|^同时，|^此外，|^另外，|^其中，|(?<=，)标志着(?=[^，。]{4,40}正式)"
)
PLACE = re.compile(
    r"在(?:京|北京(?:人民大会堂|钓鱼台国宾馆|中南海)?|人民大会堂|钓鱼台国宾馆|中南海)(?=会见|同|举行|召开|出席|主持|分别|集体)|(?<=举行)在京(?=，|$)"
)
# Where it was, between who and what was done: a headline does without.
VENUE = re.compile(
    r"(?<=[\u4e00-\u9fff\d])在(?:(?!会[见晤谈]|来华|出席|举行|与|(?<!共)同)[^，。；、“”《》（）在]){2,14}?(?=会见|会晤|举行(?!的)|举办(?!的)|召开(?!的)|出席|主持|集体|分别|签署|发布|开幕|闭幕|揭晓|启动|"
    r"开展|成立|(?:与|(?<![陪共一会])同)(?=[^，。]{2,24}(?:会谈|会晤|会见|举行|签署|共进|出席|参观|主持)))"
)
HELD = (
    r"(?:对我国|举行|会谈|会晤|通电话|一行|互致|就|分别|共同|向|"
    r"(?:当地时间)?(?:\d{1,2}日|当天|今天|昨天)?(?:表示|称|说|宣布)|$)"
)
# The name after a foreign office: 某国总统某某举行 is told as 某国总统举行 in a headline. Only characters that foreign
# names are written with, so that no verb is taken for one.
SOUNDS = (
    "阿埃艾安奥巴班邦保贝本比彼别宾伯博布查茨达戴丹德登迪蒂杜多厄恩尔法凡菲费芬弗福盖戈格古哈海汉豪赫亨胡华惠霍基吉加贾杰金卡凯坎"
    "康考科克肯库夸拉莱兰朗劳勒雷里理利莉连列林隆卢鲁路伦罗洛吕马麦迈曼芒梅门蒙米密明莫默姆穆纳内尼涅农努诺欧帕潘庞佩彭皮平珀普奇"
    "齐契强乔切琼热荣瑞若撒萨塞赛桑瑟森沙山莎舍申圣施史舒斯丝松苏索塔泰坦汤唐特腾提廷图托脱瓦万旺威韦维魏温文翁沃乌伍西希锡夏谢辛"
    "欣休许雅亚延扬耶叶伊因尤约扎泽詹珍朱兹宗祖佐·"
)
HOLDER = re.compile(
    r"(?<=总统|总理|首相|议长|外长|国王|酋长|大公|主席|书记|部长|市长|州长|行长|干事|总裁|主任|大使|特使|书长|员长|大臣)"
    rf"(?:(?!{NAME}{HELD})[{SOUNDS}]{{2,12}}?|[\u4e00-\u9fff]{{1,7}}(?:·[\u4e00-\u9fff]{{1,7}}?)+)(?={HELD})"
)
# What a guest came for, before the office, and who is behind a thing: 来华出席某论坛的某国总统, 由某团率领的代表团.
GUEST = re.compile(
    r"(?:来华|应邀|专程|前来|正在)(?:来华|华)?(?=出席|进行[^，的]{0,6}访问|访问|参加|与会)[^，。；、“”《》]{2,40}?的(?=[\u4e00-\u9fff]{2})"
    r"|(?:^|(?<=，))率[^，。；、“”《》]{2,40}?的(?=[\u4e00-\u9fff]{2})|(?:^|(?<=，)|(?<=会见)|(?<=出席))由[^，。；“”《》]{2,40}?(?:率领|制作|主办|举办|组织|牵头|承办|发起|推出)的(?=[\u4e00-\u9fff《“])"
)
# What was done besides: 会谈并共同主持某会.
JOINT = re.compile(
    r"(?<=[会谈礼式幕赛展宴仪动坛》”])并(?=共同|一同|见证|发表|签署|致辞|讲话|作[^，。；]{0,4}(?:报告|讲话)|主持)[^，。；：的]{2,40}(?=[，。；：]|$)"
)
# A paper by its matter and its kind: 《关于甲的若干意见》 is 甲意见.
PAPER = re.compile(
    r"(?P<open>《(?:中共中央 ?国务院)?关于(?:进一步)?)[^《》〈〉]{4,60}(?P<close>的(?:若干|指导|实施|试行|重要)*)"
    r"(?:意见|决定|决议|通知|方案|规定|措施|办法|纲要|条例)(?P<end>》(?:（以下简称[^（）]{1,24}）)?)(?!（)"
)
# Words that a headline does not need: 举行会谈 is 会谈, 正式开馆 is 开馆.
LIGHT = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）)|举行(?=会谈|会晤)|(?<=[\u4e00-\u9fff”》])正式(?=[开启出发投上编成揭签通运交实])|(?<=[发公]布)最新(?=[\u4e00-\u9fff])"
    rf"|应邀(?=[出赴访对以])|以视频(?:连线)?方式|(?<=[\u4e00-\u9fff])于{DAY}(?=举行|召开|在[^，。]{{2,14}}(?:举行|召开))|公开(?=宣判|开庭)|(?<=将)于{DAY}(?!{HOUR})(?![至到—起以前后])|题为《[^《》]{{2,60}}》的(?=[\u4e00-\u9fff]{{2}})"
)
# How strongly something is to be done, before the verb that says what: 要进一步完善… tells no more than 要完善….
# After 不要 it is what is denied: 不要不断加强 is not 不要加强.
ADVERB = re.compile(
    r"(?:(?<=[要，；、])(?<![不勿没]要)|^)(?:(?:进一步|切实|着力|大力|努力|不断|扎实|认真|深入|牢牢|加大力度)(?=(?:推进|推动|完善|健全|加强|落实|提高|提升|"
    r"做好|抓好|解决|优化|强化|深化|增强|保障|改善|激发|扩大|促进|实施|开展|发展|培育|防范|化解|整治|规范|构建|打造|支持|维护|"
    r"巩固|拓展|破除|降低|减轻|发挥|守住|把握|调动)))"
)
# Official short names whose characters all stand, in this order, in the full name: {full: short}.
SHORT_NAMES = {
    "中央全面深化改革委员会": "中央深改委",
    "中共中央政治局常务委员会": "中央政治局常委会",
    "中共中央政治局": "中央政治局",
    "全国人民代表大会常务委员会": "全国人大常委会",
    "全国人民代表大会": "全国人大",
    "自由贸易试验区": "自贸试验区",
    "自由贸易港": "自贸港",
    "中共中央组织部": "中组部",
    "中央组织部": "中组部",
    "中央宣传部": "中宣部",
    "中央纪律检查委员会": "中央纪委",
    "中央政法委员会": "中央政法委",
    "国家发展和改革委员会": "国家发改委",
    "国家发展改革委": "国家发改委",
    "工业和信息化部": "工信部",
    "国家卫生健康委员会": "国家卫健委",
    "国家市场监督管理总局": "市场监管总局",
    "国家金融监督管理总局": "金融监管总局",
    "国有企业": "国企",
    "民营企业": "民企",
    "国有资产": "国资",
    "常务委员会": "常委会",
    "中共中央办公厅": "中办",
    "国务院办公厅": "国办",
    "中共中央对外联络部": "中联部",
    "国务院新闻办公室": "国新办",
    "国务院台湾事务办公室": "国台办",
    "国务院台办": "国台办",
    "国务院安委会办公室": "国务院安委办",
    "国务院国有资产监督管理委员会": "国务院国资委",
    "国家互联网信息办公室": "国家网信办",
    "国家疾病预防控制局": "国家疾控局",
    "最高人民法院": "最高法",
    "最高人民检察院": "最高检",
    "中国科学院": "中科院",
    "中国证券监督管理委员会": "中国证监会",
    "人力资源和社会保障部": "人社部",
    "人力资源社会保障部": "人社部",
    "住房和城乡建设部": "住建部",
    "住房城乡建设部": "住建部",
    "中华全国总工会": "全国总工会",
    "中华全国妇女联合会": "全国妇联",
    "世界卫生组织": "世卫组织",
}
_QUOTED = re.compile(r"《[^《》]{1,150}》|“[^“”]{1,150}”")
_SHORT = re.compile("|".join(sorted(SHORT_NAMES, key=len, reverse=True)))


def cuts(text: str, start: int, end: int) -> list[Cut]:
    """Everything in `text[start:end]` (one sentence) that may be left out, in order of start."""
    sentence = text[start:end]
    found: list[Cut] = []

    def add(match: re.Match[str], kind: CutKind) -> None:
        found.append(Cut(start + match.start(), start + match.end(), kind))

    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(sentence):
            add(match, kind)
    found += [Cut(start + s, start + e, "list") for s, e in enumerations(sentence)]
    found += [Cut(start + s, start + e, "foot") for s, e in folios(sentence)]
    for match in GLOSS.finditer(sentence):
        found.append(Cut(start + match.start("open"), start + match.end("open"), "hour"))
        found.append(Cut(start + match.start("close"), start + match.end("close"), "hour"))
    for match in PAPER.finditer(sentence):
        found += [Cut(start + match.start(g), start + match.end(g), "paper") for g in ("open", "close", "end")]
    for s, e, national in titles(sentence):
        found.append(Cut(start + s, start + e, "office" if national else "title"))
    for match in _SHORT.finditer(sentence):
        found += _letters(start + match.start(), match.group(), SHORT_NAMES[match.group()])
    quoted = [m.span() for m in _QUOTED.finditer(sentence)]
    found = [
        c
        for c in found
        if c.kind in ("paper", "foot")
        or not any(
            s < c.end - start
            and c.start - start < e
            and not (c.kind == "aside" and c.start - start < s and e < c.end - start)
            for s, e in quoted
        )
    ]
    return sorted(found, key=lambda c: (c.start, -c.end))


def kept(start: int, end: int, dropped: list[Cut]) -> list[tuple[int, int]]:
    """The stretches of `start:end` that remain once these cuts are made."""
    spans, at = [], start
    for cut in sorted(dropped, key=lambda c: c.start):
        if cut.start > at:
            spans.append((at, min(cut.start, end)))
        at = max(at, cut.end)
        if at >= end:
            break
    if at < end:
        spans.append((at, end))
    return spans


def _letters(start: int, full: str, short: str) -> list[Cut]:
    """Cuts that leave of a full name the characters of its short one."""
    found, at = [], 0
    for char in short:
        place = full.index(char, at)
        if place > at:
            found.append(Cut(start + at, start + place, "short_name"))
        at = place + 1
    if at < len(full):
        found.append(Cut(start + at, start + len(full), "short_name"))
    return [c for c in found if isinstance(c, Cut)]


_PATTERNS: tuple[tuple[re.Pattern[str], CutKind], ...] = (
    (DATE, "date"),
    (HOURS, "hour"),
    (RECENTLY, "recently"),
    (SOURCE, "source"),
    (ASIDE, "aside"),
    (GUIDE, "guide"),
    (FILLER, "filler"),
    (PLACE, "place"),
    (VENUE, "venue"),
    (HOLDER, "holder"),
    (GUEST, "guest"),
    (JOINT, "joint"),
    (LIGHT, "light"),
    (ADVERB, "adverb"),
)
