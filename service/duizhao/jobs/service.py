"""The jobs as command line and HTTP call them: inputs in; jobs, their progress and their results out."""

from __future__ import annotations

import builtins
import time
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from duizhao.errors import KeyReused, NoSuchJob, NotFinished, NotPossible, QueueFull
from duizhao.jobs import submission, views
from duizhao.jobs.liveness import Liveness
from duizhao.jobs.plan import Plan, plan
from duizhao.jobs.queue import QUEUE, Queue, entry_id
from duizhao.jobs.records import Input, Job, JobList, Options, ResultFormat, State
from duizhao.settings import Settings
from duizhao.stores.database import new_id, new_rows
from duizhao.stores.jobs import ARTICLE_FAILURES, BLOBS, JOBS, PAGES, SHARDS
from duizhao.types.digests import Digest

ACTIVE: tuple[State, ...] = ("queued", "running")


class Jobs:
    """Durable jobs in one database. Every method is one short exchange with it; none waits for a worker."""

    def __init__(self, engine: Engine, settings: Settings, queue: str = QUEUE) -> None:
        """`engine` as `stores.database.open_database` gives it; `queue`: the workers that new jobs are meant for."""
        self.engine = engine
        self.settings = settings
        self._queue_name = queue
        self._queue = Queue(engine)
        self._liveness = Liveness(engine)

    def submit(
        self,
        inputs: Iterable[Input],
        *,
        owner: str = "",
        idempotency_key: str | None = None,
        options: Options | None = None,
        resume: bool = False,
    ) -> tuple[Job, bool]:
        """Store the inputs and queue a digest over them; True if the job is new, False if the key had made it before.

        With `resume` an unfinished job of the owner over the same inputs goes on in place of a new one.
        Inputs are stored one by one, so that they need not fit into memory together.

        Raises:
            KeyReused: the owner used this key for other inputs or options.
            QueueFull: too many jobs wait.
            InputRefused: nothing that could be read, a bad archive; TooLarge: over a limit.
        """
        options = options or Options()
        counts = self.waiting()
        if counts["queued"] + counts["running"] >= self.settings.max_jobs and not self._by_key(owner, idempotency_key):
            raise QueueFull(f"{self.settings.max_jobs} jobs wait or run; try again when some are done")
        made = plan(inputs, self.settings, options, self._keep)
        facts = {"owner": owner, "idempotency_key": idempotency_key, "body_digest": made.body_digest}
        self._queue.open()
        if resume and (unfinished := self._unfinished(owner, made.body_digest)):
            return unfinished, False
        job = new_id()
        try:
            with self.engine.begin() as connection:
                submission.write_job(connection, job, made, facts, options, self._queue_name)
                submission.queue_shards(self._queue, connection, self.settings, job, 1, self._queue_name)
        except IntegrityError:
            return self._repeated(owner, idempotency_key, made), False
        return self.get(job), True

    def get(self, job_id: str, *, owner: str | None = None) -> Job:
        """The job as it is now. Raises NoSuchJob, also where `owner` is given and another one owns it."""
        with self.engine.connect() as connection:
            return self._get(connection, job_id, owner)

    def list(
        self, *, owner: str | None = None, state: State | None = None, limit: int = 50, after: str | None = None
    ) -> JobList:
        """Jobs, newest first."""
        wanted = select(JOBS.c.id).order_by(JOBS.c.id.desc()).limit(limit + 1)
        for column, value in ((JOBS.c.owner, owner), (JOBS.c.state, state)):
            wanted = wanted if value is None else wanted.where(column == value)
        if after is not None:
            wanted = wanted.where(JOBS.c.id < after)
        with self.engine.connect() as connection:
            ids = builtins.list(connection.execute(wanted).scalars())
            jobs = tuple(views.read_jobs(connection, ids[:limit]))
        return JobList(jobs, ids[limit - 1] if len(ids) > limit else None)

    def cancel(self, job_id: str, *, owner: str | None = None) -> Job:
        """Stop a job; pages in work are finished and stay known. One that is over stays as it is."""
        with self.engine.begin() as connection:
            job = self._get(connection, job_id, owner)
            stopped = connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job_id, JOBS.c.state.in_(ACTIVE))
                .values(state="cancelled", updated=time.time())
            ).rowcount
            entries = self._entries(connection, job)
        if stopped and entries:
            self._queue.cancel(entries)
        return self.get(job_id)

    def retry(self, job_id: str, *, owner: str | None = None) -> Job:
        """Queue a job that is over again; pages that are finished, with all their articles, are not done again.

        Raises:
            NotPossible: it is not over, or has used up its attempts.
        """
        self._queue.open()
        with self.engine.begin() as connection:
            # the row is held from here on
            connection.execute(update(JOBS).where(JOBS.c.id == job_id).values(updated=time.time()))
            job = self._get(connection, job_id, owner)
            if not job.over:
                raise NotPossible(f"{job_id}: the job is {job.state}; wait for its end or cancel it first")
            if job.attempt >= self.settings.job_attempts:
                raise NotPossible(f"{job_id}: the job was run {job.attempt} times, as often as is allowed")
            connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job_id)
                .values(state="queued", attempt=job.attempt + 1, error=None, queue=self._queue_name)
            )
            blank = {"stage": None, "type": None, "detail": None}
            again = update(PAGES).where(PAGES.c.job == job_id, PAGES.c.state == "failed", PAGES.c.blob.is_not(None))
            connection.execute(again.values(state="waiting", **blank))
            in_part = PAGES.c.result.in_(select(ARTICLE_FAILURES.c.key))
            part = update(PAGES).where(PAGES.c.job == job_id, PAGES.c.state == "done", in_part)
            connection.execute(part.values(state="waiting", cached=False))
            connection.execute(update(SHARDS).where(SHARDS.c.job == job_id).values(state="done"))
            attempt, queue = job.attempt + 1, self._queue_name
            submission.queue_shards(self._queue, connection, self.settings, job_id, attempt, queue)
        return self.get(job_id)

    def delete(self, job_id: str, *, owner: str | None = None) -> None:
        """Delete a job that is over, with its pages; inputs that no other job needs go with the next purge.

        Raises:
            NotPossible: it is not over.
        """
        with self.engine.begin() as connection:
            job = self._get(connection, job_id, owner)
            if not job.over:
                raise NotPossible(f"{job_id}: the job is {job.state}; cancel it first")
            entries = self._entries(connection, job, done=True)
            for table in (PAGES, SHARDS):
                connection.execute(delete(table).where(table.c.job == job_id))
            connection.execute(delete(JOBS).where(JOBS.c.id == job_id))
        if entries:
            self._queue.forget(entries)

    def result(self, job_id: str, form: ResultFormat, *, owner: str | None = None) -> bytes:
        """The digest of a job that is done. Raises NotFinished before, and for a job that failed or was cancelled."""
        from duizhao.jobs import report  # the exporters, which a worker does not need

        return report.render(self.digest(job_id, owner=owner), form, self.get(job_id).options.title)

    def digest(self, job_id: str, *, owner: str | None = None) -> Digest:
        """The same, to be written in several formats."""
        from duizhao.jobs import report

        with self.engine.connect() as connection:
            job = self._get(connection, job_id, owner)
            if job.state != "done":
                raise NotFinished(f"{job_id}: the job is {job.state}; only one that is done has a result")
            return report.assemble(connection, job)

    def waiting(self) -> dict[str, int]:
        """For metrics: jobs by state, and "pages" that still wait."""
        states: tuple[State, ...] = ("queued", "running", "done", "failed", "cancelled")
        with self.engine.connect() as connection:
            grouped = connection.execute(select(JOBS.c.state, func.count()).group_by(JOBS.c.state)).all()
            active = select(JOBS.c.id).where(JOBS.c.state.in_(ACTIVE))
            pages = select(func.count()).where(PAGES.c.state == "waiting", PAGES.c.job.in_(active))
            counts: dict[str, int] = {str(state): int(count) for state, count in grouped}
            return {state: counts.get(state, 0) for state in states} | {"pages": connection.execute(pages).scalar_one()}

    def queue_of(self, job_id: str) -> str:
        """The queue that the shards of a job stand in."""
        with self.engine.connect() as connection:
            return str(connection.execute(select(JOBS.c.queue).where(JOBS.c.id == job_id)).scalar_one())

    def _unfinished(self, owner: str, body_digest: str) -> Job | None:
        """The newest job of these inputs if it has not come to its end."""
        wanted = (
            select(JOBS.c.id, JOBS.c.state)
            .where(JOBS.c.owner == owner, JOBS.c.body_digest == body_digest)
            .order_by(JOBS.c.id.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(wanted).first()
        if row is None or row.state == "done":
            return None
        return self.get(row.id) if row.state in ACTIVE else self.retry(row.id)

    def workers(self) -> int:
        """How many worker processes were seen within the last minute; without one, jobs wait."""
        return len(self._liveness.living())

    def _keep(self, digest: str, data: bytes) -> None:
        """Store the bytes of an input, each once."""
        with self.engine.begin() as connection:
            if connection.execute(select(BLOBS.c.digest).where(BLOBS.c.digest == digest)).first() is None:
                row = {"digest": digest, "data": data, "created": time.time()}
                connection.execute(new_rows(self.engine, BLOBS), [row])
            else:
                connection.execute(update(BLOBS).where(BLOBS.c.digest == digest).values(created=time.time()))

    def _get(self, connection: Connection, job_id: str, owner: str | None) -> Job:
        found = views.read_jobs(connection, [job_id])
        if not found or (owner is not None and found[0].owner != owner):
            raise NoSuchJob(f"{job_id}: there is no such job")
        return found[0]

    def _by_key(self, owner: str, key: str | None) -> tuple[str, str] | None:
        if key is None:
            return None
        wanted = select(JOBS.c.id, JOBS.c.body_digest).where(JOBS.c.owner == owner, JOBS.c.idempotency_key == key)
        with self.engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (row.id, row.body_digest)

    def _repeated(self, owner: str, key: str | None, made: Plan) -> Job:
        found = self._by_key(owner, key)
        if found is None or found[1] != made.body_digest:
            raise KeyReused("this idempotency key was used for another request; take a new one")
        return self.get(found[0])

    def _entries(self, connection: Connection, job: Job, *, done: bool = False) -> builtins.list[str]:
        """Queue entries of a job; without `done` those that may still wait."""
        wanted = select(SHARDS.c.number).where(SHARDS.c.job == job.id)
        if not done:
            wanted = wanted.where(SHARDS.c.state == "waiting")
        attempts = range(1, job.attempt + 1) if done else (job.attempt,)
        numbers = builtins.list(connection.execute(wanted).scalars())
        return [entry_id(job.id, attempt, number) for attempt in attempts for number in numbers]
