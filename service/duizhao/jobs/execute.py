"""A queued shard in, its results in the ledger out: with care where workers have ended over it before."""

from __future__ import annotations

import faulthandler
import json
import threading
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
from duizhao.types.digests import Failure
from duizhao_models.base import Summarizer

# a shard that a worker has ended over is done page by page, so that the guilty page is found
CAREFUL = 1
GIVEN_UP = "a worker ended {runs} times over this page: it takes too long, or too much memory"


class Executor:
    """Does shards, one at a time. A page that takes too long ends the process: its supervisor starts another one."""

    def __init__(self, engine: Engine, settings: Settings, worker: str) -> None:
        self._ledger = Ledger(engine)
        self._settings = settings
        self._worker = worker
        self._busy = threading.Lock()
        self._summarizer = lru_cache(maxsize=2)(self._build)

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
        # a thread cannot be ended, and a pattern that runs wild lets no other thread run: this watchdog needs none
        faulthandler.dump_traceback_later(self._settings.page_seconds * len(pages), exit=True, file=2)
        try:
            found = self._run(pages, model)
        finally:
            faulthandler.cancel_dump_traceback_later()
        self._ledger.store(job, shard, list(zip(pages, found, strict=True)))

    def _run(self, pages: Sequence[Waiting], model: str | None) -> Sequence[PageResult | Failure]:
        try:
            summarizer = self._summarizer(model)
        except DuizhaoError as error:
            return [Failure(w.page.id, "summarize", type(error).__name__, str(error)) for w in pages]
        return run_shard([w.page for w in pages], summarizer, self._settings)

    def _build(self, model: str | None) -> Summarizer:
        return pipeline.build_summarizer(self._settings, model)
