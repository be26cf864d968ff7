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
def duizhao() -> Run:
    """Run `duizhao ARGUMENTS`; standard input is bytes, the result holds bytes."""

    def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str):
        command = [sys.executable, "-c", "from duizhao.cli import main; main()", *arguments]
        env = os.environ | {"PYTHONPATH": str(OFFLINE), "PYTHONWARNINGS": "default"} | environment
        return subprocess.run(command, input=stdin, capture_output=True, env=env, cwd=cwd, timeout=300, check=False)

    return run


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """The bundled sample page."""
    return root / "service/duizhao/samples/sample_page.txt"
