"""Bodies of answers to POST /v1/compare: nothing in, the shapes that the OpenAPI document describes out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from duizhao.api import examples_compare
from duizhao.api.answers import Answer, SpanOut
from duizhao.types.articles import Level
from duizhao.types.comparisons import Band, Doubt, Relation, UnitKind


class UnitOut(Answer):
    """One demand, measure or remark of a text."""

    id: str
    start: int
    end: int
    text: str
    kind: UnitKind
    themes: list[str]


class ComparedOut(Answer):
    """A text with its units."""

    id: str
    title: str
    date: str | None
    text: str
    issuer: str | None
    level: Level | None
    units: list[UnitOut]


class QuoteOut(Answer):
    """A verbatim piece of a text."""

    start: int
    end: int
    text: str


class PhraseOut(Answer):
    """Words that stand on both sides."""

    text: str
    central: SpanOut
    local: SpanOut


class VerdictOut(Answer):
    """What a reviewer decided on the pair."""

    linked: bool | None
    relation: Relation | None
    remark: str


class AlignmentOut(Answer):
    """A candidate pair of units with its evidence."""

    central: str
    local: str
    score: float
    linked: bool
    band: Band
    relation: Relation | None
    specificity: Annotated[int, Field(ge=0, le=3)]
    central_quote: QuoteOut
    local_quote: QuoteOut
    shared_phrases: list[PhraseOut]
    doubt: Doubt | None = None
    review: VerdictOut | None = None


class GapOut(Answer):
    """A central demand without an echo."""

    central: str
    nearest: str | None
    score: float


class ThemeRowOut(Answer):
    """How one theme stands on both sides."""

    id: str
    zh: str
    central: int
    local: int
    links: int
    status: Literal["echoed", "same_theme_unlinked", "central_only", "local_only"]


class LocalSideOut(Answer):
    """One local text against the central one."""

    local: ComparedOut
    alignments: list[AlignmentOut]
    coverage: dict[str, int]
    not_found: list[GapOut]
    local_only: list[str]
    themes: list[ThemeRowOut]
    warnings: list[str]
    method: str
    model: str
    thresholds: dict[str, float]


class ComparisonOut(LocalSideOut):
    """One central and one local text."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples_compare.COMPARISON]})

    central: ComparedOut


class MatrixRowOut(Answer):
    """Links by local text under one theme."""

    theme: str
    zh: str
    documents: dict[str, int]


class ComparisonsOut(Answer):
    """One central text and several local ones."""

    central: ComparedOut
    documents: list[LocalSideOut]
    matrix: list[MatrixRowOut]
    warnings: list[str]


class GroupsOut(Answer):
    """Several central texts."""

    comparisons: list[dict[str, Any]]
    warnings: list[str]
