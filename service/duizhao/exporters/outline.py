"""Headings in, numbered headings out, as official documents number them: 一、（一）1.（1）; dates likewise."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Outline:
    """Counts the headings of a document on four levels."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def number(self, level: int, text: str) -> str:
        """The heading with its number; level 1 to 4, a heading starts the levels below it anew."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        n = self._counts[level - 1]
        return (f"{chinese_number(n)}、", f"（{chinese_number(n)}）", f"{n}.", f"（{n}）")[level - 1] + text


def chinese_number(n: int) -> str:
    """1 to 9999 in Chinese numerals (一 … 十 … 二十一 … 一百零五); digits beyond."""
    if not 0 < n < 10_000:
        return str(n)
    digits = str(n)
    out = "".join(DIGITS[int(d)] + PLACES[len(digits) - i - 1] if d != "0" else "零" for i, d in enumerate(digits))
    out = re.sub("零+", "零", out).rstrip("零")
    return out[1:] if out.startswith("一十") else out


def chinese_date(date: str | None) -> str:
    """2025-03-05 as 2025年3月5日; anything else as it is."""
    match = ISO_DATE.fullmatch(date or "")
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else date or ""
