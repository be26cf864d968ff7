"""The id of any job in, what its kind makes of the call out: digests and comparisons behind one set of methods."""

from __future__ import annotations

from sqlalchemy import Engine

from duizhao.jobs.comparisons import Comparisons
from duizhao.jobs.records import Job, JobList, ResultFormat, State
from duizhao.jobs.service import Jobs
from duizhao.settings import Settings
from duizhao.stores.comparisons import PREFIX


class Desk:
    """All jobs of one database; `digests` and `comparisons` take new ones."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.digests = Jobs(engine, settings)
        self.comparisons = Comparisons(engine, settings)

    def get(self, job_id: str, *, owner: str | None = None) -> Job:
        """The job as it is now. Raises NoSuchJob, also where `owner` is given and another one owns it."""
        return self._of(job_id).get(job_id, owner=owner)

    def list(
        self, *, owner: str | None = None, state: State | None = None, limit: int = 50, after: str | None = None
    ) -> JobList:
        """Jobs of every kind, newest first; `after` is the age of the last one that was told."""
        found = [
            *self.digests.list(owner=owner, state=state, limit=limit + 1, after=after).jobs,
            *self.comparisons.list(owner=owner, state=state, limit=limit + 1, after=after and PREFIX + after).jobs,
        ]
        found.sort(key=_age, reverse=True)
        return JobList(tuple(found[:limit]), _age(found[limit - 1]) if len(found) > limit else None)

    def cancel(self, job_id: str, *, owner: str | None = None) -> Job:
        """Stop a job; one that is over stays as it is."""
        return self._of(job_id).cancel(job_id, owner=owner)

    def retry(self, job_id: str, *, owner: str | None = None) -> Job:
        """Queue a job that is over again; what is finished is not done again.

        Raises:
            NotPossible: it is not over, or has used up its attempts.
        """
        return self._of(job_id).retry(job_id, owner=owner)

    def result(self, job_id: str, form: ResultFormat, *, owner: str | None = None) -> bytes:
        """What a job that is done has made. Raises NotFinished before."""
        return self._of(job_id).result(job_id, form, owner=owner)

    def waiting(self) -> dict[str, int]:
        """For metrics: jobs by state, and "pages" that still wait."""
        comparisons = self.comparisons.waiting()
        return {name: number + comparisons.get(name, 0) for name, number in self.digests.waiting().items()}

    def _of(self, job_id: str) -> Jobs | Comparisons:
        return self.comparisons if job_id.startswith(PREFIX) else self.digests


def _age(job: Job) -> str:
    """What sorts jobs of every kind by age: their ids hold the time at which they came."""
    return job.id.removeprefix(PREFIX)
