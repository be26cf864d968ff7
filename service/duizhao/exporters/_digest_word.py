"""A digest of many pages in, the body of its Word file out: counts, main news, sections by theme and level, sources."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao import digest as digests
from duizhao.exporters import digest_facts as facts
from duizhao.exporters import labels
from duizhao.exporters._wordml import Element, cell, paragraph, run, table
from duizhao.exporters.outline import Outline
from duizhao.types.digests import Digest, DigestEntry
from duizhao.types.pages import Page

# twentieths of a point; they add up to the type area of 156 mm
COUNT_WIDTHS = (3025, 970, 970, 970, 970, 970, 970)
SOURCE_WIDTHS = (900, 4245, 3700)


def body(d: Digest, title: str, outline: Outline) -> Iterator[Element]:
    """Everything down to the sources; failures and warnings are those of every digest."""
    pages = {p.id: p for p in d.pages}
    yield paragraph("Title", title)
    if facts.period(d):
        yield paragraph("Subtitle", facts.period(d))
    yield paragraph("BodyText", facts.overview(d))
    yield _heading(outline, 1, "要点")
    for number, entry in enumerate(digests.highlights(d), 1):
        text = facts.title(entry)
        yield paragraph("BodyText", run(f"{number}.{text}", bold=True), _stop(text), facts.brief(entry))
    yield _heading(outline, 1, "主题与层级")
    yield from _counts(d)
    for section in digests.sections(d):
        yield _heading(outline, 1, f"{facts.theme_name(section.theme)}（{section.total}篇）")
        for group in section.groups:
            yield _heading(outline, 2, labels.LEVELS[group.level] if group.level else "层级未标明")
            for entry in group.entries:
                yield from _entry(outline, entry, pages)
    yield _heading(outline, 1, "来源版面")
    lines = [
        (cell(str(n), style="TableNumber"), cell(facts.place(p)), cell(p.source)) for n, p in enumerate(d.pages, 1)
    ]
    yield table(SOURCE_WIDTHS, ("序号", "版面", "文件"), lines)
    yield paragraph("TableNote", "")


def _entry(outline: Outline, e: DigestEntry, pages: dict[str, Page]) -> Iterator[Element]:
    yield _heading(outline, 3, facts.title(e))
    yield paragraph("BodyText", facts.brief(e))
    told = [facts.source(e, pages)]
    if e.article.identity.issuer:
        told.append(f"发布：{e.article.identity.issuer.text}")
    told += [part for part in (facts.reprinted(e, pages), facts.note(e)) if part]
    yield paragraph("Source", f"（{'；'.join(told)}）")


def _counts(d: Digest) -> Iterator[Element]:
    levels = digests.level_counts(d)
    head = ("主题", *(labels.LEVELS[level] for level in levels), "合计")
    found = [(facts.theme_name(s.theme), [*s.counts.values(), s.total]) for s in digests.sections(d)]
    found.append(("合计", [*levels.values(), len(d.entries)]))
    lines = [(cell(name), *(cell(str(n or ""), style="TableNumber") for n in numbers)) for name, numbers in found]
    yield table(COUNT_WIDTHS, head, lines)
    yield paragraph("TableNote", "")


def _heading(outline: Outline, level: int, text: str) -> Element:
    return paragraph(f"Heading{level}", outline.number(level, " ".join(text.split("\n"))))


def _stop(text: str) -> str:
    return "" if text[-1:] in "。！？" else "。"
