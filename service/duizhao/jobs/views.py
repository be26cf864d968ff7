"""Ids of jobs in, the jobs as they are now out: their progress is counted, never kept beside the pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from duizhao.jobs.records import Job, Options
from duizhao.stores.jobs import JOBS, PAGES
from duizhao.types.digests import Failure


def read_jobs(connection: Connection, ids: Sequence[str]) -> list[Job]:
    """The jobs in the order of their ids; an id without a job is left out."""
    rows = {row.id: row for row in connection.execute(select(JOBS).where(JOBS.c.id.in_(ids)))}
    counts: dict[str, dict[tuple[str, bool], int]] = defaultdict(dict)
    grouped = (
        select(PAGES.c.job, PAGES.c.state, PAGES.c.cached, func.count())
        .where(PAGES.c.job.in_(ids))
        .group_by(PAGES.c.job, PAGES.c.state, PAGES.c.cached)
    )
    for job, state, cached, count in connection.execute(grouped):
        counts[job][state, bool(cached)] = count
    failures: dict[str, list[Failure]] = defaultdict(list)
    failed = select(PAGES).where(PAGES.c.job.in_(ids), PAGES.c.state == "failed").order_by(PAGES.c.job, PAGES.c.number)
    for row in connection.execute(failed):
        failures[row.job].append(Failure(row.source, row.stage, row.type, row.detail))
    found = []
    for each in ids:
        if each not in rows:
            continue
        row, pages = rows[each], counts[each]
        found.append(
            Job(
                id=row.id,
                kind=row.kind,
                state=row.state,
                created=datetime.fromtimestamp(row.created, UTC),
                updated=datetime.fromtimestamp(row.updated, UTC),
                total=sum(pages.values()),
                done=sum(count for (state, _), count in pages.items() if state != "waiting"),
                cached=pages.get(("done", True), 0),
                failures=tuple(failures[each]),
                attempt=row.attempt,
                error=row.error,
                owner=row.owner,
                idempotency_key=row.idempotency_key,
                options=Options(**json.loads(row.options)),
            )
        )
    return found
