"""Comparisons in, the columns and rows of the review workbook out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from duizhao.exporters import labels, rows
from duizhao.exporters._sheets import NUMBER, REVIEW_COLUMNS, Column, Value
from duizhao.exporters.review import pair_id
from duizhao.types import ComparedDocument, Comparison, Span, Unit

LOCAL_TEXT = Column("地方文本", 14, clipped=True)
LINK_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("中央条目", 9),
    Column("中央表述", 42),
    Column("地方条目", 9),
    Column("地方表述", 42),
    Column("呼应方式", 9),
    Column("具体程度", 9),
    Column("分值", 7),
    *REVIEW_COLUMNS,
)
GAP_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("中央条目", 9),
    Column("中央要求", 42),
    Column("主题", 12),
    Column("最近条目", 9),
    Column("最接近的地方表述", 42),
    Column("分值", 7),
    *REVIEW_COLUMNS,
)
OWN_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("地方条目", 9),
    Column("地方表述", 70),
    Column("类别", 7),
    Column("主题", 16),
    *REVIEW_COLUMNS,
)
THEME_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("主题", 40),
    Column("中央", 10),
    Column("地方", 10),
    Column("呼应", 10),
    Column("状态", 36),
)
SOURCE_COLUMNS = (
    NUMBER,
    Column("文本", 22, clipped=True),
    Column("层级", 7),
    Column("条目", 6),
    Column("起", 7),
    Column("止", 7),
    Column("类别", 7),
    Column("主题", 14),
    Column("原文", 72),
)


def columns(full: Sequence[Column], found: Sequence[Comparison]) -> list[Column]:
    """The columns without the name of the local text where there is only one."""
    return [replace(c, hidden=True) if c is LOCAL_TEXT and len(found) == 1 else c for c in full]


def facts(found: Sequence[Comparison]) -> list[tuple[str, list[Value]]]:
    """The overview: a name and one value for each comparison."""

    def each(name: str, values: Iterable[Value]) -> None:
        found_facts.append((name, list(values)))

    found_facts: list[tuple[str, list[Value]]] = []
    for role, sides in (("中央", [c.central for c in found]), ("地方", [c.local for c in found])):
        documents = [s.document for s in sides]
        each(f"{role}文本", (d.name for d in documents))
        each(f"{role}发布", (d.identity.issuer.text if d.identity.issuer else "未标明" for d in documents))
        each(f"{role}层级", (labels.LEVELS[d.identity.level] for d in documents))
        each(f"{role}日期", (d.date or "未标明" for d in documents))
    each("中央要求", (c.coverage["central_demands"] for c in found))
    each("有表述呼应", (c.coverage["echoed"] for c in found))
    each(labels.NOT_FOUND, (c.coverage["not_found"] for c in found))
    counts = [rows.relation_counts(c) for c in found]
    for relation in ("verbatim", "concretised", "same_theme"):
        each(f"{labels.RELATIONS[relation]}（对）", (n[relation] for n in counts))
    each("仅见于地方", (len(c.local_only) for c in found))
    each("方法", (labels.saying(c.method) for c in found))
    each("模型", (c.model for c in found))
    each("下限", (rows.thresholds(c) for c in found))
    each("提示", ("\n".join(map(labels.saying, c.warnings)) for c in found))
    return found_facts


def links(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Linked pairs with the evidence of each marked."""
    for c in found:
        for row in rows.link_rows(c):
            for item in row.locals:
                a = item.alignment
                yield (
                    rows.pair_name(c, found),
                    row.unit.id,
                    rows.mark(
                        row.unit,
                        [Span(a.central_quote.start, a.central_quote.end)],
                        [p.central for p in a.shared_phrases],
                    ),
                    item.unit.id,
                    item.pieces,
                    labels.RELATIONS[a.relation],
                    labels.SPECIFICITY[a.specificity],
                    float(a.score),
                    "",
                    "",
                    pair_id(c, row.unit, item.unit),
                )


def gaps(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Central demands without an echo, with their nearest candidate."""
    for c in found:
        for gap in rows.gap_rows(c):
            yield (
                rows.pair_name(c, found),
                gap.unit.id,
                gap.unit.text,
                _theme_names(c, gap.unit),
                gap.nearest.id if gap.nearest else "",
                gap.pieces or "没有可比的地方表述",
                float(gap.score) if gap.nearest else None,
                "",
                "",
                pair_id(c, gap.unit, gap.nearest),
            )


def local_only(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """What only the local text says."""
    for c in found:
        for u in rows.local_only_units(c):
            facts = (rows.pair_name(c, found), u.id, u.text, labels.KINDS[u.kind], _theme_names(c, u))
            yield (*facts, "", "", pair_id(c, None, u))


def themes(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Counts by theme."""
    for c in found:
        for t in c.themes:
            yield rows.pair_name(c, found), t.zh, t.central, t.local, t.links, labels.STATUSES[t.status]


def sources(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """The full texts, cut at their units: the last column from top to bottom is the text."""
    seen = set()
    for sides in ([(c, c.central) for c in found], [(c, c.local) for c in found]):
        for c, side in sides:
            key = (side is c.central, side.document.id, side.document.text)
            if key not in seen:
                seen.add(key)
                yield from _source(c, side)


def _source(c: Comparison, side: ComparedDocument) -> Iterator[tuple[Value, ...]]:
    units = {u.id: u for u in side.units}
    at = 0
    for anchor in rows.anchors(side.document.text, side.units):
        end = at + len(anchor.text)
        unit = units.get(anchor.unit or "")
        facts = (labels.KINDS[unit.kind], _theme_names(c, unit)) if unit else ("", "")
        level = labels.LEVELS[side.document.identity.level]
        yield side.document.name, level, anchor.unit or "", at, end, *facts, anchor.text
        at = end


def _theme_names(c: Comparison, unit: Unit) -> str:
    """The themes that the comparison counts; a unit without one has a code that is no theme."""
    names = {t.id: t.zh for t in c.themes}
    return "、".join(names[theme] for theme in unit.themes if theme in names)
