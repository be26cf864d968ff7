"""Nothing is lost, nothing comes twice, whatever is killed: SIGKILL at random moments of a digest of 200 pages."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from duizhao.jobs import Job, Jobs
from duizhao.jobs.supervisor import Workers
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.jobs import SHARDS

from .conftest import inputs, page_text

pytestmark = pytest.mark.slow
PAGES, KILLS = 200, 20
# small shards, so that the job outlives the kills
FACTS = {"shard_pages": 2, "worker_processes": 2, "shard_attempts": 50}


@pytest.fixture(params=["sqlite", "postgresql"])
def durable(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")(f"d{time.time_ns()}")
    return Settings(data_dir=tmp_path / "data", database_url=url, **FACTS)  # type: ignore[arg-type]


@pytest.fixture
def kept(durable: Settings) -> Iterator[Jobs]:
    engine = open_database(database_url(durable))
    yield Jobs(engine, durable)
    engine.dispose()


def children(process: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


def check_whole(jobs: Jobs, job: Job, kills: int) -> None:
    """Each page stands in the result once, and each kill cost one shard at most."""
    assert job.state == "done" and not job.failures
    result = json.loads(jobs.result(job.id, "json"))
    assert sorted(p["id"] for p in result["pages"]) == sorted(Path(i.name).stem for i in inputs(PAGES))
    entries = [(e["page"], e["article"]) for e in result["entries"]]
    copies = [(r["page"], r["article"]) for e in result["entries"] for r in e["reprints"]]
    assert len({page for page, _ in entries + copies}) == PAGES
    assert len(set(entries + copies)) == len(entries + copies)
    with jobs.engine.connect() as connection:
        shards, runs = connection.execute(
            select(func.count(), func.sum(SHARDS.c.runs)).where(SHARDS.c.job == job.id)
        ).one()
    assert shards == PAGES // FACTS["shard_pages"]
    assert runs - shards <= kills, f"{runs - shards} shards were redone after {kills} kills"


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
    check_whole(kept, kept.get(job.id), kills)


def test_the_command_and_its_workers_are_killed_twenty_times(kept: Jobs, durable: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(1, PAGES + 1):
        (folder / f"page{n:03}.txt").write_text(page_text(n), encoding="utf-8")
    command = [sys.executable, "-c", "from duizhao.cli import main; main()", "digest", str(folder), "--resume"]
    command += ["--out", str(tmp_path / "out")]
    environment = os.environ | {"DUIZHAO_DATA_DIR": str(durable.data_dir), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment |= {f"DUIZHAO_{name.upper()}": str(value) for name, value in FACTS.items()}
    environment |= {"DUIZHAO_DATABASE_URL": durable.database_url} if durable.database_url else {}

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
    check_whole(kept, found, 2 * kills)
    assert (tmp_path / "out" / "digest.docx").stat().st_size > 10_000


def _restarted(workers: Workers) -> bool:
    before = workers.processes
    workers.check()
    return workers.processes != before


def _over(jobs: Jobs, job: Job, workers: Workers) -> bool:
    workers.check()
    return jobs.get(job.id).over
