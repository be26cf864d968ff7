"""A TOML file in, the table of themes that it holds out; two tables are shipped."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from duizhao.errors import UsageError
from duizhao.types.comparisons import Theme

NO_THEME = "T00"
# Tables that can be named instead of a path: 26 themes of policy, and the chapters of a national work report.
SHIPPED = {"topics": Path(__file__).with_name("themes.toml"), "chapters": Path(__file__).with_name("chapters.toml")}


def load_themes(source: Path | str | None = None) -> tuple[Theme, ...]:
    """Themes of a shipped table (`topics`, the default, or `chapters`) or of an office's own TOML file.

    A file holds [[theme]] with id, zh, and keywords or `includes`: ids of `topics` whose keywords it takes over.
    Raises UsageError when the file is missing or is not such a table.
    """
    name = str(source or "topics")
    return _load(SHIPPED.get(name, Path(name)))


@cache
def _load(path: Path) -> tuple[Theme, ...]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["theme"]
        found = tuple(_theme(row) for row in rows)
    except OSError as error:
        raise UsageError(f"the table of themes cannot be read: {path} ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} is no table of themes: expected [[theme]] with id, zh and keywords ({error})"
        ) from error
    ids = [theme.id for theme in found]
    if len(set(ids)) < len(ids) or not any(theme.id != NO_THEME for theme in found):
        raise UsageError(f"{path} is no table of themes: it needs at least one, each with an id of its own")
    return found


def _theme(row: dict[str, Any]) -> Theme:
    keywords = [str(word) for word in row.get("keywords", ())]
    if row.get("includes"):
        topics = {theme.id: theme for theme in load_themes()}
        keywords += [word for part in row["includes"] for word in topics[str(part)].keywords]
    return Theme(str(row["id"]), str(row["zh"]), tuple(dict.fromkeys(keywords)), str(row.get("definition", "")))
