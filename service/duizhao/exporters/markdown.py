"""Digests and comparisons in, Markdown out; text of articles is escaped, so that it stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao import digest as digests
from duizhao.exporters import _comparison_markdown, _digest_markdown, labels, rows
from duizhao.exporters import digest_facts as facts
from duizhao.types.articles import SegmentedPage
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Digest, DigestEntry

SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split("\n")).translate(ENTITIES))


def segmented(pages: Sequence[SegmentedPage]) -> str:
    """The articles of each page, with their fields in printed order."""
    return _join([line for page in pages for line in _segmented(page)])


def digest(d: Digest, *, title: str | None = None) -> str:
    """A digest for reading: headline, where it comes from, summary."""
    title = title or facts.TITLE
    if digests.is_long(d):
        out = list(_digest_markdown.lines(d, title, escape))
    else:
        out = [f"# {escape(title)}", "", _pages_line(d), ""]
        for entry in d.entries:
            out += _entry(entry)
    if d.failures:
        out += ["## 未能处理", ""]
        out += [f"- {escape(rows.failure_line(f))}" for f in d.failures] + [""]
    if d.warnings:
        out += ["## 提示", ""] + [f"- {escape(labels.saying(w))}" for w in d.warnings] + [""]
    out += ["---", "", *rows.method_notes(d)]
    return _join(out)


def comparison(found: Sequence[Comparison]) -> str:
    """One or several comparisons with one central text."""
    return _join([*_comparison_markdown.lines(found, escape), "---", "", labels.REPORT_NOTE])


def _segmented(result: SegmentedPage) -> list[str]:
    out = [f"# {escape(rows.page_name(result.page))}", ""]
    for a in result.articles:
        out += [f"## {escape(a.title) or '（无标题）'}", ""]
        facts = [labels.ARTICLE_KINDS[a.kind], labels.GENRES[a.identity.genre], labels.LEVELS[a.identity.level]]
        out += [f"*{a.id} · {' · '.join(facts)}*", ""]
        for field in (a.column, a.byline, a.continued_from):
            if field and not field.inline:
                out += [escape(field.text), ""]
        for paragraph in a.paragraphs:
            out += [escape(paragraph.text), ""]
        for field in (*a.captions, *([a.continues_on] if a.continues_on else [])):
            out += [f"*{escape(field.text)}*", ""]
    if result.furniture:
        out += ["## 版面要素", ""]
        out += [f"- {labels.FURNITURE.get(f.role, f.role)}：{escape(f.text)}" for f in result.furniture] + [""]
    if result.warnings:
        out += ["## 提示", ""] + [f"- {escape(labels.saying(w))}" for w in result.warnings] + [""]
    return out


def _entry(e: DigestEntry) -> list[str]:
    a, s = e.article, e.summary
    facts = [labels.LEVELS[a.identity.level], labels.GENRES[a.identity.genre]]
    if a.identity.issuer:
        facts.append(a.identity.issuer.text)
    if s.continued and a.jump:
        facts.append(f"未完，转第{a.jump.page}版")
    out = [f"## {escape(rows.entry_title(e))}", "", f"*{' · '.join(escape(f) for f in facts)}*", ""]
    out += [escape(s.texts.get("summary") or s.texts.get("brief") or ""), ""]
    if short := rows.short_title(e):
        out += [f"拟题：{escape(short)}", ""]
    return out


def _pages_line(d: Digest) -> str:
    names = []
    for p in d.pages:
        parts = [rows.page_name(p), p.date or "", f"第{p.number}版" if p.number else ""]
        names.append(" ".join(x for x in parts if x))
    return escape("；".join(names) + f"　共 {len(d.entries)} 篇")


def _join(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"
