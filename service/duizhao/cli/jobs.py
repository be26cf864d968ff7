"""What is kept in the database: `jobs list`, `cancel`, `retry`, `purge`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from duizhao import console
from duizhao.cli.app import app
from duizhao.errors import UsageError
from duizhao.stores.database import database_url, open_database

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from duizhao.jobs import Desk, Job

STATES = {"queued": "排队", "running": "进行中", "done": "完成", "failed": "失败", "cancelled": "已取消"}
KINDS = {"digest": "摘编", "compare": "比对"}
jobs_app = typer.Typer(no_args_is_help=True, help="Jobs and what is kept of them.")
app.add_typer(jobs_app, name="jobs")


@jobs_app.command("list")
def list_jobs(
    all_: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
) -> None:
    """Jobs that wait, run, failed or were cancelled."""
    with _jobs() as jobs:
        found = [job for job in jobs.list(limit=200).jobs if all_ or job.state != "done"]
        idle = any(job.kind == "digest" and not job.over for job in found) and not jobs.digests.workers()
    table = Table(Column("编号", no_wrap=True), "种类", "状态", "进度", "未能处理", "开始", "说明")
    for job in found:
        table.add_row(*_row(job))
    Console(highlight=False).print(table)
    if idle:
        console.complain("没有工作进程，任务在等待：请运行 duizhao worker")


@jobs_app.command("cancel")
def cancel(job: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Stop a job."""
    with _jobs() as jobs:
        console.show(STATES[jobs.cancel(job).state])


@jobs_app.command("retry")
def retry(job: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Queue a job again: the pages that failed or were not reached."""
    with _jobs() as jobs:
        console.show(STATES[jobs.retry(job).state])


@jobs_app.command("purge")
def purge(
    days: Annotated[
        float | None, typer.Option(min=0, help="Older than so many days; default DUIZHAO_KEEP_DAYS.")
    ] = None,
) -> None:
    """Delete old jobs, their pages and results."""
    from duizhao.jobs.retention import purge as purge_jobs

    settings = console.settings()
    days = settings.keep_days if days is None else days
    if days == 0 and settings.keep_days == 0:
        raise UsageError("DUIZHAO_KEEP_DAYS is 0: everything is kept; name the days with --days")
    with _database() as engine:
        gone = purge_jobs(engine, settings, days)
    console.show(f"已删除任务 {gone.jobs} 个、版面 {gone.inputs} 个、结果 {gone.results} 个")


@contextmanager
def _jobs() -> Iterator[Desk]:
    from duizhao.jobs import Desk

    with _database() as engine:
        yield Desk(engine, console.settings())


@contextmanager
def _database() -> Iterator[Engine]:
    engine = open_database(database_url(console.settings()))
    try:
        yield engine
    finally:
        engine.dispose()


def _row(job: Job) -> tuple[str, ...]:
    begun = f"{job.created.astimezone():%Y-%m-%d %H:%M}"
    return (
        job.id,
        KINDS[job.kind],
        STATES[job.state],
        f"{job.done}/{job.total}",
        str(len(job.failures)),
        begun,
        job.error or "",
    )
