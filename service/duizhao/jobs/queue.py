"""Shards of jobs in, entries of the durable queue (DBOS) out; the one module that knows how DBOS is asked.

DBOS keeps its tables in our database, so that a job and its queue entries are written in one transaction. A queue entry
is a workflow without steps, whose result stands in our own tables.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import cached_property

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy import Connection, Engine, inspect

APPLICATION = "duizhao"
WORKFLOW = "duizhao_shard"
# Entries of another version are never taken. Raise it only when old entries must not be done by new workers.
VERSION = "1"
QUEUE = "pages"
# how often a worker looks for work: a shard takes seconds
POLL_SECONDS = 0.1
# states in which DBOS will not run an entry again
GIVEN_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def entry_id(job: str, attempt: int, shard: int) -> str:
    """Name of a queue entry: the same shard of the same attempt is queued once only."""
    return f"{job}.{attempt}.{shard}"


class Queue:
    """The queue from outside: put in, take out, put back."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self) -> None:
        """Make the tables of the queue where they are missing; to be called before a transaction that puts."""
        self._client.check_connection()

    def put(self, connection: Connection, queue: str, job: str, attempt: int, shards: Iterable[int]) -> None:
        """Queue shards within the transaction of this connection."""
        for shard in shards:
            self._client.enqueue_in_transaction(
                connection,
                {
                    "workflow_name": WORKFLOW,
                    "queue_name": queue,
                    "workflow_id": entry_id(job, attempt, shard),
                    "app_version": VERSION,
                },
                job,
                attempt,
                shard,
            )

    def cancel(self, entries: Sequence[str]) -> None:
        """Take entries out that nobody has begun."""
        self._client.cancel_workflows(list(entries))

    def put_back(self, living: set[str], seconds: float) -> int:
        """Queue again what was taken more than so long ago by workers that live no more; how many there were."""
        taken = self._client.list_workflows(status="PENDING", name=WORKFLOW, load_input=False, load_output=False)
        before = (time.time() - seconds) * 1000
        lost = [e for e in taken if e.executor_id not in living and (e.dequeued_at or e.updated_at or 0) < before]
        for entry in lost:
            self._client.resume_workflow(entry.workflow_id, queue_name=entry.queue_name)
        return len(lost)

    def given_up(self, entries: Sequence[str]) -> list[str]:
        """Those of these entries that will not be run again by themselves."""
        if not entries:
            return []
        found = self._client.list_workflows(
            workflow_ids=list(entries), status=GIVEN_UP, load_input=False, load_output=False
        )
        return [entry.workflow_id for entry in found]

    def forget(self, entries: Sequence[str]) -> None:
        """Delete entries of a job that is deleted."""
        self._client.delete_workflows(list(entries))

    def forget_queue(self, queue: str) -> None:
        """Delete a queue that served one job."""
        self._client.delete_queue(queue)

    @cached_property
    def _client(self) -> DBOSClient:
        schema = "dbos" if self._engine.dialect.name == "postgresql" else None
        if not inspect(self._engine).has_table("workflow_status", schema=schema):
            DBOS.migrate(self._engine.url.render_as_string(hide_password=False))
        return DBOSClient(system_database_engine=self._engine, application_name=APPLICATION)


def config(engine: Engine, worker: str) -> DBOSConfig:
    """How a worker process takes part: over our engine, under its own fixed name."""
    return {
        "name": APPLICATION,
        "system_database_engine": engine,
        "application_version": VERSION,
        "executor_id": worker,
        "log_level": "WARNING",
        "enable_otlp": False,
    }
