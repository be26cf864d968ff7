"""Work in, its result as a future out: one thread that owns the models, behind a queue of limited length."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from duizhao.api.errors import Problem

T = TypeVar("T")
LONGEST_RETRY = 60


class Abandoned(Exception):
    """Nobody waits for this work any more."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Handed to the work, which asks it between two steps whether to go on."""

    abandoned: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Raise `Abandoned` if nobody waits any more."""
        if self.abandoned.is_set():
            raise Abandoned


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """One piece of work in the queue."""

    work: Callable[[Ticket], T]
    future: Future[T] = field(default_factory=Future)
    ticket: Ticket = field(default_factory=Ticket)
    started: bool = False

    def run(self) -> None:
        """Do the work; its error belongs to the one who waits for the future."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            self.ticket.check()
            result = self.work(self.ticket)
        except BaseException as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class Worker:
    """The model worker. `queue_size` jobs may wait while one runs.

    A thread cannot be killed: work that nobody waits for any more ends at its next `Ticket.check`, and
    `busy_seconds` tells how long the present work has been running.
    """

    def __init__(self, queue_size: int) -> None:
        self.queue_size = queue_size
        self.ready = False
        self.failure: Exception | None = None
        self._jobs: deque[Job[object]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._busy_since: float | None = None
        self._mean_seconds = 1.0
        self._thread: threading.Thread | None = None

    def start(self, load: Callable[[], None]) -> None:
        """Start the thread (again); `load` is its first work, and its error is kept as `failure`."""
        self._closed, self.ready, self.failure = False, False, None
        self._thread = threading.Thread(target=self._run, args=(load,), name="duizhao-worker", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Turn away what waits, and give the running work some time to end."""
        with self._changed:
            self._closed = True
            waiting = list(self._jobs)
            self._jobs.clear()
            self._changed.notify_all()
        for job in waiting:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(_shutting_down())
        if self._thread:
            self._thread.join(seconds)

    def submit(self, work: Callable[[Ticket], T]) -> Job[T]:
        """Put work at the end of the queue.

        Raises:
            Problem: 503 with Retry-After when the queue is full or the service is shutting down.
        """
        job = Job(work)
        with self._changed:
            if self._closed:
                raise _shutting_down()
            if len(self._jobs) >= self.queue_size:
                raise Problem("busy", "All places in the queue are taken; try again later.", retry_after=self._wait())
            self._jobs.append(job)  # type: ignore[arg-type]
            self._changed.notify()
        return job

    def abandon(self, job: Job[T]) -> None:
        """Nobody waits for the job any more: take it out of the queue, or tell the running work to end."""
        job.ticket.abandoned.set()
        with self._changed:
            if job in self._jobs:
                self._jobs.remove(job)  # type: ignore[arg-type]

    def retry_after(self) -> int:
        """Seconds after which the jobs that wait now should be done."""
        with self._changed:
            return self._wait()

    @property
    def waiting(self) -> int:
        """Jobs in the queue."""
        return len(self._jobs)

    @property
    def busy_seconds(self) -> float:
        """How long the present work has been running; 0 when there is none."""
        since = self._busy_since
        return 0.0 if since is None else time.monotonic() - since

    def _wait(self) -> int:
        return max(1, min(LONGEST_RETRY, round(self._mean_seconds * (len(self._jobs) + 1))))

    def _run(self, load: Callable[[], None]) -> None:
        try:
            load()
            self.ready = True
        except Exception as error:
            self.failure = error
        while job := self._next():
            job.run()
            with self._changed:
                seconds = self.busy_seconds
                self._busy_since = None
                self._mean_seconds += 0.2 * (seconds - self._mean_seconds)

    def _next(self) -> Job[object] | None:
        with self._changed:
            while not self._jobs and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            job = self._jobs.popleft()
            job.started = True
            self._busy_since = time.monotonic()
            return job


def _shutting_down() -> Problem:
    return Problem("not-ready", "The service is shutting down; try again later.", retry_after=5)
