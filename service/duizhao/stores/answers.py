"""Idempotency keys in, the answers that were given under them out, so that a request sent twice is done once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from duizhao.stores.database import METADATA, moment

HOURS = 24
# an answer that did not come within this time will not come: its process has ended
IN_WORK = timedelta(minutes=10)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("owner", String(12), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", LargeBinary),
    Column("created", DateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered, or that the work still goes on (no status); `request` is the hash of what was asked."""

    request: str
    status: int | None
    headers: dict[str, str]
    body: bytes


def claim(database: Engine, owner: str, key: str, request: str) -> KeptAnswer | None:
    """Take the key for this request; what is kept under it if it is taken already."""
    now = moment()
    same = (ANSWERS.c.owner == owner, ANSWERS.c.key == key)
    with database.begin() as connection:
        connection.execute(delete(ANSWERS).where(ANSWERS.c.created < now - timedelta(hours=HOURS)))
        connection.execute(delete(ANSWERS).where(*same, ANSWERS.c.status.is_(None), ANSWERS.c.created < now - IN_WORK))
    try:
        with database.begin() as connection:
            connection.execute(insert(ANSWERS).values(owner=owner, key=key, request=request, created=now))
        return None
    except IntegrityError:
        with database.connect() as connection:
            row = connection.execute(select(ANSWERS).where(*same)).first()
    if row is None:
        return KeptAnswer(request, None, {}, b"")
    return KeptAnswer(row.request, row.status, json.loads(row.headers or "{}"), row.body or b"")


def keep(database: Engine, owner: str, key: str, status: int, headers: dict[str, str], body: bytes) -> None:
    """Keep the answer under its key."""
    values = {"status": status, "headers": json.dumps(headers), "body": body}
    with database.begin() as connection:
        connection.execute(update(ANSWERS).where(ANSWERS.c.owner == owner, ANSWERS.c.key == key).values(**values))


def release(database: Engine, owner: str, key: str) -> None:
    """Give the key back: the request came to nothing and may be sent again."""
    with database.begin() as connection:
        connection.execute(delete(ANSWERS).where(ANSWERS.c.owner == owner, ANSWERS.c.key == key))
