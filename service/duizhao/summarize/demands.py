"""The clauses of a sentence that demands something in, the runs of them that tell one demand whole out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from duizhao.summarize.frames import INVITATION
from duizhao.summarize.speech import DEMAND
from duizhao.summarize.split import Clause
from duizhao.summarize.wholeness import IMPERATIVE, OWN_SUBJECT, conditional, dependent, lifted
from duizhao.types.pages import Span

FURTHEST = 10
LONGEST = 3
# 甲具有战略意义，应该…: a modal word that opens its clause has its subject in the clause before.
BARE_MODAL = re.compile(rf"应该|应当|必须|须|需要|应(?![用对急邀]|{INVITATION})")
LEANS = re.compile(r"要?(?:按照|根据|围绕|坚持以|以|聚焦|立足|着眼)")
# 要看到，同发达国家相比，我国…: what is to be seen is no demand; 要 must not come before it.
SEES = re.compile(
    r"(?:[清充深更全始][醒楚分刻加面终]地?|[也还])?(?:看到|认识|意识到|明白|知道|懂得|[相坚]信|注意到|承认|想到)"
)
# 一是明年要甲，乙: what is counted or dated is this demand alone.
COUNTED = re.compile(r"[一二三四五六七八九十]是|[年月季底]")
Run = tuple[list[Clause], tuple[Span | str, ...]]


def runs(
    text: str, clauses: Sequence[Clause], marker: int, word: Span, stands: Callable[[Sequence[Clause]], bool]
) -> Iterator[Run]:
    """Runs from the clause `marker` on, each with what must be printed before it.

    `word` is the modal word of the first demand (要, 各地要), which later clauses take over. A condition or an object
    that stands before its demand (对…的, 因…的, 除…外) is never parted from it; a phrase that says what the demand is
    about may go with it. `stands` tells whether clauses can be printed as a sentence.
    """
    end = min(len(clauses), marker + FURTHEST)
    seen = bool(SEES.match(text, word.end) or COUNTED.search(text[word.start : word.end]))
    for first in range(marker, end):
        opening = text[clauses[first].start : clauses[first].end]
        own = bool(DEMAND.match(opening))
        if first > marker and not own and OWN_SUBJECT.search(opening):
            continue
        bound = first > 0 and (conditional(text, clauses[first - 1]) or bool(BARE_MODAL.match(opening)))
        if (bound or seen) and first > marker:
            continue
        head: tuple[Span | str, ...] = (word,) if first > marker and not own and word.end > word.start else ()
        for last in range(first, min(end, first + LONGEST)):
            run = list(clauses[first : last + 1])
            if not stands(run):
                continue
            if not bound:
                yield run, head
            if (
                first == marker
                and first
                and not dependent(text, clauses[first - 1])
                and stands([clauses[first - 1], *run])
            ):
                yield [clauses[first - 1], *run], ()
        if not bound and not LEANS.match(opening) and stands([clauses[first]]):
            joining = [n for n in range(first + 1, end) if _joins(text, clauses, n) and stands([clauses[n]])]
            for places in (p for size in (1, 2) for p in combinations(joining, size)):
                later = [clauses[first], *(clauses[n] for n in places)]
                if places != tuple(range(first + 1, first + 1 + len(places))) and not lifted(text, later):
                    yield later, head


def _joins(text: str, clauses: Sequence[Clause], later: int) -> bool:
    """Whether a later clause can follow an earlier one directly."""
    words = text[clauses[later].start : clauses[later].end]
    return bool(IMPERATIVE.match(words)) and not conditional(text, clauses[later - 1])
