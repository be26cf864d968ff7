"""Digests and comparisons in, one printable HTML file out: no script, no network, everything inline."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from duizhao.exporters import labels, places, rows
from duizhao.types import Comparison, Digest, SegmentedPage


def segmented(pages: Sequence[SegmentedPage]) -> str:
    """Each page with every article in its own colour, over the printed page where there is a picture of it."""
    return _render("segmented.html", pages=pages)


def digest(d: Digest) -> str:
    """A digest for reading and printing."""
    return _render("digest.html", digest=d)


def comparison(found: Sequence[Comparison]) -> str:
    """One or several comparisons; each quote jumps to its place in the full text."""
    return _render("comparison.html", comparisons=found)


def _render(template: str, **facts: object) -> str:
    environment = Environment(
        loader=PackageLoader("duizhao.exporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(template).render(labels=labels, places=places, rows=rows, **facts)
    # a lone surrogate in a damaged text must not make the file unwritable
    return text.encode("utf-8", "replace").decode("utf-8")
