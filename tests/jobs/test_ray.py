"""The same digest on Ray; only where Ray is installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duizhao.jobs.local import Told, digest_paths
from duizhao.settings import Settings

from .conftest import page_text

pytestmark = pytest.mark.slow


@pytest.mark.filterwarnings("ignore")
def test_ray_does_the_same_pages(settings: Settings, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    (tmp_path / "in").mkdir()
    for n in range(10):
        (tmp_path / "in" / f"p{n}.txt").write_text(page_text(n), encoding="utf-8")
    told = Told(lambda line: None, lambda job: None)
    job, failures = digest_paths([str(tmp_path / "in")], tmp_path / "out", settings, told, ray=True)
    assert job.state == "done" and not failures
    assert len(json.loads((tmp_path / "out" / "digest.json").read_text())["pages"]) == 10
