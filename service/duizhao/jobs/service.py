"""The jobs as command line and HTTP call them: inputs in; jobs, their progress and their results out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from duizhao.jobs.records import Input, Job, JobList, Options, ResultFormat, State
from duizhao.settings import Settings


class Jobs:
    """Durable jobs in one database. Every method is one short exchange with it; none waits for a worker."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """`engine` as `stores.database.open_database` gives it."""
        self.engine = engine
        self.settings = settings

    def submit(
        self,
        inputs: Sequence[Input],
        *,
        owner: str = "",
        idempotency_key: str | None = None,
        options: Options | None = None,
    ) -> tuple[Job, bool]:
        """Store the inputs and queue a digest over them; True if the job is new, False if the key had made it before.

        Raises:
            KeyReused: the owner used this key for other inputs or options (422).
            QueueFull: too many jobs wait (429 with Retry-After).
            InputRefused: nothing that could be read, a bad archive (422); TooLarge: over a limit (413).
        """
        raise NotImplementedError

    def get(self, job_id: str, *, owner: str | None = None) -> Job:
        """The job as it is now. Raises NoSuchJob, also where `owner` is given and another one owns it."""
        raise NotImplementedError

    def list(
        self, *, owner: str | None = None, state: State | None = None, limit: int = 50, after: str | None = None
    ) -> JobList:
        """Jobs, newest first."""
        raise NotImplementedError

    def cancel(self, job_id: str, *, owner: str | None = None) -> Job:
        """Stop a job; pages in work are finished and thrown away. One that is over stays as it is."""
        raise NotImplementedError

    def retry(self, job_id: str, *, owner: str | None = None) -> Job:
        """Queue a failed, cancelled or done job again; pages that are finished are not done again.

        Raises:
            NotPossible: it is still running, or has used up its attempts (409).
        """
        raise NotImplementedError

    def delete(self, job_id: str, *, owner: str | None = None) -> None:
        """Delete a job that is over, with its inputs. Raises NotPossible while it is not over."""
        raise NotImplementedError

    def result(self, job_id: str, form: ResultFormat, *, owner: str | None = None) -> bytes:
        """The digest of a job that is done. Raises NotFinished (409) before."""
        raise NotImplementedError

    def waiting(self) -> dict[str, int]:
        """For metrics: jobs by state, and "pages" that still wait."""
        raise NotImplementedError
