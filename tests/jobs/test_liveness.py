"""What a worker leaves behind that never comes back."""

from __future__ import annotations

import time

from sqlalchemy import text

from duizhao.jobs import Jobs
from duizhao.jobs.liveness import DEAD_SECONDS, Liveness

from .conftest import inputs


def entry(jobs: Jobs, status: str, age: float = 2 * DEAD_SECONDS) -> None:
    """Let the worker `one` have taken every shard some seconds ago."""
    then = int((time.time() - age) * 1000)
    taken = f"status = '{status}', executor_id = 'one', started_at_epoch_ms = {then}, updated_at = {then}"
    with jobs.engine.begin() as connection:
        connection.execute(text(f"UPDATE workflow_status SET {taken}"))


def test_a_shard_of_a_dead_worker_is_queued_again(jobs: Jobs) -> None:
    jobs.submit(inputs(2))
    entry(jobs, "PENDING")
    liveness = Liveness(jobs.engine)
    liveness.beat("one", 1)
    assert liveness.revive() == 0 and jobs.workers() == 1
    liveness.leave("one")
    assert jobs.workers() == 0
    assert liveness.revive() == 1
    with jobs.engine.connect() as connection:
        found = connection.execute(text("SELECT status, queue_name FROM workflow_status")).one()
    assert tuple(found) == ("ENQUEUED", "pages")


def test_a_shard_that_the_queue_gave_up_ends_with_named_failures(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(2))
    entry(jobs, "ERROR")
    assert Liveness(jobs.engine).revive() == 1
    ended = jobs.get(job.id)
    assert ended.state == "failed" and {f.type for f in ended.failures} == {"GivenUp"}


def test_a_shard_that_was_just_taken_is_left_alone(jobs: Jobs) -> None:
    jobs.submit(inputs(1))
    entry(jobs, "PENDING", age=1)
    assert Liveness(jobs.engine).revive() == 0
