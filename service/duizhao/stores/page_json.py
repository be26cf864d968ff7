"""The JSON of a segmented page in, the page out again; geometry is not kept, everything that is printed is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from duizhao.types.articles import Article, Furniture, Identity, Jump, SegmentedPage
from duizhao.types.pages import Field, Page, Span

SINGLE = (
    "column",
    "kicker",
    "headline",
    "subheadline",
    "byline",
    "dateline",
    "continues_on",
    "continued_from",
)


def segmented_from(value: Mapping[str, Any]) -> SegmentedPage:
    """The inverse of `exporters.json.segmented`."""
    p = value["page"]
    page = Page(p["id"], p["source"], p["text"], (), p["paper"], p["date"], p["number"], p["columns"])
    furniture = tuple(Furniture(f["role"], f["text"], _spans(f["spans"])) for f in value["furniture"])
    articles = tuple(_article(a, page.id) for a in value["articles"])
    return SegmentedPage(page, articles, furniture, tuple(value["warnings"]))


def _article(a: Mapping[str, Any], page_id: str) -> Article:
    evidence = a["evidence"]
    return Article(
        a["id"],
        page_id,
        a["kind"],
        **{name: _field(a[name]) for name in SINGLE},
        authors=tuple(a["authors"]),
        jump=Jump(a["jump"]["page"], a["jump"]["article"]) if a["jump"] else None,
        captions=_fields(a["captions"]),
        paragraphs=_fields(a["paragraphs"]),
        identity=Identity(
            a["genre"], _field(evidence["genre"]), _field(a["issuer"]), a["level"], _field(evidence["level"])
        ),
    )


def _fields(values: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(Field(v["text"], _spans(v["spans"]), v.get("inline", False)) for v in values)


def _field(value: Mapping[str, Any] | None) -> Field | None:
    return _fields([value])[0] if value else None


def _spans(spans: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(s, e) for s, e in spans)
