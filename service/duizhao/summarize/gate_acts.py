"""A generated sentence and its source in, why it may not be printed out: who did what, and with which verb.

Part of the truth gate: each check finds words that all stand in the source, and yet were put together wrongly.
"""

from __future__ import annotations

import re

from duizhao.summarize.attribute import attribute
from duizhao.summarize.outline import Outline
from duizhao.summarize.papers import PAPER
from duizhao.summarize.people import NAME
from duizhao.summarize.render import squeeze
from duizhao.summarize.speech import LEAD_IN, VERB, manner

ACT = re.compile(rf"(?P<who>{NAME})(?:在[^，。]{{1,16}})?(?P<act>主持召开|主持|出席|会见|致辞|作报告|率队|赴|到)")
# What was done with a paper; the longest first.
DONE_WITH = re.compile(
    r"(?:审议(?:并)?(?:原则)?通过|表决通过|原则通过|讨论通过|通过|审议|审定|听取|传达|学习|印发|发布|公布|出台|研究|讨论|修订|起草|签署)了?"
)
DEMANDED = re.compile(r"(?:^|[，；。、])要(?P<verb>[\u4e00-\u9fff]{2})")
MODAL = re.compile(rf"要|应|须|将|拟|希望|愿|力争|{VERB}[，：]")
FURTHEST = 40


def refuse(words: str, near: str, outline: Outline) -> str | None:
    """The first reason not to print `words`; `near` are the source sentences that hold most of them."""
    whole = squeeze(outline.text)
    return _actor(words, whole) or _papers(words, whole) or _manner(words, outline) or _demand(words, near)


def _actor(words: str, whole: str) -> str | None:
    """Who is told to have been in the chair, to have come or to have met someone, did so in the source."""
    for match in ACT.finditer(words):
        pattern = rf"{re.escape(match['who'])}[^。；\n]{{0,{FURTHEST}}}?{match['act']}"
        if not re.search(pattern, whole):
            return f"name: the source does not let {match['who']} do this ({match['act']})"
    return None


def _papers(words: str, whole: str) -> str | None:
    """A paper keeps its verb: one that was 审议 was not 审议通过."""
    for match in PAPER.finditer(words):
        told = _verb_of(words, match.start())
        known = {_verb_of(whole, at) for at in _places(whole, match.group())}
        if told and known and told not in known and any(known):
            return f"status: the source does not say {told} of {match.group()}"
    return None


def _verb_of(text: str, paper: int) -> str:
    """The verb that governs the paper at `paper`: the last one before the list that it stands in."""
    start = max(text.rfind(mark, 0, paper) for mark in "。；\n，")
    before = PAPER.sub("", text[start + 1 : paper])
    verbs = DONE_WITH.findall(before)
    return re.sub("[并了]", "", verbs[-1]) if verbs else ""


def _places(text: str, paper: str) -> list[int]:
    return [m.start() for m in re.finditer(re.escape(paper), text)]


def _manner(words: str, outline: Outline) -> str | None:
    """What was decided is not told as said, and what was said is not told as decided."""
    match = LEAD_IN.match(words)
    if not match:
        return None
    told, said = manner(match["verb"]) == "decides", words[match.end() :].strip("，：。")
    origin = attribute(said, outline.text, outline.sentences, 1)[0] if said else []
    manners = {s.speaker.manner == "decides" for i in origin if (s := outline.speech[i])}
    if manners and told not in manners:
        return f"status: {match['verb']} is not what the source says here"
    return None


def _demand(words: str, near: str) -> str | None:
    """A demand is not told as done: its verb keeps a modal word or a speaker before it."""
    for match in DEMANDED.finditer(near):
        at = words.find(match["verb"])
        if at >= 0 and near.count(match["verb"]) == 1 and not MODAL.search(words[:at]):
            return f"status: {match['verb']} is a demand in the source"
    return None
