"""A digest of many pages in, its lines of Markdown out: counts, main news, sections by theme and level, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from duizhao import digest as digests
from duizhao.exporters import digest_facts as facts
from duizhao.exporters import labels
from duizhao.types.digests import Digest, DigestEntry
from duizhao.types.pages import Page


def lines(d: Digest, title: str, escape: Callable[[str], str]) -> Iterator[str]:
    """The report down to its sources; failures and warnings are those of every digest."""
    pages = {p.id: p for p in d.pages}
    yield from (f"# {escape(title)}", "", facts.period(d), "", facts.overview(d), "", "## 要点", "")
    for number, entry in enumerate(digests.highlights(d), 1):
        yield f"{number}. **{escape(facts.title(entry))}** {escape(facts.brief(entry))}"
    yield from ("", "## 主题与层级", "", *_table(d), "")
    for section in digests.sections(d):
        yield from (f"## {escape(facts.theme_name(section.theme))}（{section.total}篇）", "")
        for group in section.groups:
            yield from (f"### {labels.LEVELS[group.level]}", "")
            for entry in group.entries:
                yield from _entry(entry, pages, escape)
    yield from ("## 来源版面", "")
    for number, page in enumerate(d.pages, 1):
        yield f"{number}. {escape(facts.place(page))}　{escape(page.source)}"
    yield ""


def _table(d: Digest) -> Iterator[str]:
    levels = digests.level_counts(d)
    yield "| 主题 | " + " | ".join(labels.LEVELS[level] for level in levels) + " | 合计 |"
    yield "| --- |" + " ---: |" * (len(levels) + 1)
    for section in digests.sections(d):
        counts = " | ".join(str(n or "") for n in section.counts.values())
        yield f"| {facts.theme_name(section.theme)} | {counts} | {section.total} |"
    yield "| 合计 | " + " | ".join(map(str, levels.values())) + f" | {len(d.entries)} |"


def _entry(e: DigestEntry, pages: dict[str, Page], escape: Callable[[str], str]) -> Iterator[str]:
    told = [facts.source(e, pages)]
    if e.article.identity.issuer:
        told.append(f"发布：{e.article.identity.issuer.text}")
    told += [part for part in (facts.reprinted(e, pages), facts.note(e)) if part]
    yield from (f"#### {escape(facts.title(e))}", "", escape(facts.brief(e)), "")
    yield from (f"*{escape('；'.join(told))}*", "")
