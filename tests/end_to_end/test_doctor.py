"""`duizhao doctor` tells what is amiss, and that by its exit code too."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from duizhao.cli import app
from duizhao.jobs import Input, Jobs
from duizhao.jobs.liveness import Liveness
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database


def told(tmp_path: Path, **environment: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["doctor"], env={"DUIZHAO_DATA_DIR": str(tmp_path), "COLUMNS": "200", **environment})
    return done.exit_code, done.output


def test_all_is_well_in_a_new_folder(tmp_path: Path) -> None:
    code, output = told(tmp_path)
    assert code == 0 and "可读可写" in output and "排队 0" in output


@pytest.mark.parametrize("url", ["postgresql://nobody@/none?host=/no/such/folder", "mysql://a/b", "nonsense"])
def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, url: str) -> None:
    code, output = told(tmp_path, DUIZHAO_DATABASE_URL=url)
    assert code == 4 and "数据库" in output


def test_digests_that_nobody_works_on_are_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    engine = open_database(database_url(settings))
    Jobs(engine, settings).submit([Input("a.txt", "清泽市召开会议。".encode())])
    code, output = told(tmp_path)
    assert code == 4 and "duizhao worker" in output
    Liveness(engine).beat("one", 1)
    engine.dispose()
    code, output = told(tmp_path)
    assert code == 0 and "排队 1" in output and "工作进程 1 个" in output
