"""The words of a linked pair in; how specific the local side is and how the two relate out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from duizhao.compare.kinds import names_a_deed, substance
from duizhao.compare.vocabulary import content
from duizhao.text import flat
from duizhao.types.comparisons import Relation, SharedPhrase, Unit
from duizhao_models import background

# Shared phrases of so many characters count as reused wording when their rarities (natural logarithms) sum to so much
# (6.5 is one phrase in one unit of 670) and they make up such a share of what the clause says; more of it is asked for
# where the clause names a measure. Shares of .2 to .6 give a macro-F1 of .63 to .65 on 80 gold links (November 2026);
# of those the strict ones, so that one noun in common is no reuse of wording (a phrase alone of five costs .008).
ECHO_LENGTH, ECHO_RARITY, ECHO_SHARE, ECHO_SHARE_OF_MEASURE = 3, 6.5, 0.5, 0.6
# a phrase alone must be longer than a noun
ECHO_ALONE = 5

# two units of which so much is the same, marks and spaces apart, are one wording
ALIKE = 0.9

# Characters beside common verbs: 奋力推进乡村全面振兴 has four
HEADING = 4
SUBSTANCE = 0.5  # share of a text that must be left without set phrases

# ends what the words after it name, in the same clause; what stands on the other side may refuse it in softer words
_END = "取消|停止|暂停|中止|终止|废止|放弃|叫停|不再"
_ENDS, _REFUSES = (
    re.compile(rf"(?:{words})[^，,。；;：:、]{{0,6}}$")
    for words in (_END, f"{_END}|禁|不得|不准|不能|杜绝|遏制|防止|避免|破除|清理|打破|减少|压减")
)

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
    """0 slogan, 1 direction, 2 named measure, 3 quantified. What is mostly words of loyalty is a slogan."""
    said = substance(text)
    if len(said) < SUBSTANCE * len(text):
        return 0
    if _QUANTITY.search(said):
        return 3
    if _NAMED.search(said):
        return 2
    return int(names_a_deed(said))


def is_heading(text: str) -> bool:
    """Whether a unit says no more than a heading does: one clause that names an object in a few characters."""
    return is_short(text, HEADING) and specificity(text) <= 1


def is_short(text: str, most: int) -> bool:
    """Whether a unit is one clause with at most so many characters beside common verbs."""
    bare = text.rstrip("，。；;")
    return not re.search("[，；、]", bare) and len(content(bare)) <= most


def opposed(central: Unit, local: Unit, phrases: Sequence[SharedPhrase]) -> bool:
    """Whether one side asks for what the other one ends: 实施专项行动, 取消专项行动."""
    before = [
        (central.text[: p.central.start - central.start], local.text[: p.local.start - local.start]) for p in phrases
    ]
    sides = [side for one, other in before for side in ((one, other), (other, one))]
    return any(_ENDS.search(one) and not _REFUSES.search(other) for one, other in sides)


def relation(central: str, local: str, quote: str, phrases: Sequence[SharedPhrase]) -> Relation:
    """What kind of link it is: reused wording, a named measure for the demand, or only the same object.

    `quote` is the clause of the local unit that is nearest to the demand.
    """
    if _alike(central, local):
        return "verbatim"
    quote = flat(quote)
    echoes = [p.text for p in phrases if p.text in quote and len(p.text) >= ECHO_LENGTH]
    rarity = sum(map(background.load().rarity, echoes))
    share = sum(len(content(e)) for e in echoes) / max(1, len(content(quote)))
    reused = len(echoes) > 1 or any(len(e) >= ECHO_ALONE for e in echoes)
    if reused and rarity >= ECHO_RARITY and share >= (ECHO_SHARE if specificity(quote) < 2 else ECHO_SHARE_OF_MEASURE):
        return "verbatim"
    return "concretised" if specificity(flat(local)) >= 2 else "same_theme"


def _alike(central: str, local: str) -> bool:
    """Whether two units say the same in the same words, but for marks, spaces and a few characters."""
    one, other = (re.sub(r"\W+", "", flat(text)) for text in (central, local))
    if not one or not ALIKE < len(one) / max(1, len(other)) < 1 / ALIKE:
        return one == other
    same = SequenceMatcher(None, one, other, autojunk=False)
    return same.quick_ratio() >= ALIKE and same.ratio() >= ALIKE
