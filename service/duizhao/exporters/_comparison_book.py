"""Comparisons in, the columns and rows of the review workbook out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from duizhao.exporters import comparison_facts as facts_of
from duizhao.exporters import labels, rows
from duizhao.exporters._sheets import NUMBER, Column, Value
from duizhao.exporters.review import CENTRAL, DEMAND, LOCAL, MADE, NEAREST, PAIR, RELATION, REMARK, REVIEW, pair_id
from duizhao.types.comparisons import Alignment, ComparedDocument, Comparison, Quote, Unit
from duizhao.types.pages import Span

LOCAL_TEXT = Column("地方文本", 14, clipped=True)
RELATIONS = tuple(labels.RELATIONS.values())
MOST_PLACES = 8  # of a phrase that are named
REVIEW_COLUMNS = (
    Column(REVIEW, 10, review=True, choices=tuple(labels.VERDICTS.values())),
    Column(REMARK, 16, review=True),
    Column(MADE, 10, hidden=True),
    Column(PAIR, 10, hidden=True),
)
LINK_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("主题", 12),
    Column("中央条目", 9),
    Column(CENTRAL, 40),
    Column("地方条目", 9),
    Column(LOCAL, 40),
    Column(RELATION, 9, review=True, choices=RELATIONS),
    Column("具体程度", 9),
    Column("分值", 7),
    *REVIEW_COLUMNS,
)
GAP_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("主题", 12),
    Column("中央条目", 9),
    Column(DEMAND, 40),
    Column("最近条目", 9),
    Column(NEAREST, 40),
    Column("分值", 7),
    Column("说明", 18),
    Column(RELATION, 9, review=True, choices=RELATIONS),
    *REVIEW_COLUMNS,
)
OWN_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("主题", 16),
    Column("地方条目", 9),
    Column("地方表述", 80),
    Column("类别", 7),
)
PHRASE_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("词句", 30),
    Column("罕见程度", 30),
    Column("处", 7),
    Column("中央条目", 30),
    Column("地方条目", 30),
)
THEME_COLUMNS = (
    NUMBER,
    LOCAL_TEXT,
    Column("主题", 40),
    Column("中央", 10),
    Column("有呼应", 10),
    Column("地方", 10),
    Column("呼应对数", 10),
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
        each(f"{role}文本", (rows.document_title(d) for d in documents))
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
    each(f"{labels.REVIEWED}（对）", (len(facts_of.reviewed(c)) for c in found))
    each("方法", (labels.saying(c.method) for c in found))
    each("模型", (c.model for c in found))
    each("下限", (rows.thresholds(c) for c in found))
    each("提示", ("\n".join(map(labels.saying, c.warnings)) for c in found))
    return found_facts


def links(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Linked pairs with the evidence of each marked, and pairs that a person has refused or left open."""
    for c in found:
        units = ({u.id: u for u in c.central.units}, {u.id: u for u in c.local.units})
        for a in _listed(c):
            central, local = units[0][a.central], units[1][a.local]
            yield (
                rows.pair_name(c, found),
                _theme_names(c, central),
                central.id,
                _marked(central, a.central_quote, [p.central for p in a.shared_phrases]),
                local.id,
                _marked(local, a.local_quote, [p.local for p in a.shared_phrases]),
                labels.RELATIONS[a.relation],
                labels.SPECIFICITY[a.specificity],
                float(a.score),
                *_verdict(a),
                pair_id(c, central, local),
            )


def folded_links(found: Sequence[Comparison]) -> frozenset[int]:
    """Numbers of the rows of `links`, from 1, that the other reports fold: weaker links of a demand, not reviewed."""
    numbers: set[int] = set()
    rows_before = 0
    for c in found:
        listed = list(_listed(c))
        weak = {(e.row.unit.id, i.unit.id) for g in facts_of.groups(c) for e in g.echoes for i in e.folded}
        shut = (n for n, a in enumerate(listed, 1) if not a.review and (a.central, a.local) in weak)
        numbers.update(rows_before + n for n in shut)
        rows_before += len(listed)
    return frozenset(numbers)


def _listed(c: Comparison) -> Iterator[Alignment]:
    return (a for a in c.alignments if a.linked or a.review)


def gaps(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Central demands without an echo, with their nearest candidate."""
    for c in found:
        for gap in rows.gap_rows(c):
            yield (
                rows.pair_name(c, found),
                _theme_names(c, gap.unit),
                gap.unit.id,
                gap.unit.text,
                gap.nearest.id if gap.nearest else "",
                gap.pieces or "没有可比的地方表述",
                float(gap.score) if gap.nearest else None,
                gap.why,
                "",
                "",
                "",
                "",
                pair_id(c, gap.unit, gap.nearest),
            )


def local_only(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """What only the local text says."""
    for c in found:
        for u in rows.local_only_units(c):
            yield rows.pair_name(c, found), _theme_names(c, u), u.id, u.text, labels.KINDS[u.kind]


def themes(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Counts by theme."""
    for c in found:
        for f in facts_of.theme_facts(c):
            t = f.theme
            status = labels.STATUSES[t.status]
            yield rows.pair_name(c, found), t.zh, t.central, f.echoed, t.local, t.links, status


def phrases(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """Phrases that linked units share, the rarest first."""
    for c in found:
        for p in facts_of.reused(c):
            sides = [_some(dict.fromkeys(pair[k] for pair in p.pairs)) for k in (0, 1)]
            yield rows.pair_name(c, found), p.text, labels.rarity(p.one_in), len(p.pairs), *sides


def matrix(found: Sequence[Comparison]) -> tuple[tuple[Column, ...], list[tuple[Value, ...]]]:
    """Columns and rows of the table of themes by local texts: links, empty where neither text has the theme."""
    names = [rows.pair_name(c, found) for c in found]
    columns_ = (NUMBER, Column("主题", 24), *(Column(name, 18) for name in names))
    return columns_, [(zh, *(None if t is None else t.links for t in cells)) for zh, cells in facts_of.matrix(found)]


def sources(found: Sequence[Comparison]) -> Iterator[tuple[Value, ...]]:
    """The full texts, cut at their units: the last column from top to bottom is the text."""
    seen = set()
    for sides in ([(c, c.central) for c in found], [(c, c.local) for c in found]):
        for c, side in sides:
            key = (side is c.central, side.document.id, side.document.text)
            if key not in seen:
                seen.add(key)
                yield from _source(c, side)


def characters(found: Sequence[Comparison]) -> int:
    """Length of all texts together."""
    texts = {(s.document.id, s.document.text) for c in found for s in (c.central, c.local)}
    return sum(len(text) for _, text in texts)


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


def _some(ids: Iterable[str]) -> str:
    names = list(ids)
    return "、".join(names[:MOST_PLACES]) + "等" * (len(names) > MOST_PLACES)


def _marked(unit: Unit, quote: Quote, phrases: Sequence[Span]) -> tuple[rows.Piece, ...]:
    return rows.mark(unit, [Span(quote.start, quote.end)], phrases)


def _verdict(a: Alignment) -> tuple[str, str, str]:
    """Verdict and remark of a person, and the relation that the file is made with."""
    if a.review is None:
        return "", "", labels.RELATIONS[a.relation]
    return labels.VERDICTS[a.review.linked], a.review.remark, labels.RELATIONS[a.relation]


def _theme_names(c: Comparison, unit: Unit) -> str:
    """The themes that the comparison counts; a unit without one has a code that is no theme."""
    names = {t.id: t.zh for t in c.themes}
    return "、".join(names[theme] for theme in unit.themes if theme in names)
