"""A text far longer than any page: its paragraphs between blank lines in, one article of them out (a `Layout`)."""

from __future__ import annotations

from collections.abc import Sequence

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.drafts import Draft
from duizhao.segmenter.layout import Layout
from duizhao.types.pages import Line, Page, Span

# A hundred newspaper pages have fewer lines; what has more is a table, a log or a book.
MOST_LINES = 40_000
WARNING = f"more than {MOST_LINES} lines: too long for a newspaper page, kept as one article"


def is_bulk(page: Page) -> bool:
    """Whether the text is too long to be looked at as a page."""
    return len(page.lines) > MOST_LINES


def bulk_layout(page: Page) -> Layout:
    """Nothing is lost and nothing is guessed; time grows with length only."""
    blocks: list[Block] = []
    lines: list[Line] = []
    for line in page.lines:
        if lines and page.text.count("\n", lines[-1].end, line.start) > 1:
            blocks.append(_block(page.text, lines))
            lines = []
        lines.append(line)
    blocks.append(_block(page.text, lines))
    return Layout([], {}, blocks, [Draft(body=list(range(len(blocks))))])


def _block(page_text: str, lines: Sequence[Line]) -> Block:
    return Block(
        kind="paragraph",
        spans=tuple(Span(line.start, line.end) for line in lines),
        text="".join(page_text[line.start : line.end] for line in lines),
        rows=len(lines),
        width=0.0,
        measure=0.0,
        blank=True,
        complete=True,
    )
