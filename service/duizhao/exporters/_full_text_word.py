"""Compared documents in; their full texts with the numbers of their units, as the appendix of a Word file, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duizhao.exporters import rows
from duizhao.exporters._wordml import ID_GREY, Element, paragraph, run
from duizhao.exporters.outline import Outline
from duizhao.types.comparisons import ComparedDocument, Comparison

TITLE = "全文"
# Characters of all texts together that are appended, some six pages; longer ones are told of.
MOST = 8_000


def appendix(found: Sequence[Comparison], outline: Outline) -> Iterator[Element]:
    """Each text once, the central one first; or one line that says where they can be read."""
    sides = _sides(found)
    length = sum(len(side.document.text) for side in sides)
    yield paragraph("Heading1", outline.number(1, TITLE))
    if length > MOST:
        yield paragraph("BodyText", f"各文本共{length}字，篇幅过长，全文从略；见网页版，或工作簿的“来源”表。")
        return
    for side in sides:
        yield paragraph("Heading2", outline.number(2, " ".join(rows.document_title(side.document).split("\n"))))
        yield from (paragraph("TableText", *line) for line in _lines(side) if line)


def _sides(found: Sequence[Comparison]) -> list[ComparedDocument]:
    seen: dict[tuple[str, str], ComparedDocument] = {}
    for side in (*(c.central for c in found), *(c.local for c in found)):
        seen.setdefault((side.document.id, side.document.text), side)
    return list(seen.values())


def _lines(side: ComparedDocument) -> Iterator[list[Element]]:
    """The runs of each line of the text; a unit has its number before it."""
    line: list[Element] = []
    for anchor in rows.anchors(side.document.text, side.units):
        if anchor.unit:
            line.append(run(f"{anchor.unit} ", color=ID_GREY, half_points=15))
        first, *others = anchor.text.split("\n")
        line += [run(first)] if first.strip() else []
        for other in others:
            yield line
            line = [run(other)] if other.strip() else []
    yield line
