"""Comparisons in, the paragraphs and tables of their Word file out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from duizhao.exporters import comparison_facts as facts
from duizhao.exporters import labels, rows
from duizhao.exporters._full_text_word import appendix
from duizhao.exporters._wordml import ID_GREY, QUOTE_FILL, Cell, Element, cell, paragraph, run, table
from duizhao.exporters.outline import Outline, chinese_date
from duizhao.types.articles import Document
from duizhao.types.comparisons import Comparison, Unit

TITLE = "表述呼应对照"
LEGEND = "灰底为证据引文；加粗并加下划线的为两文共用的词句。表中编号为原文切分后的条目号。"
BEST_ONLY = "每条中央要求只印最接近的一条地方表述，其余列出编号，全部呼应见网页版或工作簿。"
# widths of table columns in twentieths of a point; each row adds up to the type area of 156 mm
LINKED_WIDTHS, GAP_WIDTHS, OWN_WIDTHS = (3700, 3700, 1445), (3900, 3900, 1045), (8845,)
THEME_WIDTHS, OVERVIEW_WIDTHS = (2645, 900, 1000, 900, 1000, 2400), (3945, 1200, 1100, 1400, 1200)
PHRASE_WIDTHS, REVIEW_WIDTHS, MATRIX_WIDTH = (3845, 3500, 1500), (3000, 3000, 1345, 1500), 8845
MOST_PHRASES = 30
MOST_COLUMNS = 8  # of the table of themes by texts; more texts go on in a table below


def body(found: Sequence[Comparison], outline: Outline) -> list[Element]:
    """One or several comparisons; several get an overview first and a heading each."""
    made = [paragraph("Title", TITLE)]
    if len(found) > 1:
        made += [_heading(outline, 1, "总览"), *_overview(found)]
    if facts.one_central(found):
        made += [_heading(outline, 1, labels.MATRIX), *_matrix(found)]
    for c in found:
        if len(found) > 1:
            made.append(_heading(outline, 1, rows.pair_name(c, found)))
        made += _comparison(outline, c, 1 if len(found) == 1 else 2)
    made += appendix(found, outline)
    made.append(paragraph("Closing", labels.REPORT_NOTE))
    return made


def _comparison(outline: Outline, c: Comparison, level: int) -> Iterator[Element]:
    yield _heading(outline, level, "比对文本")
    yield _text_line("中央文本", c.central.document)
    yield _text_line("地方文本", c.local.document)
    said = [f"方法：{labels.saying(c.method)}（{c.model}）", f"下限：{rows.thresholds(c)}" if c.thresholds else ""]
    yield paragraph("Source", "；".join(filter(None, said)) + "。")
    for w in c.warnings:
        yield paragraph("Notice", run("提示：", bold=True), labels.saying(w) + "。" * (w[-1:] != "。"))
    yield _heading(outline, level, "概况")
    yield paragraph("BodyText", _figures(c))
    yield from _themes(c)
    groups = facts.groups(c)
    yield _heading(outline, level, "表述呼应")
    yield from _links(outline, groups, level)
    yield _heading(outline, level, labels.NOT_FOUND)
    yield from _gaps(c)
    yield _heading(outline, level, "仅见于地方")
    own = [(_marked(u, [rows.Piece(u.text, "plain")]),) for u in rows.local_only_units(c)]
    yield from _ruled(OWN_WIDTHS, ("地方表述",), own) if own else [paragraph("BodyText", "没有。")]
    yield from _phrases(outline, c, level)
    yield from _reviewed(outline, c, level)


def _links(outline: Outline, groups: Sequence[facts.Group], level: int) -> Iterator[Element]:
    if not any(g.echoes for g in groups):
        yield paragraph("BodyText", "两文之间未见表述呼应。")
    else:
        yield paragraph("Source", LEGEND + BEST_ONLY * (len(groups) > 1))
    for g in groups:
        if g.echoes:
            if g.zh:
                yield _heading(outline, level + 1, g.zh)
            yield from _ruled(
                LINKED_WIDTHS, ("中央表述", "地方表述", "呼应方式"), _link_cells(g.echoes, len(groups) > 1)
            )


def _link_cells(echoes: Iterable[facts.Echo], best_only: bool) -> Iterator[tuple[Cell, ...]]:
    """A row for each link that is printed; the others of a demand are named below its last one."""
    for e in echoes:
        row, items = e.row, e.shown[:1] if best_only else e.shown
        others = [item.unit.id for item in (*e.shown[len(items) :], *e.folded)]
        for n, item in enumerate(items):
            if len(items) == 1:
                central = _marked(row.unit, row.pieces)
            else:
                central = cell(*_runs(row.unit, row.pieces), merge="start") if n == 0 else cell(merge="continue")
            a = item.alignment
            told = [f"{labels.RELATIONS[a.relation]} {a.score:.2f}", labels.SPECIFICITY[a.specificity]]
            told += [labels.REVIEWED] if a.review else []
            local = _marked(item.unit, item.pieces)
            if others and n == len(items) - 1:
                local = _noted(local, f"另有{len(others)}条：{' '.join(others)}")
            yield central, local, Cell(tuple(paragraph("TableNumber", x) for x in told))


def _gaps(c: Comparison) -> list[Element]:
    found = rows.gap_rows(c)
    if not found:
        return [paragraph("BodyText", "每条中央要求都有表述呼应。" if c.coverage["central_demands"] else "没有。")]
    lines = []
    for gap in found:
        nearest = _marked(gap.nearest, gap.pieces) if gap.nearest else cell("没有可比的地方表述")
        nearest = _noted(nearest, gap.why)
        score = f"{gap.score:.2f}" if gap.nearest else ""
        lines.append((cell(*_runs(gap.unit, [rows.Piece(gap.unit.text, "plain")])), nearest, _number(score)))
    return _ruled(GAP_WIDTHS, ("中央要求", "最接近的地方表述", "分值"), lines, labels.GAP_NOTE)


def _themes(c: Comparison) -> list[Element]:
    if not c.themes:
        return [paragraph("BodyText", "没有可归入主题的表述。")]
    lines = [
        (
            cell(f.theme.zh),
            *map(_number, (f.theme.central, f.echoed, f.theme.local, f.theme.links)),
            cell(labels.STATUSES[f.theme.status]),
        )
        for f in facts.theme_facts(c)
    ]
    return _ruled(THEME_WIDTHS, ("主题", "中央", "有呼应", "地方", "对数", "状态"), lines, labels.THEME_NOTE)


def _phrases(outline: Outline, c: Comparison, level: int) -> Iterator[Element]:
    found = facts.reused(c)
    if found:
        yield _heading(outline, level, "共用词句")
        lines = [(cell(p.text), cell(labels.rarity(p.one_in)), _number(len(p.pairs))) for p in found[:MOST_PHRASES]]
        more = f"其余{len(found) - MOST_PHRASES}条从略。" if len(found) > MOST_PHRASES else ""
        yield from _ruled(PHRASE_WIDTHS, ("词句", "罕见程度", "处"), lines, more)


def _reviewed(outline: Outline, c: Comparison, level: int) -> Iterator[Element]:
    found = facts.reviewed(c)
    if found:
        yield _heading(outline, level, labels.REVIEWED)
        lines = [
            (
                cell(rows.unit_text(c.central, a.central)),
                cell(rows.unit_text(c.local, a.local)),
                cell(labels.verdict(a.review)),
                cell(a.review.remark),
            )
            for a in found
            if a.review
        ]
        yield from _ruled(REVIEW_WIDTHS, ("中央表述", "地方表述", "核对结论", "备注"), lines)


def _overview(found: Sequence[Comparison]) -> list[Element]:
    lines = []
    for c in found:
        v = c.coverage
        numbers = (v["central_demands"], v["echoed"], v["not_found"], sum(rows.relation_counts(c).values()))
        lines.append((cell(rows.pair_name(c, found)), *map(_number, numbers)))
    return _ruled(OVERVIEW_WIDTHS, ("地方文本", "中央要求", "有呼应", labels.NOT_FOUND, "呼应对数"), lines)


def _matrix(found: Sequence[Comparison]) -> Iterator[Element]:
    lines = facts.matrix(found)
    for at in range(0, len(found), MOST_COLUMNS):
        part = found[at : at + MOST_COLUMNS]
        width = MATRIX_WIDTH * 2 // 3 // len(part)
        widths = (MATRIX_WIDTH - width * len(part), *[width] * len(part))
        cells = (
            (cell(zh), *(_number("—" if t is None else t.links) for t in row[at : at + MOST_COLUMNS]))
            for zh, row in lines
        )
        names = ("主题", *(rows.pair_name(c, found) for c in part))
        yield from _ruled(widths, names, cells, labels.MATRIX_NOTE)


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
    said = f"（发布：{issuer}；层级：{labels.LEVELS[d.identity.level]}；日期：{chinese_date(d.date) or '未标明'}）"
    return paragraph("BodyText", run(f"{role}：", bold=True), rows.document_title(d), said)


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


def _noted(content: Cell, note: str) -> Cell:
    """The cell with a line in grey below, if there is something to say."""
    lines = (paragraph("TableText", run(note, color=ID_GREY)),) if note else ()
    return replace(content, paragraphs=(*content.paragraphs, *lines))


def _number(value: int | str) -> Cell:
    return cell(str(value), style="TableNumber")


def _heading(outline: Outline, level: int, text: str) -> Element:
    return paragraph(f"Heading{level}", outline.number(level, " ".join(text.split("\n"))))
