"""A sentence in, lines that tell a later deed of it of the one who does it out.

甲签署命令，公布《…》 becomes 甲公布《…》: by deletion alone, as a line that begins with 公布 lacks its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from duizhao.summarize.people import NAME
from duizhao.summarize.render import Wording, squeeze, without
from duizhao.summarize.salience import Salience
from duizhao.summarize.shorten import Cut, CutKind
from duizhao.summarize.split import Sentence
from duizhao.summarize.wholeness import CAUSES, adverbial, whole
from duizhao.types.pages import Span

# A clause that begins with less than this chance has its subject before it.
SURELY_BARE = 0.1
LONGEST_SUBJECT = 12
NOMINAL = ("n", "j", "l", "m", "q", "f", "b")
NO_SUBJECT = re.compile(r"[他她它这其该此双各]|国$|会议$|大会$|部署|文件|全会$|[的，：、]|[一-龥]方$|\d$")
# What the one does who is named before: a person, and a body.
BY_PERSON = re.compile(r"(?:公布|发布|授予|颁发|任命|免去|会见|看望|慰问|考察|调研|致电|致信)(?![的会])")
BY_BODY = re.compile(
    r"(?:公布|发布|授予|颁发|任命|免去|印发|出台|介绍|解读|通报|启动|部署|取消|[上下]调|罚款|责令|判处|决定|审议|[审表]\w通过|通过(?=《)|听取|研究)(?![的会人])"
)
# What one has to have said for the rest to be his words and not his deeds.
SPEAKS = re.compile(r"(?:称|说|表示|指出|强调|认为|透露|介绍|通报|要求|提出|希望|指示|呼吁|批示|显示|计划|预计)$")
# 甲宣布，自下月起下调…: what is announced by the one who does it is done.
ANNOUNCES = re.compile(r"(?:宣布|决定)$")
ANNOUNCED = re.compile(r"[自从][^，]{1,12}起|将(?!军)|对(?!方)")
REFERS = re.compile(r"[他她它]|其(?!他|中|余|实|次)|自己|双方|上述|该")


def deeds(
    text: str, sentence: Sentence, cuts: list[Cut], kinds: frozenset[CutKind], known: Salience
) -> Iterator[tuple[int, int, Wording]]:
    """Number of the first and last clause of the deed, and the wording with its subject."""
    clauses = sentence.clauses[:8]
    main = next((n for n, c in enumerate(clauses) if not adverbial(text, c)), len(clauses))
    if main + 1 >= len(clauses) or SPEAKS.search(text[clauses[main].start : clauses[main].end]):
        return
    told = without(clauses[main].start, clauses[main].end, cuts, kinds)
    subject = _subject(text, told)
    if subject is None:
        return
    deed = BY_PERSON if re.fullmatch(NAME, subject.text(text)) else BY_BODY
    for first in range(main + 1, len(clauses)):
        words = text[clauses[first].start : clauses[first].end]
        before = text[clauses[first - 1].start : clauses[first - 1].end]
        if clauses[first - 1].mark not in "，," or known.opening(clauses[first].start) >= SURELY_BARE:
            return
        if SPEAKS.search(before) or CAUSES.match(before):
            return
        announced = first == main + 1 and ANNOUNCES.search(before) and ANNOUNCED.match(words)
        if not announced and not deed.match(words):
            continue
        for last in range(first, len(clauses)):
            if not known.ends(clauses[last], line=True) or not whole(text, clauses[main : last + 1]):
                continue
            rest = without(clauses[first].start, clauses[last].end, cuts, kinds)
            if not REFERS.search(rest.text(text)):
                yield first, last, Wording(subject.parts + rest.parts)


def _subject(text: str, told: Wording) -> Wording | None:
    """The name that the clause begins with, where a verb or what leads to one follows it."""
    size = 0
    tokens = rjieba.tag(told.text(text))
    for number, (word, tag) in enumerate(tokens):
        if not tag.startswith(NOMINAL) or tag == "vn":
            name = told.text(text)[:size]
            if 2 <= size <= LONGEST_SUBJECT and tag[0] in "vpdt" and not NO_SUBJECT.search(name) and number:
                return _first(text, told, size)
            return None
        size += len(word)
    return None


def _first(text: str, told: Wording, size: int) -> Wording:
    parts: list[Span] = []
    for span in told.spans:
        end = span.start
        while end < span.end and size:
            size -= bool(squeeze(text[end : end + 1]))
            end += 1
        parts.append(Span(span.start, end))
        if not size:
            break
    return Wording(tuple(parts))
