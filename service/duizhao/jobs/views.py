"""Ids of jobs in, the jobs as they are now out: their progress is counted, never kept beside the pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, null, select

from duizhao.jobs.records import Job, Options
from duizhao.stores.jobs import ARTICLE_FAILURES, JOBS, PAGES
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
    failures = _failures(connection, ids)
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


def _failures(connection: Connection, ids: Sequence[str]) -> dict[str, list[Failure]]:
    """What failed of each job in the order of its pages: whole pages, and single articles of the others."""
    place = (PAGES.c.job, PAGES.c.number, PAGES.c.source)
    pages = select(*place, null().label("article"), PAGES.c.stage, PAGES.c.type, PAGES.c.detail).where(
        PAGES.c.job.in_(ids), PAGES.c.state == "failed"
    )
    told = ARTICLE_FAILURES.c
    articles = (
        select(*place, told.article, told.stage, told.type, told.detail)
        .join(ARTICLE_FAILURES, told.key == PAGES.c.result)
        .where(PAGES.c.job.in_(ids), PAGES.c.state == "done")
    )
    found: dict[str, list[Failure]] = defaultdict(list)
    rows = [*connection.execute(pages), *connection.execute(articles)]
    for row in sorted(rows, key=lambda row: (row.number, row.article or "")):
        found[row.job].append(Failure(row.source, row.stage, row.type, row.detail, row.article))
    return found
