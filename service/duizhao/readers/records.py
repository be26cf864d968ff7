"""JSON Lines of {"id", "title"?, "date"?, "text" | "body"} in; one `Document` or `Failure` a line out, in order."""

from __future__ import annotations

import json
from typing import Any

from duizhao.errors import EmptyInput
from duizhao.types.articles import Document
from duizhao.types.digests import Failure


def read_records(text: str) -> list[Document | Failure]:
    """Read every line that is not blank; a line that cannot be used becomes a failure named by its id or number."""
    found = [_record(line, n) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not found:
        raise EmptyInput("the file holds no record; give one JSON object a line with id and text")
    return found


def _record(line: str, number: int) -> Document | Failure:
    name = f"line {number}"
    try:
        value: Any = json.loads(line)
    except RecursionError:
        return Failure(name, "read", "InputRefused", "not JSON: nested too deeply")
    except ValueError as error:
        return Failure(name, "read", "InputRefused", f"not JSON: {error}")
    if not isinstance(value, dict):
        return Failure(name, "read", "InputRefused", "not a JSON object with id and text")
    given = value.get("id")
    name = str(given) if isinstance(given, str | int) and str(given) else name
    text = value.get("text") if value.get("text") is not None else value.get("body")
    if not isinstance(text, str):
        return Failure(name, "read", "InputRefused", 'neither "text" nor "body" holds a string')
    title, date = value.get("title"), value.get("date")
    return Document(name, text, title if isinstance(title, str) else "", date if isinstance(date, str) else None)
