"""The engine's long work in, its results out: done by processes of their own, which can be killed and started anew."""

from __future__ import annotations

import os
import pickle
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from duizhao.api import logs
from duizhao.api.engine import Engine
from duizhao.api.model_process import read_message, write_message
from duizhao.api.worker import Abandoned, nobody_waits
from duizhao.errors import InternalError
from duizhao.pipeline import PageComparison
from duizhao.settings import ONE_THREAD, Settings
from duizhao.stores.library import Entry
from duizhao.stores.library_search import Filter, Hit
from duizhao.types.articles import Document, SegmentedPage
from duizhao.types.comparisons import Comparison
from duizhao.types.digests import Failure
from duizhao.types.pages import Page
from duizhao.types.summaries import LENGTHS, Length, Summary

# work that nobody waits for may go on for so long before its process is killed: killing costs a load of the models
GRACE = 5.0
LOOK = 0.5
# nothing but lines of the log goes to standard error
QUIET = {"TQDM_DISABLE": "1", "TRANSFORMERS_VERBOSITY": "error"}


class ModelProcess:
    """One process with an engine of its own; it is started at its first call, and again after it was killed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def call(
        self,
        method: str,
        args: tuple[Any, ...] = (),
        named: Mapping[str, Any] | None = None,
        give_up: Callable[[], bool] = lambda: False,
    ) -> Any:
        """The result of a method of the engine.

        Raises:
            Abandoned: nobody waited any more, so the process was killed.
            InternalError: the process died; what the method raises is raised here too.
        """
        process = self._running()
        try:
            write_message(process.stdin, pickle.dumps((method, args, dict(named or {}))))
            self._await(process, give_up)
            good, result = pickle.loads(read_message(process.stdout))
        except (EOFError, OSError) as error:
            self.kill()
            raise InternalError("the model process died; it is started again for the next request") from error
        if good:
            return result
        raise result

    def kill(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()

    def _await(self, process: subprocess.Popen[bytes], give_up: Callable[[], bool]) -> None:
        """Until there is an answer to read."""
        since: float | None = None
        if process.stdout is None:
            raise EOFError
        while not select.select([process.stdout], [], [], LOOK)[0]:
            since = (since or time.monotonic()) if give_up() else None
            if since and time.monotonic() - since > GRACE:
                self.kill()
                logs.event("model process killed: nobody waits for its work")
                raise Abandoned

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:
            self.kill()
        if self._process is None:
            command = [sys.executable, "-c", "from duizhao.api.model_process import main; main()"]
            environment = {**ONE_THREAD, **os.environ, **QUIET}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
            write_message(self._process.stdin, pickle.dumps(self._settings))
        return self._process


@dataclass
class RemoteEngine(Engine):
    """The engine whose long work is done by `settings.model_processes` processes; this one loads no model."""

    _free: queue.SimpleQueue[ModelProcess] = field(default_factory=queue.SimpleQueue)
    _all: list[ModelProcess] = field(default_factory=list)

    @property
    def width(self) -> int:
        """One for each process."""
        return self.settings.model_processes

    def load(self) -> None:
        """Start the processes, side by side, and let each build the default models."""
        self.close()
        self._free = queue.SimpleQueue()
        self._all = [ModelProcess(self.settings) for _ in range(self.settings.model_processes)]
        errors: list[Exception] = []
        threads = [threading.Thread(target=_load, args=(p, errors)) for p in self._all]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for process in self._all:
            self._free.put(process)
        if errors:
            raise errors[0]

    def close(self) -> None:
        """End the processes."""
        super().close()
        for process in self._all:
            process.kill()

    def segmented(self, pages: Iterable[Page], check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        """As the engine does."""
        return cast("list[SegmentedPage]", self._call("segmented", list(pages)))

    def segment(self, data: bytes, source: str, check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        """As the engine does."""
        return cast("list[SegmentedPage]", self._call("segment", data, source))

    def summarize(
        self,
        documents: Sequence[Document],
        model: str | None = None,
        lengths: Sequence[Length] = LENGTHS,
        max_chars: int | None = None,
    ) -> list[Summary | Failure]:
        """As the engine does."""
        return cast("list[Summary | Failure]", self._call("summarize", documents, model, lengths, max_chars))

    def compare(self, central: Document, local: Sequence[Document], model: str | None = None) -> tuple[Comparison, ...]:
        """As the engine does."""
        return cast("tuple[Comparison, ...]", self._call("compare", central, local, model))

    def compare_pages(
        self, pages: Sequence[SegmentedPage], model: str | None = None, *, limited: bool = True
    ) -> PageComparison:
        """As the engine does."""
        return cast("PageComparison", self._call("compare_pages", pages, model, limited=limited))

    def add_to_library(self, documents: Sequence[Document]) -> list[tuple[Entry, bool]]:
        """As the engine does."""
        return cast("list[tuple[Entry, bool]]", self._call("add_to_library", documents))

    def search_library(self, query: str, wanted: Filter, count: int) -> list[Hit]:
        """As the engine does."""
        return cast("list[Hit]", self._call("search_library", query, wanted, count))

    def central_texts(self, local: Document) -> list[Document]:
        """As the engine does."""
        return cast("list[Document]", self._call("central_texts", local))

    def _call(self, method: str, *args: Any, **named: Any) -> Any:
        process = self._free.get()
        try:
            return process.call(method, args, named, nobody_waits)
        finally:
            self._free.put(process)


def _load(process: ModelProcess, errors: list[Exception]) -> None:
    try:
        process.call("load")
    except Exception as error:
        errors.append(error)
