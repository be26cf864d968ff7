"""The words of a unit in; its kind out: demand, action, goal, review, assessment, boilerplate or procedural.

The rules look at words of official Chinese only: who meets and attends (procedural), what was done (review), what
is so (assessment), what is aimed at (goal), which measure is named (action), what is asked for (demand).
"""

from __future__ import annotations

import re

from duizhao.compare.vocabulary import SURNAMES, VERB
from duizhao.types.comparisons import UnitKind

# 要 as "must", not inside 需要, 重要, 主要, 要求, 要素 ..., and not where a state is to be seen (也要看到)
MODAL = re.compile(
    r"(?<![需重主紧必摘纪概简首扼只])要(?![素求点闻害职领塞件么是]|(?:清醒|充分|深刻)?地?(?:看到|认识到))|必须(?!看到)|务必|应当|切实|坚决|不得|严禁|确保|力争"
)

SHORTEST = 4  # characters in which something can be asked for; a quote has as many
VERB_REACH = 12  # characters of a clause in which its verb stands, adverbs and a short topic before it

_PROCEDURAL = re.compile(
    r"(?:出席|列席|参加|主持)(?:了)?(?:会议|今天|开幕|座谈|学习|集体|活动|仪式|大会|[。，]|$)|出席并|列席了?会议|等(?:领导)?(?:同志)?(?:出席|参加)|"
    r"发表(?:了)?(?:重要)?讲话|作(?:了)?.{0,24}(?:发言|汇报|说明|报告|讲话|部署|传达)|请予审议|提出意见|各位代表[：:]|向大会报告|"
    r"^会议(?:交流|回顾|传达|听取|审议|研究|讨论|还|通报|以|采取|分析|学习|决定|由|结束|期间|总结|书面|(?:部署|安排)了?[^，。]{0,20}工作)|审议通过|记者.{0,12}(?:从|获悉|报道)|"
    r"(?:下午|上午|晚上?|[0-9一二三四五六七八九十]日)[，,]?.{0,40}(?:召开|举行|主持|会见|会谈)|"
    r"(?:近日|日前).{0,6}(?:印发|发布|公布|出版)|印发了?《|期《求是》|作出(?:重要)?(?:指示|批示)[，。]?$|"
    r"^.{0,14}(?:习近平|总书记|总理|主席|李强|李克强|书记|省长|市长).{0,8}(?:来到|走进|察看|看望|抵达|乘车|步行|听取了)|"
    r"本报讯|新华社.{0,12}电|央视网|本台消息|谢谢大家|圆满完成各项议程"
)
# what happened around a meeting and who was praised or thanked there is told, not asked for
_TOLD = re.compile(
    r"^(?:会[前后间上]|(?:会议|活动|调研|考察|座谈|其)?(?:期间|间隙|[前后])|(?:调研|考察|座谈|检查)中|随后|当天)[，,]|"
    r"(?:充分|高度|一致)(?:肯定|评价|赞扬|赞赏|认可)|(?:给予|予以|作出|表示|致以).{0,8}(?:肯定|评价|赞扬|赞赏|感谢|祝贺|慰问|问候|敬意)|"
    r"(?:与会|参会)[^，。]{0,8}(?:进行|展开|围绕|观看|参观|表示|认为)|进行了[^，。]{0,8}(?:讨论|交流|审议|座谈|发言|观摩)|"
    rf"^[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:一行|等)?[^，。]{{0,8}}(?:来到|实地|察看|看望|抵达|乘车|步行|听取)"
)
EVENT = re.compile(
    r"(?:召开|举行|主持|出席|会见)(?:了)?.{0,40}(?:会议?|学习|仪式|活动|座谈|调研|大会)|^会议?召开|(?:会|会议)在.{1,12}(?:召开|举行)"
)

_GUIDANCE = r"(?:精神|思想|部署|要求|论述|指示|批示|方针|讲话|理念|方略|理论|战略思想|工作安排|决策|布局)"
_AUTHORITY = r"(?:习近平|党的|中央|国务院|总书记|省委|市委|县委|党委|会议|大会|全会|新发展理|科学发展观|邓小平|马克思)"
BOILERPLATE = re.compile(
    r"(?:要|必须)?(?:坚持|始终)?以.{2,60}为(?:根本)?(?:指导|指引|遵循)[，。；]?$|(?:要|必须)?高举.{2,20}旗帜[，。；]?$|"
    r"在.{0,16}(?:党中央|省委|市委|县委).{0,20}(?:领导|指导|支持)下[，。；]?$|"
    rf"(?:要|必须)?(?:全面|深入|认真|坚决|切实|扎实|完整|准确|持续|深刻|系统|学深悟透)*(?:学习|贯彻|领会|落实)+.{{0,60}}{_AUTHORITY}.{{0,40}}{_GUIDANCE}[，。；]?$|"
    r"(?:深刻)?领悟.两个确立.*|增强.四个意识.*|坚定.四个自信.*|做到.两个维护.*"
)
_OF_PARTY = (
    r"(?:党中央|中央|党的[十二]+(?:[一二三四五六七八九]?大|届[一二三四五六七八九十]+中全会)|习近平(?:总书记|主席)?)"
)
SET_PHRASES = re.compile(
    r"(?:以)?习近平新时代中国特色社会主义思想(?:为指导)?|(?:更加)?(?:紧密)?(?:地)?团结在以习近平同志为核心的党中央周围|"
    r"以习近平同志为核心的党中央(?:权威|周围)?|(?:高举)?中国特色社会主义(?:伟大)?旗帜|(?:政治|大局|核心|看齐)意识|"
    r"(?:道路|理论|制度|文化)自信|“?(?:四个意识|四个自信|两个维护|两个确立|三个代表)”?(?:重要思想)?|科学发展观|邓小平理论|"
    r"马克思(?:列宁)?主义|毛泽东思想|维护党中央权威和集中统一领导|党中央集中统一领导|"
    rf"{_OF_PARTY}(?:(?!规定)[^，。；]){{0,30}}?(?:精神|重要(?:讲话|指示|论述)(?:批示)?(?:精神)?|决策部署)"
)
STUDY = re.compile(
    r"(?:科学|深入|认真|全面)?(?:分析|研判|总结|研究|回顾|安排)+.{0,30}(?:形势|工作|情况|任务|问题|经验)[，。；]?$"
)

REVIEW_OPENS = re.compile(
    r"过去(?:的)?(?:一|五|几|\d)[个]?年|(?:一|几|五|多|两|三|四)年来|近年来|近些年|\d年来|去年(?!年?底前)|今年以来|上半年|前三季度|截至|"
    r"党的十[八九]大以来|二十大以来|改革开放以来|(?:\d{4}|去)年[，,](?:我|全|面)|一段时期以来|长期以来|刚刚过去"
)
REVIEW_CLOSES = re.compile(
    r"^(?:今年(?!以来)|明年|下一步|下一阶段|当前|新的一年|今后|未来|要|必须|我们(?:要|必须)|各级|各地|\d{4}年(?:是|要|主要|工作))|(?<![需重主紧])要(?:坚持|继续|抓|把|加|切|进|全)"
)
_REVIEW = re.compile(
    r"(?:取得|办成|完成|建成|解决|出台|迈出|带动|推动|增强|实现|开展|实施|形成|召开|提高|下降|增长|突破|荣获|获得|超额完成)(?:了|.{0,12}(?:新成效|积极成效|历史性|显著成效|扎实成效))|"
    r"(?:同比|比上年)(?:增长|下降|提高)|居全[国省]第|(?:已经?|均已|相继)(?:建成|完成|投|开|实|取|达|成)"
)
_STATE = re.compile(
    r"是.{0,60}(?:道理|任务|举措|力量|动力|关键|基础|所向|保证|根本|前提|年份|底气|时期|之策|之举|之年|一年|新篇|法宝|优势|源泉|支撑|要义|本质|目标|保障)[，。；]?|"
    r"(?:至关重要|意义重大|十分重要|事关|关乎|关系|面临|必须看到|也要看到|清醒认识|深刻变化|我国.{0,12}(?:具有|拥有|还有)|(?:仍然?|依然)突出|复杂严峻|任务艰巨|不足|困难和挑战|不容乐观)"
)
_AIM = re.compile(r"^动员[全广各]|目的就?是|(?:预期|总体|奋斗)目标是")
_GOAL = re.compile(
    r"(?:预期|主要|总体|奋斗|发展)目标|总要求|总体要求|(?:增长|增速|下降|控制在|达到).{0,12}(?:左右|以内|以上)|(?:到|力争)[到]?20\d\d年|"
    r"(?:迈出|谱写|书写|开创|奋力|夺取).{0,24}(?:步伐|篇章|新局面|胜利|新篇)|(?:行稳致远|乘势而上|奋勇前进)"
)
_ACTION = re.compile(
    r"[0-9０-９]|《|(?:实施|开展|推进|启动|组织).{0,14}(?:行动|工程|计划|试点|专项|会战|攻坚|方案|示范)|"
    r"[一二两三四五六七八九十百千万][一二三四五六七八九十百千万]*(?:项|个|批|家|座|条|大).{0,8}|“[^”]{2,12}”(?:行动|工程|计划|模式|机制|平台|改革|保卫战)|"
    r"平台|基金|专班|清单|示范区|先行区|试验区|产业园|实验室|保卫战|攻坚战|补贴|挂图作战|国债"
)


def kind_of(text: str, *, in_review: bool = False) -> UnitKind:
    """Kind of a unit from its own words; `in_review`: it stands where past work is reported."""
    bare = text.rstrip("。；！？!?;，,：:")
    if len(bare) < SHORTEST:
        return "assessment"
    if _PROCEDURAL.search(text):
        return "procedural"
    if BOILERPLATE.fullmatch(text) or BOILERPLATE.fullmatch(bare):
        return "boilerplate"
    asked = MODAL.search(text) is not None
    if not asked and "希望" not in text and _TOLD.search(text):
        return "review" if in_review else "assessment"
    if _AIM.search(text):
        return "goal"
    if in_review or (not asked and (REVIEW_OPENS.match(text) or _REVIEW.search(text))):
        return "review"
    if not asked and _STATE.search(text):
        return "assessment"
    if _GOAL.search(text) and not _ACTION.search(_GOAL.sub("", text)):
        return "goal"
    if not (asked or names_a_deed(text)):
        return "assessment"
    return "action" if _ACTION.search(text) else "demand"


def names_a_deed(text: str) -> bool:
    """Whether some clause has a verb of policy near its start."""
    return any(VERB.search(clause[:VERB_REACH]) for clause in re.split("[，,：:；;]", text))


def substance(text: str) -> str:
    """What a text says beside guidance and set phrases of loyalty, which any demand may carry."""
    said = "".join(c for c in re.findall(r"[^，,；;：:。]+[，,；;：:。]?", text) if not BOILERPLATE.fullmatch(c))
    return SET_PHRASES.sub("", said)
