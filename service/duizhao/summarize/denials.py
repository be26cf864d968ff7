"""Sentences in, which of them tell a rumour or a charge that is denied behind them out, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.summarize.split import Clause, Sentence
from duizhao.types.articles import Genre
from duizhao.types.pages import Span

# Nobody vouches for it: 网传, 据传, 有网友称.
RUMOUR = re.compile(
    r"网传|刷屏|疯传|热传|据传|传闻|传言|谣传|盛传|坊间|网上(?:流传|热传)|消息称|爆料|(?:网上|网络|朋友圈|微信群|社交(?:平台|媒体))[^，。]{0,8}(?:流传|传播|热传|转发|说法|消息|谣言)"
    r"|有(?:网友|网民|人|自媒体|博主|市民|群众|媒体|外媒|说法)[^，。]{0,8}(?:称|说|指|反映|发帖|质疑|报道|认为|担心)|未经证实"
)
# Someone says so who may be wrong.
CHARGE = re.compile(r"媒体[^，。]{0,14}(?:报道|称)|指控|举报|报警[^，。]{0,4}称|接到[^，。]{0,8}报警")
DENIES = re.compile(
    r"不实|谣言|辟谣|谣传|失实|虚假(?:信息|消息)|假(?:消息|新闻|视频|图片)|否认|没有此事|[并查]无此|子虚乌有|不属实|捏造|编造|毫无根据|无中生有|予以澄清|误(?:读|传)|造谣|谎言|(?:纯属|系|属|是)(?:虚构|误会|误解|讹传|杜撰)|以讹传讹|(?:未|没有)发生(?:任何)?[^，。]{0,8}(?:泄漏|事故|异常|情况|案件|伤亡)|未见异常|结论(?:为|系|是|有)?(?:错误|误)|无稽之谈|(?:说法|消息|报道|情况|内容|传言|一说|之说)有误"
)
# Denies a rumour or a charge, and may say something else of a mere report.
REFUTES = re.compile(
    r"并非|似是而非|站不住脚|是(?:一种)?误区|(?:未|没有)发现(?!.{0,8}(?:伤亡|受伤))|不存在|没有[^，。]{2,16}(?:计划|打算|安排)|证据不足|无罪|不成立|不予认定"
)
# The accused says so, and the court does not follow.
PLEADS = re.compile(r"辩[称解护]|上诉[^，。]{0,6}(?:称|提出)")
REJECTS = re.compile(r"不予(?:采纳|采信|支持|认定)|不(?:能)?成立|驳回|不足以采信|于法无据")
# What a sentence says of the one before it, whatever that is.
DENIES_IT = re.compile(
    r"(?:否认了?|驳斥了?)(?:该|这[一些]|上述|有关|相关|此)|(?:该|这[一些则条]?|此|上述|有关|相关|网传|所谓)(?:消息|说法|报道|传言|传闻|信息|内容|视频|言论|指控|指责|帖子|图片|文件)"
    r"[^，。]{0,10}(?:不实|谣|失实|虚假|不属实|捏造|毫无根据|子虚乌有|无中生有)|^[^，。]{0,12}[这此](?:是|系|纯属)(?:谣言|谎言|不实|虚假|捏造)"
)
# Speaks of what was told before, and not to be told without it.
THIS = re.compile(
    r"(?:该|这[一些则条]?|此|上述|有关|相关|网传)(?:消息|说法|报道|传言|传闻|信息|内容|视频|言论|指控|帖子|图片)"
)
NEAR = 4
# A voice that a commentary lets speak before it answers: 有人说，…; 难免有人说三道四 is the writer's own.
VOICE = re.compile(r"^[^，。：；“”]{0,6}有的?[\u4e00-\u9fff]{1,4}(?:称|说|认为|担心|质疑|指)$|网传|传[闻言]|谣传")


@dataclass(frozen=True, slots=True)
class Denial:
    """Where a sentence is denied: the sentence that does it (perhaps the same one) and the clause of it."""

    sentence: int
    clause: int


def denials(text: str, sentences: Sequence[Sentence], genre: Genre = "news") -> dict[int, Denial]:
    """By the number of a sentence that must not be told alone, where it is denied.

    A commentary doubts and denies all along: there a rumour is what it lets another voice say.
    """
    found: dict[int, Denial] = {}
    for number, sentence in enumerate(sentences):
        words = text[sentence.start : sentence.end]
        rumour = RUMOUR.search(words)
        cue = rumour or CHARGE.search(words)
        if cue and genre == "commentary" and not any(_finds(VOICE, text, c) for c in sentence.clauses):
            continue
        if not cue and (plea := PLEADS.search(words)):
            found |= _rejected(text, sentences, number, sentence.start + plea.end())
        elif cue:
            told = next(i for i, c in enumerate(sentence.clauses) if sentence.start + cue.start() < c.end + len(c.mark))
            for later in range(number, min(len(sentences), number + NEAR)):
                first = told if later == number else 0
                clause = _denying(text, sentences[later], first, bool(rumour) or "媒体" not in cue.group())
                if clause is not None:
                    found[number] = Denial(later, clause)
                    break
        elif number + 1 < len(sentences) and not DENIES.search(words):
            clause = next((i for i, c in enumerate(sentences[number + 1].clauses) if _finds(DENIES_IT, text, c)), None)
            if clause is not None:
                found[number] = Denial(number + 1, clause)
    return found


def rumoured(text: str, clause: Clause) -> bool:
    """Whether a clause says that what follows is a rumour: 据传, 有网友称."""
    return _finds(RUMOUR, text, clause)


def denies(text: str, clause: Clause, *, refutes: bool = True) -> bool:
    """Whether a clause says that something is not so; with `refutes` also in words that say it of a rumour alone."""
    return _finds(DENIES, text, clause) or (refutes and _finds(REFUTES, text, clause))


def told_with(spans: Sequence[Span], sentences: Sequence[Sentence], denial: Denial) -> bool:
    """Whether the clause that denies is among the printed spans."""
    at = sentences[denial.sentence].clauses[denial.clause]
    return any(s.start < at.end and at.start < s.end for s in spans)


def _denying(text: str, sentence: Sentence, first: int, refutes: bool) -> int | None:
    """The clause from `first` on that denies; the last one where several in a row do: 证据不足，不予认定."""
    if PLEADS.search(text, sentence.start, sentence.end):
        return None
    clauses = sentence.clauses
    at = next((n for n in range(first, len(clauses)) if denies(text, clauses[n], refutes=refutes)), None)
    while at is not None and at + 1 < len(clauses) and denies(text, clauses[at + 1], refutes=refutes):
        at += 1
    return at


def _rejected(text: str, sentences: Sequence[Sentence], number: int, start: int) -> dict[int, Denial]:
    """Where the plea of a sentence, whose words begin at `start`, is rejected: in it, or in the next one."""
    for later in range(number, min(len(sentences), number + 2)):
        for at, clause in enumerate(sentences[later].clauses):
            if clause.end > start and _finds(REJECTS, text, clause):
                return {number: Denial(later, at)}
    return {}


def _finds(pattern: re.Pattern[str], text: str, clause: Clause) -> bool:
    return pattern.search(text, clause.start, clause.end) is not None
