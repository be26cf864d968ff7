"""The worker behind its queue, alone: order, a full queue, what nobody waits for, batches."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from duizhao.api.errors import Problem
from duizhao.api.worker import Abandoned, Ticket, Together, Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(queue_size=2)
    made.start(lambda: None)
    yield made
    made.stop()


def hold(worker: Worker) -> threading.Event:
    """Keep the worker busy until the event is set."""
    gate, entered = threading.Event(), threading.Event()

    def work(ticket: Ticket) -> None:
        entered.set()
        gate.wait(30)

    worker.submit(work)
    assert entered.wait(30)
    return gate


def test_jobs_run_in_the_order_they_came(worker: Worker) -> None:
    gate, done = hold(worker), []
    jobs = [worker.submit(lambda ticket, n=n: done.append(n)) for n in range(2)]
    gate.set()
    for job in jobs:
        job.future.result(30)
    assert done == [0, 1]


def test_a_full_queue_turns_work_away_and_says_when_to_come_back(worker: Worker) -> None:
    gate = hold(worker)
    for _ in range(2):
        worker.submit(lambda ticket: None)
    with pytest.raises(Problem) as caught:
        worker.submit(lambda ticket: None)
    gate.set()
    assert caught.value.status_code == 503
    assert 1 <= int((caught.value.headers or {})["Retry-After"]) <= 60


def test_an_abandoned_job_leaves_the_queue_at_once_and_never_runs(worker: Worker) -> None:
    gate, ran = hold(worker), []
    jobs = [worker.submit(lambda ticket: ran.append(1)) for _ in range(2)]
    worker.abandon(jobs[0])
    assert worker.waiting == 1
    last = worker.submit(lambda ticket: "done")
    gate.set()
    assert last.future.result(30) == "done"
    assert ran == [1]


def test_running_work_learns_that_nobody_waits(worker: Worker) -> None:
    entered, told = threading.Event(), threading.Event()

    def work(ticket: Ticket) -> None:
        entered.set()
        while not ticket.abandoned.wait(30):
            pass
        told.set()
        ticket.check()

    job = worker.submit(work)
    assert entered.wait(30)
    worker.abandon(job)
    assert told.wait(30)
    with pytest.raises(Abandoned):
        job.future.result(30)
    assert worker.submit(lambda ticket: 5).future.result(30) == 5


def test_an_error_in_the_work_does_not_end_the_worker(worker: Worker) -> None:
    job = worker.submit(lambda ticket: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        job.future.result(30)
    assert worker.submit(lambda ticket: 5).future.result(30) == 5


def test_stopping_turns_away_what_waits_and_what_comes() -> None:
    worker = Worker(queue_size=2)
    worker.start(lambda: None)
    gate = hold(worker)
    waiting = worker.submit(lambda ticket: None)
    threading.Timer(0.05, gate.set).start()
    worker.stop()
    for turned_away in (waiting.future.result, lambda: worker.submit(lambda ticket: None)):
        with pytest.raises(Problem) as caught:
            turned_away()
        assert caught.value.status_code == 503


def together(key: object, item: int, seen: list[list[int]], most: int = 8) -> Together:
    def work(items: Sequence[int]) -> list[int]:
        seen.append(list(items))
        return [n * 10 for n in items]

    return Together(key, item, work, most)


def test_jobs_that_wait_and_go_together_are_one_batch_and_each_gets_its_own_result() -> None:
    worker = Worker(queue_size=20)
    worker.start(lambda: None)
    gate, seen = hold(worker), list[list[int]]()
    jobs = [worker.submit(lambda _: -1, together("odd" if n % 2 else "even", n, seen, most=3)) for n in range(8)]
    gate.set()
    assert [job.future.result(30) for job in jobs] == [0, 10, 20, 30, 40, 50, -1, -1]
    assert seen == [[0, 2, 4], [1, 3, 5]]
    assert (worker.done, worker.batches) == (9, 5)
    worker.stop()


def test_an_exception_among_the_results_belongs_to_its_job_alone() -> None:
    worker = Worker(queue_size=4)
    worker.start(lambda: None)
    gate = hold(worker)
    both = [Together("k", n, lambda items: [ValueError(), 7], 2) for n in range(2)]
    jobs = [worker.submit(lambda _: 0, each) for each in both]
    gate.set()
    with pytest.raises(ValueError):
        jobs[0].future.result(30)
    assert jobs[1].future.result(30) == 7
    worker.stop()


def test_as_many_jobs_run_at_a_time_as_there_are_threads() -> None:
    worker = Worker(queue_size=4, count=2)
    worker.start(lambda: None)
    barrier = threading.Barrier(2)
    jobs = [worker.submit(lambda _: barrier.wait(30)) for _ in range(2)]
    assert sorted(job.future.result(30) for job in jobs) == [0, 1]
    worker.stop()
