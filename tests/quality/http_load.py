"""A server of our own and clients that load it over loopback: what came of their requests, and how long it took.

Clients are asyncio connections of this process, so that they take little of the machine.
"""

from __future__ import annotations

import asyncio
import http.client
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
from typing import Any

COMMAND = [sys.executable, "-c", "from duizhao.cli import main; main()", "serve", "--port", "0"]
# the number of a request in; its path and body, and what tells whether an answer belongs to it, out
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
