"""Genre of an article by the words of its title and body: a reading in, the genre and the words that show it out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.argument import argues, declared
from duizhao.types.articles import Genre, Level

_COLUMN = re.compile(r"评论|快评|短评|时评|锐评|社论|漫谈|杂谈|观点|声音|笔谈|来论")
_REPORT_OPENING = re.compile(r"(?:各位(?:代表|委员)|(?<![一-龥])同志们)[：，:,！!、]?")
_REPORT_TASK = re.compile(
    r"(?:代表|受)[^。；]{0,30}(?:政府|国务院|委员会|委托)[^。；]{0,40}(?:报告|审议|审查)|(?:报告|作)[^。]{0,8}政府?工作|请(?:予|大会)?审[议查]"
)
_REPORT_TITLE = re.compile(r"政府工作(?:的)?报告(?:（摘要）)?(?=[\n ]|$|——|（)")
_SAYS = re.compile(
    r"(?:会议|大会|全会|座谈会)(?:还|并|同时|认为)?(?:指出|强调|要求|认为|提出|明确|决定|听取|审议|研究|传达)|在会上(?:讲话|发言|指出|强调)"
)
_MEETS = re.compile(
    r"(?:召开|举行)[^。；\n]{0,60}?(?:会议|大会|座谈会|推进会|部署会|调度会|动员会|例会|全会|专题会|常委会|现场会|会)"
    r"|(?:会议|大会|座谈会|推进会|部署会|调度会|动员会|全会|现场会|交流会)[^。；，\n]{0,20}?(?:召开|举行|开幕|闭幕|在京|在[^，。]{2,6}(?:召开|举行))"
    r"|出席会议并讲话|主持会议|(?:会议|大会|座谈会)上(?:讲话|发言|指出|强调)"
)
_MEETING_HEADLINE = re.compile(
    r"(?:会议|大会|座谈会|全会|推进会|部署会|动员会|常委会)[^，。\n]{0,6}(?:召开|举行|强调|部署|研究|审议)|召开[^，。\n]{0,30}会"
)
_ATTENDS = re.compile(r"(?:参加|出席|列席)(?:了)?会议")
_SPEAKS = re.compile(
    r"作(?:了)?(?:政府)?(?:工作)?报告|"
    r"(?:出席|参加)(?:会议|大会)?并(?:作)?讲话|(?:书记|长|主任|主席)[一-龥]{2,4}(?:讲话|主持)|[一-龥]{2,4}(?:指出|强调|要求)，"
)
_LEADER_ACTS = re.compile(
    r"(?:习近平|总书记|国家(?:副)?主席|总理|国务委员|委员长|政治局常委|政治局委员)[^。；\n]{0,60}?(?:考察|调研|会见|出席|致|作出重要|重要指示|批示|强调|讲话|主持"
    r"|看望|会谈|通电话|发表|视察|慰问)|重要文章"
)
# a feature that quotes a leader asks for nothing itself: ——写在…四周年之际, ——回访…, …启示录
_FEATURE = re.compile(r"——(?:写在|回访|追记|实地|来自)|启示录")
_AGENCY = re.compile(r"新华社[^，。\n]{0,14}电")
_REPORTER = re.compile(
    r"本报[^，。\n]{0,14}(?:讯|电)|新华社[^，。\n]{0,14}电|[（(](?:本报)?(?:首席|见习|全媒体|融媒)?(?:记者|通讯员)|记者[^，。\n]{0,12}从[^，。]{2,20}(?:获悉|了解到)"
    r"|据[^，。\n]{2,12}(?:报道|消息)|本台消息|记者(?:从|在|看到|了解)|本报记者|本网讯"
)
_WHEN = r"(?:\d{1,2}月\d{1,2}日|\d{1,2}日|日前|近日|昨[天日]|今天|今日|昨晚|上午|下午)"
_HAPPENS = (
    r"(?:举行|举办|召开|启动|上线|开工|印发|转发|出台|发布|公布|揭牌|投产|通车|开幕|闭幕|主持|签署|签约|考察|调研|检查|走访|会见|亮相|迎来"
    r"|完成|获悉)(?!的)"
)
_EVENT = re.compile(rf"{_WHEN}[^。]{{0,80}}?{_HAPPENS}|侧记|见闻|纪实|特写|专访|回眸|扫描|综述")
_DOCUMENT = re.compile(r"印发|转发|出台|发布|公布|下发|发出")
_SOBER = re.compile(
    r"(?:会议|大会|》)(?:指出|强调|要求|提出|明确)|[一-龥]{2,3}(?:指出|强调)，|获悉|记者|本报讯|据介绍|告诉|负责人(?:介绍|说|表示)"
)
_TELLS = re.compile(r"[”，][^，。“”\n]{2,16}(?:说|表示|介绍|回忆)(?=[。，：])|同比|截至|统计显示|当地时间|据统计")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the genre is told from: text without white space, its title before `body`, and what is known already.

    `plain` is the text with invoked policies blanked out, character for character.
    """

    text: str
    plain: str
    body: int
    column: str
    level: Level | None
    headline_only: bool


def genre_of(reading: Reading) -> tuple[Genre, int, int] | None:
    """The genre and the place of the words that show it; None where nothing does."""
    for test in (_work_report, _declared_commentary, _commentary, _meeting, _news):
        found = test(reading)
        if found:
            return found
    return None


def _work_report(r: Reading) -> tuple[Genre, int, int] | None:
    address = _REPORT_OPENING.search(r.text, r.body, r.body + 260)
    title = _REPORT_TITLE.search(r.text[: r.body])
    start = address.end() if address else r.body
    task = _REPORT_TASK.search(r.text, start, start + (160 if address else 60))
    long = len(r.text) - r.body > 1500 and not _SAYS.search(r.text, r.body, r.body + 600)
    if (address and (task or title)) or (title and (task or long)):
        m = task or address or title
        return ("work_report", *m.span()) if m else None
    return None


def _declared_commentary(r: Reading) -> tuple[Genre, int, int] | None:
    if _COLUMN.search(r.column) and not _REPORTER.search(r.text, r.body, r.body + 60):
        at = r.text.find(r.column, 0, r.body)
        return "commentary", max(at, 0), max(at, 0) + len(r.column)
    found = declared(r.text, r.body)
    return ("commentary", *found) if found else None


def _meeting(r: Reading) -> tuple[Genre, int, int] | None:
    """A readout of the centre, or the report of a local meeting: held in the opening, with someone who speaks."""
    if r.level is None or (r.level == "central" and _FEATURE.search(r.text[: r.body])):
        return None
    says = _SAYS.search(r.text, r.body)
    meets = _MEETS.search(r.text, 0, r.body + 200)
    if r.level == "central":
        acts = _LEADER_ACTS.search(r.plain, 0, r.body + 160)
        m = acts or (meets if says or _AGENCY.search(r.text, r.body, r.body + 20) else None) or says
        if r.headline_only:
            m = acts or _MEETING_HEADLINE.search(r.text)
        return ("readout", *m.span()) if m else None
    if r.headline_only:
        m = _MEETING_HEADLINE.search(r.text)
        return ("meeting_report", *m.span()) if m else None
    if meets and (says or _SPEAKS.search(r.text, r.body, r.body + 800)):
        return "meeting_report", *meets.span()
    early = _SAYS.search(r.text, r.body, r.body + 260)
    if early and _ATTENDS.search(r.text):  # a report that goes on from another page has lost its opening
        return "meeting_report", *early.span()
    return None


def _commentary(r: Reading) -> tuple[Genre, int, int] | None:
    found = None if r.headline_only else argues(r.text[r.body :], r.text[: r.body])
    return ("commentary", r.body + found[0], r.body + found[1]) if found else None


def _news(r: Reading) -> tuple[Genre, int, int] | None:
    m = None if r.headline_only else _REPORTER.search(r.text, r.body)
    m = m or _EVENT.search(r.text)
    if m is None and not r.headline_only:
        m = _SOBER.search(r.text, r.body) or _TELLS.search(r.text, r.body) or _DOCUMENT.search(r.text, 0, r.body + 60)
    return ("news", *m.span()) if m else None
