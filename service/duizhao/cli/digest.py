"""Pages in, a digest in a folder out: `digest`; and the processes that do digests for the HTTP service: `worker`."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from duizhao import console
from duizhao.cli.app import app
from duizhao.errors import InputRefused
from duizhao.exporters import rows
from duizhao.types.digests import Failure

if TYPE_CHECKING:
    from duizhao.jobs import Job

LOOK_SECONDS = 0.5
INTERRUPTED = 130


class Engine(StrEnum):
    """What does the work."""

    local = "local"
    ray = "ray"


@app.command()
def digest(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Folders, .txt .pdf .docx .html .zip, .jsonl of pages or texts."),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    engine: Annotated[Engine, typer.Option(help="local worker processes, or ray")] = Engine.local,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an unfinished digest of the same pages.")
    ] = False,
) -> None:
    """Make the digest of many pages; what is done is kept, whatever ends the command."""
    from duizhao.jobs.local import Told, digest_paths

    settings = console.settings()
    columns = (TextColumn("摘编"), BarColumn(), MofNCompleteColumn(), TextColumn("版"), TimeRemainingColumn())
    with Progress(*columns, console=console.progress) as bar:
        task = bar.add_task("", total=None)

        def show(job: Job) -> None:
            bar.update(task, completed=job.done, total=job.total)

        try:
            job, failures = digest_paths(
                paths, out, settings, Told(console.complain, show), resume=resume, ray=engine is Engine.ray
            )
        except KeyboardInterrupt:
            console.complain("已中断；同样的命令加上 --resume 可以接着做。")
            raise typer.Exit(INTERRUPTED) from None
    _tell(job, failures, out)


@app.command()
def worker(
    processes: Annotated[int | None, typer.Option(min=1, help="Default 2 or DUIZHAO_WORKER_PROCESSES.")] = None,
    name: Annotated[str | None, typer.Option(help="Tells machines on one database apart; default the host.")] = None,
) -> None:
    """Work on the jobs of the HTTP service until it is told to end."""
    from duizhao.jobs.supervisor import Workers

    settings = console.settings()
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with Workers(settings, processes or settings.worker_processes, name=name) as workers:
        try:
            while True:
                time.sleep(LOOK_SECONDS)
                workers.check(console.complain)
        except KeyboardInterrupt:
            console.complain("正在结束手头的版面……")


def _tell(job: Job, failures: Sequence[Failure], out: Path) -> None:
    for failure in failures:
        console.complain(rows.failure_line(failure))
    if job.state != "done":
        raise InputRefused(job.error or f"the job is {job.state}")
    known = f"，其中 {job.cached} 版沿用已有结果" if job.cached else ""
    done = job.total - sum(f.article is None for f in job.failures)
    console.complain(f"完成 {done} 版{known}，未能处理 {len(failures)} 项：{out}")
    console.finish(bool(failures))
