"""One line of JSON in, the page or article that it gives out; also the lines of batch files (`custom_id`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from duizhao.errors import EmptyInput, InputRefused

# in a batch file the URL tells what the text is
PAGE_URLS = ("/segment", "/digests")


@dataclass(frozen=True, slots=True)
class Record:
    """A text by name. `is_page`: it is to be cut into articles; else it is one article."""

    id: str
    text: str
    is_page: bool
    title: str = ""
    paper: str | None = None
    date: str | None = None
    number: int | None = None


def read_record(line: str, number: int) -> Record:
    """{"id"?, "page"} is a page, {"id"?, "text" | "body", "title"?} an article; both with "paper", "date", "number".

    {"custom_id", "method", "url", "body": {...}} has them in its body; "text" is a page where the URL takes pages.

    Raises:
        InputRefused: the line is none of these.
    """
    name = f"line {number}"
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputRefused(f"{name}: not JSON") from error
    if not isinstance(value, dict):
        raise InputRefused(f"{name}: not a JSON object")
    id_, takes_pages = value.get("id"), False
    if "custom_id" in value:
        id_, takes_pages = value["custom_id"], str(value.get("url", "")).rstrip("/").endswith(PAGE_URLS)
        value = value.get("body")
        if not isinstance(value, dict):
            raise InputRefused(f'{name}: "body" is not a JSON object')
    name = str(id_) if isinstance(id_, str | int) and str(id_).strip() else name
    return _record(value, name, takes_pages)


def _record(value: dict[str, Any], name: str, takes_pages: bool) -> Record:
    page, title = value.get("page"), _text(value, "title")
    given = page if isinstance(page, str) else value.get("text") if value.get("text") is not None else value.get("body")
    if not isinstance(given, str):
        raise InputRefused(f'{name}: none of "page", "text" and "body" holds a string')
    if not given.strip():
        raise EmptyInput(f"{name}: the text is empty")
    number = value.get("number")
    return Record(
        name,
        given,
        isinstance(page, str) or (takes_pages and not title),
        title,
        _text(value, "paper") or None,
        _text(value, "date") or None,
        number if isinstance(number, int) and not isinstance(number, bool) else None,
    )


def _text(value: dict[str, Any], key: str) -> str:
    given = value.get(key)
    return " ".join(given.split()) if isinstance(given, str) else ""
