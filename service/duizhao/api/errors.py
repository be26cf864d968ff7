"""Whatever goes wrong in, problem details (RFC 9457) with the request id out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from duizhao.errors import DuizhaoError, http_status
from duizhao.exporters import json

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:duizhao:problem:"
CLIENT_GONE = 499

# kind: (status, title). Errors of duizhao.errors come on top, by the name of their class.
KINDS: dict[str, tuple[int, str]] = {
    "bad-request": (400, "The request cannot be read"),
    "unauthorized": (401, "A key is needed"),
    "not-served": (403, "Only this machine is served"),
    "cross-site": (403, "Requests from other sites are refused"),
    "forbidden": (403, "The scope of the key does not allow this"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "The method is not allowed here"),
    "request-timeout": (408, "The request took too long to arrive"),
    "conflict": (409, "The request meets another one"),
    "precondition-failed": (412, "It was changed in the meantime"),
    "too-large": (413, "The request is over a limit"),
    "unsupported-media-type": (415, "The content type is not supported"),
    "misdirected-request": (421, "This host name is not served"),
    "invalid-request": (422, "The request does not have the documented shape"),
    "key-reused": (422, "The idempotency key belongs to another request"),
    "unknown-model": (422, "There is no such model"),
    "too-many-requests": (429, "Too many requests"),
    "client-gone": (CLIENT_GONE, "The client went away"),
    "internal-error": (500, "An error inside the service"),
    "busy": (503, "All places in the queue are taken"),
    "not-ready": (503, "The service is not ready"),
    "time-out": (504, "The work took too long"),
}
DUIZHAO_TITLES = {
    "empty-input": "The input is empty",
    "not-text": "The input is not text",
    "nothing-to-compare": "There is nothing to compare",
    "too-large": "The request is over a limit",
    "model-not-available": "The model is not available",
    "input-refused": "The input cannot be worked on",
    "usage-error": "The request is wrong",
    "no-such-job": "There is no such job",
    "not-possible": "The job does not allow this",
    "not-finished": "The job has no result yet",
    "queue-full": "Too many jobs wait",
}


class Problem(HTTPException):
    """An error with its kind; `retry_after` is in seconds, `errors` are the places of an invalid request."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        status: int | None = None,
        title: str | None = None,
    ) -> None:
        known = KINDS.get(kind)
        status = status or (known[0] if known else 500)
        extra = {} if retry_after is None else {"Retry-After": str(retry_after)}
        super().__init__(status, detail, headers={**(headers or {}), **extra})
        self.kind = kind
        self.title = title or (known[1] if known else kind)
        self.errors = tuple(errors)

    def body(self, request_id: str) -> dict[str, Any]:
        """The members of the problem details."""
        value = {
            "type": TYPE_PREFIX + self.kind,
            "title": self.title,
            "status": self.status_code,
            "detail": self.detail,
            "request_id": request_id,
        }
        return value | ({"errors": [dict(e) for e in self.errors]} if self.errors else {})

    def response(self, request_id: str) -> Response:
        """The answer to the client."""
        text = json.dumps(self.body(request_id), indent=None)
        return Response(text, self.status_code, headers=dict(self.headers or {}), media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """The problem that an error is told as. What is not expected is told without its message."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DuizhaoError):
        return _of_duizhao(error)
    if isinstance(error, RequestValidationError):
        return _of_validation(error)
    if isinstance(error, HTTPException):
        kinds = [k for k, (status, _) in KINDS.items() if status == error.status_code]
        phrase = HTTPStatus(error.status_code).phrase
        kind, title = (kinds[0], None) if kinds else ("-".join(phrase.lower().split()), phrase)
        return Problem(kind, str(error.detail), headers=error.headers, status=error.status_code, title=title)
    if isinstance(error, OperationalError):
        return Problem("not-ready", "The database cannot be reached; try again later.", retry_after=5)
    return Problem("internal-error", "An error inside the service; its log has the details under this request id.")


def install(app: FastAPI) -> None:
    """Answer every expected error with problem details; the outermost middleware does so for all others."""

    def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        request.state.problem = problem.kind
        return problem.response(request_id(request.scope))

    for kind in (HTTPException, RequestValidationError, DuizhaoError):
        app.add_exception_handler(kind, handle)


def request_id(scope: Mapping[str, Any]) -> str:
    """The id that the outermost middleware gave the request."""
    return str(scope.get("state", {}).get("request_id", ""))


def _of_duizhao(error: DuizhaoError) -> Problem:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    status = http_status(error)
    retry = getattr(error, "retry_after", 60 if status == HTTPStatus.SERVICE_UNAVAILABLE else None)
    return Problem(kind, str(error), status=status, title=DUIZHAO_TITLES.get(kind), retry_after=retry)


def _of_validation(error: RequestValidationError) -> Problem:
    # the message and the place, never the input: it may be a whole article
    found = [{"at": "/".join(str(p) for p in e["loc"]), "message": str(e["msg"])} for e in error.errors()[:20]]
    detail = "; ".join(f"{e['at']}: {e['message']}" for e in found[:3])
    return Problem("invalid-request", detail, errors=found)
