"""A number of worker processes in the hands of this one: started, started anew when they end, ended with it."""

from __future__ import annotations

import fcntl
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from duizhao.errors import InternalError
from duizhao.jobs.queue import QUEUE
from duizhao.settings import ONE_THREAD, Settings

# a worker that ends so soon after its start, so often in a row, will do so for ever
SOON, OFTEN = 5.0, 5
# one that is killed from outside may have worked well; but memory that never suffices must end it some day
OFTEN_KILLED = 30
SLOTS = 256
STDERR = 2


@dataclass(slots=True)
class _Worker:
    name: str
    lock: IO[str]
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    soon: int = 0


class Workers:
    """Worker processes on one queue, as a context.

    Each has a slot of this machine: a file that is locked while it lives. Its name is that of the slot, so that a
    worker that comes after one that was killed takes over at once what that one had in work.
    """

    def __init__(self, settings: Settings, count: int, queue: str = QUEUE, name: str | None = None) -> None:
        """`name` tells the workers of several machines (or data folders) on one database apart."""
        self._settings = settings
        self._count = count
        self._queue = queue
        self._name = name or platform.node() or "worker"
        self._workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        folder = self._settings.data_dir / "workers"
        folder.mkdir(parents=True, exist_ok=True)
        for _ in range(self._count):
            slot, lock = _free_slot(folder)
            name = f"{self._name}-{slot}"
            self._workers.append(_Worker(name, lock, self._start(name)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(60 if kind is None else 5)

    @property
    def processes(self) -> tuple[int, ...]:
        """Ids of the processes as they are now."""
        return tuple(worker.process.pid for worker in self._workers)

    def check(self, say: Callable[[str], None] = lambda line: None) -> None:
        """Start anew what has ended.

        Raises:
            InternalError: a worker ends again and again as soon as it is started.
        """
        for worker in self._workers:
            code = worker.process.poll()
            if code is None:
                continue
            worker.soon = worker.soon + 1 if time.monotonic() - worker.started < SOON else 0
            if worker.soon >= (OFTEN if code >= 0 else OFTEN_KILLED):
                raise InternalError(f"worker {worker.name} ends as soon as it is started (exit code {code})")
            if worker.process.stdin:
                worker.process.stdin.close()
            say(f"worker {worker.name} ended (exit code {code}): started anew")
            worker.process = self._start(worker.name)
            worker.started = time.monotonic()

    def stop(self, seconds: float) -> None:
        """Let the shards in work end, for so many seconds; then end the processes."""
        for worker in self._workers:
            worker.process.terminate()
        deadline = time.monotonic() + seconds
        for worker in self._workers:
            try:
                worker.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            if worker.process.stdin:
                worker.process.stdin.close()
            worker.lock.close()
        self._workers.clear()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        environment = ONE_THREAD | os.environ | _environment(self._settings)
        command = [sys.executable, "-P", "-m", "duizhao.jobs.worker", name, self._queue]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=STDERR, env=environment)


def _environment(settings: Settings) -> dict[str, str]:
    """Settings for a child that reads them from its environment."""
    given = settings.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    told = {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in given.items()}
    found = {f"DUIZHAO_{name.upper()}": value for name, value in told.items()}
    return found | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def _free_slot(folder: Path) -> tuple[int, IO[str]]:
    for slot in range(SLOTS):
        lock = (folder / f"{slot}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        return slot, lock
    raise InternalError(f"{SLOTS} workers run on this machine already")
