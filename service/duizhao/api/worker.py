"""Work in, its result as a future out: threads that own the models, behind one queue of limited length."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

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


@dataclass(frozen=True, slots=True)
class Together:
    """What makes jobs one batch: those that wait with the same `key` are worked on together, `most` at a time.

    `work` takes their items and gives one result an item; an exception among the results belongs to its item alone.
    """

    key: Hashable
    item: Any
    work: Callable[[Sequence[Any]], Sequence[Any]]
    most: int


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """One piece of work in the queue."""

    work: Callable[[Ticket], T]
    together: Together | None = None
    future: Future[T] = field(default_factory=Future)
    ticket: Ticket = field(default_factory=Ticket)
    started: bool = False


# the tickets of the work that runs in this thread
_running = threading.local()


def nobody_waits() -> bool:
    """Whether all who asked for the work that runs in this thread have gone."""
    tickets: Sequence[Ticket] = getattr(_running, "tickets", ())
    return bool(tickets) and all(t.abandoned.is_set() for t in tickets)


class Worker:
    """The model worker. `queue_size` jobs may wait while `count` run.

    A thread cannot be killed: work that nobody waits for any more ends at its next `Ticket.check`, and
    `busy_seconds` tells how long the oldest present work has been running.
    """

    def __init__(self, queue_size: int, count: int = 1, name: str = "duizhao-worker") -> None:
        self.queue_size = queue_size
        self.count = count
        self.name = name
        self.failure: Exception | None = None
        self.done = 0
        self.batches = 0
        self.seconds = 0.0
        self._ready = threading.Event()
        self._jobs: deque[Job[Any]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._busy_since: dict[int, float] = {}
        self._mean_seconds = 1.0
        self._threads: list[threading.Thread] = []

    @property
    def ready(self) -> bool:
        """Whether the first work, loading, is done and went well."""
        return self._ready.is_set() and self.failure is None

    def start(self, load: Callable[[], None]) -> None:
        """Start the threads (again); `load` comes first, and its error is kept as `failure`."""
        self._closed, self.failure = False, None
        self._ready.clear()
        self._threads = [
            threading.Thread(target=self._run, args=(load, n), name=f"{self.name}-{n}", daemon=True)
            for n in range(self.count)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Turn away what waits, and give the running work some time to end."""
        with self._changed:
            self._closed = True
            waiting = list(self._jobs)
            self._jobs.clear()
            self._changed.notify_all()
        self._ready.set()
        for job in waiting:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(_shutting_down())
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def submit(self, work: Callable[[Ticket], T], together: Together | None = None) -> Job[T]:
        """Put work at the end of the queue.

        Raises:
            Problem: 503 with Retry-After when the queue is full or the service is shutting down.
        """
        job = Job(work, together)
        with self._changed:
            if self._closed:
                raise _shutting_down()
            if len(self._jobs) >= self.queue_size:
                raise Problem("busy", "All places in the queue are taken; try again later.", retry_after=self._wait())
            self._jobs.append(job)
            self._changed.notify()
        return job

    def abandon(self, job: Job[T]) -> None:
        """Nobody waits for the job any more: take it out of the queue, or tell the running work to end."""
        job.ticket.abandoned.set()
        with self._changed:
            if job in self._jobs:
                self._jobs.remove(job)

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
        """How long the oldest present work has been running; 0 when there is none."""
        since = list(self._busy_since.values())
        return time.monotonic() - min(since) if since else 0.0

    def _wait(self) -> int:
        return max(1, min(LONGEST_RETRY, round(self._mean_seconds * (len(self._jobs) + 1) / self.count)))

    def _run(self, load: Callable[[], None], number: int) -> None:
        if number == 0:
            try:
                load()
            except Exception as error:
                self.failure = error
            self._ready.set()
        self._ready.wait()
        while jobs := self._next(number):
            _running.tickets = [job.ticket for job in jobs]
            _do(jobs)
            with self._changed:
                seconds = time.monotonic() - self._busy_since.pop(number)
                self.seconds += seconds
                self.done += len(jobs)
                self.batches += 1
                self._mean_seconds += 0.2 * (seconds / len(jobs) - self._mean_seconds)

    def _next(self, number: int) -> list[Job[Any]]:
        """The job whose turn it is, with those that wait and can be done together with it."""
        with self._changed:
            while not self._jobs and not self._closed:
                self._changed.wait()
            if self._closed:
                return []
            first = self._jobs.popleft()
            jobs = [first, *self._fitting(first.together)]
            for job in jobs:
                job.started = True
            self._busy_since[number] = time.monotonic()
            return jobs

    def _fitting(self, together: Together | None) -> list[Job[Any]]:
        if together is None:
            return []
        fitting = [j for j in self._jobs if j.together and j.together.key == together.key][: together.most - 1]
        for job in fitting:
            self._jobs.remove(job)
        return fitting


def _do(jobs: Sequence[Job[Any]]) -> None:
    """Do the work; its error belongs to the one who waits for the future."""
    jobs = [job for job in jobs if job.future.set_running_or_notify_cancel()]
    try:
        results = _results(jobs)
    except BaseException as error:
        results = [error] * len(jobs)
    for job, result in zip(jobs, results, strict=True):
        if isinstance(result, BaseException):
            job.future.set_exception(result)
        else:
            job.future.set_result(result)


def _results(jobs: Sequence[Job[Any]]) -> Sequence[Any]:
    if len(jobs) == 1:
        jobs[0].ticket.check()
        return [jobs[0].work(jobs[0].ticket)]
    together = jobs[0].together if jobs else None
    if together is None:
        return []
    return together.work([job.together.item for job in jobs if job.together])


def _shutting_down() -> Problem:
    return Problem("not-ready", "The service is shutting down; try again later.", retry_after=5)
