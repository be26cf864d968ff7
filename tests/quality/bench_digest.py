"""Pages per minute of a batch digest: 1 and 2 workers on a database against a naive loop over the same stages.

The pages are the bundled samples with other figures, so that no page is known already. Run alone on two free cores;
beside other work the figures are lower and the scaling means little. `--pages N --runs N`.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Engine, func, select

from duizhao import pipeline
from duizhao.jobs import Input, Jobs
from duizhao.jobs.shard import PageInput, PageResult, run_shard
from duizhao.jobs.supervisor import Workers
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.jobs import PAGES, RESULTS, SHARDS

SAMPLES = ("sample_page.txt", "sample_county.txt", "sample_evening.txt")
LONGEST_SECONDS = 1800


def pages(count: int, run: int) -> list[Input]:
    """Full pages, each with figures of its own."""
    texts = [resources.files("duizhao").joinpath("samples", name).read_text("utf-8") for name in SAMPLES]

    def one(n: int) -> bytes:
        figures: Iterator[int] = iter(range(n, 10**9))
        text = re.sub(r"\d{3,}", lambda match: str(int(match[0]) + next(figures) % 97), texts[n % len(texts)])
        return f"{text}\n第{run}次第{n}版".encode()

    return [Input(f"page{n}.txt", one(n)) for n in range(count)]


def naive(given: list[Input], *, encoder: bool) -> float:
    """Pages per minute of a loop in this process, its models loaded before."""
    settings = Settings()
    summarizer = pipeline.build_summarizer(settings)
    embedder = pipeline.build_embedders(settings, "encoder")[1] if encoder else None
    run_shard([PageInput("warm", given[0].name, "file", given[0].data)], summarizer, settings)
    if embedder:
        embedder.embed(["预热"])
    begin = time.perf_counter()
    for n, each in enumerate(given):
        (result,) = run_shard([PageInput(str(n), each.name, "file", each.data)], summarizer, settings)
        if embedder and isinstance(result, PageResult):
            embedder.embed([f"{e.article.title} {e.summary.texts['brief']}" for e in result.entries])
    return 60 * len(given) / (time.perf_counter() - begin)


def digest(given: list[Input], workers: int) -> tuple[float, float, float]:
    """Pages per minute from the first stored shard on and with the start of the processes; processor seconds a page.

    The last one does not hang on what else runs on the machine: where it is the same for 1 and 2 workers, nothing but
    missing cores keeps two from doing twice as much.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        engine = open_database(database_url(settings))
        jobs = Jobs(engine, settings)
        begin, spent = time.perf_counter(), _children()
        job, _ = jobs.submit(given)
        first: tuple[float, int] | None = None
        with Workers(settings, workers) as processes:
            while not job.over and time.perf_counter() - begin < LONGEST_SECONDS:
                time.sleep(0.05)
                processes.check(print)
                job = jobs.get(job.id)
                if first is None and job.done >= workers * settings.shard_pages:
                    first = time.perf_counter(), job.done
            end = time.perf_counter()
        print(f"{workers} worker(s): {_gap(engine, job.id):.2f} s between two shards of a worker (median)")
        engine.dispose()
    assert job.state == "done" and not job.failures and first is not None
    running, whole = 60 * (job.total - first[1]) / (end - first[0]), 60 * job.total / (end - begin)
    return running, whole, (_children() - spent) / job.total


def _gap(engine: Engine, job: str) -> float:
    """How long a worker waits for its next shard: what keeps workers from being busy, but for missing cores."""
    stored = func.min(RESULTS.c.created)
    rows = (
        select(SHARDS.c.worker, SHARDS.c.began, stored)
        .join(PAGES, (PAGES.c.job == SHARDS.c.job) & (PAGES.c.shard == SHARDS.c.number))
        .join(RESULTS, RESULTS.c.key == PAGES.c.result)
        .where(SHARDS.c.job == job)
        .group_by(SHARDS.c.worker, SHARDS.c.number, SHARDS.c.began)
        .order_by(SHARDS.c.worker, SHARDS.c.began)
    )
    with engine.connect() as connection:
        found = connection.execute(rows).all()
    return statistics.median(b[1] - a[2] for a, b in pairwise(found) if a[0] == b[0])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=96)
    parser.add_argument("--runs", type=int, default=2)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    found: dict[str, list[float]] = {}
    for run in range(given.runs):
        for name, encoder in (("naive loop", False), ("naive loop, encoder over each article", True)):
            found.setdefault(name, []).append(naive(pages(given.pages // 2, 10 * run + encoder), encoder=encoder))
        for workers in (1, 2):
            running, whole, seconds = digest(pages(given.pages, 100 * run + workers), workers)
            found.setdefault(f"digest, {workers} worker(s)", []).append(running)
            found.setdefault(f"digest, {workers} worker(s), with their start", []).append(whole)
            print(f"{workers} worker(s): {seconds:.3f} processor seconds a page, start included")
    for name, figures in found.items():
        print(f"{name:45} {statistics.median(figures):7.0f} pages a minute   {[round(f) for f in figures]}")
    gains = [two / one for one, two in zip(found["digest, 1 worker(s)"], found["digest, 2 worker(s)"], strict=True)]
    print(f"scaling 1 -> 2 workers: {statistics.median(gains):.2f} (bar 1.7)   {[round(g, 2) for g in gains]}")
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
