"""Summaries of a text in four lengths, each sentence with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duizhao.types.pages import Span

Length = Literal["headline", "brief", "summary", "long"]
LENGTHS: tuple[Length, ...] = ("headline", "brief", "summary", "long")
BUDGETS: dict[Length, int] = {"headline": 30, "brief": 60, "summary": 150, "long": 300}


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
