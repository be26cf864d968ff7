"""What a worker writes down of a shard: begun, results stored, given up; each call is one transaction.

Every call may come twice, or from two workers at a time: the second one changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from duizhao.jobs.shard import PageInput, PageResult, decode, encode
from duizhao.stores.database import new_rows
from duizhao.stores.jobs import ARTICLE_FAILURES, BLOBS, JOBS, PAGES, RESULTS, SHARDS, WHOLE
from duizhao.types.digests import Failure


@dataclass(frozen=True, slots=True)
class Begun:
    """A shard that a worker may work on: how often one began it, the model that was asked for."""

    runs: int
    options: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of a shard without a result: its number in the job, the key of its result, the page, its lone tries."""

    number: int
    key: str
    page: PageInput
    runs: int


class Ledger:
    """The tables of jobs as a worker uses them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, job: str, attempt: int, shard: int, worker: str) -> Begun | None:
        """Note that a worker begins a shard; None if there is nothing to do (any more)."""
        with self._engine.begin() as connection:
            _lock(connection, job)
            row = connection.execute(
                select(JOBS.c.state, JOBS.c.attempt, JOBS.c.options).where(JOBS.c.id == job)
            ).one_or_none()
            if row is None or row.attempt != attempt or row.state not in ("queued", "running"):
                return None
            connection.execute(update(JOBS).where(JOBS.c.id == job).values(state="running"))
            begun = connection.execute(
                update(SHARDS)
                .where(SHARDS.c.job == job, SHARDS.c.number == shard, SHARDS.c.state != "done")
                .values(state="running", runs=SHARDS.c.runs + 1, worker=worker, began=time.time())
                .returning(SHARDS.c.runs)
            ).scalar_one_or_none()
        return None if begun is None else Begun(begun, row.options)

    def waiting(self, job: str, shard: int) -> list[Waiting]:
        """The pages of a shard that have no result yet; pages of one file share its bytes."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(PAGES)
                .where(PAGES.c.job == job, PAGES.c.shard == shard, PAGES.c.state == "waiting")
                .order_by(PAGES.c.number)
            ).all()
            digests = {row.blob for row in rows}
            blobs = {
                digest: bytes(data)
                for digest, data in connection.execute(
                    select(BLOBS.c.digest, BLOBS.c.data).where(BLOBS.c.digest.in_(digests))
                )
            }
        return [
            Waiting(
                row.number,
                row.result,
                PageInput(row.page, row.source, row.kind, blobs.get(row.blob, b""), row.part),
                row.runs,
            )
            for row in rows
        ]

    def known(self, keys: Sequence[str]) -> dict[str, PageResult]:
        """Results that are stored already, from another job perhaps; a page with a failed article is done anew."""
        wanted = select(RESULTS.c.key, RESULTS.c.data).where(RESULTS.c.key.in_(keys), WHOLE)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return {row.key: decode(bytes(row.data)) for row in rows}

    def alone(self, job: str, number: int) -> None:
        """Note that a page is now tried alone."""
        with self._engine.begin() as connection:
            connection.execute(
                update(PAGES).where(PAGES.c.job == job, PAGES.c.number == number).values(runs=PAGES.c.runs + 1)
            )

    def store(self, job: str, shard: int, found: Sequence[tuple[Waiting, PageResult | Failure]]) -> None:
        """Store results and failures; the last ones of a shard end it, the last ones of a job end that."""
        now = time.time()
        with self._engine.begin() as connection:
            _lock(connection, job)
            for waiting, result in found:
                page = update(PAGES).where(
                    PAGES.c.job == job, PAGES.c.number == waiting.number, PAGES.c.state == "waiting"
                )
                if isinstance(result, Failure):
                    facts = {"stage": result.stage, "type": result.type, "detail": result.detail}
                    connection.execute(page.values(state="failed", **facts))
                    continue
                self._keep(connection, waiting.key, result, now)
                connection.execute(page.values(state="done"))
            _close_shard(connection, job, shard)
            close_job(connection, job)

    def _keep(self, connection: Connection, key: str, result: PageResult, now: float) -> None:
        """Store a result where there is none, or one with failed articles."""
        failed = ARTICLE_FAILURES.c.key == key
        if connection.execute(delete(ARTICLE_FAILURES).where(failed)).rowcount:
            connection.execute(delete(RESULTS).where(RESULTS.c.key == key))
        row = {"key": key, "data": encode(result), "created": now}
        if connection.execute(new_rows(self._engine, RESULTS).values(**row)).rowcount and result.failures:
            rows = [
                {"key": key, "article": f.article, "stage": f.stage, "type": f.type, "detail": f.detail}
                for f in result.failures
            ]
            connection.execute(insert(ARTICLE_FAILURES), rows)


def close_job(connection: Connection, job: str) -> None:
    """End a job whose pages all have a result or a failure; one without any result is a dead one."""
    grouped = select(PAGES.c.state, func.count()).where(PAGES.c.job == job).group_by(PAGES.c.state)
    counts: dict[str, int] = {str(state): int(count) for state, count in connection.execute(grouped)}
    if counts.get("waiting"):
        return
    state, error = "done", None
    if not counts.get("done"):
        state = "failed"
        first = select(PAGES.c.detail).where(PAGES.c.job == job).order_by(PAGES.c.number).limit(1)
        error = f"none of the pages could be read; the first: {connection.execute(first).scalar()}"
    connection.execute(
        update(JOBS).where(JOBS.c.id == job, JOBS.c.state.in_(("queued", "running"))).values(state=state, error=error)
    )


def _lock(connection: Connection, job: str) -> None:
    """Whoever writes down something of a job holds its row, so that two workers never both miss the end."""
    connection.execute(update(JOBS).where(JOBS.c.id == job).values(updated=time.time()))


def _close_shard(connection: Connection, job: str, shard: int) -> None:
    open_pages = select(func.count()).where(PAGES.c.job == job, PAGES.c.shard == shard, PAGES.c.state == "waiting")
    if not connection.execute(open_pages).scalar():
        connection.execute(update(SHARDS).where(SHARDS.c.job == job, SHARDS.c.number == shard).values(state="done"))
