"""What a page is made of: articles, their fields and identity, and what belongs to no article; texts to work on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duizhao.types.pages import Field, Page, Span

ArticleKind = Literal["article", "headline_only", "photo", "notice", "advertisement"]
Genre = Literal["meeting_report", "readout", "commentary", "work_report", "news"]
Level = Literal["central", "province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the article goes on (or comes from): a page number, and the article there once it is known."""

    page: int
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What an article says of itself, each with the words that show it (None where nothing does)."""

    genre: Genre | None = None
    genre_evidence: Field | None = None
    issuer: Field | None = None
    level: Level | None = None
    level_evidence: Field | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a page. `id` is unique on the page (a1, a2, ... in reading order)."""

    id: str
    page_id: str
    kind: ArticleKind = "article"
    column: Field | None = None
    kicker: Field | None = None
    headline: Field | None = None
    subheadline: Field | None = None
    byline: Field | None = None
    dateline: Field | None = None
    continues_on: Field | None = None
    continued_from: Field | None = None
    authors: tuple[str, ...] = ()
    jump: Jump | None = None
    captions: tuple[Field, ...] = ()
    paragraphs: tuple[Field, ...] = ()
    identity: Identity = Identity()

    @property
    def text(self) -> str:
        """The body: paragraphs joined by a newline. Summaries and comparisons count offsets in it."""
        return "\n".join(p.text for p in self.paragraphs)

    @property
    def title(self) -> str:
        """Kicker, headline and sub-headline in printed order, parted by a space."""
        return " ".join(f.text for f in (self.kicker, self.headline, self.subheadline) if f)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What belongs to the page and to no article: masthead, folio, date, editors, advertisement, other."""

    role: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SegmentedPage:
    """A page, its articles and its furniture; together they own every non-space character exactly once."""

    page: Page
    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text to summarize or compare. `text` is as it was decoded; offsets count in it.

    `warnings` tell what reading left out.
    """

    id: str
    text: str
    title: str = ""
    date: str | None = None
    identity: Identity = Identity()
    continued: bool = False
    label: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What reports call it: its title, else its label, else its id."""
        return self.title or self.label or self.id
