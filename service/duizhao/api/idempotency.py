"""Requests with an Idempotency-Key in, each done once: the same request again gets the same answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from duizhao.api.errors import Problem, request_id
from duizhao.stores.answers import KeptAnswer, claim, keep, release

KEY = re.compile(r"[\x21-\x7e]{1,255}")
ELSEWHERE = "/v1/digests"
KEPT_HEADERS = ("content-type", "location", "content-location", "etag", "preference-applied")
# of the answers below 500 these say: not now
AGAIN = (401, 403, 408, 429, 499)


class Idempotency:
    """Keeps answers to POST and PATCH for a day under the key that came with them."""

    def __init__(self, app: ASGIApp, database: Callable[[], Engine]) -> None:
        self.app = app
        self.database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do the request, or give the answer that was given before; 409 while it is in work, 422 for another body."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        key = headers.get("idempotency-key")
        well_formed = key is not None and KEY.fullmatch(key)
        if key is None or not _applies(scope) or (well_formed and _kept_elsewhere(scope, headers)):
            await self.app(scope, receive, send)
            return
        problem: Problem | None = None
        kept: KeptAnswer | None = None
        owner = scope["state"]["caller"].owner
        if not well_formed:
            problem = Problem("invalid-request", "An Idempotency-Key has 1 to 255 printable ASCII characters.")
        else:
            body = await _body(receive)
            asked = _digest(scope, headers, body)
            kept = await run_in_threadpool(claim, self.database(), owner, key, asked)
            if kept is None:
                await self._do(scope, body, receive, send, (owner, key))
                return
            problem = _clash(kept, asked)
        answer = problem.response(request_id(scope)) if problem else _again(kept)
        if problem:
            scope["state"]["problem"] = problem.kind
        await answer(scope, receive, send)

    async def _do(self, scope: Scope, body: bytes, receive: Receive, send: Send, name: tuple[str, str]) -> None:
        status, headers, parts = 0, {}, []

        async def keeping(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                given = Headers(raw=message["headers"])
                headers = {h: given[h] for h in KEPT_HEADERS if h in given}
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, _replayed(body, receive), keeping)
        finally:
            if 200 <= status < 500 and status not in AGAIN:
                await run_in_threadpool(keep, self.database(), *name, status, headers, b"".join(parts))
            else:
                await run_in_threadpool(release, self.database(), *name)


def _applies(scope: Scope) -> bool:
    return scope["method"] in ("POST", "PATCH") and scope["path"].startswith("/v1/")


def _kept_elsewhere(scope: Scope, headers: Headers) -> bool:
    """Jobs keep their keys; of a stream there is nothing to keep."""
    return scope["path"] == ELSEWHERE or "text/event-stream" in headers.get("accept", "")


def _clash(kept: KeptAnswer, asked: str) -> Problem | None:
    if kept.request != asked:
        return Problem("key-reused", "This Idempotency-Key came with another request before.")
    if kept.status is None:
        return Problem("conflict", "The first request with this Idempotency-Key is still in work.", retry_after=2)
    return None


def _again(kept: KeptAnswer | None) -> Response:
    if kept is None or kept.status is None:
        raise ValueError("there is no answer to give again")
    return Response(kept.body, kept.status, headers={**kept.headers, "Idempotent-Replayed": "true"})


def _digest(scope: Scope, headers: Headers, body: bytes) -> str:
    """What makes two requests the same: method, path, query, what they say of their body, and the body."""
    # the boundary of a form is new each time
    kind, _, rest = headers.get("content-type", "").partition(";")
    if kind.strip().lower() == "multipart/form-data" and (boundary := re.search(r'boundary="?([^";]+)', rest)):
        body = body.replace(boundary[1].encode(), b"-")
    named = "\0".join((scope["method"], scope["path"], scope["query_string"].decode("latin-1"), kind))
    return hashlib.sha256(named.encode() + b"\0" + body).hexdigest()


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
