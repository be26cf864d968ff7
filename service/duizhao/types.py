"""The nouns of the project: pages, articles, summaries, digests, units, alignments, comparisons.

All offsets are Unicode code points, half-open. A `Field` of a page is always made of slices of the
page text, one character for one character: `text == "".join(page.text[s:e]).replace("\\n", " ")`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ArticleKind = Literal["article", "headline_only", "photo", "notice", "advertisement"]
Genre = Literal["meeting_report", "readout", "commentary", "work_report", "news"]
Level = Literal["central", "province", "city", "county"]
Length = Literal["headline", "brief", "summary", "long"]
UnitKind = Literal["demand", "action", "goal", "review", "assessment", "boilerplate", "procedural"]
Relation = Literal["verbatim", "concretised", "same_theme"]
Band = Literal["linked", "review", "none"]
Doubt = Literal["slogan", "heading", "crowded", "judge"]

LENGTHS: tuple[Length, ...] = ("headline", "brief", "summary", "long")
BUDGETS: dict[Length, int] = {"headline": 30, "brief": 60, "summary": 150, "long": 300}


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on the printed page in points, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its place in the page text, and its geometry where the source has one."""

    start: int
    end: int
    box: Box | None = None
    size: float | None = None
    font: str | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn on a page beside text: a rule (thin), a framed box, a tinted area, a picture."""

    kind: Literal["rule", "box", "fill", "image"]
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read. `text` is never changed afterwards; `lines` cover all of its non-space characters.

    `width` and `height` in points; `picture` is a PNG of the printed page, where one was asked for.
    """

    id: str
    source: str
    text: str
    lines: tuple[Line, ...]
    paper: str | None = None
    date: str | None = None
    number: int | None = None
    columns: int | None = None
    warnings: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    width: float | None = None
    height: float | None = None
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A printed field: its text and where it stands. `inline`: the characters are owned by a paragraph."""

    text: str
    spans: tuple[Span, ...]
    inline: bool = False


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


@dataclass(frozen=True, slots=True)
class SourcedSentence:
    """A printed sentence and the spans of the document that it is made of."""

    text: str
    sources: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The summaries asked for, by length; `sentences` belong to the longest of them."""

    id: str
    texts: dict[Length, str]
    sentences: tuple[SourcedSentence, ...]
    method: Literal["extractive", "abstractive"]
    model: str
    characters_in: int
    truncated: bool = False
    continued: bool = False
    replaced_sentences: int = 0
    prompt_digest: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not work: on which subject, in which stage, of what type, and why."""

    subject: str
    stage: str
    type: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """The same report on another page."""

    page_id: str
    article_id: str
    title: str


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One article of a digest with its summary, the names of its themes, and where else it was printed."""

    article: Article
    summary: Summary
    themes: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Summaries of one or more pages, grouped for reading; failures are kept."""

    pages: tuple[Page, ...]
    entries: tuple[DigestEntry, ...]
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the taxonomy."""

    id: str
    zh: str
    keywords: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One demand, measure or remark: `text == document.text[start:end]`.

    `shares` are the probabilities of its `themes`; `speaker` is where the words stand that say who asks (会议, a
    name), `marker` where the mark of its list does (一是, （二）).
    """

    id: str
    start: int
    end: int
    text: str
    kind: UnitKind
    themes: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    speaker: Span | None = None
    marker: Span | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """Words that stand on both sides; by `rarity` one policy demand in exp(rarity) has them."""

    text: str
    central: Span
    local: Span
    rarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided on a pair: linked or not (None: open), in which relation, and a remark."""

    linked: bool | None
    relation: Relation | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A candidate pair of units with its score and evidence; `doubt`: why its score does not make it a link."""

    central: str
    local: str
    score: float
    linked: bool
    band: Band
    relation: Relation | None
    specificity: int
    central_quote: Quote
    local_quote: Quote
    shared_phrases: tuple[SharedPhrase, ...] = ()
    doubt: Doubt | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A central demand without a linked local unit, and its nearest candidate."""

    central: str
    nearest: str | None
    score: float


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """How one theme stands on both sides: counts of demands and actions, and of links."""

    id: str
    zh: str
    central: int
    local: int
    links: int
    status: Literal["echoed", "same_theme_unlinked", "central_only", "local_only"]


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document with its units."""

    document: Document
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A central and a local document side by side."""

    central: ComparedDocument
    local: ComparedDocument
    alignments: tuple[Alignment, ...]
    coverage: dict[str, int]
    not_found: tuple[Gap, ...]
    local_only: tuple[str, ...]
    themes: tuple[ThemeRow, ...]
    warnings: tuple[str, ...]
    method: str
    model: str
    thresholds: dict[str, float] = field(default_factory=dict)
    prompt_digest: str | None = None
