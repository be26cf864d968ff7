"""Files and articles in, pages cut into articles and `Document`s (texts to summarize or compare) out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta
from pathlib import Path

from duizhao.errors import TooLarge
from duizhao.readers import plain
from duizhao.readers.batch_lines import Record
from duizhao.readers.files import is_pdf, read_pages, read_text
from duizhao.segmenter import segment
from duizhao.segmenter.identify import identify, identify_text
from duizhao.text import SENTENCE_END, field_of, strip_span
from duizhao.types.articles import Article, Document, SegmentedPage
from duizhao.types.pages import Page

STANDARD_INPUT = "-"
# how a report opens before it says anything: agency or paper, byline, dateline
OPENING = re.compile(r"^\s*(?:本报|新华社)[^，。）)]{0,12}[讯电]\s*(?:[（(][^（）()]{0,40}[）)])?\s*")
# points; A4 is 595 wide, Letter 612
OFFICE_SHEET = 620
# one printed line of a report
LABEL = 36


def segment_pages(
    data: bytes,
    source: str,
    *,
    most_pages: int | None = None,
    most_characters: int | None = None,
    picture: bool = False,
    only: Sequence[int] | None = None,
) -> Iterator[SegmentedPage]:
    """The pages of a file, one after another, each cut into articles that say what they are and who speaks.

    `only` names pages of a PDF, counted from 1.

    Raises:
        InputRefused: the file cannot be read; TooLarge: it has more pages, or a page more characters, than allowed.
    """
    name = page_name(source)
    for page in read_pages(data, source=source, page_id=name, most_pages=most_pages, picture=picture, only=only):
        yield segment_page(page, most_characters=most_characters)


def segment_page(page: Page, *, most_characters: int | None = None) -> SegmentedPage:
    """A page that was read, cut into articles that say what they are and who speaks.

    Raises:
        TooLarge: it has more characters than allowed.
    """
    if most_characters is not None and len(page.text) > most_characters:
        raise TooLarge(f"The page is longer than {most_characters} characters; send one page at a time.")
    result = segment(page)
    return replace(result, articles=tuple(replace(a, identity=identify(a)) for a in result.articles))


def whole_article(record: Record, source: str) -> SegmentedPage:
    """A page that is one article, as records give them: a title, and a paragraph a line."""
    text = f"{record.title}\n{record.text}" if record.title else record.text
    lines = plain.lines_of(text)
    fields = [field_of(text, [strip_span(text, line.start, line.end)]) for line in lines]
    fields = [f for f in fields if f.text]
    headline = fields.pop(0) if record.title else None
    article = Article("a1", record.id, headline=headline, paragraphs=tuple(fields))
    page = Page(record.id, source, text, lines, record.paper, record.date, record.number)
    return SegmentedPage(page, (replace(article, identity=identify(article)),), ())


def bodies(page: SegmentedPage) -> tuple[Article, ...]:
    """The articles of a page that have a body to summarize."""
    return tuple(a for a in page.articles if a.kind == "article" and a.paragraphs)


def articles_of(pages: Iterable[SegmentedPage]) -> list[tuple[Article, Document]]:
    """The articles of some pages that have a body, each as a document; ids name the page where there are several."""
    pages = list(pages)
    found = [(article, _article_document(article, page)) for page in pages for article in bodies(page)]
    if len(pages) == 1:
        return found
    return [(article, replace(document, id=f"{article.page_id}-{article.id}")) for article, document in found]


def text_document(data: bytes, source: str, *, date: str | None = None) -> Document:
    """A file as one text; offsets count in the text as decoded, for a PDF in its paragraphs joined by newlines."""
    if is_pdf(data):
        return printed_document(tuple(segment_pages(data, source)), source, date=date)
    text, warnings = read_text(data)
    return identified(Document(page_name(source), text, date=date, warnings=warnings))


def printed_document(pages: Sequence[SegmentedPage], source: str, *, date: str | None = None) -> Document:
    """Printed pages as one text: headings and paragraphs in reading order, without page numbers and page heads.

    The first title is the title of the document. A paragraph that a page break parts is joined again.
    """
    title = ""
    lines: list[str] = []
    for page in pages:
        for number, article in enumerate(page.articles):
            if article.title and not title and not lines:
                title = article.title
            elif article.title:
                lines.append(article.title)
            paragraphs = [p.text for p in article.paragraphs]
            if lines and paragraphs and number == 0 and not article.title and _goes_on(lines[-1]):
                lines[-1] += paragraphs.pop(0)
            lines += paragraphs
    warnings = tuple(dict.fromkeys(w for page in pages for w in page.warnings))
    date = date or next((page.page.date for page in pages if page.page.date), None)
    return identified(Document(page_name(source), "\n".join(lines), title, date, warnings=warnings))


def is_one_text(pages: Sequence[SegmentedPage]) -> bool:
    """Whether printed pages are those of a report or letter rather than of a newspaper.

    They hold one story each at most, or are small sheets set in one column without bylines and datelines.
    """
    return all(len(bodies(page)) <= 1 or _is_office_sheet(page) for page in pages)


def identified(document: Document) -> Document:
    """The document with its genre, issuer and level."""
    return replace(document, identity=identify_text(document.text, document.title, document.date))


def dated(page: SegmentedPage, date: str | None) -> SegmentedPage:
    """The page with the date that the user gave; it goes before the printed one."""
    return replace(page, page=replace(page.page, date=date)) if date else page


def page_name(source: str) -> str:
    """What a page or text from this file is called: the name of the file without its ending."""
    return "page" if source == STANDARD_INPUT else Path(source).stem or "page"


def opening(text: str) -> str:
    """The first words of a text, to call it by where it has no title."""
    words = " ".join(text[:LABEL].split())
    return words + "…" if len(text) > LABEL else words


def _article_document(article: Article, page: SegmentedPage) -> Document:
    return Document(
        article.id,
        article.text,
        article.title,
        _own_day(article, page),
        article.identity,
        continued=article.continues_on is not None,
        label=opening(OPENING.sub("", article.text, count=1)),
    )


def _own_day(article: Article, page: SegmentedPage) -> str | None:
    """The day that the article itself names at its start, in the month before the printed date of the page; else that.

    A paper prints today what was said yesterday. A date that the user gave stands.
    """
    given = page.page.date
    printed = any(
        [*map(int, re.findall(r"\d+", f.text))][:3] == [*map(int, re.findall(r"\d+", given or ""))]
        for f in page.furniture
    )
    start = f"{article.dateline.text if article.dateline else ''}{OPENING.sub('', article.text, count=1)[:12]}"
    named = re.search(r"(?<!\d)(\d{1,2})月(\d{1,2})日", start)
    if not (given and printed and named):
        return given
    try:
        paper = Day.fromisoformat(given)
    except ValueError:  # a page may print 2月31日
        return given
    days = (paper - timedelta(n) for n in range(31))
    return next((str(d) for d in days if (d.month, d.day) == (int(named[1]), int(named[2]))), given)


def _is_office_sheet(page: SegmentedPage) -> bool:
    signed = any(article.byline or article.dateline for article in page.articles)
    return page.page.columns == 1 and 0 < (page.page.width or 0) <= OFFICE_SHEET and not signed


def _goes_on(paragraph: str) -> bool:
    return not SENTENCE_END.search(paragraph[-3:])
