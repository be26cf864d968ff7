"""News items in, short plain texts out, with the owner of every stretch: what web sites and news desks give.

An owner is (start, end, article, role, paragraph, place in the true order).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Owner = tuple[int, int, int, str, int, int]

PLACES = ("清泽", "江原", "东浦", "云麓", "青禾")
SURNAMES, GIVEN = "周林韩苏何高徐马宋彭江许赵顾", "子墨晓舟冬一鸣思齐远航春燕骁佳宁可帆诺文博海峰"
# Every so many-th row of the run-together items is kept for the benchmark.
HELD_OUT = 10
NUMERALS = "一二三四五六七八九"
# An item of its own paper's kind opens with one of these (or with nothing).
OPENING = re.compile(
    r"^[^，。]{0,40}?(?:[0-9]{1,2}日电|讯|消息)\s*(?:[（(][^（()）]{1,60}[）)])?[：:]?\s*|^[（(][^（()）]*(?:记者|通讯员)[^（()）]*[）)]\s*"
)


def plain_page(rnd: random.Random, items: list[dict[str, Any]]) -> tuple[str, list[Owner]]:
    """Text and owners of a short page: heads over bodies."""
    style = _Style(rnd)
    drawn = rnd.sample(items, rnd.choice([1, 1, 2, 2, 2, 3, 3, 4, 5, 6]))
    lines: list[tuple[str, int, str, int]] = []
    for number, item in enumerate(drawn):
        body = _with_headings(rnd, item["paragraphs"][: rnd.choice([1, 2, 3, 4, 6, 9, 14])])
        kind = rnd.random()
        heads = (
            []
            if kind < 0.06 and len(drawn) > 1
            else [("kicker", item.get("kicker")), ("title", item["title"]), ("sub", item.get("sub"))]
        )
        stray = 0.06 <= kind < 0.12 and len(drawn) > 1
        opening, byline = style.opening(rnd, headless=not heads)
        if lines and (style.blank or style.blank_items):
            lines.append(("", -1, "", 0))
        for role, text in [*heads, ("byline", byline)]:
            if text and not (stray and role == "byline"):
                lines.append((text, number, role, 0))
                if style.blank or style.blank_heads:
                    lines.append(("", -1, "", 0))
        if stray:
            continue
        for k, (paragraph, heading) in enumerate(body):
            text = opening + OPENING.sub("", paragraph) if k == 0 else paragraph
            lines += [(part, number, "body", 100 * number + k + 1) for part in style.wrap(text, heading=heading)]
            if style.blank:
                lines.append(("", -1, "", 0))
    text, order = "", 0
    owners: list[Owner] = []
    for line, article, role, place in lines:
        at = len(text) + len(line) - len(line.lstrip())
        if line.strip():
            rank = {"title": 1, "kicker": 0, "sub": 2, "byline": 3}.get(role, 4)
            owners.append(
                (at, len(text) + len(line), article, role, place, article * 1_000_000 + rank * 100_000 + order)
            )
            order += 1
        text += line + "\n"
    return text, owners


def bodies(rnd: random.Random, runs: list[dict[str, Any]], items: list[dict[str, Any]]) -> tuple[str, list[Owner]]:
    """Text and owners without any head: items run together, or the paragraphs of one article."""
    if rnd.random() < 0.5:
        row = rnd.choice(runs)
        stops = [sum(row["boundaries"][: k + 1]) for k in range(len(row["boundaries"]))]
        texts, at = [], 0
        for line in row["body"].split("\n"):
            middle = at + len(line) / 2
            texts.append((line, sum(stop + k < middle for k, stop in enumerate(stops))))
            at += len(line) + 1
    else:
        texts = [(p, 0) for p in rnd.choice(items)["paragraphs"][: rnd.choice([2, 3, 5, 8, 14])]]
    text, owners = "", []
    joint = rnd.choice(["\n", "\n", "\n\n"])
    for k, (line, number) in enumerate(texts):
        if line.strip():
            owners.append((len(text), len(text) + len(line), number, "body", k + 1, k))
        text += line + joint
    return text, owners


class _Style:
    """How a plain page is set."""

    def __init__(self, rnd: random.Random) -> None:
        self.width = rnd.choice([0, 0, 0, 15, 17, 20, 24, 30, 40])
        self.indent = rnd.choice(["", "", "\u3000\u3000", "  "])
        self.blank = rnd.random() < 0.6
        self.blank_heads = rnd.random() < 0.5
        self.blank_items = rnd.random() < 0.85
        self.openings = rnd.choice(["report", "reporter", "agency", "byline", "none", "mixed", "mixed"])

    def opening(self, rnd: random.Random, *, headless: bool) -> tuple[str, str]:
        """What stands at the opening of a body, and a byline of its own line."""
        name = rnd.choice(SURNAMES) + "".join(rnd.sample(GIVEN, rnd.choice([1, 2])))
        place, day = rnd.choice(PLACES), f"{rnd.randint(1, 12)}月{rnd.randint(1, 28)}日"
        kind = (
            rnd.choice(["report", "reporter", "agency", "byline", "none"])
            if self.openings == "mixed"
            else self.openings
        )
        if headless and kind in ("none", "byline"):
            kind = "report"
        who = rnd.choice([f"（记者 {name}）", f"（记者{name}）", f"（本报记者 {name} 通讯员 {name[0]}宁）", ""])
        report = rnd.choice(["本报讯", "本报讯 ", f"{place}日报讯", "本报讯"])
        return {
            "report": (f"{report}{who}" if who else f"{report} ", ""),
            "reporter": (f"（记者 {name}）", ""),
            "agency": (f"新华社{place}{day}电 {who}", ""),
            "byline": ("", rnd.choice([f"本报记者 {name}", f"记者 {name}"])),
            "none": ("", ""),
        }[kind]

    def wrap(self, text: str, *, heading: bool) -> list[str]:
        """A paragraph as printed lines."""
        text = self.indent + text if not heading or self.indent else text
        if not self.width:
            return [text]
        lines = []
        while text:
            at = self.width
            while at < len(text) and text[at] in "，。、；：！？）》”’":
                at += 1
            lines.append(text[:at])
            text = text[at:].lstrip()
        return lines


def _with_headings(rnd: random.Random, paragraphs: list[str]) -> list[tuple[str, bool]]:
    """Some articles get headings, made of clauses of the paragraphs that they stand over."""
    body = [(p, False) for p in paragraphs]
    if len(paragraphs) < 4 or rnd.random() < 0.65:
        return body
    numbered, out, count = rnd.random() < 0.6, [], 0
    for k, (paragraph, _) in enumerate(body):
        clause = re.split("[，。；：、！？]", paragraph)[rnd.choice([0, 1]) if "，" in paragraph else 0]
        if k and count < 9 and 4 <= len(clause) <= 14 and rnd.random() < 0.5:
            mark = rnd.choice(["{}、", "{}、", "（{}）"]).format(NUMERALS[count]) if numbered else ""
            out.append((mark + clause, True))
            count += 1
        out.append((paragraph, False))
    return out


def items_of(shared: Path, used: set[str]) -> list[dict[str, Any]]:
    """Articles with a headline: items of broadcast news, and articles of a paper that are used for no measuring."""
    rnd = random.Random(3)
    items = []
    for row in _rows(shared / "data/train/headlines.jsonl.gz"):
        paragraphs = [p.strip() for p in row["body"].split("\n") if len(p.strip()) > 15]
        if paragraphs and rnd.random() < 0.15:
            items.append({"title": row["title"], "paragraphs": paragraphs})
    for page in _rows(shared / "data/pages/rmrb_pages.jsonl.gz"):
        for a in page["articles"]:
            paragraphs = [p.strip() for p in (a.get("body") or "").split("\n") if len(p.strip()) > 15]
            if a.get("title") and a["id"] not in used and paragraphs and rnd.random() < 0.4:
                sub = a.get("subtitle") if len(a.get("subtitle") or "") < 60 else None
                items.append({"title": a["title"], "kicker": a.get("kicker"), "sub": sub, "paragraphs": paragraphs})
    return items


def runs_of(shared: Path) -> list[dict[str, Any]]:
    """Bodies of several items run together, without those of the benchmark."""
    return [row for k, row in enumerate(_rows(shared / "data/train/multi_item.jsonl.gz")) if k % HELD_OUT]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
