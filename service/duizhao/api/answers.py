"""Bodies of answers: nothing in, the shapes that the OpenAPI document describes out.

The answers themselves are made by `duizhao.exporters.json`; a test holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from duizhao.api import examples
from duizhao.types.articles import ArticleKind, Genre, Level
from duizhao.types.summaries import Length

SpanOut = Annotated[list[int], Field(min_length=2, max_length=2, description="[start, end) in code points")]


class Answer(BaseModel):
    """An answer holds exactly what is written here."""

    model_config = ConfigDict(extra="forbid")


class FieldOut(Answer):
    """A printed field; `inline` says that a paragraph owns the characters."""

    text: str
    spans: list[SpanOut]
    inline: bool | None = None


class PageOut(Answer):
    """The page as it was read."""

    id: str
    source: str
    text: str
    paper: str | None
    date: str | None
    number: int | None
    columns: int | None


class JumpOut(Answer):
    """Where an article goes on."""

    page: int
    article: str | None


class EvidenceOut(Answer):
    """The words that show genre and level."""

    genre: FieldOut | None
    level: FieldOut | None


class ArticleOut(Answer):
    """One item of a page; what is not printed is null."""

    id: str
    kind: ArticleKind
    genre: Genre | None
    issuer: FieldOut | None
    level: Level | None
    evidence: EvidenceOut
    column: FieldOut | None
    kicker: FieldOut | None
    headline: FieldOut | None
    subheadline: FieldOut | None
    byline: FieldOut | None
    dateline: FieldOut | None
    continues_on: FieldOut | None
    continued_from: FieldOut | None
    authors: list[str]
    jump: JumpOut | None
    captions: list[FieldOut]
    paragraphs: list[FieldOut]


class FurnitureOut(Answer):
    """What belongs to the page and to no article."""

    role: str
    text: str
    spans: list[SpanOut]


class SegmentedOut(Answer):
    """A page, its articles and its furniture."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SEGMENTED]})

    page: PageOut
    articles: list[ArticleOut]
    furniture: list[FurnitureOut]
    warnings: list[str]


class SentenceOut(Answer):
    """A sentence of the longest summary and where it comes from."""

    text: str
    sources: list[SpanOut]


class SummaryOut(Answer):
    """The lengths that were asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SUMMARY]})

    id: str
    headline: str | None = None
    brief: str | None = None
    summary: str | None = None
    long: str | None = None
    sentences: list[SentenceOut]
    method: Literal["extractive", "abstractive"]
    model: str
    characters_in: int
    truncated: bool
    continued: bool
    replaced_sentences: int
    warnings: list[str]
    prompt_digest: str | None = None
    text: str | None = None


class ThemeOut(Answer):
    """A theme of the taxonomy."""

    id: str
    zh: str
    keywords: list[str]


class ThemesOut(Answer):
    """All themes."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.THEMES]})

    themes: list[ThemeOut]


class ModelOut(Answer):
    """A back end that a request may name."""

    name: str
    kind: Literal["summarizer", "embedder", "themes"]
    method: Literal["extractive", "abstractive", "embedding"]
    description: str
    licence: str
    needs_weights: bool
    revision: str
    default: bool


class ModelsOut(Answer):
    """The back ends, with the lengths and budgets of summaries."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.MODELS]})

    models: list[ModelOut]
    lengths: dict[Length, int]


class StatusOut(Answer):
    """A healthy service."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ready", "waiting": 0, "queue_size": 32}]})

    status: Literal["alive", "ready"]
    waiting: Annotated[int | None, Field(description="requests in the queue")] = None
    queue_size: int | None = None


class VersionOut(Answer):
    """What is running."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "duizhao", "version": "0.1.0", "api": "v1"}]})

    name: str
    version: str
    api: Literal["v1"]


class PlaceOut(Answer):
    """A place in a request that is wrong."""

    at: str
    message: str


class ProblemOut(Answer):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PROBLEM]})

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[PlaceOut] | None = None
