"""One worker process: takes shards from the queue, one at a time, until it is told to end or its parent is gone.

Run as `python -m duizhao.jobs.worker NAME QUEUE` by `jobs.supervisor`, which holds the other end of standard input.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from dbos import DBOS
from sqlalchemy import Engine

from duizhao.jobs.execute import Executor
from duizhao.jobs.liveness import BEAT_SECONDS, DEAD_SECONDS, Liveness
from duizhao.jobs.queue import POLL_SECONDS, WORKFLOW, config
from duizhao.jobs.retention import purge
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database

# how long the shard in work may take to end when the process is told to
LAST_SECONDS = 60
PURGE_SECONDS = 3600.0


def main(name: str, queue: str) -> None:
    """Work until the end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_follow_parent, daemon=True).start()
    settings = Settings()
    engine = open_database(database_url(settings))
    execute = Executor(engine, settings, name)

    @DBOS.workflow(name=WORKFLOW)
    def shard(job: str, attempt: int, number: int) -> None:
        execute(job, attempt, number)

    liveness = Liveness(engine)
    liveness.beat(name, os.getpid())
    DBOS(config=config(engine, name))
    DBOS.listen_queues([queue])
    DBOS.launch()
    DBOS.register_queue(queue, worker_concurrency=1, polling_interval_sec=POLL_SECONDS, on_conflict="always_update")
    _live(stop, liveness, name, lambda: _purge(engine, settings))
    DBOS.destroy(workflow_completion_timeout_sec=LAST_SECONDS)
    liveness.leave(name)


def _live(stop: threading.Event, liveness: Liveness, name: str, purge: Callable[[], None]) -> None:
    """Heartbeats, from time to time a look after the others, and now and then one at what is too old."""
    beat = looked = time.monotonic()
    purged = time.monotonic() - PURGE_SECONDS + DEAD_SECONDS
    while not stop.wait(0.5):
        now = time.monotonic()
        if now - beat >= BEAT_SECONDS:
            liveness.beat(name, os.getpid())
            beat = now
        if now - looked >= DEAD_SECONDS / 2:
            liveness.revive()
            looked = now
        if now - purged >= PURGE_SECONDS:
            purge()
            purged = now


def _purge(engine: Engine, settings: Settings) -> None:
    if settings.keep_days:
        purge(engine, settings, settings.keep_days)


def _follow_parent() -> None:
    """End with the parent, whatever ended it."""
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
