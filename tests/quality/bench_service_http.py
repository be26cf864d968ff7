"""A server of our own under load on loopback: throughput, waiting times, wrong answers, memory; prints Markdown.

`make bench-service` runs it. Clients are asyncio connections of this process, so that they take little of the machine.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from random_checkpoint import make_checkpoint

from duizhao.demo import sample_page
from duizhao.documents import articles_of, segment_pages

COMMAND = [sys.executable, "-c", "from duizhao.cli import main; main()", "serve", "--port", "0"]
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
TURNS = 3
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "10000"))
SHORT = "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩。"
Make = Callable[[int], tuple[str, dict[str, Any], Callable[[Any], bool]]]


@dataclass
class Tally:
    """What came of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    wrong: int = 0
    without_retry_after: int = 0

    def add(self, other: Tally) -> None:
        self.statuses += other.statuses
        self.times += other.times
        self.wrong += other.wrong
        self.without_retry_after += other.without_retry_after

    def per_second(self, seconds: float) -> float:
        return self.statuses[200] / seconds

    def quantile(self, share: float) -> float:
        times = sorted(self.times)
        return times[min(len(times) - 1, int(share * len(times)))] if times else float("nan")


class Connection:
    """One kept-alive connection; just enough of HTTP/1.1 for answers with a length."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        data = json.dumps(body, ensure_ascii=False).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json"
        self.writer.write(f"{head}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in raw[1:] if line)}
        content = await self.reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return int(raw[0].split()[1]), headers, content

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


@contextmanager
def server(**environment: str) -> Iterator[tuple[int, int]]:
    """Port and process id of a server with its models loaded."""
    with tempfile.TemporaryDirectory() as folder:
        made = {"DUIZHAO_DATA_DIR": folder, **environment}
        process = subprocess.Popen(COMMAND, stderr=subprocess.PIPE, env=os.environ | made)
        assert process.stderr
        line = process.stderr.readline().decode()
        found = re.search(r":(\d+)/", line)
        assert found, line
        log = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        try:
            _ready(int(found[1]))
            yield int(found[1]), process.pid
        finally:
            process.terminate()
            process.wait(30)
            log.wait(30)


def _ready(port: int) -> None:
    import http.client

    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/readyz")
        status = connection.getresponse().status
        connection.close()
        if status == 200:
            return
        time.sleep(0.2)
    raise AssertionError("the server did not become ready")


async def load(port: int, clients: int, make: Make, *, seconds: float = 0, requests: int = 0) -> Tally:
    """So many clients, each with one request after another, for so long or so many requests."""
    tally, numbers, end = Tally(), itertools.count(), time.perf_counter() + seconds

    async def client() -> None:
        connection = Connection(port)
        for n in numbers:
            if (requests and n >= requests) or (seconds and time.perf_counter() > end):
                break
            path, body, belongs = make(n)
            start = time.perf_counter()
            status, headers, content = await connection.post(path, body)
            tally.statuses[status] += 1
            if status == 200:
                tally.times.append(time.perf_counter() - start)
                tally.wrong += not belongs(json.loads(content))
            elif status == 503:
                tally.without_retry_after += "retry-after" not in headers
                # a client that is told to wait waits, if less than it is told, so that there is a queue
                await asyncio.sleep(0.2)
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return tally


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


def family(pid: int) -> list[int]:
    """A process and all below it."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def memory(pid: int) -> float:
    """MB in use by a process and all below it."""
    found = [re.search(r"Rss:\s+(\d+)", Path(f"/proc/{p}/smaps_rollup").read_text()) for p in family(pid)]
    return sum(int(each[1]) for each in found if each) / 1024


def processor(pid: int) -> float:
    """Seconds of processor that a process and all below it have used."""
    fields = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in family(pid)]
    return sum(int(f[11]) + int(f[12]) for f in fields) / os.sysconf("SC_CLK_TCK")


def row(name: str, tally: Tally, seconds: float) -> str:
    others = {status: n for status, n in sorted(tally.statuses.items()) if status != 200}
    return (
        f"| {name} | {tally.per_second(seconds):.1f} | {tally.quantile(0.5):.2f} | {tally.quantile(0.99):.2f} | "
        f"{tally.statuses[200]} | {others or '-'} | {tally.without_retry_after} | {tally.wrong} |"
    )


def gain(port: int, pid: int, name: str, make: Make) -> str:
    """Rows for one client and for 16, taken in turns, as others use the machine too; returns how they compare."""
    asyncio.run(load(port, 4, make, requests=16))
    tallies, spent, used = {1: Tally(), 16: Tally()}, {1: 0.0, 16: 0.0}, {1: 0.0, 16: 0.0}
    for _ in range(TURNS):
        for clients, tally in tallies.items():
            start, before = time.perf_counter(), processor(pid)
            tally.add(asyncio.run(load(port, clients, make, seconds=SECONDS / 2 / TURNS)))
            spent[clients] += time.perf_counter() - start
            used[clients] += processor(pid) - before
    for clients, tally in tallies.items():
        print(row(f"{clients} clients, {name}", tally, spent[clients]), flush=True)
    rates = {clients: tally.per_second(spent[clients]) for clients, tally in tallies.items()}
    costs = [used[clients] / tally.statuses[200] for clients, tally in tallies.items()]
    return (
        f"{name}: 16 clients against one {rates[16] / rates[1]:.2f} times the answers; "
        f"processor seconds an answer {costs[0]:.3f} -> {costs[1]:.3f} ({costs[0] / costs[1]:.2f} times less)"
    )


def main() -> None:
    """All measurements, one after another."""
    bodies = texts()
    print(f"{len(bodies)} texts of {sum(map(len, bodies)) // len(bodies)} characters, {os.cpu_count()} cores", end=", ")
    print("load of the machine before {:.1f}, {:.1f}, {:.1f}\n".format(*os.getloadavg()))
    print("| load | answers/s | median s | p99 s | 200 | others | 503 without Retry-After | wrong |")
    print("|---|---|---|---|---|---|---|---|")
    with server(DUIZHAO_QUEUE_SIZE="64") as (port, pid):
        gains = [gain(port, pid, "summarize", summaries(bodies))]
    with tempfile.TemporaryDirectory() as folder, server(**generating(Path(folder))) as (port, pid):
        gains.append(gain(port, pid, "summarize by a neural model, one process", one_length(bodies)))
    with server() as (port, _):
        start = time.perf_counter()
        tally = asyncio.run(load(port, 64, mixed(bodies), seconds=SECONDS))
        print(row("64 clients, summarize and segment, queue of 32", tally, time.perf_counter() - start), flush=True)
    print("\n" + "\n".join(gains))
    with server(DUIZHAO_EMBEDDER="char_ngrams", DUIZHAO_QUEUE_SIZE="64") as (port, pid):
        asyncio.run(load(port, 8, short(), requests=REQUESTS // 10))
        before = memory(pid)
        asyncio.run(load(port, 8, short(), requests=REQUESTS))
        after = memory(pid)
        print(f"memory over {REQUESTS} requests: {before:.0f} -> {after:.0f} MB ({after / before - 1:+.1%})")
    print("load of the machine after {:.1f}, {:.1f}, {:.1f}".format(*os.getloadavg()))


def short() -> Make:
    """Requests that take little, summaries and pages in turn."""
    summary = summaries([SHORT])

    def make(n: int) -> tuple[str, dict[str, Any], Callable[[Any], bool]]:
        return summary(n) if n % 2 else ("/v1/segment", {"text": f"标题{n}\n{SHORT}\n"}, bool)

    return make


if __name__ == "__main__":
    main()
