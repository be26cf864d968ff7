"""Preconditions of a request in (If-None-Match, If-Match), whether they hold out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from duizhao.api.errors import Problem

# with its tag an answer may be kept, and is asked for again each time
REVALIDATED = {"Cache-Control": "private, no-cache"}


def unchanged(request: Request, etag: str) -> Response | None:
    """304 for a client that has this version already."""
    if _names(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers={"ETag": etag, **REVALIDATED})
    return None


def check_match(request: Request, etag: str) -> None:
    """Refuse a change that was made to another version.

    Raises:
        Problem: 412, If-Match names another version.
    """
    given = request.headers.get("if-match")
    if given is not None and not _names(given, etag):
        raise Problem("precondition-failed", f"The present version is {etag}: get it and edit that.")


def _names(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags
