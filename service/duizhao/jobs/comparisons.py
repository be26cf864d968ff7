"""Comparisons that are jobs: requests in, jobs and their reports out; the service does them with its models."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import Engine

from duizhao.errors import NoSuchJob, NotFinished, NotPossible, QueueFull
from duizhao.jobs.records import Job, JobList, ResultFormat, State
from duizhao.settings import Settings
from duizhao.stores import comparisons as kept


class Comparisons:
    """The comparisons of one database, called as `Jobs` are."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings

    def submit(self, request: str, *, owner: str = "") -> Job:
        """Queue a comparison; `request` is the body of POST /v1/compare.

        Raises:
            QueueFull: too many wait.
        """
        if kept.counts(self.engine).get("queued", 0) >= self.settings.queue_size:
            raise QueueFull("too many comparisons wait; try again later")
        return _job(kept.add(self.engine, request, owner))

    def get(self, job_id: str, *, owner: str | None = None) -> Job:
        """The comparison as it is now. Raises NoSuchJob, also where `owner` is given and another one owns it."""
        row = kept.find(self.engine, job_id)
        if row is None or owner not in (None, row.owner):
            raise NoSuchJob(f"{job_id}: there is no such job")
        return _job(row)

    def list(
        self, *, owner: str | None = None, state: State | None = None, limit: int = 50, after: str | None = None
    ) -> JobList:
        """Comparisons, newest first."""
        rows = kept.listed(self.engine, owner, state, limit + 1, after)
        return JobList(tuple(map(_job, rows[:limit])), rows[limit - 1].id if len(rows) > limit else None)

    def cancel(self, job_id: str, *, owner: str | None = None) -> Job:
        """End a comparison; one that is over stays as it is."""
        self.get(job_id, owner=owner)
        kept.cancel(self.engine, job_id)
        return self.get(job_id, owner=owner)

    def retry(self, job_id: str, *, owner: str | None = None) -> Job:
        """Queue a comparison again that failed or was cancelled; one that is done stays as it is.

        Raises:
            NotPossible: it is not over, or has used up its attempts.
        """
        job = self.get(job_id, owner=owner)
        if not job.over:
            raise NotPossible(f"{job_id}: the job is {job.state}; wait for its end or cancel it first")
        if job.attempt >= self.settings.job_attempts:
            raise NotPossible(f"{job_id}: the job was run {job.attempt} times, as often as is allowed")
        kept.retry(self.engine, job_id)
        return self.get(job_id, owner=owner)

    def waiting(self) -> dict[str, int]:
        """For metrics: comparisons by state."""
        return kept.counts(self.engine)

    def result(self, job_id: str, form: ResultFormat, *, owner: str | None = None) -> bytes:
        """A report of a comparison that is done. Raises NotFinished before."""
        job = self.get(job_id, owner=owner)
        found = kept.report(self.engine, job_id, form)
        if found is None:
            raise NotFinished(f"{job_id}: the job is {job.state}; only one that is done has a result")
        return found


def _job(row: kept.Row) -> Job:
    return Job(
        row.id,
        "compare",
        row.state,  # type: ignore[arg-type]
        row.created.replace(tzinfo=UTC),
        row.updated.replace(tzinfo=UTC),
        total=1,
        done=int(row.state == "done"),
        attempt=row.attempt,
        error=row.error,
        owner=row.owner,
    )
