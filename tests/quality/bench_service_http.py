"""The service under load on loopback: throughput, waiting times, wrong answers, memory; prints Markdown.

`make bench-service` runs it. `--only gain generating load memory`: some of its parts. Beside other work the figures are
lower; how long the model processes waited for a core is printed with the gain.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from http_load import Make, Tally, load, server
from processes import family, memory, processor, waited
from processes import load as machine_load
from random_checkpoint import make_checkpoint

from duizhao.demo import sample_page
from duizhao.documents import articles_of, segment_pages

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
TURNS = 3
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "10000"))
SHORT = "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩。"
PARTS = ("gain", "generating", "load", "memory")


def texts() -> list[str]:
    """The bodies of the bundled sample page."""
    return [d.text for _, d in articles_of(list(segment_pages(sample_page(), "sample.txt")))]


def summaries(bodies: list[str]) -> Make:
    def make(n: int) -> tuple[str, dict[str, Any], Callable[[Any], bool]]:
        text = f"{bodies[n % len(bodies)]}\n会议听取了第{n}号报告。"
        body = {"id": f"n{n}", "text": text, "with_text": True}
        return "/v1/summarize", body, lambda answer: (answer["id"], answer["text"]) == (f"n{n}", text)

    return make


def mixed(bodies: list[str]) -> Make:
    summary, page = summaries(bodies), sample_page().decode()

    def make(n: int) -> tuple[str, dict[str, Any], Callable[[Any], bool]]:
        if n % 2:
            return summary(n)
        text = f"{page}\n第{n}号\n"
        return "/v1/segment", {"text": text}, lambda answer: answer["page"]["text"] == text

    return make


def generating(folder: Path) -> dict[str, str]:
    """Settings of a server whose one process summarizes with a random encoder-decoder."""
    return {
        "DUIZHAO_SUMMARIZER": "seq2seq",
        "DUIZHAO_MODEL_PATH": str(make_checkpoint(folder)),
        "DUIZHAO_MODEL_PROCESSES": "1",
        "DUIZHAO_EMBEDDER": "char_ngrams",
    }


def one_length(bodies: list[str]) -> Make:
    whole = summaries(bodies)

    def make(n: int) -> tuple[str, dict[str, Any], Callable[[Any], bool]]:
        path, body, belongs = whole(n)
        return path, body | {"length": "summary"}, belongs

    return make


def row(name: str, tally: Tally, seconds: float) -> str:
    others = {status: n for status, n in sorted(tally.statuses.items()) if status != 200}
    return (
        f"| {name} | {tally.per_second(seconds):.1f} | {tally.quantile(0.5):.2f} | {tally.quantile(0.99):.2f} | "
        f"{tally.statuses[200]} | {others or '-'} | {tally.without_retry_after} | {tally.wrong} |"
    )


def gain(port: int, pid: int, name: str, make: Make) -> str:
    """Rows for one client and for 16, taken in turns, as others use the machine too; returns how they compare."""
    asyncio.run(load(port, 4, make, requests=16))
    tallies, spent, used, queued = ({1: zero(), 16: zero()} for zero in (Tally, float, float, float))
    models = family(pid)[1:]
    for _ in range(TURNS):
        for clients, tally in tallies.items():
            start, before, stood = time.perf_counter(), processor(pid), sum(map(waited, models))
            tally.add(asyncio.run(load(port, clients, make, seconds=SECONDS / 2 / TURNS)))
            spent[clients] += time.perf_counter() - start
            used[clients] += processor(pid) - before
            queued[clients] += sum(map(waited, models)) - stood
    for clients, tally in tallies.items():
        print(row(f"{clients} clients, {name}", tally, spent[clients]), flush=True)
    rates = {clients: tally.per_second(spent[clients]) for clients, tally in tallies.items()}
    costs = [used[clients] / tally.statuses[200] for clients, tally in tallies.items()]
    shares = [queued[1] / spent[1], queued[16] / spent[16] / len(models)]
    return (
        f"{name}: 16 clients against one {rates[16] / rates[1]:.2f} times the answers; "
        f"processor seconds an answer {costs[0]:.3f} -> {costs[1]:.3f} ({costs[0] / costs[1]:.2f} times less); "
        f"the models waited for a core {shares[0]:.0%} and {shares[1]:.0%} of the time; {machine_load()}"
    )


def main() -> None:
    """The measurements, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    wanted = parser.parse_args().only
    bodies = texts()
    print(f"{len(bodies)} texts of {sum(map(len, bodies)) // len(bodies)} characters, {os.cpu_count()} cores", end=", ")
    print(f"{machine_load()} before\n")
    print("| load | answers/s | median s | p99 s | 200 | others | 503 without Retry-After | wrong |")
    print("|---|---|---|---|---|---|---|---|")
    told = []
    if "gain" in wanted:
        with server(DUIZHAO_QUEUE_SIZE="64") as (port, pid):
            told.append(gain(port, pid, "summarize", summaries(bodies)))
    if "generating" in wanted:
        with tempfile.TemporaryDirectory() as folder, server(**generating(Path(folder))) as (port, pid):
            told.append(gain(port, pid, "summarize by a neural model, one process", one_length(bodies)))
    if "load" in wanted:
        with server() as (port, _):
            start = time.perf_counter()
            tally = asyncio.run(load(port, 64, mixed(bodies), seconds=SECONDS))
            print(row("64 clients, summarize and segment, queue of 32", tally, time.perf_counter() - start), flush=True)
    if "memory" in wanted:
        told.append(growth())
    print("\n" + "\n".join([*told, f"{machine_load()} after"]))


def growth() -> str:
    """How much memory many requests leave behind."""
    with server(DUIZHAO_EMBEDDER="char_ngrams", DUIZHAO_QUEUE_SIZE="64") as (port, pid):
        asyncio.run(load(port, 8, short(), requests=REQUESTS // 10))
        before = memory(pid)
        asyncio.run(load(port, 8, short(), requests=REQUESTS))
        after = memory(pid)
    return f"memory over {REQUESTS} requests: {before:.0f} -> {after:.0f} MB ({after / before - 1:+.1%})"


def short() -> Make:
    """Requests that take little, summaries and pages in turn."""
    summary = summaries([SHORT])

    def make(n: int) -> tuple[str, dict[str, Any], Callable[[Any], bool]]:
        return summary(n) if n % 2 else ("/v1/segment", {"text": f"标题{n}\n{SHORT}\n"}, bool)

    return make


if __name__ == "__main__":
    main()
