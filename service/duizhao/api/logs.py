"""Requests and errors in, one JSON line each out on the log; never a word of a text, not even in a message."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

LOGGER = logging.getLogger("duizhao.service")

_log = structlog.wrap_logger(
    LOGGER,
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
)


def configure() -> None:
    """Write the log to stderr, one JSON object a line. Called by `duizhao serve`, not by `create_app`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def request(scope: MutableMapping[str, Any], status: int, seconds: float, error: Exception | None) -> None:
    """One answered request. The path is the route's pattern: what a client wrote in a path may be anything."""
    state = scope.get("state", {})
    route = getattr(scope.get("route"), "path", None)
    facts: dict[str, Any] = {
        "request_id": state.get("request_id"),
        "method": scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 10 else "?",
        "route": route or "-",
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    if owner := getattr(state.get("caller"), "owner", ""):
        facts["key"] = owner
    if problem := state.get("problem"):
        facts["problem"] = problem
    if error is not None and problem in (None, "internal-error"):
        _log.error("request", **facts, **error_facts(error))
    else:
        _log.info("request", **facts)


def event(name: str, **facts: object) -> None:
    """Something that happened to the service itself."""
    _log.info(name, **facts)


def failure(name: str, error: BaseException, **facts: object) -> None:
    """An error that no request is told about."""
    _log.error(name, **facts, **error_facts(error))


def error_facts(error: BaseException) -> dict[str, Any]:
    """Type and place of an error without its message, which may quote the text that was worked on."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames]
    cause = error.__cause__ or error.__context__
    return {"error": type(error).__name__, "at": places} | ({"cause": type(cause).__name__} if cause else {})
