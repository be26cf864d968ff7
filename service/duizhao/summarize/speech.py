"""Sentences in, who says each of them out: 会议指出, 某某强调 and what goes on under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from duizhao.summarize.frames import INVITATION
from duizhao.summarize.people import NAME, titles
from duizhao.summarize.split import Sentence
from duizhao.summarize.whose import Said, goes_on, governs, narrates, sourced
from duizhao.types.articles import Genre
from duizhao.types.pages import Span

VERB = r"(?:指出|强调|要求|表示|提出|认为|介绍|透露|呼吁|宣布|说|称|明确|决定|确定|希望|重申|建议|叮嘱)"
# Verbs that tell of a speaker only where who speaks is sure: a person, an office, a company.
TELLS = r"(?:通报|公告|回应|证实|坦言|披露|提醒|警告)"
# A noun, not a verb: 不服处罚决定, 作出…决定, 这一要求.
NOUN = re.compile(
    r"(?:的|这[一项些]|该|此项?|有关|相关|处罚|处分|任免|人事|复议|裁决|判决|裁定|投资|收购|调控|最终)$"
    r"|不服|[作做]出|提出|符合|满足|达到|违反|按照|根据|撤销|维持|落实|执行|收到|拒绝|推翻|暂停"
)
# What may stand between who speaks and the verb: a day, where and to whom, how and in what.
DAY = (
    r"(?:当地时间)?(?:今[天日晚]|昨[天日晚]|(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}[日号])(?:（\d{1,2}月\d{1,2}日）)?(?:上午|下午|晚上|晚间|晚|凌晨|清晨|早间|中午|傍晚|深夜)?"
    r"|当[天日晚]|同一天|次日|近日|日前|近期"
)
DATE = re.compile(r"(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}[日号]")
PLACE = (
    rf"在[^，。：；]{{1,22}}?(?:时|中|后|上|期间|之际|采访)|在[^，。：；在]{{2,10}}?(?=发[表布]|公布|{VERB})"
    r"|[对向](?:本报|本台|新华社|媒体)?(?:记者|媒体|外界)"
)
MANNER = (
    r"还|并|最后|进一步|同时|特别|再次|多次|分别|也|则|均|曾|就此|对此|先后|共同|一致|随后|随即|现场|公开|书面|"
    r"发(?:表|布|出)了?(?:重要|书面|联合)?(?:声明|公报|消息|讲话|公告|通告|通报|报告|视频)|公布(?:消息|视频)|发文|发帖"
)
LEAD_IN = re.compile(
    r"^(?P<when>(?:会上|会后|会前|调研中|座谈中|考察中|座谈会上|发布会上|会谈中|会见时|期间|最后|当天)，)?"
    r"(?P<who>[^，。：；“”《》\d]{1,24}?)"
    rf"(?P<how>(?:{DAY}|{PLACE}|{MANNER})*)"
    rf"(?P<verb>(?:回应|公告|通报|声明|警告|补充|解释|分析|介绍|报道|回忆|汇报)?{VERB}(?:指出|强调|说)?"
    rf"|告诉(?:本报|本台)?(?:记者|媒体)|{TELLS})(?P<mark>[，：:])"
)
# A long office before the name of its holder makes `who` longer than a lead-in has room for.
MANNERS = (
    ("decides", re.compile("决定|确定|宣布")),
    ("asks", re.compile("要求|希望|呼吁|建议")),
    ("thinks", re.compile("认为")),
)
GAP = re.compile(rf"时?(?P<verb>{VERB})[，：:]\s*")
# Who speaks, with what he is before the name or not: 清泽大学教授何文澜.
HELD = re.compile(rf"(?:^|[长任授员士家记席理人生师])(?P<name>{NAME})$")
# Who is quoted inside a sentence: 论坛上，清泽大学教授何文澜说：….
WITHIN = re.compile(
    rf"[长任授员士家记席理人生师](?P<name>{NAME})(?:则|也|还)?(?:说|表示|认为|称|指出|介绍|坦言)[，：:]"
)
# 他指出 is said of the one who leads, not of the villager who was asked last.
LEADS = re.compile(r"[他她](?:还|也|同时|最后|进一步)?(?:指出|强调|要求|叮嘱)")
LEADING = re.compile("指出|强调|要求|叮嘱")
# Who is talked to by the one whom the report is about.
FOLK = re.compile("村民|居民|市民|网友|群众|商户|店主|老人|职工|工人|家长|学生|农户|业主")
PRONOUN = re.compile(r"^(?:他|她|其|双方|文章|报告|意见|通知|声明)(?:还|们|也|最后|同时)?$")
SUBJECT = re.compile(
    rf"^(?:[^，]{{2,16}}，)?(?P<name>{NAME})(?=在|主持|出席|\d|近日|对|与|同|到|来到|走进|走访|察看|深入|叮嘱|询问|一行|发表|先后|就|听取|向|为)"
)
BODIES = re.compile(
    r"(?:会议|全会|大会|公报|意见|通知|方案|报告|文章|决定|讲话|座谈会|省委|市委|县委|区委|党中央|政府|部|委|局|厅|院|办|军方|负责人|发言人|方面|双方|"
    r"公司|集团|医院|学校|大学|法院|检察院|银行|协会|使馆|[警检校院官店]方)$"
)
# 要, and a short subject with its modal verb: 双方要, 各级各部门必须, 中方愿.
DEMAND = re.compile(
    r"^(?!强调|指出|要求|表示|提出)(?:[^，。：；“”、（）]{1,12}?(?<![需重主首想只紧摘而就])|)"
    rf"(?:要(?![求点素闻塞件么])|必须|应该|应当|务必|须|需要|(?<![响适对供反相])应(?![用对急邀]|{INVITATION})"
    r"|(?<![自意])愿(?![意景望])|希望(?=[\u4e00-\u9fff]{2}))"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `key` is the same for the same one; `parts` print the lead-in (name, day, then verb and comma).

    `manner` tells deciding and asking from saying: what stands under one must not be printed under another.
    """

    key: str
    parts: tuple[Span, ...]
    manner: str = "says"

    def undated(self) -> Speaker:
        """The same without the day."""
        return replace(self, parts=(self.parts[0], self.parts[-1]))


@dataclass(frozen=True, slots=True)
class Speech:
    """What a sentence says under whose lead-in: its words begin at `start`. `block` counts lead-ins of the text.

    Not `sure`: the sentence follows that speaker's words, and nothing shows that it still is theirs.
    """

    speaker: Speaker
    start: int
    block: int
    opens: bool
    sure: bool = True


def speeches(text: str, sentences: Sequence[Sentence], genre: Genre = "news") -> list[Speech | None]:
    """For each sentence what it says and who says it, or None where the paper itself speaks.

    A lead-in governs the rest of its paragraph, until the paper tells something again; a paragraph that begins with 要
    goes on under the last one. But for the meetings of official reports a sentence is surely under it only where it
    shows it: by ；, by a quotation that is still open, by a demand without a subject, by 我们. Where nothing shows it,
    it is the writer's in a commentary.
    """
    found: list[Speech | None] = []
    current: Speech | None = None
    named: Span | None = None
    leader: Span | None = None
    block, paragraph = 0, -1
    closes = {s.paragraph: s.end + len(s.mark) for s in sentences}
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if not (current and text.startswith("要", sentence.start)):
                current = None
        meant = leader if LEADS.match(text, sentence.start) else named
        opening = _opening(text, sentence, meant, first=not number) or _run_on(text, sentences, number, named)
        if opening:
            block += 1
            speaker, start = opening
            current = Speech(speaker, start, block, True)
            found.append(current)
        elif current:
            said = Said(current.speaker.key, current.start, closes[paragraph], genre)
            sure = governs(text, said, sentence) or goes_on(text, said, sentences[number - 1], sentence)
            # what follows a voice in a commentary is the writer's, unless it shows otherwise
            if narrates(text, sentence) or (not sure and (genre == "commentary" or sourced(text, sentence))):
                current = None
                found.append(None)
            else:
                found.append(Speech(current.speaker, sentence.start, block, False, sure))
        else:
            found.append(None)
        who = _named(text, sentence, opening)
        named = who or named
        if who and (not opening or opening[0].manner == "asks" or LEADING.search(text, opening[1] - 6, opening[1])):
            leader = who
    return found


def _opening(text: str, sentence: Sentence, named: Span | None, *, first: bool) -> tuple[Speaker, int] | None:
    """Who speaks in a sentence and where the words begin; the day of the news, in the `first` sentence, is kept."""
    sentence_text = text[sentence.start : min(sentence.end, sentence.start + 120)]
    match = LEAD_IN.match(sentence_text)
    if not match or match.end() >= len(sentence_text):
        return None
    who_start, who_end = match.span("who")
    for s, e, _ in titles(sentence_text[: match.end()]):
        if s == who_start and e < who_end:
            who_start = e
    who = sentence_text[who_start:who_end]
    verb = Span(sentence.start + match.start("verb"), sentence.start + match.end())
    if PRONOUN.match(who) and who[0] in "他她其":
        if named is None:
            return None
        return Speaker(
            text[named.start : named.end], (named, verb), manner(match["verb"])
        ), sentence.start + match.end()
    known = bool(re.fullmatch(NAME, who) or BODIES.search(who))
    if not (known or (len(who) <= 12 and not re.fullmatch(TELLS, match["verb"]))):
        return None
    if NOUN.search(who) and re.match("决定|要求|希望|介绍|确定|建议", match["verb"]):
        return None
    span = Span(sentence.start + who_start, sentence.start + who_end)
    day = DATE.search(text, sentence.start + match.start("how"), verb.start) if first else None
    parts = (span, Span(*day.span()), verb) if day else (span, verb)
    return Speaker(who, parts, manner(match["verb"])), sentence.start + match.end()


def _run_on(text: str, sentences: Sequence[Sentence], number: int, named: Span | None) -> tuple[Speaker, int] | None:
    """Who speaks in a sentence that was parted from its event right before the verb: …考察时 | 强调，要…."""
    sentence = sentences[number]
    before = sentences[number - 1] if number else None
    if before is None or before.mark or named is None or before.paragraph != sentence.paragraph:
        return None
    match = GAP.fullmatch(text[before.end : sentence.start])
    if not match:
        return None
    verb = Span(before.end + match.start("verb"), before.end + match.end())
    return Speaker(text[named.start : named.end], (named, verb), manner(match["verb"])), sentence.start


def manner(verb: str) -> str:
    """Whether a verb of saying decides, asks, thinks or says."""
    return next((name for name, verbs in MANNERS if verbs.match(verb)), "says")


def _named(text: str, sentence: Sentence, opening: tuple[Speaker, int] | None) -> Span | None:
    """The person who acts in a sentence; a following 他强调 speaks of this one."""
    if opening:
        who = opening[0].parts[0]
        if FOLK.search(text[sentence.start : who.end]):
            return None  # who is asked does not go on as 他强调
        held = HELD.search(text[who.start : who.end])
        return Span(who.start + held.start("name"), who.end) if held else None
    head = text[sentence.start : min(sentence.end, sentence.start + 160)]
    for s, e, _ in titles(head):
        match = SUBJECT.match(head, e) if s == 0 or head[s - 1] in "，日午" else None
        match = match or (
            re.compile(NAME + r"(?=在|主持|出席|\d|近日|对|与|同|到|来到|发表|就|听取|向)").match(head, e)
            if s < 40
            else None
        )
        if match:
            return Span(sentence.start + match.start(), sentence.start + match.end())
    match = SUBJECT.match(head) or WITHIN.search(head)
    return Span(*(sentence.start + at for at in match.span("name"))) if match else None
