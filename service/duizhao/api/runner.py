"""Comparisons that wait in the database in, their reports there out: done by a thread of the service."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, field

import sqlalchemy
from pydantic import TypeAdapter

from duizhao.api import comparing, logs
from duizhao.api.engine import Engine
from duizhao.api.errors import Problem, problem_of
from duizhao.api.schemas import CompareIn
from duizhao.api.worker import Abandoned, Ticket, Worker
from duizhao.api.worker import Job as WorkerJob
from duizhao.exporters import docx, html, json, markdown, xlsx
from duizhao.pipeline import PageComparison
from duizhao.stores import comparisons as kept

BODY: TypeAdapter[CompareIn] = TypeAdapter(CompareIn)
# what was queued by another server on the same database is seen after so long
LOOK_SECONDS = 5.0
# between two tries to get a place in the queue
BUSY_SECONDS = 0.5


@dataclass
class Runner:
    """Takes the comparisons of the database, one after another, and does them with this server's models."""

    engine: Engine
    worker: Worker
    _new: threading.Event = field(default_factory=threading.Event)
    _closed: bool = False
    _thread: threading.Thread | None = None

    @property
    def database(self) -> sqlalchemy.Engine:
        """Where they are kept."""
        return self.engine.database

    def wake(self) -> None:
        """There may be a new one."""
        self._new.set()

    def start(self) -> None:
        """Start the thread that does them."""
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="duizhao-comparisons", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take nothing new; what runs is left to the next server."""
        self._closed = True
        self._new.set()
        if self._thread:
            self._thread.join(kept.BEAT_SECONDS)

    def _run(self) -> None:
        while not self._closed:
            self._new.clear()
            try:
                row = kept.take(self.database)
                if row:
                    self._do(row)
                    continue
            except Exception as error:
                logs.failure("comparisons not taken", error)
            self._new.wait(LOOK_SECONDS)

    def _do(self, row: kept.Row) -> None:
        try:
            kept.finish(self.database, row.id, _reports(self._compared(row)))
        except (Abandoned, CancelledError):
            logs.event("comparison given up", job=row.id)
        except Exception as error:
            problem = problem_of(error)
            if problem.kind == "not-ready" and self._closed:
                return
            if problem.kind == "internal-error":
                logs.failure("comparison", error, job=row.id)
            kept.fail(self.database, row.id, str(problem.detail))

    def _compared(self, row: kept.Row) -> PageComparison:
        body = BODY.validate_json(row.request)

        def work(ticket: Ticket) -> PageComparison:
            return comparing.compared(self.engine, body, ticket.check, limited=False)

        job = self._queued(row, work)
        while True:
            try:
                return job.future.result(kept.BEAT_SECONDS)
            except TimeoutError:
                if not self._goes_on(row):
                    self.worker.abandon(job)
                    raise Abandoned from None

    def _queued(self, row: kept.Row, work: Callable[[Ticket], PageComparison]) -> WorkerJob[PageComparison]:
        """A place in the queue of requests, as soon as there is one."""
        while True:
            try:
                return self.worker.submit(work)
            except Problem as problem:
                if problem.kind != "busy":
                    raise
                time.sleep(BUSY_SECONDS)
                if not self._goes_on(row):
                    raise Abandoned from None

    def _goes_on(self, row: kept.Row) -> bool:
        return not self._closed and kept.beat(self.database, row.id)


def _reports(found: PageComparison) -> dict[str, bytes]:
    flat = [c for group in found.groups for c in group]
    return {
        "json": json.dumps(comparing.value(found), indent=None).encode(),
        "md": markdown.comparison(flat).encode(),
        "html": html.comparison(flat).encode(),
        "docx": docx.comparison(flat),
        "xlsx": xlsx.comparison(flat),
    }
