"""Which workers live: heartbeats in; shards of dead workers go back to the queue, shards that gave up get an end."""

from __future__ import annotations

import time

from sqlalchemy import Engine, delete, insert, select, update

from duizhao.jobs.ledger import Ledger
from duizhao.jobs.queue import Queue, entry_id
from duizhao.stores.jobs import JOBS, SHARDS, WORKERS
from duizhao.types.digests import Failure

BEAT_SECONDS = 5.0
# a worker that was not seen for so long is taken for dead; one that only slept does no harm when it wakes
DEAD_SECONDS = 60.0


class Liveness:
    """The register of workers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue = Queue(engine)

    def beat(self, worker: str, process: int) -> None:
        """Note that this worker lives."""
        facts = {"seen": time.time(), "process": process}
        with self._engine.begin() as connection:
            if not connection.execute(update(WORKERS).where(WORKERS.c.id == worker).values(**facts)).rowcount:
                connection.execute(insert(WORKERS), [{"id": worker} | facts])

    def leave(self, worker: str) -> None:
        """Note that this worker ends."""
        with self._engine.begin() as connection:
            connection.execute(delete(WORKERS).where(WORKERS.c.id == worker))

    def living(self) -> set[str]:
        """The workers that were seen of late."""
        seen = select(WORKERS.c.id).where(WORKERS.c.seen > time.time() - DEAD_SECONDS)
        with self._engine.connect() as connection:
            return set(connection.execute(seen).scalars())

    def revive(self) -> int:
        """Put shards of dead workers back and end those that the queue has given up; how many there were."""
        with self._engine.connect() as connection:
            unfinished = (
                select(SHARDS.c.job, SHARDS.c.number, JOBS.c.attempt)
                .join(JOBS, JOBS.c.id == SHARDS.c.job)
                .where(JOBS.c.state.in_(("queued", "running")), SHARDS.c.state != "done")
            )
            entries = {
                entry_id(job, attempt, number): (job, number) for job, number, attempt in connection.execute(unfinished)
            }
        living = self.living()
        lost = self._queue.given_up(list(entries))
        for entry in lost:
            self._end(*entries[entry])
        return len(lost) + self._queue.put_back(living, DEAD_SECONDS)

    def _end(self, job: str, shard: int) -> None:
        ledger = Ledger(self._engine)
        why = "the database refused the result again and again; retry the job when it is well"
        pages = ledger.waiting(job, shard)
        ledger.store(job, shard, [(w, Failure(w.page.id, "store", "GivenUp", why)) for w in pages])
