"""A text in, its numbers by value out, whether they are written with digits or with characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_UNIT = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("．"): ".", ord("％"): "%"}
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_AFTER = re.compile(r"万亿|千万|百万|亿|万|千|百")
_CHINESE = re.compile(r"(百分之)?([零〇一二两三四五六七八九十百千万亿]+)(?:点([零一二三四五六七八九]+))?")
# Characters after which a Chinese numeral counts something; elsewhere 一 and 万 are mostly parts of words.
COUNTERS = frozenset(
    "年月日号时项个次届场条家起件省市县级倍成天周批期名位人份亿万元吨公亩斤户岁点分秒种类座架艘辆台套部篇章款层所间只头米里度%"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: its value, its place, and the character that follows it."""

    value: float
    start: int
    end: int
    counted: str


def numbers(text: str, *, every: bool = False) -> list[Number]:
    """Numbers in order. Chinese numerals count before a counter, or wherever they stand with `every`."""
    text = text.translate(_FULL_WIDTH)
    found: list[Number] = []
    for match in _ARABIC.finditer(text):
        unit = _AFTER.match(text, match.end())
        end = unit.end() if unit else match.end()
        value = float(match.group().replace(",", "")) * _UNIT[unit.group() if unit else ""]
        found.append(Number(round(value, 4), match.start(), end, text[end : end + 1]))
    for match in _CHINESE.finditer(text):
        after = text[match.end() : match.end() + 1]
        word = match[2]
        ordinal = match.start() > 0 and text[match.start() - 1] == "第"
        if match.start() > 0 and (text[match.start() - 1].isdigit() or text[match.start() - 1] == "."):
            continue
        if every or match[1] or ordinal or (after in COUNTERS and after and not set(word) <= set("一百千万亿")):
            value = chinese_value(word)
            if match[3]:
                value += float("0." + "".join(str(_DIGIT[c]) for c in match[3]))
            found.append(Number(round(value, 4), match.start(), match.end(), "%" if match[1] else after))
    return sorted(found, key=lambda n: n.start)


def masked(text: str) -> str:
    """The text with # for each number, so that 两年六个月 and 2年6个月 read the same."""
    parts, at = [], 0
    for number in numbers(text, every=True):
        if number.start >= at:
            parts += [text[at : number.start], "#"]
            at = number.end
    return "".join(parts) + text[at:]


def chinese_value(word: str) -> float:
    """The value of a numeral in characters: 二〇二四 2024, 一百零五 105, 三万七千 37000."""
    if all(c in _DIGIT for c in word):
        return float("".join(str(_DIGIT[c]) for c in word))
    total = section = digit = 0.0
    for char in word:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SCALE:
            section, digit = section + (digit or 1) * _SCALE[char], 0
        else:
            below = section + digit or 1
            total = (total + section + digit or 1) * 1e8 if char == "亿" else total + below * 1e4
            section, digit = 0, 0
    return total + section + digit
