"""Bodies of requests: JSON in, checked values and documents out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from duizhao.api import examples
from duizhao.types.articles import Document
from duizhao.types.summaries import Length


def _real_date(value: str) -> str:
    date.fromisoformat(value)
    return value


Text = Annotated[str, StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Title = Annotated[str, StringConstraints(max_length=500)]
Model = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9_]{1,40}$"),
    Field(description="a name of GET /v1/models", examples=["lead"]),
]
IsoDate = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_real_date),
    Field(json_schema_extra={"format": "date"}),
]


class Strict(BaseModel):
    """A body in which nothing unknown is overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PageIn(Strict):
    """A page as text."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.PAGE_IN]})

    text: Annotated[Text, Field(description="the text layer of the page, line by line")]
    source: Annotated[Id, Field(description="name of the file; its stem becomes the id of the page")] = "page.txt"


class FieldIn(BaseModel):
    """A printed field of an article, as POST /v1/segment gives it."""

    model_config = ConfigDict(strict=True)

    text: str


class ArticleIn(BaseModel):
    """An article as POST /v1/segment gives it; members that are not needed are passed over."""

    model_config = ConfigDict(strict=True)

    id: Id = "article"
    kicker: FieldIn | None = None
    headline: FieldIn | None = None
    subheadline: FieldIn | None = None
    continues_on: FieldIn | None = None
    paragraphs: Annotated[list[FieldIn], Field(min_length=1)]

    def document(self, when: str | None) -> Document:
        """The body as a document; its text is the paragraphs joined by a newline."""
        title = " ".join(f.text for f in (self.kicker, self.headline, self.subheadline) if f)
        text = "\n".join(p.text for p in self.paragraphs)
        return Document(self.id, text, title, when, continued=self.continues_on is not None)


class SummarizeIn(Strict):
    """One text, one article of a segmented page, or a stored article by its id."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": list(examples.SUMMARIZE_IN.values()),
            "anyOf": [{"required": ["text"]}, {"required": ["article"]}, {"required": ["id"]}],
            "dependentRequired": {"max_chars": ["length"]},
        }
    )

    text: Annotated[Text | None, Field(description="offsets of the answer count in it")] = None
    article: ArticleIn | None = None
    id: Annotated[Id | None, Field(description="without text and article: id of a stored article; else a name")] = None
    title: Title = ""
    date: IsoDate | None = None
    length: Annotated[Length | None, Field(description="only this length; else all four")] = None
    max_chars: Annotated[int | None, Field(ge=1, le=10_000, description="budget in characters of `length`")] = None
    model: Model | None = None
    with_text: Annotated[bool, Field(description="repeat the text in the answer")] = False

    @model_validator(mode="after")
    def _one_input(self) -> SummarizeIn:
        if self.text is not None and self.article is not None:
            raise ValueError("give text or article, not both")
        if self.text is None and self.article is None and self.id is None:
            raise ValueError("give text, article, or the id of a stored article")
        if self.max_chars is not None and self.length is None:
            raise ValueError("max_chars needs length: it is the budget of one length")
        return self

    @property
    def is_stored(self) -> bool:
        """Whether only the id of a stored article was given."""
        return self.text is None and self.article is None

    def document(self) -> Document:
        """The text to summarize."""
        if self.article is not None:
            return self.article.document(self.date)
        return Document(self.id or "text", self.text or "", self.title, self.date)


class TextIn(Strict):
    """A text of a comparison."""

    text: Text
    title: Title = ""
    date: Annotated[IsoDate | None, Field(description="a warning is given where the local text is the older one")] = (
        None
    )
    id: Annotated[Id | None, Field(description="default: central1, local1, local2 ...")] = None

    def document(self, name: str) -> Document:
        """The text as a document."""
        return Document(self.id or name, self.text, self.title, self.date)


class CompareTextsIn(Strict):
    """Local texts against central ones."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.COMPARE_TEXTS_IN]})

    central: Annotated[
        Annotated[list[TextIn], Field(min_length=1)] | Literal["library"],
        Field(description='central texts; "library": those of the library that a local text most likely answers to'),
    ]
    local: Annotated[list[TextIn], Field(min_length=1)]
    model: Model | None = None


class ComparePageIn(Strict):
    """A page whose central articles are set against its local ones."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.COMPARE_PAGE_IN]})

    page: Annotated[Text, Field(description="the text layer of the page")]
    date: Annotated[IsoDate | None, Field(description="date of the page; it goes before the printed one")] = None
    model: Model | None = None


def _form(value: Any) -> str:
    return "page" if isinstance(value, ComparePageIn) or (isinstance(value, dict) and "page" in value) else "texts"


CompareIn = Annotated[
    Annotated[CompareTextsIn, Tag("texts")] | Annotated[ComparePageIn, Tag("page")], Discriminator(_form)
]
