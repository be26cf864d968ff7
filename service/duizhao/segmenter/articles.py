"""Drafts into articles: blocks and their roles in, `Article`s with printed fields out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from duizhao.segmenter.blocks import Block
from duizhao.segmenter.credits import Credits, closing_authors, names, opening_credits
from duizhao.segmenter.cues import ADVERTISEMENT, JUMP_FROM, NOTICE, PAGE_NUMBER
from duizhao.segmenter.drafts import Draft
from duizhao.segmenter.fields import lines_field, paragraph_field
from duizhao.segmenter.furniture import chinese_number
from duizhao.segmenter.heads import Head, head_of
from duizhao.types.articles import Article, ArticleKind, Jump
from duizhao.types.pages import Field, Span


@dataclass(frozen=True, slots=True)
class _Jumps:
    """Jump marks of one article, and the page that it goes on on (or comes from)."""

    on: Field | None = None
    back: Field | None = None
    jump: Jump | None = None


def article_of(
    page_id: str, page_text: str, number: int, blocks: Sequence[Block], draft: Draft, repeated: Set[str]
) -> Article:
    """The article of a draft; `number` is its place on the page from 1, `repeated` as in `head_of`."""
    head = head_of([blocks[i] for i in draft.head], repeated)
    paragraphs = tuple(paragraph_field(page_text, spans) for spans in _whole([blocks[i] for i in draft.body]))
    captions = tuple(paragraph_field(page_text, blocks[i].spans) for i in draft.captions)
    jumps, stray = _jump_fields(page_text, [blocks[i] for i in draft.jumps])
    byline = _lines(page_text, head.byline)
    credits = _credits(paragraphs)
    return Article(
        id=f"a{number}",
        page_id=page_id,
        kind=_kind(head, paragraphs, captions),
        column=_lines(page_text, head.column),
        kicker=_lines(page_text, head.kicker),
        headline=_lines(page_text, head.headline),
        subheadline=_lines(page_text, head.subheadline),
        byline=byline or credits.byline,
        dateline=credits.dateline,
        continues_on=jumps.on,
        continued_from=jumps.back,
        authors=names(byline.text) if byline else credits.authors,
        jump=jumps.jump,
        captions=captions,
        paragraphs=paragraphs + stray,
    )


def _whole(body: Sequence[Block]) -> list[tuple[Span, ...]]:
    """Spans of the paragraphs; what was broken off at a column's end is joined with what takes it up."""
    joined: list[tuple[Span, ...]] = []
    above: Block | None = None
    for block in body:
        if above is not None and above.ends_full and block.starts_full and block.kind == above.kind == "paragraph":
            joined[-1] += block.spans
        else:
            joined.append(block.spans)
        above = block
    return joined


def repeated_lines(blocks: Sequence[Block]) -> Set[str]:
    """Display lines that are printed more than once on the page."""
    counts = Counter(b.text.strip() for b in blocks if b.kind == "display")
    return {text for text, n in counts.items() if n > 1}


def _lines(page_text: str, blocks: Sequence[Block]) -> Field | None:
    return lines_field(page_text, [span for b in blocks for span in b.spans]) if blocks else None


def _credits(paragraphs: Sequence[Field]) -> Credits:
    """Credits at the opening of the first paragraph; else the authors in brackets at the end of the last."""
    if not paragraphs:
        return Credits()
    opening = opening_credits(paragraphs[0])
    if opening.authors:
        return opening
    closing = closing_authors(paragraphs[-1].text)
    return Credits(opening.byline, opening.dateline, closing)


def _jump_fields(page_text: str, blocks: Sequence[Block]) -> tuple[_Jumps, tuple[Field, ...]]:
    """The marks as fields; a second mark of one kind, which no field can hold, stays as a paragraph."""
    on = back = None
    stray: list[Field] = []
    for block in blocks:
        field = paragraph_field(page_text, block.spans)
        if JUMP_FROM.match(block.text) and back is None:
            back = field
        elif not JUMP_FROM.match(block.text) and on is None:
            on = field
        else:
            stray.append(field)
    mark = on or back
    page = _page_number(mark.text) if mark else None
    return _Jumps(on, back, Jump(page) if page is not None else None), tuple(stray)


def _page_number(mark: str) -> int | None:
    match = PAGE_NUMBER.search(mark)
    if not match:
        return None
    return int(match[0]) if match[0].isdecimal() else chinese_number(match[0])


def _kind(head: Head, paragraphs: Sequence[Field], captions: Sequence[Field]) -> ArticleKind:
    title = "".join(b.text for b in head.headline).strip()
    if ADVERTISEMENT.match(title):
        return "advertisement"
    if NOTICE.search(title):
        return "notice"
    if paragraphs:
        return "article"
    return "photo" if captions else "headline_only"
