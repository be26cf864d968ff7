"""A runner for the command line in a child process, cut off from the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

OFFLINE = Path(__file__).parent / "offline_site"
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def duizhao(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `duizhao ARGUMENTS`; standard input is bytes, the result holds bytes."""
    data = tmp_path_factory.mktemp("data")

    def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str):
        command = [sys.executable, "-c", "from duizhao.cli import main; main()", *arguments]
        paths = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH"))))
        env = os.environ | {"PYTHONPATH": paths, "PYTHONWARNINGS": "default"}
        env |= {"DUIZHAO_DATA_DIR": str(data)} | environment
        return subprocess.run(command, input=stdin, capture_output=True, env=env, cwd=cwd, timeout=300, check=False)

    return run


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """The bundled sample page."""
    return root / "service/duizhao/samples/sample_page.txt"
