"""The wheel carries all that the main job needs."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest


@pytest.mark.wheel
def test_the_wheel_does_the_main_job_in_an_empty_environment(root: Path, tmp_path: Path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(root)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty/bin/python"
    install = [str(python), "-m", "pip", "-q", "--disable-pip-version-check", "install"]
    # torch by version first, so that its build is the one that is tested here
    torch = metadata.version("torch").partition("+")[0]
    subprocess.run([*install, f"torch=={torch}"], check=True)
    subprocess.run([*install, str(wheel)], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "DUIZHAO"))}
    done = subprocess.run(
        [str(tmp_path / "empty/bin/duizhao"), "demo"], cwd=elsewhere, env=clean, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (elsewhere / "out/comparison.html").stat().st_size > 10_000
    assert (elsewhere / "out/digest.md").is_file()
