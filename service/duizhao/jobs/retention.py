"""A number of days in; jobs of every kind, inputs and results that are older deleted, and how many there were out."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from duizhao.errors import NoSuchJob
from duizhao.jobs.records import OVER
from duizhao.jobs.service import Jobs
from duizhao.settings import Settings
from duizhao.stores import comparisons
from duizhao.stores.jobs import BLOBS, JOBS, PAGES, RESULTS, WORKERS

DAY = 86_400.0
# an input is stored before its job is: the job may be on its way
FRESH_BLOB = DAY


@dataclass(frozen=True, slots=True)
class Purged:
    """How many jobs, inputs and results were deleted."""

    jobs: int
    inputs: int
    results: int


def purge(engine: Engine, settings: Settings, days: float) -> Purged:
    """Delete jobs that ended more than `days` ago, then the inputs and results that no job needs any more.

    Results that are younger stay although their job is gone: the same page costs nothing again.
    """
    before = time.time() - days * DAY
    jobs = Jobs(engine, settings)
    with engine.connect() as connection:
        old = select(JOBS.c.id).where(JOBS.c.state.in_(OVER), JOBS.c.updated < before)
        ids = list(connection.execute(old).scalars())
    for each in ids:
        with suppress(NoSuchJob):  # another process may purge too
            jobs.delete(each)
    with engine.begin() as connection:
        used = select(PAGES.c.blob).where(PAGES.c.blob.is_not(None))
        unused = BLOBS.c.created < time.time() - min(FRESH_BLOB, days * DAY)
        inputs = connection.execute(delete(BLOBS).where(unused, BLOBS.c.digest.not_in(used))).rowcount
        shown = select(PAGES.c.result).where(PAGES.c.result.is_not(None))
        results = connection.execute(
            delete(RESULTS).where(RESULTS.c.created < before, RESULTS.c.key.not_in(shown))
        ).rowcount
        connection.execute(delete(WORKERS).where(WORKERS.c.seen < time.time() - DAY))
    return Purged(len(ids) + comparisons.delete_older(engine, days), inputs, results)
