"""Which bodies, leaders and regions a Chinese text names, and on which level of government each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from duizhao.types.articles import Level

MentionKind = Literal["body", "leader", "meeting", "department", "official", "self", "whole", "nation", "place"]

MUNICIPALITIES = "北京|天津|上海|重庆"
PROVINCES = (
    f"{MUNICIPALITIES}|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
    "陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
# one character for one, so that offsets stay; the work reports of the 1950s are printed in these forms
_FOLD = str.maketrans(
    "國務會黨縣區議總書記長黃員領導發達報請審東連會產業義個們關於聽這來過體議軍團結統歷史將對應當進實現動員兩與",
    "国务会党县区议总书记长黄员领导发达报请审东连会产业义个们关于听这来过体议军团结统历史将对应当进实现动员两与",
)
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _FOLD))}]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a body, a leader or a region; `acting`: a verb of holding, issuing or saying follows."""

    start: int
    end: int
    level: Level
    kind: MentionKind
    acting: bool = False


# What is only looked up to: policies of other bodies that are studied, carried out or invoked.
_NOUN = "精神|指示|批示|部署|要求|决策|讲话|论述|意见|思想|通知|嘱托|安排|会议|大会|方略|战略"
_REFERENCE = re.compile(
    rf"(?:贯彻|落实|学习|传达|遵循|按照|根据|牢记|响应|践行|围绕|对照|对标|配合|聚焦)[^。；，：！？\n]{{0,80}}(?:{_NOUN})"
    r"|[在以][^。；，：！？\n]{0,60}?(?:为核心的党中央(?:坚强领导下|周围)?|领导下|指导下|关心下|支持下|为指导)"
    r"|习近平[^，。；\n]{0,16}?思想|习近平总书记(?:关于|对)[^，。；\n]{0,30}?(?:论述|指示|批示|要求|精神|嘱托)"
    r"|(?:创建|争创|迎接|争当|荣获|获评|入选|获得)全国[^，。；\n]{0,12}"
)
_LEADER = (
    r"中共中央总书记|国家(?:副)?主席|中央军委(?:副)?主席|国务院(?:副)?总理|国务委员|委员长|全国政协(?:副)?主席"
    r"|(?:中共)?中央政治局(?:常委|委员)|中央书记处书记|习近平"
)
_MINISTRY = (
    r"外交部|国防部|教育部|科技部|科学技术部|工业和信息化部|工信部|国家民委|公安部|国家安全部|民政部|司法部|财政部|人社部"
    r"|人力资源(?:和)?社会保障部|自然资源部|国土资源部|生态环境部|环境保护部|住房和城乡建设部|住建部|交通运输部|水利部"
    r"|农业农村部|农业部|商务部|文化和旅游部|文化部|退役军人事务部|应急管理部"
)
_CENTRAL: tuple[tuple[MentionKind, str], ...] = (
    ("leader", _LEADER),
    (
        "body",
        r"中共中央(?:政治局(?!常委|委员)(?:常务委员会)?|办公厅|组织部|宣传部|统战部|对外联络部)?(?!总书记|政治局)"
        r"|中国共产党(?:第[一二三四五六七八九十]+届)?中央(?:纪律检查)?委员会|(?:中共)?中央(?:纪委(?:国家监委)?|军委(?!(?:副)?主席))"
        r"|中央政治局(?!常委|委员)|中央(?:办公厅|组织部|宣传部|统战部|政法委|网信办|文明办|编办)"
        r"|(?:中共)?中央[^，。；、：“”《》\n的在和]{2,12}?(?:委员会|领导小组)(?!委员|成员)|中央人民政府"
        r"|国务院(?!(?:副)?总理)(?:办公厅|联防联控机制|[^，。；、：“”《》\n的在和常总]{2,10}?(?:委员会(?:办公室)?|安委会(?:办公室)?|领导小组|办公室|指挥部))?|(?<![一-龥])中办(?:国办)?|(?<![一-龥])国办|全国(?:人民代表大会|人大)(?:常务委员会|常委会)?(?!代表|(?:副)?委员长)"
        r"|全国政协(?!(?:副)?主席|委员)|(?:中国)?人民政协(?:第[一二三四五六七八九十]+届)?全国委员会|最高人民(?:法院|检察院)|最高[法检](?![院律])",
    ),
    (
        "meeting",
        r"中央[^，。；、：“”《》\n的在和]{1,12}?工作(?:座谈会议?|会议)|全国两会"
        r"|全国(?!人大|政协|各|人民代表大会)[^，。；：《》\n的在]{2,26}?(?:会议|大会|座谈会|交流会|现场会|推进会|电视电话会)",
    ),
    (
        "department",
        rf"(?:{_MINISTRY})(?!门|队|分)|国家(?!税务总局[^，。；\n]{{1,8}}税务局)(?:(?:发展和改革|发展改革|卫生健康|卫生计生|监察)委(?:员会)?|发改委|卫健委|监委"
        r"|[^，。；、：“”《》\n的在和]{1,12}?(?:局|办公室))"
        r"|中国人民银行|审计署|海关总署|国务院国资委|共青团中央|全国(?:总工会|妇联|工商联)|国新办|《求是》(?:杂志)?|中宣部|中组部",
    ),
    # 安全党政同责, 完全国产: the word is cut elsewhere
    ("self", r"(?<!安)全党(?!委)|党中央"),
    ("nation", r"我国|(?<![安完健])全国(?!人大|政协|各地|文明|首|人民代表大会)"),
)

_UNIT: dict[str, Level] = {
    "省": "province", "自治区": "province", "特区": "province", "市": "city", "州": "city", "盟": "city",
    "县": "county", "旗": "county", "区": "county",
}  # fmt: skip
_UNITS = r"(?P<unit>省|自治区|特区|市|(?<!贵)州(?![市省])|盟|县|旗|(?<![治社小园景片灾山城牧林矿库辖各地特])区)"
_DEPARTMENT = (
    r"文明办|网信办|编办|发改委|卫健委|国资委|住建委"
    r"|[^，。；、：“”（）《》\s的在是和与对由从将把被让场民里]{2,12}?"
    r"(?:(?:(?<![布结格全大开僵破时定邮])局|厅)(?:[^，。；、：“”（）《》\s的在是和与对由从将把被让会有]{2,6}(?:大队|支队|分局))?"
    r"|委员会|领导小组|指挥部|中心(?![组城])|法院|检察院|办公室|总工会|妇联|管委会)"
)
_LOCAL = re.compile(
    rf"{_UNITS}(?:(?P<body>委(?![员托派培屈婉])(?:办公厅|办公室|组织部|宣传部|统战部|政法委|[^，。；、的\s“”]{{2,10}}领导小组)?"
    r"|人民政府(?:办公厅|办公室)?|政府(?:办公厅|办公室)?|人大(?!代表)(?:常委会)?|(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?|政协(?!委员)|纪委(?:监委)?|(?:第[一二三四五六七八九十]+届)?纪律检查委员会|监委|党委)"
    rf"|(?P<official>(?<!社)长(?![期度远足久效江年春城沙假效]))|(?P<department>(?!(?:场|民|区|面|值|内|级|直)){_DEPARTMENT}))"
)
_OFFICE = re.compile(r"(?:副)?(?:书记|主任|主席|秘书长)|常委(?!会)|委员(?!会)")
_SELF = re.compile(r"(?P<who>[我本全])(?P<unit>省|市|州|盟|县|旗|区)(?![长委域场])")
_NAME = "[^\\W\\d_a-zA-Z的在是和与有了各全我本省市县区处个两一二三四五六七八九十]"
_TOWN = (
    r"(?<![夜超股楼闹门集早菜])市(?!委|政|场|民|级|长|值|容)|自治州|县(?!域|级|委|政|长)|旗"
    r"|(?<![治社小园景片灾山城牧林矿库地特])区(?!域|间|委|政|长)"
)
_PLACE = re.compile(
    rf"(?P<province>{PROVINCES})(?P<suffix>省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区|特区)?"
    rf"|(?:(?<=[省市州])(?P<name>{_NAME}{{1,4}}?)|(?:(?<=^)|(?<=[\n，。；：（日在]))(?P<first>{_NAME}{{2,4}}?))(?P<unit>{_TOWN})"
)
_ACTS = re.compile(
    r"[^。；，\n]{0,26}?(?:召开|主持|举行|举办|印发|出台|发布|公布|部署|决定|强调|指出|要求|审议|通过|下发|启动|会见|考察|调研|致辞"
    r"|作出|获悉|宣布|通报|批准|主办|承办|联合|签署|出席|发表|推出|实施|推行|调度|听取)"
)
_OUTSIDE_NAME = set(
    "的由在和与及向对从据经为将被请让给受以至到是等会者日年月午昨今本该各全我其这那，。；：、“”《》（）！？\n 共"
)
# A name is told by what stands before it: a line opening, a time, 由, 在, 中共; else 深化市委 would name a city 深化.
_NAMED_AFTER = re.compile(r"(?:^|[\n“（：]|[日午由在从受向共]|代表|(?:前|日|午|天|晚)，|[委记长]、)$")
_NO_NAME = re.compile(
    r"^(?:产党|代表|联合|会同|陪同|获悉|召开|通过|出席|根据|报道|担任|记者|近|日前|时任|报告|工作|按照|现任|原)+"
    r"|^(?:推动|深化|贯彻|落实|坚持|加强|围绕|实施|推进|强化|完善|建立|健全|聚焦|传达|学习|研究|听取|审议|成立|组织|指导|支持|配合|争取)"
)


def fold(text: str) -> str:
    """Common traditional characters as simplified ones, one for one."""
    return text.translate(_FOLD) if _TRADITIONAL.search(text) else text


def mentions(masked: str) -> list[Mention]:
    """Bodies, leaders and regions of a text `without_references`, in order, none overlapping.

    The text has no white space other than newlines.
    """
    found = sorted((*_central(masked), *_local(masked), *_regions(masked)), key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            if _rank(mention) <= _rank(kept[-1]):
                continue
            kept.pop()
        kept.append(mention)
    return [
        replace(m, acting=m.kind not in ("self", "whole", "nation") and bool(_ACTS.match(masked, m.end))) for m in kept
    ]


def without_references(text: str) -> str:
    """The folded text with what is only invoked (贯彻落实…决策部署, 在…领导下) blanked out, character for character.

    Who holds the meeting counts, not who is mentioned.
    """
    return _REFERENCE.sub(lambda m: "□" * len(m.group()), fold(text))


def name_start(text: str, start: int, *, known: bool = False) -> int:
    """Where the name before a local body begins (清泽 in 由清泽市委召开), or `start` if none is told by its bounds.

    `known`: only a name of the province level will do.
    """
    before = text[max(0, start - 16) : start]
    low = len(before)
    while low and before[low - 1] not in _OUTSIDE_NAME and not before[low - 1].isdigit():
        low -= 1
    name = _NO_NAME.sub("", before[low:])
    province = _PROVINCE_NAME.search(name)
    if province:
        name = name[province.start() :]
    elif known or not 2 <= len(name) <= 4 or not _NAMED_AFTER.search(before[: len(before) - len(name)]):
        name = ""
    if before[: len(before) - len(name)].endswith("中共"):
        return start - len(name) - 2
    return start - len(name)


def _rank(mention: Mention) -> int:
    return {"place": 0, "nation": 0, "whole": 0, "self": 1}.get(mention.kind, 2)


def _central(text: str) -> Iterator[Mention]:
    for kind, pattern in _CENTRAL_PATTERNS:
        for m in pattern.finditer(text):
            yield Mention(m.start(), m.end(), "central", kind)


def _local(text: str) -> Iterator[Mention]:
    for m in _LOCAL.finditer(text):
        level = _UNIT[m["unit"]]
        start = name_start(text, m.start(), known=m["unit"] in ("自治区", "特区"))
        if level == "city" and re.match(MUNICIPALITIES, text[start:]):
            level = "province"
        kind: MentionKind = "body" if m["body"] else "official" if m["official"] else "department"
        if m["body"] and _OFFICE.match(text, m.end()):
            kind = "official"
        yield Mention(start, m.end(), level, kind)


def _regions(text: str) -> Iterator[Mention]:
    for m in _SELF.finditer(text):
        yield Mention(m.start(), m.end(), _UNIT[m["unit"]], "self" if m["who"] == "我" else "whole")
    for m in _PLACE.finditer(text):
        unit = "省" if m["province"] else m["unit"]
        yield Mention(m.start(), m.end(), _UNIT["州" if unit == "自治州" else unit], "place")


_PROVINCE_NAME = re.compile(rf"(?:{PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?[^省市]{{0,4}}市?$")
_CENTRAL_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _CENTRAL)
