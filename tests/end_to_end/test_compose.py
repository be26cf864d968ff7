"""The compose file and the image: what they promise holds for every service, and all that they name is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from duizhao.api import create_app
from duizhao.cli import app
from duizhao.jobs.liveness import Liveness
from duizhao.jobs.worker import LAST_SECONDS
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database

OURS = ("app", "worker")


@pytest.fixture(scope="module")
def services(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


@pytest.fixture(scope="module")
def image(root: Path) -> list[str]:
    """The instructions of the Dockerfile, continued lines joined."""
    text = (root / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_a_read_only_root_no_rights_and_a_health_check(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["environment"]["DUIZHAO_DATA_DIR"] == "/data"


def test_nothing_is_published_beyond_this_machine_by_default(services: dict[str, Any]) -> None:
    assert services["app"]["ports"] == ["${DUIZHAO_PUBLISH:-127.0.0.1:8000}:8000"]
    assert "ports" not in services["worker"] and "ports" not in services["postgres"]


def test_the_image_runs_as_another_user_than_root(image: list[str]) -> None:
    assert "USER duizhao" in image and image.index("USER duizhao") < image.index('ENTRYPOINT ["duizhao"]')


def test_every_command_and_setting_that_is_named_exists(services: dict[str, Any], root: Path, image: list[str]) -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    entry = next(line for line in image if line.startswith("CMD"))
    assert {services[name]["command"][0] for name in OURS} | {re.findall(r'"(\w+)"', entry)[0]} <= commands
    named = re.findall(r"DUIZHAO_([A-Z_]+)", (root / "compose.yaml").read_text() + "\n".join(image))
    of_compose = {"PUBLISH"}
    assert named and {name.lower() for name in named if name not in of_compose} <= set(Settings.model_fields)


def test_every_service_has_the_time_that_its_end_takes(services: dict[str, Any]) -> None:
    grace = {name: int(services[name]["stop_grace_period"].removesuffix("s")) for name in OURS}
    assert grace["app"] > Settings().shutdown_seconds and grace["worker"] > LAST_SECONDS


def test_the_image_holds_all_that_the_package_is_built_from(
    root: Path, image: list[str], project: dict[str, Any]
) -> None:
    copied = [source for line in image if line.startswith("COPY") for source in line.split()[1:-1]]
    assert all((root / source).exists() for source in copied)
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = [project["project"]["readme"], *project["project"]["license-files"], *wheel["packages"]]
    wanted += [*wheel["force-include"], project["tool"]["hatch"]["version"]["path"], "pyproject.toml"]
    assert [w for w in wanted if not any(Path(w).is_relative_to(source) for source in copied)] == []
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").split()
    assert not set(ignored) & set(copied) and "duizhao-data" in ignored


def test_the_image_has_the_python_the_extras_and_the_torch_of_the_project(
    root: Path, image: list[str], project: dict[str, Any]
) -> None:
    text = "\n".join(image)
    extras = re.findall(r'pip install "\.\[(\w+)\]"', text)
    assert extras and set(extras) <= set(project["project"]["optional-dependencies"])
    torch = re.findall(r"^TORCH_VERSION = (\S+)", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"TORCH_VERSION=(\S+)", text) == torch
    python = re.findall(r"^FROM python:3\.(\d+)", text, re.MULTILINE)
    assert f">=3.{python[0]}" == project["project"]["requires-python"]


def test_the_health_check_of_the_app_asks_a_route_at_the_port_it_serves(services: dict[str, Any]) -> None:
    (address,) = re.findall(r"http://127\.0\.0\.1:(\d+)(/\w+)", " ".join(services["app"]["healthcheck"]["test"]))
    assert address[0] == str(Settings().port) == services["app"]["ports"][0].rpartition(":")[2]
    assert address[1] in create_app(Settings(model_processes=0)).openapi()["paths"]


def test_the_health_check_of_the_worker_tells_whether_one_was_seen(services: dict[str, Any], tmp_path: Path) -> None:
    words = services["worker"]["healthcheck"]["test"][2:]
    environment = os.environ | {"DUIZHAO_DATA_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}

    def healthy() -> bool:
        command = [sys.executable, *words, services["worker"]["hostname"]]
        return subprocess.run(command, env=environment, timeout=120, check=False).returncode == 0

    assert not healthy()
    engine = open_database(database_url(Settings(data_dir=tmp_path)))
    Liveness(engine).beat("another-0", 1)
    assert not healthy()
    Liveness(engine).beat(f"{services['worker']['hostname']}-0", 1)
    engine.dispose()
    assert healthy()
