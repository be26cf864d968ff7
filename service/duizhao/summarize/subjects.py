"""Clauses of a sentence in, the subject that a later clause shares with the first one out: 甲做乙，做丙 is 甲做丙."""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from duizhao.summarize.split import Clause
from duizhao.summarize.wholeness import BAD_END, CAUSES, conditional
from duizhao.types.pages import Span

# What may stand in a subject, how it must end, and what must follow it: 某市 | 以…为抓手.
NOMINAL = ("n", "t", "m", "q", "f", "j", "l", "i", "b", "s", "x", "a")
NOUN = ("n", "j", "s")
VERBAL = ("v", "d", "ad", "p")
# What a whole event brings about, and figures, which have a subject of their own.
NOT_OF_THE_SUBJECT = re.compile(
    r"(?:导致|造成|致|使|令|让|标志|意味|显示|表明|说明|证明|同比|环比|增长|下降|上升|达|超|占|较|是|有|要|将|可|能|应|须|必须|受|由|被)"
)
PLACES = ("我国", "我省", "我市", "我县", "各地", "多地", "全国", "全省", "全市", "全县")
LONGEST = 16
MARKS = "，、；：。！？“”《》（）"


def subject(text: str, clause: Clause) -> Span | None:
    """The name or noun that opens a clause before its verb, or None."""
    words = rjieba.tag(text[clause.start : clause.end][: 4 * LONGEST])
    size, last = 0, ""
    for word, tag in words:
        if tag.startswith(VERBAL) and tag != "vn":
            break
        if word in MARKS or not (tag.startswith(NOMINAL) or word in PLACES):
            return None
        size, last = size + len(word), "n" if word in PLACES else tag
    else:
        return None
    return Span(clause.start, clause.start + size) if size >= 2 and last.startswith(NOUN) else None


def sharing(text: str, clauses: Sequence[Clause], first: int) -> list[int]:
    """Places of the clauses after `first` that go on with its subject: each begins with a verb, as do those between."""
    opening = text[clauses[first].start : clauses[first].end]
    if BAD_END.search(opening) or CAUSES.search(opening) or clauses[first].mark not in "，,":
        return []
    found = []
    for place in range(first + 1, len(clauses)):
        words = text[clauses[place].start : clauses[place].end]
        tag = rjieba.tag(words[:12])[0][1] if words else ""
        if not tag.startswith(("v", "d", "ad")) or NOT_OF_THE_SUBJECT.match(words) or conditional(text, clauses[place]):
            break
        found.append(place)
        if clauses[place].mark not in "，,":
            break
    return found
