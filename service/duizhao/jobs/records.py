"""The nouns of durable jobs: what goes in (`Input`), what a job is at a moment (`Job`), and its result formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from duizhao.types.digests import Failure

State = Literal["queued", "running", "done", "failed", "cancelled"]
ResultFormat = Literal["json", "md", "html", "docx", "xlsx"]

OVER: tuple[State, ...] = ("done", "failed", "cancelled")
# format: media type of its bytes
MEDIA_TYPES: dict[ResultFormat, str] = {
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A file as it was given: its name (for messages and page ids) and its bytes; the bytes tell the format.

    `refused` says why a file could not be taken in; it becomes a failure.
    """

    name: str
    data: bytes
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What a job may choose; a part of the hash that holds an idempotency key to its body."""

    model: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job at a moment.

    `total` pages of which `done` are finished, `cached` of these without any work; `failures` name what failed (a
    job is "done" with failures too; "failed" is a dead job, whose `error` says why). `attempt` counts from 1.
    """

    id: str
    kind: Literal["digest", "compare"]
    state: State
    created: datetime
    updated: datetime
    total: int = 0
    done: int = 0
    cached: int = 0
    failures: tuple[Failure, ...] = ()
    attempt: int = 1
    error: str | None = None
    owner: str = ""
    idempotency_key: str | None = None
    options: Options = field(default_factory=Options)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen, unless someone retries it."""
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class JobList:
    """A page of a list of jobs, newest first; `after` goes into the next call, None at the end."""

    jobs: tuple[Job, ...]
    after: str | None
