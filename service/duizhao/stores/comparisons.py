"""Comparisons that are answered later: requests in, taken by a runner, their reports out; they outlive a kill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Column, DateTime, Engine, Integer, LargeBinary, String, Table, Text

from duizhao.stores.database import METADATA, moment, new_id

PREFIX = "cmp-"
# a runner says so often that it is alive; the work of one that was silent for four times as long is taken by another
BEAT_SECONDS = 5
SILENT = timedelta(seconds=4 * BEAT_SECONDS)
# a request whose runner died so often is not tried again
MOST_ATTEMPTS = 3

COMPARISONS = Table(
    "comparisons",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("owner", String(12), nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    Column("error", Text),
    Column("request", Text, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("updated", DateTime, nullable=False),
)
REPORTS = Table(
    "comparison_reports",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("form", String(10), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison as it is kept."""

    id: str
    owner: str
    state: str
    attempt: int
    error: str | None
    request: str
    created: datetime
    updated: datetime


def add(database: Engine, request: str, owner: str) -> Row:
    """Queue a comparison."""
    row = Row(PREFIX + new_id(), owner, "queued", 1, None, request, moment(), moment())
    with database.begin() as connection:
        connection.execute(sa.insert(COMPARISONS).values(**{n: getattr(row, n) for n in Row.__dataclass_fields__}))
    return row


def find(database: Engine, name: str) -> Row | None:
    """A comparison by its id."""
    with database.connect() as connection:
        row = connection.execute(sa.select(COMPARISONS).where(COMPARISONS.c.id == name)).first()
    return Row(**row._mapping) if row else None


def listed(database: Engine, owner: str | None, state: str | None, count: int, after: str | None) -> list[Row]:
    """So many comparisons, newest first; `after` is the id of one that they are older than."""
    table = COMPARISONS.c
    wanted = sa.select(COMPARISONS).order_by(table.id.desc()).limit(count)
    for column, value in ((table.owner, owner), (table.state, state)):
        wanted = wanted if value is None else wanted.where(column == value)
    if after is not None:
        wanted = wanted.where(table.id < after)
    with database.connect() as connection:
        return [Row(**row._mapping) for row in connection.execute(wanted)]


def counts(database: Engine) -> dict[str, int]:
    """Comparisons by state."""
    wanted = sa.select(COMPARISONS.c.state, sa.func.count().label("number")).group_by(COMPARISONS.c.state)
    with database.connect() as connection:
        return {row.state: row.number for row in connection.execute(wanted)}


def take(database: Engine) -> Row | None:
    """The oldest comparison that nobody works on, for the caller to work on. No two callers get the same one."""
    table, now = COMPARISONS.c, moment()
    free = sa.or_(table.state == "queued", sa.and_(table.state == "running", table.updated < now - SILENT))
    with database.connect() as connection:
        rows = [
            Row(**r._mapping) for r in connection.execute(sa.select(COMPARISONS).where(free).order_by(table.created))
        ]
    for row in rows:
        again = row.state == "running"
        over = again and row.attempt >= MOST_ATTEMPTS
        values = {
            "state": "failed" if over else "running",
            "attempt": row.attempt + (again and not over),
            "updated": now,
            "error": "the process that worked on it died each time" if over else None,
        }
        same = (table.id == row.id, table.state == row.state, table.updated == row.updated)
        with database.begin() as connection:
            mine = connection.execute(sa.update(COMPARISONS).where(*same).values(**values)).rowcount == 1
        if mine and not over:
            return row
    return None


def beat(database: Engine, name: str) -> bool:
    """Say that the work goes on; whether it is still wanted."""
    return _change(database, name, updated=moment())


def finish(database: Engine, name: str, reports: Mapping[str, bytes]) -> None:
    """Keep the reports of a comparison, unless it was cancelled in between."""
    with database.begin() as connection:
        same = (COMPARISONS.c.id == name, COMPARISONS.c.state == "running")
        ended = sa.update(COMPARISONS).where(*same).values(state="done", updated=moment())
        if connection.execute(ended).rowcount == 1:
            rows = [{"id": name, "form": form, "content": content} for form, content in reports.items()]
            connection.execute(sa.insert(REPORTS), rows)


def fail(database: Engine, name: str, error: str) -> None:
    """The comparison cannot be made, and why."""
    _change(database, name, state="failed", error=error, updated=moment())


def cancel(database: Engine, name: str) -> None:
    """Nobody wants the comparison any more."""
    wanted = (COMPARISONS.c.id == name, COMPARISONS.c.state.in_(("queued", "running")))
    with database.begin() as connection:
        connection.execute(sa.update(COMPARISONS).where(*wanted).values(state="cancelled", updated=moment()))


def retry(database: Engine, name: str) -> None:
    """Queue a comparison again that failed or was cancelled."""
    over = (COMPARISONS.c.id == name, COMPARISONS.c.state.in_(("failed", "cancelled")))
    again = {"state": "queued", "attempt": COMPARISONS.c.attempt + 1, "error": None, "updated": moment()}
    with database.begin() as connection:
        connection.execute(sa.update(COMPARISONS).where(*over).values(**again))


def report(database: Engine, name: str, form: str) -> bytes | None:
    """A report of a comparison that is done."""
    wanted = sa.select(REPORTS.c.content).where(REPORTS.c.id == name, REPORTS.c.form == form)
    with database.connect() as connection:
        found = connection.execute(wanted).first()
    return bytes(found.content) if found else None


def delete_older(database: Engine, days: float) -> int:
    """Delete comparisons that were over so many days ago, with their reports; how many there were."""
    over = (
        COMPARISONS.c.state.in_(("done", "failed", "cancelled")),
        COMPARISONS.c.updated < moment() - timedelta(days),
    )
    with database.begin() as connection:
        connection.execute(sa.delete(REPORTS).where(REPORTS.c.id.in_(sa.select(COMPARISONS.c.id).where(*over))))
        return connection.execute(sa.delete(COMPARISONS).where(*over)).rowcount


def _change(database: Engine, name: str, **values: object) -> bool:
    same = (COMPARISONS.c.id == name, COMPARISONS.c.state == "running")
    with database.begin() as connection:
        return connection.execute(sa.update(COMPARISONS).where(*same).values(**values)).rowcount == 1
