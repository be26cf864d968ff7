"""A text and wishes in, work that goes together with that of other requests out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import sqlalchemy

from duizhao.api.engine import Engine
from duizhao.api.errors import Problem
from duizhao.api.metrics import Metrics
from duizhao.api.worker import Together
from duizhao.documents import articles_of
from duizhao.stores.pages import page_of
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import Length, Summary

# texts that a model reads together: more of them make the first one wait for the last
MOST = 8
# what messages call a text that several requests have sent under several names
NAMELESS = "text"


def stored_document(database: sqlalchemy.Engine, name: str) -> Document:
    """The article that is stored under this id, as a text.

    Raises:
        Problem: 404, there is none, or it has no body.
    """
    page_id, _, article_id = name.rpartition("-")
    stored = page_of(database, page_id)
    found = {a.id: d for a, d in articles_of([stored.page])} if stored else {}
    if article_id not in found:
        raise Problem("not-found", "No article with a body is stored under this id.")
    return replace(found[article_id], id=name)


def batch(
    engine: Engine,
    metrics: Metrics,
    document: Document,
    model: str | None,
    lengths: tuple[Length, ...],
    max_chars: int | None,
) -> Together:
    """The work on one text, so that equal texts are read once, and others together where the model gains by it.

    An extractive model works on one text after another: 16 together take as long as one by one.
    """
    wishes = (model, lengths, max_chars)

    def work(documents: Sequence[Document]) -> list[Summary | Failure]:
        distinct = list(dict.fromkeys(_nameless(d) for d in documents))
        made = dict(zip(distinct, engine.summarize(distinct, *wishes), strict=True))
        metrics.summaries(made.values())
        return [_named(made[_nameless(d)], d.id) for d in documents]

    key = wishes if engine.works_in_batches(model) else (*wishes, _nameless(document))
    return Together(key, document, work, MOST)


def alone(work: Together) -> Summary | Failure:
    """The work on the one text, when nothing waits that goes with it."""
    (made,) = work.work([work.item])
    return cast("Summary | Failure", made)


def _nameless(document: Document) -> Document:
    return replace(document, id=NAMELESS)


def _named(made: Summary | Failure, name: str) -> Summary | Failure:
    return replace(made, id=name) if isinstance(made, Summary) else replace(made, subject=name)
