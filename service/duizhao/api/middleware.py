"""ASGI layers around the routes: request id, log line and security headers; under which names; what may be sent."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from duizhao.api import logs
from duizhao.api.errors import Problem, problem_of, request_id
from duizhao.settings import Settings

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class RequestContext:
    """Gives each request an id, answers what nobody else caught, and writes one line of log."""

    def __init__(self, app: ASGIApp, observe: Callable[[Scope, int, float], None] = lambda *_: None) -> None:
        self.app = app
        self.observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        name = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(12)
        scope.setdefault("state", {})["request_id"] = name
        status: int | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = name
                for key, value in SECURITY_HEADERS.items():
                    headers.setdefault(key, value)
            await send(message)

        start = time.perf_counter()
        error: Exception | None = None
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as caught:
            error = caught
        broken_off = error is not None and status is not None
        if error is not None and not broken_off:
            problem = problem_of(error)
            scope["state"]["problem"] = problem.kind
            await problem.response(name)(scope, receive, send_with_headers)
        seconds = time.perf_counter() - start
        self.observe(scope, status or 0, seconds)
        logs.request(scope, status or 0, seconds, error)
        if broken_off:
            # the server must cut the connection; a new error, because it logs what it gets with its message
            raise RuntimeError("the answer broke off; see the log line of the request")


class Doorkeeper:
    """Serves under its own names, for its own pages.

    The Host header is checked because a page of another site can make its name point to 127.0.0.1 (DNS rebinding);
    the Origin header, because a page of another site may send a plain form here.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.hosts = {h.lower() for h in (*settings.allowed_hosts, settings.host)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 403 or 421."""
        if scope["type"] == "http" and (problem := self._refuse(scope)):
            scope["state"]["problem"] = problem.kind
            await problem.response(request_id(scope))(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self.app(scope, receive, send)

    def _refuse(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        name = _host_name(host)
        if not is_loopback(name) and name not in self.hosts:
            detail = "The Host header names a host that is not served; add it to DUIZHAO_ALLOWED_HOSTS."
            return Problem("misdirected-request", detail)
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        if scope["method"] in WITH_BODY and (foreign or headers.get("sec-fetch-site") == "cross-site"):
            return Problem("cross-site", "Pages of other sites may not send requests here.")
        return None


class BodyLimits:
    """Limits the bytes of a body, the time in which it must arrive, and how many requests with one are open."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.max_bytes = settings.max_body_bytes
        self.seconds = settings.body_seconds
        self.max_open = settings.max_open_requests
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request within the limits, or answer 408, 413 or 503."""
        if scope["type"] != "http" or scope["method"] not in WITH_BODY:
            await self.app(scope, receive, send)
            return
        problem: Problem | None = None
        length = Headers(scope=scope).get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self.max_bytes:
            problem = self._too_large()
        elif self.open >= self.max_open:
            problem = Problem("busy", "Too many requests are open; try again later.", retry_after=2)
        if problem:
            scope["state"]["problem"] = problem.kind
            await problem.response(request_id(scope))(scope, receive, send)
            return
        self.open += 1
        try:
            await self.app(scope, self._limited(receive), send)
        finally:
            self.open -= 1

    def _limited(self, receive: Receive) -> Receive:
        read, complete = 0, False
        end = asyncio.get_running_loop().time() + self.seconds

        async def limited() -> Message:
            nonlocal read, complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                raise Problem("request-timeout", f"The body did not arrive within {self.seconds:g} seconds.") from None
            read += len(message.get("body", b""))
            if read > self.max_bytes:
                raise self._too_large()
            complete = not message.get("more_body", False)
            return message

        return limited

    def _too_large(self) -> Problem:
        headers = {"Connection": "close"}
        return Problem("too-large", f"The body is larger than {self.max_bytes} bytes; split it.", headers=headers)


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    return re.sub(r":\d*$", "", host.lower()) if not host.endswith("]") else host.lower()
