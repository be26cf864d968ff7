"""A text and what of it is printed in, whether a construction with two halves (宁可…不可) lost one of them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.types.pages import Span

# 应某某邀请 tells at whose invitation, 应落实 what has to be done: only the second is a demand.
INVITATION = r"[^，。；]{1,40}(?:邀请|请求|之邀)(?:[，,对来访赴于在将率]|出席|参加|$)"
# First half and second half. A second half that the source does not have is not missed.
PAIRED = tuple(
    (re.compile(first), re.compile(second))
    for first, second in (
        (rf"应(?={INVITATION})", "邀请|请求|之邀"),
        ("宁[可愿肯]", "不可|不能|不愿|不让|也不|也要|[决绝]不|勿"),
        ("与其", "不如|毋宁"),
        ("不是", "而是"),
        ("不仅|不但|不只是|不单", "而且|还|也|更|甚至|并且|反而"),
        ("既(?![然定往得])", "又|也|还|更"),
        ("虽然|尽管", "但|却|仍|依然|还是"),
        ("如果|假如|倘若|一旦", "就|则|那么|便|都|也"),
        ("[只唯]有", "才|方能|方可"),
        ("只要", "就|便|都"),
        ("无论|不管|不论", "都|也|均|总"),
        (r"再[远大多高长深难苦好](?=[^，。；]{0,12}(?:，|。|$))", "也|都"),
        ("一方面", "另一方面"),
        (r"从(?=[^，。；]{2,50}，\s*再?到)", "到"),
    )
)
ANY_FIRST = re.compile("|".join(first.pattern for first, _ in PAIRED))
STOP = re.compile(r"[。！？!?；;]")
MARKS = "，,、：；。\n \u3000"
FURTHEST = 160


def parted(text: str, printed: Sequence[Span]) -> bool:
    """Whether one half of a construction of `text` is among the `printed` spans and the other is not."""
    if not printed:
        return False
    start, end = printed[0].start, printed[-1].end
    earliest = max(0, start - FURTHEST)
    start = max(earliest, *(text.rfind(mark, earliest, start) + 1 for mark in "。！？；"))
    beyond = min(len(text), end + FURTHEST)
    if not ANY_FIRST.search(text, start, beyond):
        return False
    for first, second in PAIRED:
        for match in first.finditer(text, start, beyond):
            if match.start() >= end:
                break
            seconds = [m.start() for m in second.finditer(text, match.end(), _reach(text, match.end()))]
            told = [at for at in seconds if _among(at, printed)]
            if _among(match.start(), printed):
                if seconds and not told:
                    return True
            # a second half inside its clause can stand alone; one that opens a clause leans on the first
            elif any(text[at - 1] in MARKS for at in told):
                return True
    return False


def left_open(words: str, source: str) -> bool:
    """The same for wording without places: a first half in `words` that is closed in `source` and not here."""
    for first, second in PAIRED:
        for match in first.finditer(source):
            here = re.search(rf"(?:^|[，；。：]){re.escape(match.group())}", words)
            closed = second.search(source, match.end(), _reach(source, match.end()))
            if here and closed and not second.search(words, here.end()):
                return True
    return False


def _reach(text: str, start: int) -> int:
    """Where the sentence ends in which `start` stands."""
    end = min(len(text), start + FURTHEST)
    stop = STOP.search(text, start, end)
    return stop.start() if stop else end


def _among(at: int, spans: Sequence[Span]) -> bool:
    return any(s.start <= at < s.end for s in spans)
