"""Inputs in, the rows of a job and its queue entries out: pages whose result is known already cost nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, func, insert, select, update

from duizhao.jobs.ledger import close_job
from duizhao.jobs.plan import LONGEST_ID, Plan, PlannedPage
from duizhao.jobs.queue import Queue
from duizhao.jobs.records import Options
from duizhao.settings import Settings
from duizhao.stores.jobs import JOBS, PAGES, RESULTS, SHARDS, WHOLE
from duizhao.types.digests import Failure

# databases bound the number of values in one statement
CHUNK = 500
BLANK = {"part": None, "blob": None, "result": None, "stage": None, "type": None, "detail": None}


def write_job(
    connection: Connection, job: str, plan: Plan, facts: Mapping[str, object], options: Options, queue: str
) -> None:
    """The rows of a job and its pages; `facts`: owner, idempotency_key, body_digest."""
    now = time.time()
    row = {
        "id": job,
        "kind": "digest",
        "state": "queued",
        "created": now,
        "updated": now,
        "options": json.dumps(asdict(options), ensure_ascii=False),
        "queue": queue,
        "attempt": 1,
        "warnings": json.dumps(plan.warnings, ensure_ascii=False),
    }
    connection.execute(insert(JOBS), [row | dict(facts)])
    known = _known(connection, [page.key for page in plan.pages])
    pages = [*(_page(page, page.key in known) for page in plan.pages), *map(_failed, plan.failures)]
    rows = [page | {"job": job, "number": n, "shard": None, "runs": 0} for n, page in enumerate(pages)]
    for start in range(0, len(rows), CHUNK):
        connection.execute(insert(PAGES), rows[start : start + CHUNK])


def queue_shards(
    entries: Queue, connection: Connection, settings: Settings, job: str, attempt: int, queue: str
) -> None:
    """Cut the waiting pages into shards and queue them; a job without waiting pages ends here."""
    found = connection.execute(
        select(PAGES.c.number).where(PAGES.c.job == job, PAGES.c.state == "waiting").order_by(PAGES.c.number)
    )
    numbers = list(found.scalars())
    last = connection.execute(select(func.max(SHARDS.c.number)).where(SHARDS.c.job == job)).scalar()
    first = 0 if last is None else last + 1
    size = settings.shard_pages
    cuts = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    shards = range(first, first + len(cuts))
    for shard, cut in zip(shards, cuts, strict=True):
        row = {"job": job, "number": shard, "state": "waiting", "runs": 0}
        connection.execute(insert(SHARDS), [row])
        connection.execute(update(PAGES).where(PAGES.c.job == job, PAGES.c.number.in_(cut)).values(shard=shard, runs=0))
    entries.put(connection, queue, job, attempt, shards)
    close_job(connection, job)


def _page(page: PlannedPage, cached: bool) -> dict[str, object]:
    return {
        **BLANK,
        "page": page.id,
        "source": page.source,
        "kind": page.kind,
        "part": page.part,
        "blob": page.blob,
        "result": page.key,
        "state": "done" if cached else "waiting",
        "cached": cached,
    }


def _failed(failure: Failure) -> dict[str, object]:
    return {
        **BLANK,
        "page": failure.subject[:LONGEST_ID],
        "source": failure.subject,
        "kind": "file",
        "state": "failed",
        "cached": False,
        "stage": failure.stage,
        "type": failure.type,
        "detail": failure.detail,
    }


def _known(connection: Connection, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found |= set(connection.execute(select(RESULTS.c.key).where(RESULTS.c.key.in_(part), WHOLE)).scalars())
    return found
