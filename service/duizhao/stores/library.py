"""Texts in, a library of them out: each once, with who speaks, when, on which themes, its words and its vector."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import (
    DDL,
    Column,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from duizhao.compare.themes import themes_of
from duizhao.errors import NotText
from duizhao.stores.database import METADATA, moment
from duizhao.stores.words import index_words
from duizhao.types.articles import Document, Level
from duizhao_models.base import Embedder

# what of a text is read for its vector: a report says there what it is about
READ = 400
# words of this much of a text tell its themes
THEMED = 2_000

LIBRARY = Table(
    "library",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", String(17), unique=True, nullable=False),
    Column("title", String(500), nullable=False),
    Column("date", String(10), index=True),
    Column("level", String(10)),
    Column("issuer", String(200)),
    # ids between commas, so that one can be looked for: ",T01,T07,"
    Column("themes", String(60), nullable=False),
    Column("added", DateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("vector", LargeBinary),
    Column("model", String(60)),
)
# the index reads the words of the table itself; the triggers keep the two together
_FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS library_words USING fts5(words, content='library', content_rowid='number')",
    "CREATE TRIGGER IF NOT EXISTS library_in AFTER INSERT ON library BEGIN "
    "INSERT INTO library_words(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER IF NOT EXISTS library_out AFTER DELETE ON library BEGIN "
    "INSERT INTO library_words(library_words, rowid, words) VALUES ('delete', old.number, old.words); END",
)
_GIN = "CREATE INDEX IF NOT EXISTS library_words ON library USING gin (to_tsvector('simple', words))"
_ddl: Any = DDL
for statement in _FTS:
    event.listen(LIBRARY, "after_create", _ddl(statement.replace("%", "%%")).execute_if(dialect="sqlite"))
event.listen(LIBRARY, "after_create", _ddl(_GIN).execute_if(dialect="postgresql"))

FACTS = (LIBRARY.c.id, LIBRARY.c.title, LIBRARY.c.date, LIBRARY.c.level, LIBRARY.c.issuer, LIBRARY.c.themes)
CHARACTERS = func.length(LIBRARY.c.text).label("characters")


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of the library without its text."""

    id: str
    title: str
    date: str | None
    level: Level | None
    issuer: str | None
    themes: tuple[str, ...]
    characters: int


def add_texts(database: Engine, documents: Sequence[Document], embedder: Embedder | None) -> list[tuple[Entry, bool]]:
    """Each text as an entry, and whether it is new: a text that is there already (title and words) stays as it is."""
    rows = [_row(d) for d in documents]
    known = _known(database, [row["id"] for row in rows])
    new = list({row["id"]: row for row in rows if row["id"] not in known}.values())
    if embedder is not None and new:
        vectors = np.asarray(embedder.embed([_opening(r["title"], r["text"]) for r in new]), dtype=np.float32)
        for row, vector in zip(new, vectors, strict=True):
            row |= {"vector": vector.tobytes(), "model": f"{embedder.card.name}:{embedder.card.revision}"}
    for row in new:
        try:
            with database.begin() as connection:
                connection.execute(insert(LIBRARY).values(**row))
        except IntegrityError:
            continue  # another process added the same text at the same moment
    return [(_entry(row, len(row["text"])), row["id"] not in known) for row in rows]


def document_of(database: Engine, entry_id: str) -> Document | None:
    """A text of the library, to be read or compared."""
    with database.connect() as connection:
        row = connection.execute(select(*FACTS, LIBRARY.c.text).where(LIBRARY.c.id == entry_id)).first()
    return Document(row.id, row.text, row.title, row.date) if row else None


def entry_of(database: Engine, entry_id: str) -> Entry | None:
    """What is known of a text of the library."""
    wanted = select(*FACTS, CHARACTERS).where(LIBRARY.c.id == entry_id)
    with database.connect() as connection:
        row = connection.execute(wanted).first()
    return _entry(row._mapping, row.characters) if row else None


def list_entries(database: Engine, count: int, after: str | None = None) -> list[tuple[Entry, str]]:
    """At most `count` entries in the order they came, each with the cursor behind it."""
    wanted = select(*FACTS, LIBRARY.c.number, CHARACTERS).order_by(LIBRARY.c.number)
    if after:
        wanted = wanted.where(LIBRARY.c.number > int(after))
    with database.connect() as connection:
        rows = connection.execute(wanted.limit(count))
        return [(_entry(r._mapping, r.characters), str(r.number)) for r in rows]


def remove_text(database: Engine, entry_id: str) -> bool:
    """Take a text out; whether it was there."""
    with database.begin() as connection:
        return connection.execute(delete(LIBRARY).where(LIBRARY.c.id == entry_id)).rowcount == 1


def entries_of(database: Engine, numbers: Sequence[int]) -> dict[int, Entry]:
    """Entries by their numbers."""
    wanted = select(*FACTS, LIBRARY.c.number, CHARACTERS)
    with database.connect() as connection:
        rows = connection.execute(wanted.where(LIBRARY.c.number.in_(numbers)))
        return {r.number: _entry(r._mapping, r.characters) for r in rows}


def _row(document: Document) -> dict[str, Any]:
    if "\x00" in document.title + document.text:
        raise NotText(f"{document.id}: the text has characters that no text has; decode it again")
    issuer = document.identity.issuer
    themes = themes_of(document.title + "\n" + document.text[:THEMED])
    content = f"{document.title}\0{document.text}".encode("utf-8", "replace")
    return {
        "id": "t" + hashlib.sha256(content).hexdigest()[:16],
        "title": document.title[:500] or document.text.strip()[:40],
        "date": document.date,
        "level": document.identity.level,
        "issuer": issuer.text[:200] if issuer else None,
        "themes": f",{','.join(themes)},",
        "added": moment(),
        "text": document.text,
        "words": index_words(f"{document.title}\n{document.text}"),
    }


def _opening(title: str, body: str) -> str:
    return f"{title}。{body[:READ]}"


def _entry(row: Any, characters: int) -> Entry:
    themes = tuple(t for t in row["themes"].split(",") if t)
    return Entry(row["id"], row["title"], row["date"], row["level"], row["issuer"], themes, characters)


def _known(database: Engine, ids: Sequence[str]) -> set[str]:
    with database.connect() as connection:
        return {r.id for r in connection.execute(select(LIBRARY.c.id).where(LIBRARY.c.id.in_(ids)))}
