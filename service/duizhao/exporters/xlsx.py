"""Digests and comparisons in, Excel workbooks for review out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook

from duizhao.exporters import _comparison_book as pairs
from duizhao.exporters import _digest_book as articles
from duizhao.exporters import comparison_facts, labels, rows
from duizhao.exporters._printing import PRINTED, print_head_only
from duizhao.exporters._sheets import Value, add_overview, add_sheet
from duizhao.exporters.digest_facts import TITLE
from duizhao.exporters.review import GAPS, LINKS
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Digest

LEGEND = (
    "“对照”表中，蓝字为证据引文，红色加粗为两文共用的词句；“呼应方式”“核对结论”“备注”三列供人工核定。"
    "一条要求的次要呼应已折叠，点行号左侧的“+”展开，不随表打印。"
    "“未见呼应（待核）”表中如改填别的地方条目，请写全条原文。填好后用 duizhao compare --review 读回。"
)


def comparison(found: Sequence[Comparison]) -> bytes:
    """One or several comparisons: overview, marked pairs, gaps, local only, themes, full texts cut at their units.

    The review columns of a row stand beside the hidden id of its pair (`review.pair_id`).
    """
    book = _book()
    add_overview(book, "概览", "表述呼应对照", pairs.facts(found), (labels.REPORT_NOTE, LEGEND))
    links = pairs.columns(pairs.LINK_COLUMNS, found)
    add_sheet(book, LINKS, links, _numbered(pairs.links(found)), pairs.folded_links(found))
    add_sheet(book, GAPS, pairs.columns(pairs.GAP_COLUMNS, found), _numbered(pairs.gaps(found)))
    add_sheet(book, "仅见于地方", pairs.columns(pairs.OWN_COLUMNS, found), _numbered(pairs.local_only(found)))
    add_sheet(book, "主题", pairs.columns(pairs.THEME_COLUMNS, found), _numbered(pairs.themes(found)))
    add_sheet(book, "共用词句", pairs.columns(pairs.PHRASE_COLUMNS, found), _numbered(pairs.phrases(found)))
    if comparison_facts.one_central(found):
        columns, lines = pairs.matrix(found)
        add_sheet(book, labels.MATRIX, columns, _numbered(lines))
    sources = add_sheet(book, "来源", pairs.SOURCE_COLUMNS, _numbered(pairs.sources(found)))
    if pairs.characters(found) > PRINTED:
        print_head_only(sources)
    return _bytes(book)


def digest(d: Digest, *, title: str | None = None) -> bytes:
    """A digest: articles with review columns, the source of each sentence, the full texts, what failed."""
    book = _book()
    add_overview(book, "概览", title or TITLE, articles.facts(d), rows.method_notes(d))
    add_sheet(book, "摘要", articles.ENTRY_COLUMNS, _numbered(articles.entries(d)))
    add_sheet(book, "主题", articles.THEME_COLUMNS, _numbered(articles.themes(d)))
    add_sheet(book, "来源", articles.SENTENCE_COLUMNS, _numbered(articles.sentences(d)))
    add_sheet(book, "原文", articles.BODY_COLUMNS, _numbered(articles.bodies(d)))
    add_sheet(book, "未能处理", articles.FAILURE_COLUMNS, _numbered(articles.failures(d)))
    return _bytes(book)


def _numbered(found: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    return ((n, *row) for n, row in enumerate(found, 1))


def _book() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "duizhao"
    return book


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
