"""A reviewer's verdict on an alignment in, kept under the hashes of both unit texts, so that it holds in any pair."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, DateTime, Engine, Integer, String, Table, Text, func, insert, select

from duizhao.stores.database import METADATA
from duizhao.types.comparisons import Relation

Verdict = Literal["accept", "reject"]

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("central", String(64), nullable=False, index=True),
    Column("local", String(64), nullable=False, index=True),
    Column("verdict", String(10), nullable=False),
    Column("relation", String(20)),
    Column("note", Text, nullable=False),
    Column("reviewer", String(60), nullable=False),
    Column("created", DateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict; the newest one on a pair counts."""

    central: str
    local: str
    verdict: Verdict
    relation: Relation | None
    note: str
    reviewer: str
    created: datetime


def unit_hash(text: str) -> str:
    """The name of a unit: sha256 of its text without white space."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()


def add_review(database: Engine, review: Review) -> None:
    """Keep a verdict; those before it stay to be seen."""
    with database.begin() as connection:
        values = {name: getattr(review, name) for name in Review.__dataclass_fields__}
        connection.execute(insert(REVIEWS).values(**values))


def list_reviews(
    database: Engine, count: int, after: str | None = None, *, central: str | None = None, local: str | None = None
) -> list[tuple[Review, str]]:
    """At most `count` verdicts in the order they came, each with the cursor behind it."""
    wanted = select(REVIEWS).order_by(REVIEWS.c.number)
    if after:
        wanted = wanted.where(REVIEWS.c.number > int(after))
    if central:
        wanted = wanted.where(REVIEWS.c.central == central)
    if local:
        wanted = wanted.where(REVIEWS.c.local == local)
    with database.connect() as connection:
        return [(_review(row), str(row.number)) for row in connection.execute(wanted.limit(count))]


def latest(database: Engine, central: Collection[str], local: Collection[str]) -> list[Review]:
    """The last verdict on each pair of these units that has one."""
    pair = (REVIEWS.c.central, REVIEWS.c.local)
    last = select(func.max(REVIEWS.c.number)).where(REVIEWS.c.central.in_(central)).group_by(*pair)
    with database.connect() as connection:
        rows = connection.execute(select(REVIEWS).where(REVIEWS.c.number.in_(last)))
        return [_review(row) for row in rows if row.local in local]


def _review(row: object) -> Review:
    return Review(*(getattr(row, name) for name in Review.__dataclass_fields__))
