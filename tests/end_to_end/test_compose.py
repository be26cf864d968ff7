"""The compose file: what it promises about users, file systems and health holds for every service of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture(scope="module")
def services(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


@pytest.mark.parametrize("name", ["app", "worker"])
def test_our_services_have_a_read_only_root_no_rights_and_a_health_check(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["environment"]["DUIZHAO_DATA_DIR"] == "/data"


def test_nothing_is_published_beyond_this_machine_by_default(services: dict[str, Any]) -> None:
    assert services["app"]["ports"] == ["${DUIZHAO_PUBLISH:-127.0.0.1:8000}:8000"]
    assert "ports" not in services["worker"] and "ports" not in services["postgres"]


def test_the_image_runs_as_another_user_than_root(root: Path) -> None:
    lines = (root / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER duizhao" in lines and lines.index("USER duizhao") < lines.index('ENTRYPOINT ["duizhao"]')
