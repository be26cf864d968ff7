"""Who may do what: bearer keys once one was made, only this machine before that; a rate for each key."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from duizhao.api.errors import Problem, problem_of, request_id
from duizhao.api.middleware import is_loopback
from duizhao.api.rates import Rates
from duizhao.stores.keys import Key, key_of, keys_exist
from duizhao.stores.keys import Scope as KeyScope

# they tell nothing of the texts, and a supervisor has no key
OPEN = ("/livez", "/readyz", "/version", "/openapi.json", "/docs")
OPEN_FOLDERS = ("/static/", "/docs/files/")
# posts that leave nothing behind, or (segment) store only for a key that may write
READING = ("/v1/segment", "/v1/summarize", "/v1/compare", "/")
KEPT_BY_ADMIN = ("/v1/library", "/v1/pages")
WRONG_KEYS_PER_MINUTE = 10


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the holder of a key, or somebody at this machine while there are no keys."""

    key: Key | None = None

    @property
    def owner(self) -> str:
        """The name under which what they make is kept."""
        return self.key.id if self.key else ""

    @property
    def name(self) -> str:
        """What a reviewer is called."""
        return self.key.name if self.key else "local"

    def may(self, scope: KeyScope) -> bool:
        """Whether their scope allows it."""
        return self.key is None or self.key.allows(scope)


class Guard:
    """Lets in who has the right key for what they ask, at the rate of the settings."""

    def __init__(self, app: ASGIApp, database: Callable[[], Engine], per_minute: int) -> None:
        self.app = app
        self.database = database
        self.rates = Rates(per_minute)
        self.wrong = Rates(WRONG_KEYS_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 401, 403, 429 or 503."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            caller = await run_in_threadpool(self._caller, scope)
            self._check(scope, caller)
        except Exception as error:
            problem = problem_of(error)
            if problem.kind == "internal-error":
                raise
            scope["state"]["problem"] = problem.kind
            await problem.response(request_id(scope))(scope, receive, send)
            return
        scope["state"]["caller"] = caller
        await self.app(scope, receive, send)

    def _caller(self, scope: Scope) -> Caller:
        address = scope["client"][0] if scope.get("client") else ""
        path = scope["path"]
        is_open, is_here = path in OPEN or path.startswith(OPEN_FOLDERS), not address or is_loopback(address)
        if is_open and is_here:
            return Caller()
        if not keys_exist(self.database()):
            if not is_here:
                raise Problem("not-served", "Without keys only this machine is served: make one (duizhao keys create).")
            return Caller()
        if is_open:
            return Caller()
        token = _token(Headers(scope=scope).get("authorization", ""))
        found = key_of(self.database(), token) if token else None
        if found is None:
            raise self._unknown(address, path, given=bool(token))
        return Caller(found)

    def _unknown(self, address: str, path: str, *, given: bool) -> Problem:
        """A right key is never locked out by the wrong ones of others at the same address."""
        if given and (wait := self.wrong.take(address)):
            return Problem("too-many-requests", "Too many wrong keys; wait.", retry_after=wait)
        scheme = "Bearer" if path.startswith("/v1/") or path == "/metrics" else "Basic"
        detail = "The key is not known, or was revoked." if given else "Send a key: Authorization: Bearer <key>."
        return Problem("unauthorized", detail, headers={"WWW-Authenticate": f'{scheme} realm="duizhao"'})

    def _check(self, scope: Scope, caller: Caller) -> None:
        if caller.key is None:
            return
        wanted = needed(scope["method"], scope["path"])
        if not caller.may(wanted):
            raise Problem("forbidden", f"This needs a key of the scope {wanted}; this one has {caller.key.scope}.")
        if wait := self.rates.take(caller.key.id):
            detail = f"More than {self.rates.per_minute} requests a minute with this key."
            raise Problem("too-many-requests", detail, retry_after=wait)


def needed(method: str, path: str) -> KeyScope:
    """The scope that a request needs."""
    if method in ("GET", "HEAD", "OPTIONS") or (method == "POST" and path in READING):
        return "read"
    if method == "DELETE" and path.startswith(KEPT_BY_ADMIN):
        return "admin"
    return "write"


def caller_of(request: Request) -> Caller:
    """Who sent a request."""
    found = request.scope.get("state", {}).get("caller")
    return found if isinstance(found, Caller) else Caller()


def _token(header: str) -> str:
    """The key of a header: as Bearer, or as the password that a browser asks for."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "?"
    return "?" if header else ""
