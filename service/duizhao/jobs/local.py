"""Paths in, a digest in a folder out: one job on this machine's own workers, in a queue of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from duizhao.jobs import report
from duizhao.jobs.paths import read_paths
from duizhao.jobs.queue import Queue
from duizhao.jobs.records import MEDIA_TYPES, Job, Options
from duizhao.jobs.service import Jobs
from duizhao.jobs.supervisor import Workers
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.types.digests import Digest, Failure

OWNER = "command line"
LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told what: lines about files and workers, and the job each time it was looked at."""

    say: Callable[[str], None]
    progress: Callable[[Job], None]


def digest_paths(
    paths: Sequence[str], out: Path, settings: Settings, told: Told, *, resume: bool = False, ray: bool = False
) -> tuple[Job, tuple[Failure, ...]]:
    """Make the digest of these paths; the job as it ended, and every page and article that failed.

    With `resume` an unfinished job over them goes on.
    """
    engine = open_database(database_url(settings))
    try:
        queue = f"digest-{time.time_ns():x}"
        jobs = Jobs(engine, settings, queue)
        inputs = read_paths(paths, settings.max_bytes, told.say)
        job, _ = jobs.submit(inputs, owner=OWNER, options=Options(), resume=resume)
        told.progress(job)
        if not job.over:
            queue = jobs.queue_of(job.id)
            if ray:
                from duizhao.jobs.ray_engine import work

                work(jobs, job, told.progress)
            else:
                _work(jobs, job, queue, told)
            Queue(engine).forget_queue(queue)
        job = jobs.get(job.id)
        if job.state != "done":
            return job, job.failures
        digest = jobs.digest(job.id)
        write_results(digest, out)
        return job, digest.failures
    finally:
        engine.dispose()


def write_results(digest: Digest, out: Path) -> None:
    """The digest in every format; its HTML leads to the files that it was made of."""
    out.mkdir(parents=True, exist_ok=True)
    links = {page.id: link for page in digest.pages if (link := _link(page.source, out))}
    for form in MEDIA_TYPES:
        (out / f"digest.{form}").write_bytes(report.render(digest, form, links=links))


def _link(source: str, out: Path) -> str | None:
    """The address of a file as seen from the results; `#page=3` opens a PDF at its page."""
    path, _, part = source.partition("#page=")
    if not Path(path).is_file():
        return None
    address = quote(os.path.relpath(path, out).replace(os.sep, "/"))
    return f"{address}#page={part}" if part else address


def _work(jobs: Jobs, job: Job, queue: str, told: Told) -> None:
    settings = jobs.settings
    shards = -(-(job.total - job.done) // settings.shard_pages)
    with Workers(settings, min(settings.worker_processes, shards), queue) as workers:
        while not job.over:
            time.sleep(LOOK_SECONDS)
            workers.check(told.say)
            job = jobs.get(job.id)
            told.progress(job)
