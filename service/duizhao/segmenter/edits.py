"""A segmented page and edits by hand in, the page as edited out; every character keeps exactly one owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal

from duizhao.errors import InputRefused, InternalError
from duizhao.segmenter.check import check_spans, every_field
from duizhao.segmenter.identify import identify
from duizhao.text import field_of, strip_span
from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.pages import Field, Span

HEADS = ("column", "kicker", "headline", "subheadline", "byline", "dateline", "continued_from")
Role = Literal["kicker", "headline", "subheadline"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The articles become one: the first keeps its head, what the others have printed follows as paragraphs."""

    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """The article ends before this paragraph (0 is the first); the rest becomes an article after it.

    With `headline` the first paragraph of the rest is its headline.
    """

    article: str
    paragraph: int
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Attach:
    """These characters of the page become the headline (kicker, sub-headline) of the article.

    They are taken from wherever they are now. A field that stood there before becomes an item of its own.
    """

    article: str
    spans: tuple[Span, ...]
    role: Role = "headline"


Edit = Merge | Split | Attach


def edit(page: SegmentedPage, edits: Sequence[Edit]) -> SegmentedPage:
    """The edits one after another, then the check that every character still has exactly one owner.

    Raises:
        InputRefused: an article or paragraph is not there, or the result would break that rule.
    """
    for each in edits:
        if isinstance(each, Merge):
            page = _merge(page, each)
        elif isinstance(each, Split):
            page = _split(page, each)
        else:
            page = _attach(page, each)
    try:
        check_spans(page)
    except InternalError as error:
        raise InputRefused(f"the edit would leave the page inconsistent: {error}") from error
    return page


def _merge(page: SegmentedPage, asked: Merge) -> SegmentedPage:
    if len(set(asked.articles)) < 2:
        raise InputRefused("name two different articles to merge")
    first, *others = (_article(page, name) for name in asked.articles)
    owned = [f for other in others for f in _in_order(other) if not f.inline]
    captions = [c for other in others for c in other.captions]
    authors = dict.fromkeys(n for a in (first, *others) for n in a.authors)
    paragraphs = (*first.paragraphs, *(f for f in owned if f not in captions))
    merged = replace(
        first,
        kind="article" if paragraphs else first.kind,
        paragraphs=paragraphs,
        captions=(*first.captions, *captions),
        authors=tuple(authors),
    )
    gone = {a.id for a in others}
    return _with(page, [merged if a.id == first.id else a for a in page.articles if a.id not in gone], {first.id})


def _split(page: SegmentedPage, asked: Split) -> SegmentedPage:
    article = _article(page, asked.article)
    if not 0 <= asked.paragraph < len(article.paragraphs):
        raise InputRefused(f"article {article.id} has {len(article.paragraphs)} paragraphs, counted from 0")
    kept, rest = article.paragraphs[: asked.paragraph], article.paragraphs[asked.paragraph :]
    headline, body = (rest[0], rest[1:]) if asked.headline else (None, rest)
    moved = [f for f in (article.byline, article.dateline) if f and f.inline and _inside(f, rest)]
    new = Article(
        _new_id(page.articles),
        article.page_id,
        "article" if body else "headline_only",
        headline=headline,
        byline=article.byline if article.byline in moved else None,
        dateline=article.dateline if article.dateline in moved else None,
        continues_on=article.continues_on,
        jump=article.jump,
        paragraphs=body,
    )
    first = replace(
        article,
        kind=article.kind if kept else "headline_only",
        byline=None if article.byline in moved else article.byline,
        dateline=None if article.dateline in moved else article.dateline,
        continues_on=None,
        jump=None,
        paragraphs=kept,
    )
    after = [x for a in page.articles for x in ((first, new) if a.id == article.id else (a,))]
    return _with(page, [a for a in after if any(every_field(a))], {article.id, new.id})


def _attach(page: SegmentedPage, asked: Attach) -> SegmentedPage:
    text, name = page.page.text, _article(page, asked.article).id
    if not all(0 <= s < e <= len(text) for s, e in asked.spans):
        raise InputRefused("the spans lie outside of the page")
    field = field_of(text, [strip_span(text, *span) for span in asked.spans])
    if not field.spans:
        raise InputRefused("there is nothing printed in these spans")
    articles = [_without(a, text, field.spans) for a in page.articles]
    left = [(piece, _minus(text, piece.spans, field.spans)) for piece in page.furniture]
    furniture = tuple(replace(piece, text=rest.text, spans=rest.spans) for piece, rest in left if rest)
    target = next(a for a in articles if a.id == name)
    old = getattr(target, asked.role)
    after: list[Article] = []
    for a in articles:
        if a.id == name:
            named: dict[str, Any] = {asked.role: field}
            after.append(replace(a, **named))
            if old:
                after.append(Article(_new_id(page.articles), a.page_id, "headline_only", headline=old))
        elif any(every_field(a)):
            after.append(a if a.paragraphs or a.kind != "article" else replace(a, kind="headline_only"))
    return _with(replace(page, furniture=furniture), after, {name})


def _with(page: SegmentedPage, articles: Sequence[Article], changed: set[str]) -> SegmentedPage:
    done = tuple(replace(a, identity=identify(a)) if a.id in changed else a for a in articles)
    return replace(page, articles=done)


def _without(article: Article, text: str, spans: Sequence[Span]) -> Article:
    """The article without these characters; a field that is left without any is gone."""

    def less(field: Field | None) -> Field | None:
        return _minus(text, field.spans, spans, inline=field.inline) if field else None

    def fewer(fields: Sequence[Field]) -> tuple[Field, ...]:
        return tuple(left for f in fields if (left := less(f)))

    single: dict[str, Any] = {name: less(getattr(article, name)) for name in (*HEADS, "continues_on")}
    return replace(article, **single, captions=fewer(article.captions), paragraphs=fewer(article.paragraphs))


def _minus(text: str, spans: Sequence[Span], taken: Sequence[Span], *, inline: bool = False) -> Field | None:
    """What is left of some spans; the same field, to the character, where nothing is taken."""
    if not any(s < e2 and s2 < e for s, e in spans for s2, e2 in taken):
        return field_of(text, spans, inline=inline)
    left = list(spans)
    for start, end in taken:
        left = [x for s, e in left for x in (Span(s, min(e, start)), Span(max(s, end), e)) if x.start < x.end]
    found = field_of(text, [strip_span(text, *span) for span in left], inline=inline)
    return found if found.spans else None


def _in_order(article: Article) -> list[Field]:
    """All fields of an article in reading order: its head, captions and paragraphs, its jump line."""
    heads = [f for name in HEADS if (f := getattr(article, name))]
    tail = [article.continues_on] if article.continues_on else []
    return [*heads, *article.captions, *article.paragraphs, *tail]


def _inside(field: Field, owners: Sequence[Field]) -> bool:
    spans = [span for owner in owners for span in owner.spans]
    return any(s <= field.spans[0].start < e for s, e in spans)


def _article(page: SegmentedPage, name: str) -> Article:
    found = next((a for a in page.articles if a.id == name), None)
    if found is None:
        raise InputRefused(f"the page has no article {name}; it has {', '.join(a.id for a in page.articles)}")
    return found


def _new_id(articles: Sequence[Article]) -> str:
    taken = {a.id for a in articles}
    return next(name for n in count(len(articles) + 1) if (name := f"a{n}") not in taken)
