"""A database URL in, an engine with its tables out: SQLite with a write-ahead log by default, PostgreSQL by URL."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from duizhao.errors import UsageError
from duizhao.settings import Settings

# every store adds its tables here
METADATA = MetaData()
BUSY_SECONDS = 30


def database_url(settings: Settings) -> str:
    """The URL of the settings, or the file `duizhao.sqlite` in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'duizhao.sqlite'}"


def open_database(url: str) -> Engine:
    """An engine for this URL; tables that are missing are made.

    Raises:
        UsageError: the URL is none, its database is of a kind that is not supported, or cannot be reached or written.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError("DUIZHAO_DATABASE_URL is no database URL: give sqlite:///PATH or postgresql://...") from error
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _tune)
    elif parsed.get_backend_name() == "postgresql":
        try:
            engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        except ImportError as error:
            raise UsageError("PostgreSQL needs its driver: pip install 'duizhao[postgres]'") from error
    else:
        raise UsageError(f"{parsed.get_backend_name()} is not supported: use SQLite or PostgreSQL")
    try:
        _make_tables(engine)
    except DBAPIError as error:
        engine.dispose()
        raise UsageError(f"the database cannot be used: {str(error.orig).splitlines()[0]}") from error
    return engine


def reachable(database: Engine) -> None:
    """Ask the database for nothing; raises what SQLAlchemy raises where it cannot be reached."""
    with database.connect() as connection:
        connection.execute(text("SELECT 1"))


def new_rows(engine: Engine, table: Table) -> Any:
    """An insert into this table that leaves rows alone that are there already."""
    kind = sqlite if engine.dialect.name == "sqlite" else postgresql
    return kind.insert(table).on_conflict_do_nothing()


def moment() -> datetime:
    """This moment as columns of the type DateTime keep it: UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def new_id() -> str:
    """An id that nobody can guess; later ones sort behind earlier ones."""
    return f"{int(time.time() * 1000):012x}-{secrets.token_hex(8)}"


def _make_tables(engine: Engine) -> None:
    try:
        METADATA.create_all(engine)
    except DBAPIError:  # another process may just have made a table
        METADATA.create_all(engine)


def _tune(connection: Any, _: Any) -> None:
    """A write-ahead log, so that readers and one writer do not wait for each other, and nothing is lost by a kill."""
    # a transaction that writes takes the lock at its begin: one that reads first could not get it later
    connection.isolation_level = "IMMEDIATE"
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
