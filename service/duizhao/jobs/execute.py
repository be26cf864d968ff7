"""A queued shard in, its results in the ledger out: with care where workers have ended over it before."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from functools import lru_cache

import stamina
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from duizhao import pipeline
from duizhao.errors import DuizhaoError
from duizhao.jobs.ledger import Ledger, Waiting
from duizhao.jobs.shard import PageResult, run_shard
from duizhao.settings import Settings
from duizhao.types import Failure
from duizhao_models.base import Summarizer

# a shard that workers have ended over twice is done page by page, so that the guilty page is found
CAREFUL = 2
GIVEN_UP = "a worker ended {runs} times over this page: it takes too long, or too much memory"


class Executor:
    """Does shards, one at a time; `overdue` tells the watchdog when to end the process."""

    def __init__(self, engine: Engine, settings: Settings, worker: str) -> None:
        self._ledger = Ledger(engine)
        self._settings = settings
        self._worker = worker
        self._deadline: float | None = None
        self._busy = threading.Lock()
        self._summarizer = lru_cache(maxsize=2)(self._build)

    @property
    def overdue(self) -> bool:
        """Whether the pages in work take longer than allowed."""
        deadline = self._deadline
        return deadline is not None and time.monotonic() > deadline

    @stamina.retry(on=OperationalError, attempts=6, timeout=120)
    def __call__(self, job: str, attempt: int, shard: int) -> None:
        """Do a shard; nothing happens if it is done, cancelled or replaced by a retry."""
        with self._busy:
            begun = self._ledger.begin(job, attempt, shard, self._worker)
            if begun is None:
                return
            waiting = self._ledger.waiting(job, shard)
            known = self._ledger.known([w.key for w in waiting])
            ready = [(w, known[w.key]) for w in waiting if w.key in known]
            self._ledger.store(job, shard, ready)
            left = [w for w in waiting if w.key not in known]
            model = json.loads(begun.options).get("model")
            if begun.runs <= CAREFUL:
                self._do(job, shard, left, model)
                return
            for each in left:
                if each.runs >= self._settings.shard_attempts:
                    reason = GIVEN_UP.format(runs=each.runs)
                    self._ledger.store(job, shard, [(each, Failure(each.page.id, "read", "GivenUp", reason))])
                    continue
                self._ledger.alone(job, each.number)
                self._do(job, shard, [each], model)

    def _do(self, job: str, shard: int, pages: Sequence[Waiting], model: str | None) -> None:
        if not pages:
            return
        self._deadline = time.monotonic() + self._settings.page_seconds * len(pages)
        try:
            found = self._run(pages, model)
        finally:
            self._deadline = None
        self._ledger.store(job, shard, list(zip(pages, found, strict=True)))

    def _run(self, pages: Sequence[Waiting], model: str | None) -> Sequence[PageResult | Failure]:
        try:
            summarizer = self._summarizer(model)
        except DuizhaoError as error:
            return [Failure(w.page.id, "summarize", type(error).__name__, str(error)) for w in pages]
        return run_shard([w.page for w in pages], summarizer, self._settings)

    def _build(self, model: str | None) -> Summarizer:
        return pipeline.build_summarizer(self._settings, model)
