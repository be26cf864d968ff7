"""What tests share that kill: small shards, waiting for something to happen, and the check that nothing is amiss."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from duizhao.jobs import Job, Jobs
from duizhao.settings import Settings
from duizhao.stores.jobs import SHARDS

from .conftest import inputs


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of a command that uses the database of these settings."""
    told = settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    found = {f"DUIZHAO_{name.upper()}": str(value) for name, value in told.items()}
    return os.environ | found | {"PYTHONPATH": os.pathsep.join(sys.path)}


def wait_for(condition: Callable[[], bool], seconds: float = 400) -> None:
    """Look again and again until it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


def check_whole(jobs: Jobs, job: Job, pages: int, kills: int) -> None:
    """Each page stands in the result once, and each kill cost one shard at most."""
    assert job.state == "done" and not job.failures
    result = json.loads(jobs.result(job.id, "json"))
    assert sorted(p["id"] for p in result["pages"]) == sorted(Path(i.name).stem for i in inputs(pages))
    entries = [(e["page"], e["article"]) for e in result["entries"]]
    copies = [(r["page"], r["article"]) for e in result["entries"] for r in e["reprints"]]
    assert len({page for page, _ in entries + copies}) == pages
    assert len(set(entries + copies)) == len(entries + copies)
    with jobs.engine.connect() as connection:
        shards, runs = connection.execute(
            select(func.count(), func.sum(SHARDS.c.runs)).where(SHARDS.c.job == job.id)
        ).one()
    assert shards == pages // jobs.settings.shard_pages
    assert runs - shards <= kills, f"{runs - shards} shards were redone after {kills} kills"
