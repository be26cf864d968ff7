"""Bodies of requests about what is kept: JSON in, edits, library texts and verdicts out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from duizhao.api import examples_stored as examples
from duizhao.api.schemas import Strict, Text, TextIn
from duizhao.segmenter.edits import Attach, Edit, Merge, Role, Split
from duizhao.stores.reviews import unit_hash
from duizhao.types.comparisons import Relation
from duizhao.types.pages import Span

ArticleId = Annotated[str, StringConstraints(pattern=r"^a[0-9]{1,6}$")]
SpanIn = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]


class MergeIn(Strict):
    """Make one article of several; the first keeps its head."""

    op: Literal["merge"]
    articles: Annotated[list[ArticleId], Field(min_length=2, max_length=50)]

    def edit(self) -> Edit:
        """As the segmenter has it."""
        return Merge(tuple(self.articles))


class SplitIn(Strict):
    """End an article before a paragraph (0 is the first); the rest is an article after it."""

    op: Literal["split"]
    article: ArticleId
    paragraph: Annotated[int, Field(ge=0)]
    headline: Annotated[bool, Field(description="the first paragraph of the rest is its headline")] = False

    def edit(self) -> Edit:
        """As the segmenter has it."""
        return Split(self.article, self.paragraph, self.headline)


class AttachIn(Strict):
    """Make characters of the page the headline of an article, wherever they are now."""

    op: Literal["attach"]
    article: ArticleId
    spans: Annotated[list[SpanIn], Field(min_length=1, max_length=50)]
    role: Role = "headline"

    def edit(self) -> Edit:
        """As the segmenter has it."""
        return Attach(self.article, tuple(Span(s, e) for s, e in self.spans), self.role)


OperationIn = Annotated[MergeIn | SplitIn | AttachIn, Field(discriminator="op")]


class EditsIn(Strict):
    """Edits of a page, done one after another, all or none."""

    model_config = ConfigDict(json_schema_extra={"examples": list(examples.EDITS_IN.values())})

    operations: Annotated[list[OperationIn], Field(min_length=1, max_length=100)]


class LibraryIn(Strict):
    """Texts for the library."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.LIBRARY_IN]})

    texts: Annotated[list[TextIn], Field(min_length=1, max_length=100)]


class UnitIn(Strict):
    """A unit of a comparison, by its text or by the hash of it."""

    text: Text | None = None
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["text"]}, {"required": ["hash"]}]})

    @model_validator(mode="after")
    def _one(self) -> UnitIn:
        if (self.text is None) == (self.hash is None):
            raise ValueError("give text or hash")
        return self

    @property
    def name(self) -> str:
        """The hash."""
        return self.hash or unit_hash(self.text or "")


class ReviewIn(Strict):
    """A verdict on a pair of units."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.REVIEW_IN]})

    central: UnitIn
    local: UnitIn
    verdict: Literal["accept", "reject"]
    relation: Relation | None = None
    note: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")] = ""
