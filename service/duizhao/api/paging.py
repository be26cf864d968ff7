"""Places in a list in, opaque cursors out, and back."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated

from fastapi import Query

from duizhao.api.errors import Problem

Limit = Annotated[int, Query(ge=1, le=200, description="entries of one answer")]
Cursor = Annotated[
    str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,200}$", description="`next` of the answer before, for what follows it")
]


def cursor_of(place: str) -> str:
    """A cursor that holds this place."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def place(given: str | None, pattern: str) -> str | None:
    """The place that a cursor holds.

    Raises:
        Problem: 422, it was not made here.
    """
    if given is None:
        return None
    try:
        found = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        found = ""
    if not re.fullmatch(pattern, found):
        raise Problem("invalid-request", "The cursor is not one that this service gave.")
    return found
