"""The seams: what a summarizer and an embedder take and give, and the card that each carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict


class ModelUnavailable(Exception):
    """A back end or its weights cannot be used here; the message says why and what to do."""


class ModelCard(BaseModel):
    """What a model is. Printed by `duizhao models list` and stored with every result."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: Literal["summarizer", "embedder", "themes"]
    method: Literal["extractive", "abstractive", "embedding"]
    description: str
    licence: str
    needs_weights: bool = False
    prompted: bool = False
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A wording that may stand in a summary.

    `text` is what would be printed; `value` is what it is worth to the reader (higher is better, 0 is nothing);
    of the pieces with the same `slot`, which are wordings of the same sentence (the fullest first), at most one
    is taken; pieces with the same `group` speak of one topic, so that a second one is worth less; `required`
    pieces come first into every selection that has room for them.
    """

    text: str
    value: float = 0.0
    slot: int = 0
    group: int = 0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One text to be summarized into at most `max_chars` characters.

    Extractive back ends choose among `pieces` (in the order of the text); abstractive ones read `prompt`, which
    holds the text, or the bare `text` where they take no instructions.
    """

    text: str
    pieces: tuple[Piece, ...]
    max_chars: int
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer of a back end: indices of chosen pieces in order, or free text that the caller must check.

    `truncated` tells that the back end could not read all that it was given.
    """

    chosen: tuple[int, ...] = ()
    text: str = ""
    truncated: bool = False


class Summarizer(Protocol):
    """A summarizing back end. `summarize` works on a batch and returns one draft a request, in order."""

    card: ModelCard

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order."""
        ...


class Embedder(Protocol):
    """An embedding back end.

    `embed` returns a matrix with one row a text, rows of unit length (numpy array, or scipy CSR for sparse
    features), so that `a @ b.T` holds cosines.
    """

    card: ModelCard

    def embed(self, texts: Sequence[str]) -> Any:
        """One row a text, in order."""
        ...
