"""Comparisons in, the lines of their Markdown out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from duizhao.exporters import comparison_facts as facts
from duizhao.exporters import labels, rows
from duizhao.exporters.rows import Piece
from duizhao.types.comparisons import Comparison

Escape = Callable[[str], str]
MOST_PHRASES = 30


def lines(found: Sequence[Comparison], escape: Escape) -> Iterator[str]:
    """One or several comparisons; several with one central text get a table of themes by texts."""
    yield from ("# 表述呼应对照", "")
    if facts.one_central(found):
        names = [rows.pair_name(c, found) for c in found]
        yield from (f"## {labels.MATRIX}", "", *_head("主题", *map(escape, names)))
        for zh, cells in facts.matrix(found):
            yield _row(escape(zh), *("—" if t is None else str(t.links) for t in cells))
        yield from ("", labels.MATRIX_NOTE, "")
    for c in found:
        yield from _comparison(c, escape)


def _comparison(c: Comparison, escape: Escape) -> Iterator[str]:
    central, local = c.central.document, c.local.document
    yield from (f"## {escape(rows.document_title(local))}", "")
    for role, d in (("中央", central), ("地方", local)):
        issuer = d.identity.issuer.text if d.identity.issuer else "未标明"
        yield f"- {role}：{escape(rows.document_title(d))}（{escape(issuer)}，{d.date or '日期未标明'}）"
    v = c.coverage
    share = f"（{facts.share(c)}）" if facts.share(c) else ""
    yield (
        f"- 中央要求 {v['central_demands']} 条，有表述呼应 {v['echoed']} 条{share}，"
        f"{labels.NOT_FOUND} {v['not_found']} 条"
    )
    counts = rows.relation_counts(c)
    yield "- 呼应方式：" + "，".join(f"{labels.RELATIONS[r]} {counts[r]} 对" for r in facts.RELATIONS)
    yield from (f"- 方法：{escape(labels.saying(c.method))}（{escape(c.model)}）", "")
    yield from [*(f"> {escape(labels.saying(w))}" for w in c.warnings), *([""] * bool(c.warnings))]
    yield from _themes(c)
    groups = facts.groups(c)
    yield from ("### 表述呼应", "")
    if not any(g.echoes for g in groups):
        yield from ("两文之间未见表述呼应。", "")
    for g in groups:
        yield from _links(g, escape)
    yield from (f"### {labels.NOT_FOUND}", "")
    for gap in rows.gap_rows(c):
        nearest = f"最接近：{escape(gap.nearest.text)}（{gap.score:.2f}）" if gap.nearest else "没有可比的地方表述"
        yield from (f"- {escape(gap.unit.text)}", f"  - {nearest}", *([f"  - {gap.why}"] if gap.why else []))
    yield from ("", "### 仅见于地方", "", *(f"- {escape(u.text)}" for u in rows.local_only_units(c)), "")
    yield from _phrases(c, escape)
    yield from _reviewed(c, escape)


def _themes(c: Comparison) -> Iterator[str]:
    yield from ("### 主题", "", *_head("主题", "中央", "有呼应", "地方", "呼应对数", "状态"))
    for f in facts.theme_facts(c):
        t = f.theme
        yield _row(t.zh, *map(str, (t.central, f.echoed, t.local, t.links)), labels.STATUSES[t.status])
    yield from ("", labels.THEME_NOTE, "")


def _links(g: facts.Group, escape: Escape) -> Iterator[str]:
    if not g.echoes:
        return
    yield from ((f"#### {escape(g.zh)}", "") if g.zh else ())
    yield from _head("中央", "地方", "方式", "具体程度", "分值")
    for e in g.echoes:
        for n, item in enumerate(e.shown):
            a = item.alignment
            yield _row(
                _pieces(e.row.pieces, escape) if n == 0 else "同上",
                _pieces(item.pieces, escape),
                labels.RELATIONS[a.relation] + (f"（{labels.REVIEWED}）" if a.review else ""),
                labels.SPECIFICITY[a.specificity],
                f"{a.score:.2f}",
            )
        if e.folded:
            yield _row("同上", f"另有{len(e.folded)}条：{'、'.join(i.unit.id for i in e.folded)}", "", "", "")
    yield ""


def _phrases(c: Comparison, escape: Escape) -> Iterator[str]:
    found = facts.reused(c)
    if found:
        yield from ("### 共用词句", "", *_head("词句", "罕见程度", "处"))
        for p in found[:MOST_PHRASES]:
            yield _row(escape(p.text), labels.rarity(p.one_in), str(len(p.pairs)))
        if len(found) > MOST_PHRASES:
            yield from ("", f"其余{len(found) - MOST_PHRASES}条从略。")
        yield ""


def _reviewed(c: Comparison, escape: Escape) -> Iterator[str]:
    found = facts.reviewed(c)
    if found:
        yield from (f"### {labels.REVIEWED}", "", *_head("中央", "地方", "核对结论", "备注"))
        for a in found:
            if a.review:
                sides = rows.unit_text(c.central, a.central), rows.unit_text(c.local, a.local)
                yield _row(*map(escape, sides), labels.verdict(a.review), escape(a.review.remark))
        yield ""


def _pieces(pieces: Sequence[Piece], escape: Escape) -> str:
    return "".join(f"**{escape(p.text)}**" if p.mark == "phrase" else escape(p.text) for p in pieces)


def _head(*names: str) -> tuple[str, str]:
    return _row(*names), _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
