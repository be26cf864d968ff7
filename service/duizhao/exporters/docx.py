"""Digests and comparisons in, Word files in the layout of official documents (GB/T 9704) out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from duizhao import digest as digests
from duizhao.exporters import _comparison_word, _digest_word, labels, rows
from duizhao.exporters import digest_facts as facts
from duizhao.exporters._gongwen import build
from duizhao.exporters._wordml import Element, paragraph, run
from duizhao.exporters.outline import Outline, chinese_date
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Digest, DigestEntry
from duizhao.types.pages import Page

NO_LEVEL = "层级未标明"


def digest(d: Digest, *, title: str | None = None) -> bytes:
    """A digest: entries by level, each with its summary and where it comes from; failures and warnings are kept."""
    outline = Outline()
    title = title or facts.TITLE
    body = list(_digest_word.body(d, title, outline)) if digests.is_long(d) else _entries(d, title, outline)
    if d.failures:
        body.append(_heading(outline, 1, "未能处理"))
        body += [paragraph("BodyText", rows.failure_line(f)) for f in d.failures]
    if d.warnings:
        body.append(_heading(outline, 1, "提示"))
        body += [paragraph("BodyText", labels.saying(w)) for w in d.warnings]
    body += [paragraph("Closing", note) for note in rows.method_notes(d)]
    return build(body, title=title)


def comparison(found: Sequence[Comparison]) -> bytes:
    """One or several comparisons; several get an overview first and a heading each."""
    return build(_comparison_word.body(found, Outline()), title=_comparison_word.TITLE)


def _entries(d: Digest, title: str, outline: Outline) -> list[Element]:
    """The body of a short digest."""
    pages = {p.id: p for p in d.pages}
    body = [paragraph("Title", title), paragraph("Subtitle", _sources(d))]
    entries = sorted(d.entries, key=lambda e: list(labels.LEVELS).index(e.article.identity.level))
    for level, group in groupby(entries, key=lambda e: e.article.identity.level):
        body.append(_heading(outline, 1, labels.LEVELS[level] if level else NO_LEVEL))
        for entry in group:
            body += _entry(outline, entry, pages.get(entry.article.page_id))
    if not entries:
        body.append(paragraph("BodyText", "没有可以摘编的文章。"))
    return body


def _entry(outline: Outline, e: DigestEntry, page: Page | None) -> list[Element]:
    a, s = e.article, e.summary
    body = [_heading(outline, 2, rows.entry_title(e))]
    text = s.texts.get("summary") or s.texts.get("brief") or s.texts.get("long") or ""
    body += [paragraph("BodyText", part) for part in text.splitlines() if part.strip()]
    facts = [_page_name(page)] if page else []
    if a.identity.issuer:
        facts.append(f"发布：{a.identity.issuer.text}")
    facts.append(f"文体：{labels.GENRES[a.identity.genre]}")
    if e.themes:
        facts.append(f"主题：{'、'.join(e.themes)}")
    source: list[str | Element] = [f"来源：{'；'.join(facts)}。"]
    if s.continued:
        source.append(run(f"（未完，转第{a.jump.page}版）" if a.jump else "（未完）", bold=True))
    body.append(paragraph("Source", *source))
    if short := rows.short_title(e):
        body.append(paragraph("Source", f"拟题：{short}"))
    return body + [paragraph("Notice", f"提示：{labels.saying(w)}") for w in s.warnings]


def _heading(outline: Outline, level: int, text: str) -> Element:
    return paragraph(f"Heading{level}", outline.number(level, " ".join(text.split("\n"))))


def _sources(d: Digest) -> str:
    return "；".join(_page_name(p) for p in d.pages) + f"　共{len(d.entries)}篇"


def _page_name(p: Page) -> str:
    parts = (rows.page_name(p), chinese_date(p.date), f"第{p.number}版" if p.number else "")
    return "　".join(part for part in parts if part)
