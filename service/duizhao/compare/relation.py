"""The words of a linked pair in; how specific the local side is and how the two relate out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.compare.kinds import names_a_deed
from duizhao.compare.vocabulary import content
from duizhao.types import Relation, SharedPhrase
from duizhao_models import background

# A shared phrase of this rarity, with so many characters beyond common verbs, is a reuse of policy wording.
# 6.5 is one unit of 670.
ECHO_RARITY, ECHO_LENGTH = 6.5, 3

# Share of the clause that reused wording makes up when a named measure in it still counts as reuse of wording
ECHO_SHARE = 0.4

_UNITS = (
    "个|项|家|处|座|所|场|套|条|户|人|名|批次|公里|千米|平方|亩|公顷|吨|斤|台|辆|列|张|件|类|次|种|"
    "万|亿|元|千瓦|百分点|％|%|倍|天|小时|分钟|对|支|宗|只|期|环节"
)
_QUANTITY = re.compile(
    rf"[0-9０-９][0-9０-９.,，]*(?:多|余)?(?:{_UNITS})|(?:[一二两三四五六七八九十百千]+)(?:万|亿|个百分点|成以上)|百分之[一二三四五六七八九十百零]+"
)
_NAMED = re.compile(
    r"《|“[^”]{2,14}”|(?:行动|工程|计划|专项|会战|攻坚战|保卫战|试点|示范区|先行区|试验区|园区|基地|平台|基金|清单|专班|国债|补贴|奖补|条例|办法|"
    r"标准体系|名录|图谱|台账|目录|机制|制度|政策)|[二两三四五六七八九十]+(?:大|项|条|个)"
)


def specificity(text: str) -> int:
    """0 slogan, 1 direction, 2 named measure, 3 quantified."""
    if _QUANTITY.search(text):
        return 3
    if _NAMED.search(text):
        return 2
    return int(names_a_deed(text))


def relation(quote: str, local_text: str, phrases: Sequence[SharedPhrase]) -> Relation:
    """What kind of link it is: reused wording, a named measure for the demand, or only the same object.

    `quote` is the clause of the local unit that is nearest to the demand. Wording counts first where that clause
    names no measure, or is made up of the wording to a good part.
    """
    rarity = background.load().rarity
    echoes = [
        p.text
        for p in phrases
        if p.text in quote and len(content(p.text)) >= ECHO_LENGTH and rarity(p.text) >= ECHO_RARITY
    ]
    share = sum(map(len, echoes)) / max(1, len(quote))
    if echoes and (specificity(quote) < 2 or share >= ECHO_SHARE):
        return "verbatim"
    return "concretised" if specificity(local_text) >= 2 else "same_theme"
