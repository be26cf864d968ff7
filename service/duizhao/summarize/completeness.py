"""A sentence of the source in, whether it is one as it stands there, and whether it leans on the one before it, out."""

from __future__ import annotations

import re

from duizhao.summarize.split import Sentence, balanced
from duizhao.summarize.wholeness import LONGEST, NO_SENTENCE, byline, half

# A whole sentence that begins so is of what the sentence before it named, or goes on with it.
LEANING = re.compile(
    r"[它他她]|其(?!中，|实)|该|这(?!次)|此(?![次前外])|但|不过|然而|却|因此|所以|对此|由此|[^，。：]{2,8}：(?:这|会|不会|是的|不是|没有)|确(?:需|有必要)|(?:此外|同时|另外|对此)，(?:他|她|其|该|这)|[^，。]{0,12}(?:这[一些种个项类位名]|上述|前述|前者|后者|两者|[对就]此(?!次))"
)
# 该袭击, 该说法: named in the sentence before, unless in this one; 该组织, 该公司 may be the one who speaks.
THESE = re.compile(r"这些(?P<what>[\u4e00-\u9fff]{2})")
THAT = re.compile(r"(?:^|[^应理活])该(?P<what>[\u4e00-\u9fff]{2})")
SELF = re.compile(
    "组织|机构|公司|集团|企业|部门|部队|部分|[局院部会国省市县区校店厂所社队团台办州军党]|当局|男子|女子|负责|发言"
)
# How no sentence begins, whole or not: no subject, a number of a list, somebody's 我们.
NO_BEGINNING = re.compile(
    r"(?:不?是(?!否)|强调|指出|表示|认为|宣布|事关|关系到|涉及|[并而且及或则还又才，。、；：）”》]|以及|也因?此?|从而|比如|例如|所有这些|那里面|原来，|"
    r"第[二三四五六七八九十][，、 ]|我们|[一二三四五六七八九十]是)"
)
# Who says something, without what.
SAYS_ONLY = re.compile(r"(?:强调|指出|表示|显示|认为|称|说|宣布|报道|介绍|获悉|全文如下|透露|了解到|[，、；：（“《])$")


def complete(text: str, sentence: Sentence, start: int) -> bool:
    """Whether the words of a sentence of the source from `start` on are whole as they stand there: what is not cut
    needs a beginning, an end and its marks. Where it leans on the sentence before it, see `leaning`."""
    words = text[start : sentence.end]
    if len(words) > LONGEST or not balanced(words) or byline(words) or sentence.mark in ("：", ":", "——"):
        return False
    return not (half(words) or NO_BEGINNING.match(words) or SAYS_ONLY.search(words) or NO_SENTENCE.match(words))


def leaning(text: str, sentence: Sentence, start: int) -> bool:
    """Whether these words are of what the sentence before named: 该公司…, 目前尚未达到这一条件, 其中…."""
    if LEANING.match(text, start, sentence.end):
        return True
    these = THESE.finditer(text, start, sentence.end)
    if any(match["what"] not in text[sentence.start : match.start()] for match in these):
        return True
    told = text[sentence.start : start]
    for match in THAT.finditer(text, start, sentence.end):
        named = match["what"] in text[sentence.start : match.start()]
        if not named and not (told and SELF.match(match["what"])) and "，" not in text[start : match.start("what")]:
            return True
    return False
