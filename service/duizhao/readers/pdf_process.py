"""Runs the process that reads a PDF: bytes and limits in, its messages out, its silence and its death among them.

Every document gets a process of its own (`readers.pdf_worker`), which never outlives its reading. From the second
document on the next process is started beforehand, so that a page does not wait for one.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

from duizhao.readers.pdf_worker import LENGTH

# A message longer than this is no page.
LONGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds for one page, processor seconds in all, bytes of address space, pages."""

    page_seconds: float = 30.0
    seconds: int = 600
    memory: int = 1536 * 1024 * 1024
    pages: int = 2000


class _Waiting:
    """At most one process that waits for a document; it ends by itself when its standard input is closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._taken = 0

    def take(self) -> subprocess.Popen[bytes]:
        """A process to read with; whoever reads a second document will read a third, so another one is started."""
        with self._lock:
            ready, self._process = self._process, None
            if ready is not None and ready.poll() is not None:
                ready.communicate()  # it died while it waited: close its pipes
                ready = None
            ready = ready or _start()
            self._taken += 1
            if self._taken > 1:
                self._process = _start()
            return ready

    def close(self) -> None:
        """End the process that waits."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.communicate()
                self._process = None

    def forget(self) -> None:
        """In a forked process: the one that waits belongs to the parent."""
        self._lock = threading.Lock()
        self._process = None


_waiting = _Waiting()
atexit.register(_waiting.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_waiting.forget)


def messages(
    data: bytes, limits: Limits, *, picture: bool, only: Sequence[int] | None = None
) -> Iterator[dict[str, Any]]:
    """Messages of the worker; its silence and its death are messages too. The worker never outlives this iterator.

    `only` names the pages to be read, from 1.
    """
    process = _waiting.take()
    asked = {"memory": limits.memory, "seconds": limits.seconds, "pages": limits.pages, "picture": picture}
    head = json.dumps(asked | {"only": None if only is None else list(only)}).encode()
    received: queue.Queue[dict[str, Any]] = queue.Queue(maxsize=2)
    done = threading.Event()
    threads = [
        threading.Thread(target=_feed, args=(process.stdin, LENGTH.pack(len(head)) + head, data), daemon=True),
        threading.Thread(target=_receive, args=(process.stdout, received, done), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        while True:
            try:
                message = received.get(timeout=limits.page_seconds)
            except queue.Empty:
                message = {"error": "time"}
            yield message
            if "error" in message or "end" in message:
                return
    finally:
        done.set()
        process.kill()
        process.wait()
        for thread in threads:
            thread.join()
        for pipe in (process.stdin, process.stdout):
            if pipe and not pipe.closed:
                _close(pipe)


def _start() -> subprocess.Popen[bytes]:
    # -P: the folder in which the command runs must not be a source of modules.
    command = [sys.executable, "-P", "-m", "duizhao.readers.pdf_worker"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
    )


def _feed(pipe: IO[bytes] | None, *parts: bytes) -> None:
    assert pipe is not None
    try:
        for part in parts:
            view = memoryview(part)
            while view:
                view = view[pipe.write(view[: 1 << 16]) :]
    except (OSError, ValueError):
        pass  # the worker is gone: its silence is told by the receiver
    finally:
        _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except (OSError, ValueError):
        return


def _receive(pipe: IO[bytes] | None, received: queue.Queue[dict[str, Any]], done: threading.Event) -> None:
    assert pipe is not None
    message: dict[str, Any] = {}
    while not done.is_set() and "end" not in message and "error" not in message:
        message = _one(pipe)
        while not done.is_set():
            try:
                received.put(message, timeout=0.1)
                break
            except queue.Full:
                continue


def _one(pipe: IO[bytes]) -> dict[str, Any]:
    head = _exactly(pipe, LENGTH.size)
    length = LENGTH.unpack(head)[0] if head else LONGEST + 1
    body = _exactly(pipe, length) if length <= LONGEST else None
    if not body:
        return {"error": "crash"}
    try:
        return cast("dict[str, Any]", json.loads(body))
    except ValueError:
        return {"error": "crash"}


def _exactly(pipe: IO[bytes], count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = pipe.read(count - len(parts))
        except (OSError, ValueError):
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
