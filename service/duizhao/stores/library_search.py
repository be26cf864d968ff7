"""A query or a text in, the entries of the library that speak of it out, by their words and by their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, bindparam, text

from duizhao.stores.library import Entry, document_of, entries_of
from duizhao.stores.words import query_words, telling_words
from duizhao.types.articles import Document
from duizhao_models.base import Embedder

# Reciprocal rank fusion: the usual constant (Cormack and others 2009); ranks beyond `DEEP` add next to nothing.
FUSION = 60
DEEP = 100
# words of a local text that are looked for
TELLING = 24
# the best of each ranking, among which the date counts
ALIKE = 40
EXCERPT = 80
READ = 400

_SQLITE = (
    "SELECT library.number FROM library_words JOIN library ON library.number = library_words.rowid "
    "WHERE library_words MATCH :query {where} ORDER BY bm25(library_words), library.number LIMIT :deep"
)
_POSTGRESQL = (
    "SELECT library.number FROM library, to_tsquery('simple', :query) query "
    "WHERE to_tsvector('simple', words) @@ query {where} "
    "ORDER BY ts_rank(to_tsvector('simple', words), query, 2) DESC, library.number LIMIT :deep"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What an entry must have."""

    date_from: str | None = None
    date_to: str | None = None
    theme: str | None = None
    level: str | None = None

    def clause(self) -> tuple[str, dict[str, str]]:
        """Conditions in SQL, and their values."""
        wanted = {
            "date >= :date_from": ("date_from", self.date_from),
            "date <= :date_to": ("date_to", self.date_to),
            "themes LIKE :theme": ("theme", self.theme and f"%,{self.theme},%"),
            "level = :level": ("level", self.level),
        }
        given = {sql: (name, value) for sql, (name, value) in wanted.items() if value}
        return "".join(f" AND {sql}" for sql in given), {name: value for name, value in given.values() if value}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and where it speaks of what was asked."""

    entry: Entry
    score: float
    excerpt: str


def search(
    database: Engine, query: str, embedder: Embedder | None, wanted: Filter = Filter(), count: int = 20
) -> list[Hit]:
    """The best entries for a query; with all of its words before those with some of them."""
    words = query_words(query)
    rankings = [_by_words(database, words, wanted, joined=" AND "), _by_words(database, words, wanted, joined=" OR ")]
    found = _fused([*rankings, _by_meaning(database, query, embedder, wanted)])[:count]
    return _hits(database, found, words)


def central_texts(
    database: Engine, local: Document, embedder: Embedder | None, count: int = 3, date_to: str | None = None
) -> list[Document]:
    """The central texts of the library that a local one most likely answers to, none of them younger than it."""
    wanted = Filter(level="central", date_to=date_to or local.date)
    words = telling_words(f"{local.title}\n{local.text}", TELLING)
    meaning = _by_meaning(database, f"{local.title}。{local.text[:READ]}", embedder, wanted)
    rankings = [_by_words(database, words, wanted, joined=" OR "), meaning]
    entries = entries_of(database, [number for number, _ in _fused(rankings)])
    if wanted.date_to:
        # what was said last is what is answered: among the texts on the same matters the youngest come first
        alike = [n for ranking in rankings for n in ranking[:ALIKE]]
        rankings.append(sorted(dict.fromkeys(alike), key=lambda n: entries[n].date or "", reverse=True))
    documents = (document_of(database, entries[number].id) for number, _ in _fused(rankings)[:count])
    return [d for d in documents if d]


def _by_words(database: Engine, words: Sequence[str], wanted: Filter, *, joined: str) -> list[int]:
    if not words:
        return []
    where, values = wanted.clause()
    if database.dialect.name == "sqlite":
        sql, query = _SQLITE, joined.join(f'"{w}"' for w in words)
    else:
        quoted = ("'" + w.replace("'", "").replace("\\", "") + "'" for w in words)
        sql, query = _POSTGRESQL, {" AND ": " & ", " OR ": " | "}[joined].join(quoted)
    with database.connect() as connection:
        rows = connection.execute(text(sql.format(where=where)), {**values, "query": query, "deep": DEEP})
        return [r.number for r in rows]


def _by_meaning(database: Engine, query: str, embedder: Embedder | None, wanted: Filter) -> list[int]:
    """By cosine with all vectors of the same model: 200,000 of them take about 20 ms."""
    if embedder is None or not query.strip():
        return []
    numbers, vectors = _vectors(database, f"{embedder.card.name}:{embedder.card.revision}", wanted)
    if not numbers:
        return []
    cosines = vectors @ np.asarray(embedder.embed([query]), dtype=np.float32)[0]
    return [numbers[i] for i in np.argsort(-cosines, kind="stable")[:DEEP]]


def _vectors(database: Engine, model: str, wanted: Filter) -> tuple[list[int], NDArray[np.float32]]:
    where, values = wanted.clause()
    sql = f"SELECT number, vector FROM library WHERE vector IS NOT NULL AND model = :model{where}"
    with database.connect() as connection:
        rows = list(connection.execute(text(sql), {**values, "model": model}))
    if not rows:
        return [], np.zeros((0, 0), dtype=np.float32)
    return [r.number for r in rows], np.frombuffer(b"".join(r.vector for r in rows), dtype=np.float32).reshape(
        len(rows), -1
    )


def _fused(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (FUSION + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _hits(database: Engine, found: Sequence[tuple[int, float]], words: Sequence[str]) -> list[Hit]:
    entries = entries_of(database, [number for number, _ in found])
    sql = text("SELECT number, text FROM library WHERE number IN :numbers").bindparams(
        bindparam("numbers", expanding=True)
    )
    with database.connect() as connection:
        texts = {r.number: r.text for r in connection.execute(sql, {"numbers": list(entries)})}
    return [Hit(entries[n], round(s, 6), _excerpt(texts[n], words)) for n, s in found if n in entries]


def _excerpt(body: str, words: Sequence[str]) -> str:
    """The first sentence of a text that has one of the words, from its beginning or from the clause before the word."""
    places = [at for word in words if (at := body.lower().find(word)) >= 0]
    at = min(places, default=0)
    starts = [max(body.rfind(mark, 0, at) for mark in marks) + 1 for marks in ("。！？\n", "，；、。\n")]
    start = next((s for s in starts if at - s < EXCERPT // 2), max(0, at - EXCERPT // 4))
    return " ".join(body[start : start + EXCERPT].split())
