"""A central and a local text side by side: units, themes, candidate pairs with their evidence, and gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from duizhao.types.articles import Document
from duizhao.types.pages import Span

UnitKind = Literal["demand", "action", "goal", "review", "assessment", "boilerplate", "procedural"]
Relation = Literal["verbatim", "concretised", "same_theme"]
Band = Literal["linked", "review", "none"]
Doubt = Literal["opposed", "slogan", "heading", "crowded", "judge"]


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
