"""Bodies of answers about what is kept: nothing in, the shapes that the OpenAPI document describes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from duizhao.api import examples_stored as examples
from duizhao.api.answers import Answer, ArticleOut
from duizhao.types.articles import Level
from duizhao.types.comparisons import Relation

# moments are kept in UTC without saying so
Moment = Annotated[datetime, AfterValidator(lambda value: value if value.tzinfo else value.replace(tzinfo=UTC))]
Next = Annotated[str | None, Field(description="cursor of what follows; null at the end")]


class PageRowOut(Answer):
    """A stored page in a list."""

    id: str
    source: str
    paper: str | None
    date: str | None
    articles: int
    version: int
    stored: Moment


class PagesOut(Answer):
    """Stored pages, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PAGES]})

    pages: list[PageRowOut]
    next: Next


class StoredArticleOut(ArticleOut):
    """A stored article: its id, the id of its page, its body."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ARTICLE]})

    page: str
    title: str
    text: str


class EntryOut(Answer):
    """A text of the library."""

    id: str
    title: str
    date: str | None
    level: Level | None
    issuer: str | None
    themes: list[str]
    characters: int


class AddedOut(Answer):
    """What became of the texts that were sent, in order."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ADDED]})

    entries: list[EntryOut]
    added: Annotated[int, Field(description="how many of them are new")]


class EntriesOut(Answer):
    """Texts of the library in the order they came."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ENTRIES]})

    entries: list[EntryOut]
    next: Next


class EntryTextOut(EntryOut):
    """A text of the library with its words."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ENTRY_TEXT]})

    text: str


class HitOut(Answer):
    """A text that was found, and where it speaks of what was asked."""

    entry: EntryOut
    score: float
    excerpt: str


class HitsOut(Answer):
    """The texts that were found, the best first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.HITS]})

    hits: list[HitOut]


class ReviewOut(Answer):
    """A reviewer's verdict on a pair of units."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.REVIEW]})

    central: Annotated[str, Field(description="hash of the central unit's text")]
    local: Annotated[str, Field(description="hash of the local unit's text")]
    verdict: Literal["accept", "reject"]
    relation: Relation | None
    note: str
    reviewer: str
    created: Moment


class ReviewsOut(Answer):
    """Verdicts in the order they came; the last one on a pair counts."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.REVIEWS]})

    reviews: list[ReviewOut]
    next: Next


class FailureOut(Answer):
    """What did not work: on which file or page, and why."""

    subject: str
    article: Annotated[str | None, Field(description="the one article of the page that failed; null: the whole page")]
    stage: str
    type: str
    detail: str


class JobOut(Answer):
    """A durable job. A job that is done may still have failures, each named."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.JOB, examples.JOB_OVER]})

    id: str
    kind: Literal["digest", "compare"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    created: Moment
    updated: Moment
    total: Annotated[int, Field(description="pages, or pairs of texts")]
    done: int
    cached: Annotated[int, Field(description="of `done`: known before, without any work")]
    failures: list[FailureOut]
    attempt: int
    error: str | None


class JobsOut(Answer):
    """Jobs, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.JOBS]})

    jobs: list[JobOut]
    next: Next
