"""Results in, plain JSON values of the documented shapes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from duizhao.digest import reprint_count, sections
from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.comparisons import Alignment, ComparedDocument, Comparison, Quote, Unit
from duizhao.types.digests import Digest, Failure
from duizhao.types.pages import Field, Span
from duizhao.types.summaries import Summary


def dumps(value: Any, *, indent: int | None = 1) -> str:
    """JSON text, Chinese characters as they are; lone surrogates are escaped so that it can be encoded."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def segmented_pages(pages: Sequence[SegmentedPage]) -> Any:
    """One page in the shape of `duizhao segment`; several as a list of them."""
    values = [segmented(page) for page in pages]
    return values[0] if len(values) == 1 else values


def segmented(result: SegmentedPage) -> dict[str, Any]:
    """A segmented page in the shape of `duizhao segment`."""
    page = result.page
    return {
        "page": {
            "id": page.id,
            "source": page.source,
            "text": page.text,
            "paper": page.paper,
            "date": page.date,
            "number": page.number,
            "columns": page.columns,
        },
        "articles": [article(a) for a in result.articles],
        "furniture": [{"role": f.role, "text": f.text, "spans": _spans(f.spans)} for f in result.furniture],
        "warnings": list(result.warnings),
    }


def article(a: Article) -> dict[str, Any]:
    """One article; fields that are not printed are null."""
    identity = a.identity
    return {
        "id": a.id,
        "kind": a.kind,
        "genre": identity.genre,
        "issuer": _field(identity.issuer),
        "level": identity.level,
        "evidence": {"genre": _field(identity.genre_evidence), "level": _field(identity.level_evidence)},
        "column": _field(a.column),
        "kicker": _field(a.kicker),
        "headline": _field(a.headline),
        "subheadline": _field(a.subheadline),
        "byline": _field(a.byline),
        "dateline": _field(a.dateline),
        "continues_on": _field(a.continues_on),
        "continued_from": _field(a.continued_from),
        "authors": list(a.authors),
        "jump": {"page": a.jump.page, "article": a.jump.article} if a.jump else None,
        "captions": [_field(c) for c in a.captions],
        "paragraphs": [_field(p) for p in a.paragraphs],
    }


def summary(s: Summary, *, text: str | None = None) -> dict[str, Any]:
    """A summary in the shape of `duizhao summarize`; the lengths that were asked for."""
    value: dict[str, Any] = {"id": s.id}
    for length in ("headline", "brief", "summary", "long"):
        if length in s.texts:
            value[length] = s.texts[length]
    value |= {
        "sentences": [{"text": x.text, "sources": _spans(x.sources)} for x in s.sentences],
        "method": s.method,
        "model": s.model,
        "characters_in": s.characters_in,
        "truncated": s.truncated,
        "continued": s.continued,
        "replaced_sentences": s.replaced_sentences,
        "warnings": list(s.warnings),
    }
    if s.prompt_digest:
        value["prompt_digest"] = s.prompt_digest
    if text is not None:
        value["text"] = text
    return value


def failure(f: Failure) -> dict[str, Any]:
    """What did not work, in the shape of a failed line."""
    named = {"id": f.subject} if f.article is None else {"id": f.subject, "article": f.article}
    return {**named, "error": {"type": f.type, "detail": f.detail, "stage": f.stage}}


def digest(d: Digest) -> dict[str, Any]:
    """A digest: counts, pages, entries with their summaries, sections by theme and level, failures."""
    return {
        "counts": {
            "pages": len(d.pages),
            "entries": len(d.entries),
            "reprints": reprint_count(d),
            "failures": len(d.failures),
        },
        "pages": [
            {"id": p.id, "source": p.source, "paper": p.paper, "date": p.date, "number": p.number} for p in d.pages
        ],
        "entries": [
            {
                "page": e.article.page_id,
                "article": e.article.id,
                "title": e.article.title,
                "genre": e.article.identity.genre,
                "level": e.article.identity.level,
                "issuer": e.article.identity.issuer.text if e.article.identity.issuer else None,
                "themes": list(e.themes),
                "reprints": [{"page": r.page_id, "article": r.article_id, "title": r.title} for r in e.reprints],
                "summary": summary(e.summary),
            }
            for e in d.entries
        ],
        "sections": [
            {
                "theme": s.theme or None,
                "total": s.total,
                "levels": [
                    {"level": g.level, "entries": [[e.article.page_id, e.article.id] for e in g.entries]}
                    for g in s.groups
                ],
            }
            for s in sections(d)
        ],
        "failures": [failure(f) for f in d.failures],
        "warnings": list(d.warnings),
    }


def comparison(c: Comparison) -> dict[str, Any]:
    """A comparison in the shape of `duizhao compare`."""
    return {"central": _document(c.central), **_local_side(c)}


def comparisons(found: Sequence[Comparison]) -> dict[str, Any]:
    """One comparison as it is; several share their central text and get a matrix of links by theme."""
    if len(found) == 1:
        return comparison(found[0])
    names: dict[str, str] = {}
    for c in found:
        for row in c.themes:
            names.setdefault(row.id, row.zh)
    links = {c.local.document.id: {row.id: row.links for row in c.themes} for c in found}
    return {
        "central": _document(found[0].central),
        "documents": [_local_side(c) for c in found],
        "matrix": [
            {"theme": theme, "zh": zh, "documents": {d: counts.get(theme, 0) for d, counts in links.items()}}
            for theme, zh in names.items()
        ],
    }


def page_comparison(groups: Sequence[Sequence[Comparison]]) -> dict[str, Any]:
    """The comparisons of a page: the usual shape for one central article, a list of them for several."""
    if len(groups) == 1:
        return comparisons(groups[0])
    return {"comparisons": [comparisons(g) for g in groups]}


def _local_side(c: Comparison) -> dict[str, Any]:
    return {
        "local": _document(c.local),
        "alignments": [_alignment(a) for a in c.alignments],
        "coverage": dict(c.coverage),
        "not_found": [{"central": g.central, "nearest": g.nearest, "score": g.score} for g in c.not_found],
        "local_only": list(c.local_only),
        "themes": [
            {"id": t.id, "zh": t.zh, "central": t.central, "local": t.local, "links": t.links, "status": t.status}
            for t in c.themes
        ],
        "warnings": list(c.warnings),
        "method": c.method,
        "model": c.model,
        "thresholds": dict(c.thresholds),
    }


def _document(side: ComparedDocument) -> dict[str, Any]:
    d = side.document
    value: dict[str, Any] = {"id": d.id, "title": d.title, "date": d.date, "text": d.text}
    return value | {
        "issuer": d.identity.issuer.text if d.identity.issuer else None,
        "level": d.identity.level,
        "units": [_unit(u) for u in side.units],
    }


def _unit(u: Unit) -> dict[str, Any]:
    return {"id": u.id, "start": u.start, "end": u.end, "text": u.text, "kind": u.kind, "themes": list(u.themes)}


def _alignment(a: Alignment) -> dict[str, Any]:
    """As in the contract; a pair that a person has judged says so under "review".

    "doubt" says why a pair with the score of a link is none.
    """
    value: dict[str, Any] = {
        "central": a.central,
        "local": a.local,
        "score": a.score,
        "linked": a.linked,
        "band": a.band,
        "relation": a.relation,
        "specificity": a.specificity,
        "central_quote": _quote(a.central_quote),
        "local_quote": _quote(a.local_quote),
        "shared_phrases": [
            {"text": p.text, "central": list(p.central), "local": list(p.local)} for p in a.shared_phrases
        ],
    }
    if a.doubt:
        value["doubt"] = a.doubt
    if a.review:
        value["review"] = {"linked": a.review.linked, "relation": a.review.relation, "remark": a.review.remark}
    return value


def _quote(q: Quote) -> dict[str, Any]:
    return {"start": q.start, "end": q.end, "text": q.text}


def _field(f: Field | None) -> dict[str, Any] | None:
    if f is None:
        return None
    value: dict[str, Any] = {"text": f.text, "spans": _spans(f.spans)}
    return value | {"inline": True} if f.inline else value


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[s, e] for s, e in spans]
