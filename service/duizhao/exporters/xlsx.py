"""Digests and comparisons in, Excel workbooks for review out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook

from duizhao.exporters import _comparison_book as pairs
from duizhao.exporters import _digest_book as articles
from duizhao.exporters import labels, rows
from duizhao.exporters._sheets import Value, add_overview, add_sheet
from duizhao.exporters.digest_facts import TITLE
from duizhao.types import Comparison, Digest

LEGEND = "“对照”表中，蓝字为证据引文，红色加粗为两文共用的词句；“核对结论”和“备注”供人工填写。"


def comparison(found: Sequence[Comparison]) -> bytes:
    """One or several comparisons: overview, marked pairs, gaps, local only, themes, full texts cut at their units.

    The review columns of a row stand beside the hidden id of its pair (`review.pair_id`).
    """
    book = _book()
    add_overview(book, "概览", "表述呼应对照", pairs.facts(found), (labels.REPORT_NOTE, LEGEND))
    add_sheet(book, "对照", pairs.columns(pairs.LINK_COLUMNS, found), _numbered(pairs.links(found)))
    add_sheet(book, labels.NOT_FOUND, pairs.columns(pairs.GAP_COLUMNS, found), _numbered(pairs.gaps(found)))
    add_sheet(book, "仅见于地方", pairs.columns(pairs.OWN_COLUMNS, found), _numbered(pairs.local_only(found)))
    add_sheet(book, "主题", pairs.columns(pairs.THEME_COLUMNS, found), _numbered(pairs.themes(found)))
    add_sheet(book, "来源", pairs.SOURCE_COLUMNS, _numbered(pairs.sources(found)))
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
