"""Clauses in, whether a run of them can stand as a sentence out: no open end, nothing that waits for more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import rjieba

from duizhao.summarize.frames import parted
from duizhao.summarize.predicates import joint, says_nothing
from duizhao.summarize.split import Clause, balanced
from duizhao.types.pages import Span

BAD_START = re.compile(
    r"^(?:不?是(?!否)|此(?!次)|强调|指出|表示|认为|宣布|开始|事关|关系到|涉及|[这其该并而且及与和或则但却也还又就才，。、；：）”》]|以及|因此|所以|由于|虽然|不仅|同时|此外|另外|其中|对此|对于|从而|"
    r"比如|例如|由此|为此|也因此|所有这些|那里面|原来，|第[二三四五六七八九十][，、 ]|"
    r"通过|他|她|它|我们|随着|为了|根据|按照|针对|[一二三四五六七八九十]是|因为|如果|即使)"
)
BAD_END = re.compile(
    r"(?:[，、；：（“《的和与及在对将为以并从把被于是向由而]|以及|包括|其中|时|后|之际|以来|期间|来看|来说|来讲|看到|告诉[^，。]{1,6}|(?:按照|根据|依照)[^，。]{2,24}(?:要求|部署|标准|原则|规定)|强调|指出|表示|显示|认为|称|说|宣布|报道|介绍|获悉|全文如下|证实|透露|一道|一起|为契机|为基础|方面|成员|[从自][^，。]{2,14}起|(?<!发)出席|意味着|标志着|警告|指控|辩称|爆料|反映|利用[^，]{0,8}(?:便利|之便|机会))$"
)
ADVERBIAL = re.compile(
    r"(?:时|后|前|以来|之际|期间|来看|来说|方面|过程中|基础上|背景下|情况下|指引下|关怀下|推动下|(?<!除)外|年来|月来|天来|期|上|中|下|里|内|为契机|为基础|起)$"
    r"|^(?:随着|为了|为(?!.{0,6}(?:服务|提供))|由于|在|面对|针对|根据|按照|围绕|自|截至|经过|作为|除|目前|当前|近年来|据|与此同时|同时|此外|其中|另外|近日|日前|下周|今年|去年)"
    r"|^从[^，]+到[^，]+$|^(?:与[^，]{2,6}不同的是|值得[^，]{1,6}的是|据(?:了解|介绍|悉|统计)|[^，]{0,4}记者[^，]{2,60}(?:获悉|了解到|得知)|[^，]{2,24}(?:数据|统计)显示)$"
    r"|^(?:今天|昨天|当天|同一天|过去[一两三几半\d]{1,3}[天周月年]|(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号])(?:（[^（）]*）)?(?:上午|下午|晚上?|凌晨|中午|清晨)?$"
)
# An adverbial that cannot be a sentence: a preposition that opens and a place or time word that closes, or such an end.
ONLY_ADVERBIAL = re.compile(
    r"^(?:在|随着|为了|面对|针对|根据|按照|围绕|自|截至|当|除|由于|通过|经过|作为|关于|对于|从|以|据|为)[^，]*(?:时|后|前|以来|之际|期间|中|下|上|里|内|外|来看|来说|方面|面前|"
    r"契机|基础|过程|日|年|月|引领|着眼|高度|干部|目标|抓手|主线|牵引|入手)$|(?:根据|按照|依据|结合)[^，]*(?:情况|实际|需要|特点)$|^要?在[^，]{1,6}$|^为(?!.{0,12}(?:服务|提供|契机|贡献|助力))[^，]{4,30}$|^[^，]{0,16}(?:以来|之际|期间|时|后|(?<!除)外|年来|月来|天来|同时)$|^(?:随着|由于|因为|为了|作为|当|除)|^遵照[^，]+$"
    r"|^(?:[^，]{0,8}要)?针对(?!.*(?:开展|制定|提出|采取|加强|推进|完善|解决|研究|实施|进行|出台|作出))[^，]+$"
    r"|^(?:经|经过)(?!济|营|贸|纪|典|理|验|常|开)[^，]{0,24}(?:核实|核查|调查|检测|检验|审理|鉴定|统计|同意|批准|研究|协商|排查)$|^受[^，]{1,16}影响$"
)
# 甲石窟、乙石窟、丙石窟, 以某地为例: named, and nothing said of it.
NAMED_ONLY = re.compile(
    r"^[^、，要]{1,8}(?P<kind>[\u4e00-\u9fff]{2})(?:[、和][^、，]{1,10}(?P=kind)){2,}$|^以[^，]{1,20}为例$"
)
# A noun with its attribute and no verb: its predicate was left out.
NOUN_PHRASE = re.compile(
    r"^[^，是有为将把被使让给要会能可着过得了已]{2,40}的(?![^《》]*》)[^，的了]{2,12}$|(?:召开|举行|举办|印发|发布|公布|出台)的[^，]{2,40}$|的[\d一二三两四五六七八九十百]+[个名家项位次][^，的了]{1,12}$"
)
DEPENDENT = re.compile(
    r"^(?:以(?:便|及)|否则|但|而|并且|却|则|才|就|也|都|又|还|以及|和|与|或|从而|进而|因此|所以|然而|其|这|该|此|它|他|她|有的|的|尤其|特别是|包括|例如|比如|如|分别|均|为此|即|不仅|甚至|更|再|仍|只|既|以便|使|让|令|致|导致|对此|标志着|意味着|旨在)"
)
OPEN_CLAUSE = re.compile(r"(?:虽然|尽管|不仅|不但|既|无论|不管|如果|只要|只有|除非|由于|因为|一方面|不是)")
NO_SENTENCE = re.compile(
    r"^(?:[\d：:年月日号时点半分秒至到—～晚早上下中午凌晨今昨天（）()当地间北京]+|在.{1,6}|.{0,6}[\d一二三两几十]+(?:年代?|个?月|天|周)[前后来间]?|目前|当前|同一天|当天|过去.{1,6}|截至.{1,12}|.{0,6}据.{2,24}(?:报道|消息|声明)|\d{1,2}[日号][—至]\d{1,2}[日号]|.*(?:来到|走进)这里|(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:上午|下午|晚上?|凌晨)?|下周|上周|今年|去年|明年|今天|昨天|\d{2,4}年来|新时期.{0,6}|放眼.{0,4}|从[^，]{1,14}到[^，]{1,14}|我坚信|(?![^，]{0,8}[免撤罢辞任])[^，]{2,6}的[^，]{4,40}职务(?:（[^）]*）)?|[一二三四五]是|(?:一[个种项条][^，是有]{1,6}，?)+)$"
)
COMMENT = re.compile(
    r"\s*(?:是|也是|就是|正是|既是|要(?!求)|必须|应(?!用)|须|需|均|都|已|将|有(?![力效序关])|而是|但|然而|不过|却|仍|尚|前提|形势(?:仍|依然)|鼓舞|就(?!业)|才(?!能)|目的|事关|关键)"
)
OWN_SUBJECT = re.compile(
    r"^将|(?<![重需主首])要|必须|不能|不得|应当|一定|不[\u4e00-\u9fff]{1,4}的不|我们|大家|各级|各地|各部门|[\u4e00-\u9fff]{2,}(?:是|有着|具有|取得|得到|不断完善)"
)
# Verbs that open a demand without 要: 督促地方…, 完善…制度.
IMPERATIVE = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是)?(?:加强|推动|推进|完善|健全|坚持|督促|支持|鼓励|确保|强化|深化|加快|加大|优化|落实|抓好|做好|打造|建设|建立|构建|培育|扩大|提升|提高|"
    r"引导|统筹|保障|规范|严格|严禁|坚决|着力|积极|切实|深入|全面|大力|聚焦|围绕|突出|压实|守牢|筑牢|防范|化解|打通|延续|增强|维护|拓展|促进|实施|开展|组织|出台|制定|修订|"
    r"发展|用好|发挥|改革|创新|稳定|巩固|激发|激活|畅通|依法|及时|尽快|持续|进一步|不断|努力|全力|充分|有序|稳步|扎实|认真|高质量|高标准|以市场化)"
)
# 对…的人员, 因…的, 除…外, 凡…, 未经…: what follows holds only under it.
CONDITION = re.compile(
    r"^(?:对(?!标|接|外开放)|凡|如果?|若|一旦|未经|除|只有|只要|没有|不能|在.+(?:前提|情况|条件)下)|的$|外$|情况下$|前提下$|条件下$"
)
# Without it the next clause would be told as certain.
ONLY_IF = re.compile(r"若|如(?:果|遇|再|不|未|无|需)|一旦|倘|假如|未经|只有|只要|除非|在.+(?:前提|情况|条件)下")
# A clause that opens a condition: no later clause of its sentence may be told without it.
UNDER = re.compile(
    r"(?:^|[，,：])[^，,：]{0,2}(?:如(?:果|遇|再|不|未|无|需|若)|若(?!干)|倘|假如|一旦|除非|未经|[只唯]有|只要)[^，,：]*(?:[，,]|$)"
    r"|(?:^|[，,：])在[^，,：]{2,24}(?:的前提|的条件|的情况)下(?:[，,]|$)"
)
REACH = 160
# Hundred persons who do what comes after the comma: 共有百名干部，下沉社区.
PIVOT = re.compile(r"有[^，的]{0,4}\d+[多余]?万?(?:名|位|人|个|家|支|台|辆|所|项|件|户)[^，的]{0,14}$")
# What a reporter learned somewhere is news.
LEARNED = re.compile(r"记者[^，。]{0,8}(?:从|在)[^，。：]{2,40}?(?:获悉|了解到|得知|看到)")
# Behind it stands what is said or asked for: …视察，强调…，努力建设….
SAYING = re.compile(r"[并还也]?(?:强调|指出|表示|要求|认为|希望|呼吁|承诺|宣布|提出)")
# The first half of 既…又….
EITHER = re.compile(r"(?:^|，)既(?![然定往得有成])")
# What follows is told of the one named here, or is turned round by it.
TURNS = re.compile(r"但|不过|然而|可是|其中|反而|只是|却|仍|尚|前提|形势(?:仍|依然)|就[能会可将]|才[能会]")
# A place or a company whose verb is in the next clause: 某人率团在某地，吊唁…
WAITING = re.compile(r"(?:^|[率到赴团])(?:[^，]{0,20})在[^，在]{2,12}$")
# Where it comes from: the next clause is what is said; after a speaker, what came of the next clause does not stand.
HEARD = re.compile(r"(?:报道|消息|指控|举报|爆料|据传|网传)称?$|有[^，]{2,10}(?:称|说|反映)$")
SPEAKER = re.compile(r"(?:称|说|表示|指出|认为|强调|透露|介绍|通报|宣布)$")
RESULT = re.compile(r"造成|导致|致使?|引发|以(?!色列|军|方)|并(?!非|不)|从而|累计|共计")
# What came of a clause does not come of the one before it: 甲，乙，造成丙.
CAUSED = re.compile(r"造成|导致|引发|致使|致(?=\d|[多数]|[死伤])|从而")
# 甲增长6%，其中乙，增长7%: figures whose subject may stand in the clause between.
FIGURES = re.compile(r"(?:同比|环比)?(?:增长|下降|上升|提高|减少|增加|达|占|比|较|超|为|是|有|实现|降|增)")
# The verb of what comes after the comma: 提出到明年年底，甲的目标; 计划自下月起，….
GOVERNS = re.compile(
    r"(?:[^，]*[\u4e00-\u9fff])?(?:提出|计划|预计|力争|确定|规定|明确|约定|承诺)(?:了|要|将)?(?:到|至|在|于|自|从|用|力争|争取)[^，]*$"
)
# Who is moved to do something does what follows, too: 会议动员全市上下坚持…，扎实开展….
CAUSES = re.compile(
    r"(?:会议)?(?:动员|要求|号召|引导|组织|督促|激励|呼吁|指示|带领|率领|团结|指导|教育|促使|使|让|帮助|必须|应当|要(?!求))"
)
# How a clause begins whose subject stands before it.
SUBJECTLESS = re.compile(
    r"^(?:是|已|将|并|进一步|公布|宣布|发表|提出|造成|导致|达|超|占|较|同比|共同|奏响|奋力|激发|坚持|规定|明确|截至|有效|有力|不断|持续|"
    r"实现|完善|提升|推动|促进|确保|力争|努力|推出|印发|从|以|向|为|对|[\u4e00-\u9fff]{1,3}(?<!为)了(?!解))"
)
# A preposition with its object, whose verb is in the next clause; with a verb of its own it says enough.
LEANS = re.compile(
    r"(?:按照|根据|依据|针对|关于|对于|至于|对(?![接标外口照比])(?!.*(?:进行|予以|给予|开展|实施|实行|加以|提出|作出|依法|一律|逐|严|要|不|没|[有是了]))|就(?!业|是|能|要|会|可)(?!.*(?:进行|开展|作出|提出|举行|交换))|应.*邀请$|(?!.*[把将以]).*作为[^，]{2,14}$"
    r"|如何|怎样|怎么|能否|为何|为什么)"
)
COORDINATE = re.compile(r"以及|及|和|与|或者?")
PLACE = re.compile(
    r"^(?!.*(?:[是有在到了为将抵赴入进]|走|建成)).{2,20}(?:中心|广场|现场|机场|码头|工地|门口|[省市县区镇乡村街路楼馆站院厂店园场])$"
)
BA_OBJECT = re.compile(r"[将把][^，]{1,6}$")
# A deed told whole, whatever is said of it next.
DONE = re.compile(r"(?:印发|出台|发布|公布|签署|通过)(?:了)?[《“]")
# A short last clause that bounds what was said: 要认真研究，不能简单否定; 证据不足，不予认定.
BOUNDS = re.compile(
    r"\s*(?:不(?!仅|但|断|少|同|久|只|单)|未|无(?!人机|论|线)|没有|尚|并非|而非)[^，。；！？]{1,8}(?:[。；！？]|$)"
    r"|\s*[^，。；！？]{0,20}(?:不受此限|除外|不适用|不在此列)(?:[。；！？]|$)"
)
ROW = 4
LONGEST = 400


def whole(text: str, run: Sequence[Clause]) -> bool:
    """Whether a run of clauses of `text` can be printed as a sentence of its own."""
    return _whole(text, tuple(run))


@lru_cache(maxsize=1 << 13)
def _whole(text: str, run: tuple[Clause, ...]) -> bool:
    """Remembered: each length of a summary asks for the same runs."""
    words = text[run[0].start : run[-1].end]
    last = text[run[-1].start : run[-1].end]
    if len(words) > LONGEST or not balanced(words) or byline(words) or BAD_START.match(words[:4]):
        return False
    if NO_SENTENCE.match(words) or BAD_END.search(last) or OPEN_CLAUSE.match(last) or ONLY_ADVERBIAL.search(last):
        return False
    if NAMED_ONLY.match(words) and not rjieba.tag(words[:6])[0][1].startswith("v"):
        return False
    if text[max(0, run[0].start - 3) : run[0].start].rstrip().endswith("，") and joint(text[run[0].start : run[0].end]):
        return False
    if run[-1].mark in ("：", ":", "——") or _waits(text, run[-1]) or all(adverbial(text, c) for c in run):
        return False
    if parted(text, [Span(c.start, c.end) for c in run]) or lifted(text, run):
        return False
    if half(words):
        return False
    cut = run[-1].mark in ("，", ",")
    if cut and (
        NO_SENTENCE.match(last)
        or UNDER.search(last)
        or text[run[-1].end + 1 : run[-1].end + 25].split("，")[0].split("。")[0].endswith("除外")
    ):
        return False  # a condition without what follows from it, a rule without its exception
    return not cut or not (NOUN_PHRASE.search(last) or _leads_on(text, run) or says_nothing(words))


def lifted(text: str, run: Sequence[Clause]) -> bool:
    """Whether a condition stands before one of these clauses in its sentence and is not among them."""
    earliest = max(0, run[0].start - REACH)
    at = max(earliest, *(text.rfind(mark, earliest, run[0].start) + 1 for mark in "。！？；\n"))
    for clause in run:
        if UNDER.search(text[at : clause.start].strip(" \u3000\n")):
            return True
        at = clause.end + len(clause.mark)
    return False


def adverbial(text: str, clause: Clause) -> bool:
    """Whether a clause only says when, where or why."""
    return bool(ADVERBIAL.search(text[clause.start : clause.end]))


def conditional(text: str, clause: Clause) -> bool:
    """Whether a clause says to whom or on what condition the next one holds: without it that would say more."""
    return bool(CONDITION.search(text[clause.start : clause.end]))


def dependent(text: str, clause: Clause) -> bool:
    """Whether a clause leans on the one before it."""
    return bool(DEPENDENT.match(text[clause.start : clause.end]))


def skippable(text: str, clauses: Sequence[Clause], gap: int) -> bool:
    """Whether the clause at `gap` can be left out between its neighbours."""
    before = clauses[gap - 1]
    after = text[clauses[gap + 1].start : clauses[gap + 1].end]
    # behind a mere time or place, the clause in the gap is the one that says who
    if NO_SENTENCE.match(text[before.start : before.end]) or adverbial(text, before):
        return False
    led = text[before.start : before.end]
    # what is said, and what holds only if, stands behind its verb and its condition
    if SAYING.match(text, clauses[gap].start) or UNDER.search(led):
        return False
    if HEARD.search(led) or (SPEAKER.search(led) and RESULT.match(after)):
        return False
    if WAITING.search(led) or joint(led) or CAUSES.match(text[clauses[gap].start : clauses[gap].end]):
        return False
    skipped = text[clauses[gap].start : clauses[gap].end]
    if NOUN_PHRASE.search(after) or GOVERNS.match(skipped):
        return False
    if (
        CAUSED.match(after)
        or FIGURES.match(after)
        or _inserted(text, before)
        or ONLY_IF.match(skipped)
        or TURNS.match(skipped)
    ):
        return False
    return not dependent(text, clauses[gap + 1]) and clauses[gap].mark in "，," and before.mark in "，,"


def half(words: str) -> bool:
    """Whether words hold one half of a pair, or the first of several points, which is not the point."""
    if ("一方面" in words) != ("另一方面" in words) or words.count("一种是") == 1:
        return True
    if EITHER.search(words) and not re.search("又|也|还|更|且", words):
        return True
    return "一是" in words and "二是" not in words


def byline(words: str) -> bool:
    """Whether words begin with the one who wrote them; what a reporter learned somewhere is news."""
    return "记者" in words[:12] and not LEARNED.search(words)


def _leads_on(text: str, run: Sequence[Clause]) -> bool:
    """Whether a run that stops at a comma stops before what it was about to say."""
    last = text[run[-1].start : run[-1].end]
    after = text[run[-1].end + len(run[-1].mark) :][:12]
    frame = next((c for c in reversed(run) if not COORDINATE.match(text[c.start : c.end])), run[0])
    if PIVOT.search(last) and rjieba.tag(after[:6])[0][1].startswith("v"):
        return True
    if LEANS.match(text[frame.start : frame.end]) or _inserted(text, run[-1]):
        return True
    head = text[run[0].start : run[-1].start].rstrip("，, \n")
    if head and PLACE.search(last) and (NO_SENTENCE.match(head) or all(adverbial(text, c) for c in run[:-1])):
        return True
    # 早规划，早行动，…: a row of short clauses is told whole
    short_next = re.match(rf"\s*[^，。；！？]{{1,{ROW}}}[，。]", after)
    label = len(run) > 1 and run[-2].mark in ("：", ":")
    return len(last) <= ROW and bool(short_next or label or adverbial(text, run[0]))


def _inserted(text: str, clause: Clause) -> bool:
    """Whether the object of 将 or 把 goes on in the next clause, before its verb: 将患者，特别是重症患者集中起来."""
    after = text[clause.end + 1 : clause.end + 8].lstrip()
    return after.startswith(("特别是", "尤其")) and bool(BA_OBJECT.search(text[clause.start : clause.end]))


def _waits(text: str, clause: Clause) -> bool:
    """Whether the next clause says what this one is about: 甲，是乙; 甲，要乙."""
    at = clause.end + len(clause.mark)
    if not clause.mark:
        return False
    # 某局印发某办法，将于…: what was done is told, and what comes of it after the comma
    done = text[at : at + 2].lstrip().startswith("将") and DONE.search(text[clause.start : clause.end])
    return bool(BOUNDS.match(text[at : at + 26])) or (bool(COMMENT.match(text[at : at + 4])) and not done)
