"""Jobs of every kind in one list and under one set of calls."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from duizhao.errors import NoSuchJob, NotPossible
from duizhao.jobs import Desk, Input, Job, Jobs
from duizhao.jobs.retention import purge
from duizhao.stores import comparisons


@pytest.fixture
def desk(jobs: Jobs) -> Desk:
    return Desk(jobs.engine, jobs.settings)


def some(desk: Desk, owner: str = "") -> list[Job]:
    """Digests and comparisons in turn, the newest first."""
    makers: tuple[Callable[[int], Job], ...] = (
        lambda n: desk.digests.submit([Input("a.txt", f"第{n}页。".encode())], owner=owner)[0],
        lambda n: desk.comparisons.submit(f"{n}", owner=owner),
    )
    made = []
    for n in range(7):
        made.append(makers[n % 2](n))
        time.sleep(0.002)
    return made[::-1]


def test_a_list_holds_every_kind_newest_first_page_after_page(desk: Desk) -> None:
    wanted = [job.id for job in some(desk)]
    found, after = [], None
    while True:
        part = desk.list(limit=3, after=after)
        found += [job.id for job in part.jobs]
        after = part.after
        if after is None:
            break
        assert len(part.jobs) == 3
    assert found == wanted


def test_a_list_is_of_one_owner_and_one_state(desk: Desk) -> None:
    mine, theirs = some(desk, "a"), some(desk, "b")
    assert {job.id for job in desk.list(owner="a").jobs} == {job.id for job in mine}
    desk.cancel(theirs[0].id)
    desk.cancel(theirs[1].id)
    assert [job.id for job in desk.list(state="cancelled").jobs] == [theirs[0].id, theirs[1].id]
    with pytest.raises(NoSuchJob):
        desk.get(theirs[2].id, owner="a")


def test_a_comparison_that_failed_is_queued_again_to_a_limit(desk: Desk) -> None:
    job = desk.comparisons.submit("{}")
    with pytest.raises(NotPossible, match="queued"):
        desk.retry(job.id)
    for attempt in range(1, desk.comparisons.settings.job_attempts + 1):
        row = comparisons.take(desk.comparisons.engine)
        assert row and row.attempt == attempt
        comparisons.fail(desk.comparisons.engine, job.id, "no unit")
        if attempt < desk.comparisons.settings.job_attempts:
            again = desk.retry(job.id)
            assert (again.state, again.error) == ("queued", None)
    with pytest.raises(NotPossible, match="5 times"):
        desk.retry(job.id)


def test_jobs_of_every_kind_are_counted_and_purged(desk: Desk) -> None:
    for job in some(desk):
        desk.cancel(job.id)
    assert desk.waiting()["cancelled"] == 7
    assert purge(desk.digests.engine, desk.digests.settings, 0).jobs == 7
    assert desk.list().jobs == ()
