"""A job in, its shards done by Ray tasks: the same `run_shard` on the cores of a cluster; results are stored here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from duizhao import pipeline
from duizhao.errors import UsageError
from duizhao.jobs.ledger import Ledger
from duizhao.jobs.records import Job
from duizhao.jobs.service import Jobs
from duizhao.jobs.shard import PageInput, PageResult, run_shard
from duizhao.settings import Settings
from duizhao.stores.jobs import SHARDS
from duizhao.types.digests import Failure

# shards that are handed out at a time beyond the cores: enough to keep them busy, few enough to fit into memory
AHEAD = 2


def work(jobs: Jobs, job: Job, progress: Callable[[Job], None]) -> None:
    """Do every shard that waits; what is stored stays, so that a job that was cut off goes on.

    Raises:
        UsageError: Ray is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'duizhao[ray]'") from error
    ray.init(ignore_reinit_error=True, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        _work(ray, jobs, job, progress)
    finally:
        ray.shutdown()


def _work(ray: Any, jobs: Jobs, job: Job, progress: Callable[[Job], None]) -> None:
    ledger = Ledger(jobs.engine)
    waiting = select(SHARDS.c.number).where(SHARDS.c.job == job.id, SHARDS.c.state != "done").order_by(SHARDS.c.number)
    with jobs.engine.connect() as connection:
        left = list(connection.execute(waiting).scalars())
    remote = ray.remote(_run)
    running: dict[Any, int] = {}
    most = max(1, int(ray.cluster_resources().get("CPU", 1))) + AHEAD
    while left or running:
        while left and len(running) < most:
            shard = left.pop(0)
            if ledger.begin(job.id, job.attempt, shard, "ray") is not None:
                pages = [w.page for w in ledger.waiting(job.id, shard)]
                running[remote.remote(pages, jobs.settings, job.options.model)] = shard
        if not running:
            break
        ready, _ = ray.wait(list(running))
        shard = running.pop(ready[0])
        waiting_pages = ledger.waiting(job.id, shard)
        try:
            found = ray.get(ready[0])
        except Exception as error:  # a task that ended: its pages are named, the others go on
            why = f"a worker of Ray ended over these pages ({type(error).__name__})"
            found = [Failure(w.page.id, "read", "GivenUp", why) for w in waiting_pages]
        ledger.store(job.id, shard, list(zip(waiting_pages, found, strict=True)))
        progress(jobs.get(job.id))


def _run(pages: list[PageInput], settings: Settings, model: str | None) -> list[PageResult | Failure]:
    return run_shard(pages, pipeline.build_summarizer(settings, model), settings)
