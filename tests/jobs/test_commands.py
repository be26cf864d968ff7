"""`duizhao jobs`: what waits is listed, cancelled, retried and purged."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from duizhao.cli import app
from duizhao.errors import NoSuchJob
from duizhao.jobs import Jobs

from .conftest import inputs


def test_jobs_are_listed_cancelled_retried_and_purged(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(2))
    environment = {"DUIZHAO_DATA_DIR": str(jobs.settings.data_dir)}

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["jobs", *arguments], env=environment, catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    assert job.id in run("list") and "排队" in run("list")
    run("cancel", job.id)
    assert jobs.get(job.id).state == "cancelled"
    run("retry", job.id)
    assert jobs.get(job.id).state == "queued"
    run("cancel", job.id)
    assert "任务 0 个" in run("purge")
    run("purge", "--days", "0")
    with pytest.raises(NoSuchJob):
        jobs.get(job.id)
