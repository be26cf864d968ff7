"""Pages per minute of a batch digest: 1 and 2 workers on a database against a naive loop over the same stages.

The pages are the bundled samples with other figures, so that no page is known already. Beside other work the rates are
lower, so each row also tells what hangs less on that: processor seconds a page, the share of their time in which the
workers had work but no core (`no core`), and that in which they had neither (`idle`: locks, the queue). The rate on
free cores is an estimate that leaves the time without a core out. `--pages N --runs N`.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from processes import load, processor, waited
from sqlalchemy import Engine, func, select

from duizhao import pipeline
from duizhao.jobs import Input, Jobs
from duizhao.jobs.shard import PageInput, run_shard
from duizhao.jobs.supervisor import Workers
from duizhao.settings import ONE_THREAD, Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.jobs import PAGES, RESULTS, SHARDS

SAMPLES = ("sample_page.txt", "sample_county.txt", "sample_evening.txt")
LONGEST_SECONDS = 600
WITHOUT = {"DUIZHAO_EMBEDDER": "char_ngrams"}


@dataclass(frozen=True)
class Row:
    """So many pages in so many seconds, after every worker had stored a shard; shares are of the workers' time."""

    pages: float
    seconds: float
    spent: float
    no_core: float
    idle: float

    @property
    def rate(self) -> float:
        """Pages a minute."""
        return 60 * self.pages / self.seconds

    @property
    def free_rate(self) -> float:
        """The same if no worker had waited for a core."""
        return self.rate / (1 - self.no_core)

    def __str__(self) -> str:
        return (
            f"{self.rate:6.0f} | {self.free_rate:6.0f} | {self.spent / self.pages:.3f} | "
            f"{self.no_core:.0%} | {self.idle:.0%}"
        )


def pages(count: int, run: int) -> list[Input]:
    """Full pages, each with figures of its own."""
    texts = [resources.files("duizhao").joinpath("samples", name).read_text("utf-8") for name in SAMPLES]

    def one(n: int) -> bytes:
        figures: Iterator[int] = iter(range(n, 10**9))
        text = re.sub(r"\d{3,}", lambda match: str(int(match[0]) + next(figures) % 97), texts[n % len(texts)])
        return f"{text}\n第{run}次第{n}版".encode()

    return [Input(f"page{n}.txt", one(n)) for n in range(count)]


def naive(count: int, run: int) -> Row:
    """A loop in this process, its models loaded before."""
    settings, given = Settings(), pages(count, run)
    summarizer = pipeline.build_summarizer(settings)
    run_shard([PageInput("warm", given[0].name, "file", given[0].data)], summarizer, settings)
    begin, spent, stood = time.perf_counter(), time.process_time(), waited(os.getpid())
    for n, each in enumerate(given):
        run_shard([PageInput(str(n), each.name, "file", each.data)], summarizer, settings)
    seconds, spent = time.perf_counter() - begin, time.process_time() - spent
    stood = waited(os.getpid()) - stood
    return Row(count, seconds, spent, stood / seconds, max(0.0, seconds - spent - stood) / seconds)


def digest(count: int, run: int, workers: int) -> Row:
    """A job on so many workers, measured from when each has stored a shard until the first one has none left."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        engine = open_database(database_url(settings))
        jobs, samples = Jobs(engine, settings), []
        job, _ = jobs.submit(pages(count, run))
        end = time.time() + LONGEST_SECONDS
        with Workers(settings, workers) as processes:
            while not job.over and time.time() < end:
                pids = processes.processes
                samples.append(Sample(time.time(), sum(map(processor, pids)), sum(map(waited, pids))))
                time.sleep(0.05)
                processes.check(print)
                job = jobs.get(job.id)
        assert job.state == "done" and not job.failures
        done = shards(engine, job.id)
        engine.dispose()
    each = [[s for s in done if s.worker == name] for name in sorted({s.worker for s in done})]
    assert len(each) == workers, "a worker got no shard: too few pages"
    start, end = max(own[0].stored for own in each), min(own[-1].stored for own in each)
    first, last = (min(samples, key=lambda sample, at=at: abs(sample.at - at)) for at in (start, end))  # type: ignore[misc]
    spent, stood, whole = last.spent - first.spent, last.stood - first.stood, workers * (end - start)
    made = sum(s.pages * s.within(start, end) for s in done)
    return Row(made, end - start, spent, stood / whole, max(0.0, whole - spent - stood) / whole)


@dataclass(frozen=True)
class Sample:
    """What the workers had used at a moment: seconds of processor, seconds without a core."""

    at: float
    spent: float
    stood: float


@dataclass(frozen=True)
class Shard:
    """What a worker did, and when."""

    worker: str
    began: float
    stored: float
    pages: int

    def within(self, start: float, end: float) -> float:
        """The share of its time that lies between two moments."""
        return max(0.0, min(end, self.stored) - max(start, self.began)) / (self.stored - self.began)


def shards(engine: Engine, job: str) -> list[Shard]:
    """The shards of a job in the order in which they were done."""
    stored = func.max(RESULTS.c.created)
    rows = (
        select(SHARDS.c.worker, SHARDS.c.began, stored, func.count())
        .join(PAGES, (PAGES.c.job == SHARDS.c.job) & (PAGES.c.shard == SHARDS.c.number))
        .join(RESULTS, RESULTS.c.key == PAGES.c.result)
        .where(SHARDS.c.job == job)
        .group_by(SHARDS.c.worker, SHARDS.c.number, SHARDS.c.began)
        .order_by(stored)
    )
    with engine.connect() as connection:
        return [Shard(*row) for row in connection.execute(rows)]


def measure(count: int, runs: int, name: str) -> str:
    """Print the rows of one kind of embedder; returns how 2 workers compare with 1."""
    gains: list[tuple[float, float]] = []
    for run in range(runs):
        print(f"| naive loop, {name} | {naive(count // 4, 10 * run)} |", flush=True)
        rows = [digest(count, 100 * run + workers, workers) for workers in (1, 2)]
        for workers, row in enumerate(rows, 1):
            print(f"| digest, {workers} worker(s), {name} | {row} |", flush=True)
        one, two = rows
        gains.append((two.rate / one.rate, two.free_rate / one.free_rate))
    seen, free = (statistics.median(column) for column in zip(*gains, strict=True))
    return f"scaling 1 -> 2 workers, {name}: {seen:.2f} as measured, {free:.2f} on free cores (bar 1.7); {load()}"


def main() -> None:
    """Print the table; each kind of embedder in a process of its own, as an environment sets it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=48)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--kind", choices=("encoder", "without encoder"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.kind:
        print(measure(given.pages, given.runs, given.kind), flush=True)
        return
    print(f"{os.cpu_count()} cores, {load()} before\n", flush=True)
    print("| | pages a minute | rate, free cores | processor s a page | no core | idle |")
    print("|---|---|---|---|---|---|", flush=True)
    for kind, environment in (("encoder", {}), ("without encoder", WITHOUT)):
        command = [sys.executable, __file__, "--kind", kind, "--pages", str(given.pages), "--runs", str(given.runs)]
        subprocess.run(command, env=ONE_THREAD | os.environ | environment, check=True)


if __name__ == "__main__":
    main()
