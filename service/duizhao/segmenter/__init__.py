"""Segmenter: `Page` in, `SegmentedPage` out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duizhao.segmenter.articles import article_of, repeated_lines
from duizhao.segmenter.blocks import blocks_of
from duizhao.segmenter.bulk import WARNING, bulk_layout, is_bulk
from duizhao.segmenter.check import check_spans
from duizhao.segmenter.drafts import drafts_of
from duizhao.segmenter.furniture import furniture_roles, imprint
from duizhao.segmenter.geometry import has_geometry, layout_of
from duizhao.segmenter.layout import Layout
from duizhao.segmenter.lines import Row, rows_of, strips_of
from duizhao.segmenter.order import in_order
from duizhao.segmenter.paragraphs import blank_habit, paragraphs
from duizhao.text import field_of
from duizhao.types.articles import Furniture, SegmentedPage
from duizhao.types.pages import Page

__all__ = ["read_blocks", "segment"]


def segment(page: Page) -> SegmentedPage:
    """The articles and the furniture of a page; every non-space character of its text lies in exactly one of them.

    Raises:
        InternalError: the result breaks that rule (a fault of the program).
    """
    bulk = is_bulk(page)
    layout = bulk_layout(page) if bulk else (layout_of(page) if has_geometry(page) else None) or _read(page)
    rows, roles, blocks = layout.rows, layout.roles, layout.blocks
    repeated = repeated_lines(blocks)
    articles = tuple(article_of(page.id, page.text, n, blocks, d, repeated) for n, d in enumerate(layout.drafts, 1))
    known = imprint(rows, roles)
    page = replace(
        page,
        paper=page.paper or known.paper,
        date=page.date or known.date,
        number=page.number if page.number is not None else known.number,
        columns=page.columns or layout.columns,
    )
    warnings = page.warnings
    if bulk:
        warnings = (*warnings, WARNING)
    if not articles:
        warnings = (*warnings, "no article was found on the page")
    result = SegmentedPage(page, articles, _furniture(page.text, rows, roles), warnings)
    check_spans(result)
    return result


def read_blocks(page: Page) -> Layout:
    """What the text alone tells of rows, furniture and blocks; nothing is linked yet."""
    ordered = in_order(strips_of(page))
    rows = rows_of(ordered.strips)
    roles = furniture_roles(rows)
    habit = blank_habit(rows)
    blocks = blocks_of(page.text, rows, paragraphs(rows, roles, habit=habit), roles, habit=habit)
    return Layout(rows, roles, blocks, [], joints=ordered.joints)


def _read(page: Page) -> Layout:
    layout = read_blocks(page)
    return replace(layout, drafts=drafts_of(layout.blocks, layout.joints))


def _furniture(page_text: str, rows: Sequence[Row], roles: dict[int, str]) -> tuple[Furniture, ...]:
    fields = ((role, field_of(page_text, [(rows[i].start, rows[i].end)])) for i, role in sorted(roles.items()))
    return tuple(Furniture(role, field.text, field.spans) for role, field in fields)
