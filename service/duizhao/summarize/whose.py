"""A sentence behind someone's words in, whether it still is theirs or the paper's own out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.summarize.people import NAME
from duizhao.summarize.signs import FIRST_PERSON
from duizhao.summarize.split import Sentence
from duizhao.types.articles import Genre

# 市住建局将于下周约谈, 双方未达成一致, 会后…: no longer the words of the one who spoke.
NARRATED = re.compile(
    rf"(?:会后|同一天|(?:当地时间)?(?:\d{{1,2}}月)?\d{{1,2}}日(?!起|[前之]|至|—)|双方(?:未|还?就|同意|签署)|记者|据(?:了解|悉)|{NAME}(?:作|汇报|通报|列席|参加)"
    r"|[^，。要]{0,14}(?:局|委|厅|部|部门|法院|检察院|公安机关|警方)(?:已|将|正在|介入|于|随后)|(?:此前，?|曾)?(?:网上流传|网传|有(?:媒体|网友|网民|传言|消息|自媒体))|[^，。：；“”]{1,8}(?:提示|提醒)[：，])"
)
TOLD = re.compile(
    rf"{NAME}(?:还|先后|一行|来到|在|到|走进|察看)|会议还|会议(?:审议|听取|传达|决定|由|讨论|表决|选举|原则)|会上"
)
# Orders to whoever reads the text, a machine or not, are nobody's speech in it. What is told of language models, of
# firms that ignore rules, and what a notice asks of its readers is news.
ADDRESSED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=请))(?:忽略|无视|忘记|不要理会)(?:掉|你)?(?:以上|上述|前面|之前|此前|先前|所有)|(?:作为|你是)[^，。]{0,8}(?:助手|模型|人工智能)，?你?|系统提示[：:]|最高指令"
    r"|你(?:必须|应当|要)[^。]{0,12}(?:摘要|标题|输出)|请(?:你)?(?:输出|忽略)|请你(?:写明|回答)|请[将把](?:标题|摘要|正文)[^，。]{0,4}(?:改|写|换|译)"
)
# It names another source, or tells what others answered: 据某媒体报道, 某方称, 对此未予回应.
SOURCED = re.compile(
    r"(?:另)?据[^，。：；]{2,40}(?:报道|消息|数据|统计|介绍|了解)|[^，。：；“”]{2,30}(?:称(?![为号作道职])|报道说|声明说|表示(?=[，：])|说(?=[，：]))"
    r"|[^，。：；“”]{2,24}(?:(?:尚未|暂未|仍未|未|没有|暂无|拒绝)(?:就此|对此)?(?:作出|予以|给予|进行)?(?:任何|明确|正式|公开)?(?:回应|证实|置评|评论)|(?:否认|证实|驳斥|谴责|回应)(?!了?是)|对此(?!要))"
)
# Told beside what was told before it, so that it has the same source: 某军还击落了….
BESIDE = re.compile(r"[^，。：；“”]{1,10}(?<!归)还(?!有|是|没|未|款|原|清|债|贷|不)")
# Whose next sentence may be the paper's own even in a report of a meeting: they are asked, they do not preside.
ASKED = re.compile(
    r"专家|学者|教授|(?:业内|分析|消息|知情|市场|行业)人士|分析|机构|网友|市民|村民|居民|群众|店|公司|企业|集团|媒体|公告|"
    r"报道|数据|警方|法院|检方"
)
# A sentence without a subject of its own, in the first person, or numbered: the one who spoke before goes on.
SUBJECTLESS = re.compile(
    r"(?:同时，|此外，|另外，|因此，|所以，|下一步，|今后，|未来，|接下来，)?(?:还|也|并|就|都)?"
    r"(?:将(?!军|领|士|近)|要(?![求点素闻塞件么])|必须|应当|应该|不能|不得|务必|建议|希望|呼吁|力争|争取|愿(?![望景]))"
)
QUOTED = re.compile("[。！？!?…]”")
NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]{1,2}(?:是|，|、|要)|首先，|其次，|再次，)")
OURS = re.compile(
    r"(?:(?:我们|咱们|大家|双方|各级|各地|各部门|各单位|各方|[中我]方)[、和]?)+(?:也|都|还|一定)?(?:要|将|愿|必须|应|不能|会)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of the one who spoke before: who (`key`), where they begin, where their paragraph `closes`."""

    key: str
    start: int
    closes: int
    genre: Genre


def narrates(text: str, sentence: Sentence) -> bool:
    """Whether the paper speaks again inside a paragraph of speech."""
    head = text[sentence.start : min(sentence.end, sentence.start + 60)]
    return bool(NARRATED.match(head) or TOLD.match(head))


def addressed(text: str, sentence: Sentence) -> bool:
    """Whether a sentence gives orders to whoever reads the text, a machine or not: nobody says that in it."""
    return ADDRESSED.search(text, sentence.start, min(sentence.end, sentence.start + 60)) is not None


def sourced(text: str, sentence: Sentence) -> bool:
    """Whether a sentence names its own source, or tells what others answered."""
    return SOURCED.match(text, sentence.start, sentence.end) is not None


def governs(text: str, said: Said, sentence: Sentence) -> bool:
    """Whether all that follows in its paragraph stands under a lead-in: that of a meeting, or of one who leads it."""
    if said.genre not in ("meeting_report", "readout") or ASKED.search(said.key):
        return False
    return not (text[said.start] == "“" and QUOTED.search(text, said.start, sentence.start))


def goes_on(text: str, said: Said, before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence shows by itself that the one who spoke before speaks on."""
    words = text[sentence.start : sentence.end]
    if "；" in before.mark or ";" in before.mark or _quoted(text, said, sentence.start):
        return True
    if NUMBERED.match(words) or BESIDE.match(words) or _plans(said.key, words):
        return True
    if said.genre == "commentary":  # the writer, too, demands and says 我们
        return False
    outside = re.sub(r"“[^“”]*”", "", words)
    return bool(SUBJECTLESS.match(words) or OURS.match(words) or FIRST_PERSON.search(outside))


def _plans(key: str, words: str) -> bool:
    """Whether a sentence tells what the speaker itself will do: no one else announces that."""
    match = re.match(r"([^，。：；“”]{2,12})将(?!军|领|士|近)", words)
    return match is not None and match[1] in key


def _quoted(text: str, said: Said, at: int) -> bool:
    """Whether `at` stands in a quotation that was opened in `said` and is closed in the same paragraph."""
    words = text[said.start : at]
    return words.count("“") > words.count("”") and "”" in text[at : said.closes]
