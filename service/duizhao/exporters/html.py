"""Digests and comparisons in, one printable HTML file out: no script, no network, everything inline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from duizhao import digest as digests
from duizhao.exporters import comparison_facts, labels, places, rows
from duizhao.exporters import digest_facts as facts
from duizhao.types.articles import SegmentedPage
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Digest, DigestEntry


def segmented(pages: Sequence[SegmentedPage]) -> str:
    """Each page with every article in its own colour, over the printed page where there is a picture of it."""
    return _render("segmented.html", pages=pages)


def digest(d: Digest, *, title: str | None = None, links: Mapping[str, str] | None = None) -> str:
    """A digest for reading and printing; `links` are addresses of the source pages by page id."""
    if not digests.is_long(d):
        return _render("digest.html", digest=d, title=title or facts.TITLE)
    return _render(
        "digest_long.html",
        digest=d,
        title=title or facts.TITLE,
        links=links or {},
        pages={p.id: p for p in d.pages},
        places_of={p.id: n for n, p in enumerate(d.pages, 1)},
        by_page=_by_page(d),
        numbers={facts.anchor(e): n for n, e in enumerate(d.entries, 1)},
        sections=digests.sections(d),
        digests=digests,
        facts=facts,
    )


def comparison(found: Sequence[Comparison]) -> str:
    """One or several comparisons; each quote jumps to its place in the full text."""
    return _render("comparison.html", comparisons=found, facts=comparison_facts)


def _by_page(d: Digest) -> dict[str, list[DigestEntry]]:
    found: dict[str, list[DigestEntry]] = {p.id: [] for p in d.pages}
    for e in d.entries:
        found.setdefault(e.article.page_id, []).append(e)
    return found


def _render(template: str, **values: object) -> str:
    environment = Environment(
        loader=PackageLoader("duizhao.exporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(template).render(labels=labels, places=places, rows=rows, **values)
    # a lone surrogate in a damaged text must not make the file unwritable
    return text.encode("utf-8", "replace").decode("utf-8")
