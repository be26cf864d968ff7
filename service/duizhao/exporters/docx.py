"""Digests and comparisons in, Word files in the layout of official documents (GB/T 9704) out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from duizhao import digest as digests
from duizhao.exporters import _digest_word, labels, rows
from duizhao.exporters import digest_facts as facts
from duizhao.exporters._gongwen import build
from duizhao.exporters._wordml import ID_GREY, QUOTE_FILL, Cell, Element, cell, paragraph, run, table
from duizhao.exporters.outline import Outline, chinese_date
from duizhao.types import Comparison, Digest, DigestEntry, Document, Page, Unit

COMPARISON_TITLE = "表述呼应对照"
NO_LEVEL = "层级未标明"
LEGEND = "灰底为证据引文；加粗并加下划线的为两文共用的词句。表中编号为原文切分后的条目号。"
# widths of table columns in twentieths of a point; each row adds up to the type area of 156 mm
LINKED_WIDTHS, GAP_WIDTHS = (3750, 3750, 1345), (3900, 3900, 1045)
THEME_WIDTHS, OVERVIEW_WIDTHS = (2845, 1100, 1100, 1100, 2700), (3945, 1200, 1100, 1400, 1200)


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
    outline = Outline()
    body = [paragraph("Title", COMPARISON_TITLE)]
    if len(found) > 1:
        body += [_heading(outline, 1, "总览"), *_overview(found)]
    for c in found:
        if len(found) > 1:
            body.append(_heading(outline, 1, rows.pair_name(c, found)))
        body += _comparison(outline, c, 1 if len(found) == 1 else 2)
    body.append(paragraph("Closing", labels.REPORT_NOTE))
    return build(body, title=COMPARISON_TITLE)


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


def _comparison(outline: Outline, c: Comparison, level: int) -> list[Element]:
    body = [_heading(outline, level, "比对文本")]
    body += [_text_line("中央文本", c.central.document), _text_line("地方文本", c.local.document)]
    facts = [f"方法：{labels.saying(c.method)}（{c.model}）", f"下限：{rows.thresholds(c)}" if c.thresholds else ""]
    body.append(paragraph("Source", "；".join(filter(None, facts)) + "。"))
    body += [
        paragraph("Notice", run("提示：", bold=True), labels.saying(w) + "。" * (w[-1:] != "。")) for w in c.warnings
    ]
    body += [_heading(outline, level, "概况"), paragraph("BodyText", _figures(c))]
    body += [_heading(outline, level, "表述呼应"), *_links(c)]
    body += [_heading(outline, level, labels.NOT_FOUND), *_gaps(c)]
    body.append(_heading(outline, level, "仅见于地方"))
    own = rows.local_only_units(c)
    body += [_numbered(u) for u in own] or [paragraph("BodyText", "没有。")]
    body += [_heading(outline, level, "主题"), *_themes(c)]
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


def _links(c: Comparison) -> list[Element]:
    linked = rows.link_rows(c)
    if not linked:
        return [paragraph("BodyText", "两文之间未见表述呼应。")]
    return _ruled(LINKED_WIDTHS, ("中央表述", "地方表述", "呼应方式"), _link_cells(linked), LEGEND)


def _link_cells(linked: Iterable[rows.LinkRow]) -> Iterable[tuple[Cell, ...]]:
    for row in linked:
        for n, item in enumerate(row.locals):
            if len(row.locals) == 1:
                central = _marked(row.unit, row.pieces)
            else:
                central = cell(*_runs(row.unit, row.pieces), merge="start") if n == 0 else cell(merge="continue")
            a = item.alignment
            facts = (labels.RELATIONS[a.relation], labels.SPECIFICITY[a.specificity], f"{a.score:.2f}")
            kind = Cell(tuple(paragraph("TableNumber", fact) for fact in facts))
            yield central, _marked(item.unit, item.pieces), kind


def _gaps(c: Comparison) -> list[Element]:
    found = rows.gap_rows(c)
    if not found:
        return [paragraph("BodyText", "每条中央要求都有表述呼应。" if c.coverage["central_demands"] else "没有。")]
    lines = []
    for gap in found:
        nearest = _marked(gap.nearest, gap.pieces) if gap.nearest else cell("没有可比的地方表述")
        score = f"{gap.score:.2f}" if gap.nearest else ""
        lines.append((cell(*_runs(gap.unit, [rows.Piece(gap.unit.text, "plain")])), nearest, _number(score)))
    return _ruled(GAP_WIDTHS, ("中央要求", "最接近的地方表述", "分值"), lines)


def _themes(c: Comparison) -> list[Element]:
    if not c.themes:
        return [paragraph("BodyText", "没有可归入主题的表述。")]
    lines = [
        (cell(t.zh), _number(t.central), _number(t.local), _number(t.links), cell(labels.STATUSES[t.status]))
        for t in c.themes
    ]
    table = _ruled(THEME_WIDTHS, ("主题", "中央", "地方", "呼应", "状态"), lines)
    return [*table, paragraph("Source", labels.THEME_NOTE)]


def _overview(found: Sequence[Comparison]) -> list[Element]:
    lines = []
    for c in found:
        v = c.coverage
        numbers = (v["central_demands"], v["echoed"], v["not_found"], sum(rows.relation_counts(c).values()))
        lines.append((cell(rows.pair_name(c, found)), *map(_number, numbers)))
    return _ruled(OVERVIEW_WIDTHS, ("地方文本", "中央要求", "有呼应", labels.NOT_FOUND, "呼应对数"), lines)


def _ruled(
    widths: Sequence[int], head: Sequence[str], lines: Iterable[Sequence[Cell]], note: str = ""
) -> list[Element]:
    """A table and the line below it, which keeps the next heading at a distance."""
    return [table(widths, head, lines), paragraph("TableNote", note)]


def _figures(c: Comparison) -> str:
    v = c.coverage
    kinds = "，".join(f"{labels.RELATIONS[k]}{n}对" for k, n in rows.relation_counts(c).items())  # type: ignore[index]
    return (
        f"中央要求共{v['central_demands']}条，其中有表述呼应{v['echoed']}条，{labels.NOT_FOUND}{v['not_found']}条。"
        f"呼应方式：{kinds}。仅见于地方的表述{len(c.local_only)}条。"
    )


def _text_line(role: str, d: Document) -> Element:
    issuer = d.identity.issuer.text if d.identity.issuer else "未标明"
    facts = f"（发布：{issuer}；层级：{labels.LEVELS[d.identity.level]}；日期：{chinese_date(d.date) or '未标明'}）"
    return paragraph("BodyText", run(f"{role}：", bold=True), d.name, facts)


def _marked(unit: Unit, pieces: Iterable[rows.Piece]) -> Cell:
    return cell(*_runs(unit, pieces))


def _runs(unit: Unit, pieces: Iterable[rows.Piece]) -> list[Element]:
    """The id of the unit in small grey, then its text with the evidence marked."""
    made = [run(f"{unit.id} ", color=ID_GREY, half_points=15)]
    for piece in pieces:
        phrase = piece.mark == "phrase"
        fill = "" if piece.mark == "plain" else QUOTE_FILL
        made.append(run(piece.text, bold=phrase, underline=phrase, fill=fill))
    return made


def _numbered(unit: Unit) -> Element:
    return paragraph("BodyText", *_runs(unit, [rows.Piece(unit.text, "plain")]))


def _number(value: int | str) -> Cell:
    return cell(str(value), style="TableNumber")


def _heading(outline: Outline, level: int, text: str) -> Element:
    return paragraph(f"Heading{level}", outline.number(level, " ".join(text.split("\n"))))


def _sources(d: Digest) -> str:
    return "；".join(_page_name(p) for p in d.pages) + f"　共{len(d.entries)}篇"


def _page_name(p: Page) -> str:
    parts = (rows.page_name(p), chinese_date(p.date), f"第{p.number}版" if p.number else "")
    return "　".join(part for part in parts if part)
