"""The documents name what there is: every setting with its default, every route."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.api import create_app
from duizhao.settings import Settings


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_table_with_its_default(root: Path, name: str) -> None:
    default = Settings.model_fields[name].default
    told = "" if default in (None, ()) else str(default).lower() if isinstance(default, bool) else str(default)
    assert f"| `DUIZHAO_{name.upper()}` | {told} |" in (root / "docs/settings.md").read_text(encoding="utf-8")


def test_every_route_is_in_the_document(root: Path) -> None:
    text = (root / "docs/api.md").read_text(encoding="utf-8")
    for path, operations in create_app(Settings(model_processes=0)).openapi()["paths"].items():
        shown = path.replace("{job_id}", "{id}").replace("{page_id}", "{id}")
        shown = shown.replace("{article_id}", "{id}").replace("{entry_id}", "{id}")
        for method in operations:
            assert f"`{method.upper()} {shown}" in text, (method, path)
