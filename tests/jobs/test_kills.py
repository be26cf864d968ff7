"""Nothing is lost, nothing comes twice, whatever is killed: SIGKILL at random moments of a digest of 200 pages."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from duizhao.jobs import Job, Jobs
from duizhao.jobs.supervisor import Workers
from duizhao.settings import Settings

from .conftest import inputs, page_text
from .killing import check_whole, environment_of, wait_for

pytestmark = pytest.mark.slow
PAGES, KILLS = 200, 20


def children(process: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


@pytest.mark.parametrize("durable", ["sqlite"], indirect=True)
def test_workers_are_killed_twenty_times(kept: Jobs, durable: Settings) -> None:
    job, _ = kept.submit(inputs(PAGES))
    kills, dice = 0, random.Random(11)
    with Workers(durable, 2) as workers:
        while kills < KILLS and not kept.get(job.id).over:
            before = kept.get(job.id).done
            wait_for(lambda before=before: kept.get(job.id).done > before or kept.get(job.id).over)  # type: ignore[misc]
            time.sleep(dice.uniform(0, 0.1))
            os.kill(dice.choice(workers.processes), signal.SIGKILL)
            kills += 1
            wait_for(lambda: _restarted(workers))
        wait_for(lambda: _over(kept, job, workers))
    assert kills == KILLS
    check_whole(kept, kept.get(job.id), PAGES, kills)


def test_the_command_and_its_workers_are_killed_twenty_times(kept: Jobs, durable: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(1, PAGES + 1):
        (folder / f"page{n:03}.txt").write_text(page_text(n), encoding="utf-8")
    command = [sys.executable, "-c", "from duizhao.cli import main; main()", "digest", str(folder), "--resume"]
    command += ["--out", str(tmp_path / "out")]
    environment = environment_of(durable)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def job() -> Job | None:
        found = kept.list().jobs
        return found[0] if found else None

    process, kills, dice = start(), 0, random.Random(12)
    while kills < KILLS:
        before = found.done if (found := job()) else 0
        wait_for(lambda before=before: bool((now := job()) and (now.done > before or now.over)))  # type: ignore[misc]
        if (now := job()) and now.over:
            break
        time.sleep(dice.uniform(0, 0.1))
        workers = children(process.pid)
        if workers and dice.random() < 0.6:
            os.kill(dice.choice(workers), signal.SIGKILL)
        else:
            process.kill()
            process.wait()
            process = start()
        kills += 1
    assert process.wait(120) == 0
    assert kills == KILLS
    found = job()
    assert found is not None and len(kept.list().jobs) == 1
    # the end of the command ends both workers
    check_whole(kept, found, PAGES, 2 * kills)
    assert (tmp_path / "out" / "digest.docx").stat().st_size > 10_000


def _restarted(workers: Workers) -> bool:
    before = workers.processes
    workers.check()
    return workers.processes != before


def _over(jobs: Jobs, job: Job, workers: Workers) -> bool:
    workers.check()
    return jobs.get(job.id).over
