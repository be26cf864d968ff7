"""Invented pages in number, a database of each kind, and jobs over them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duizhao.jobs import Input, Jobs
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database

PLACES = ("清泽市", "云麓县", "青禾区", "东浦镇", "南岭街道")
TASKS = ("春耕备耕", "老旧小区改造", "防汛演练", "学前教育扩容", "河道清淤", "路网升级", "冬季供暖")
USER = "postgres"


def page_text(number: int) -> str:
    """A small page with two stories; each number gives another text."""
    place, task = PLACES[number % len(PLACES)], TASKS[number % len(TASKS)]
    return (
        f"清泽日报\n2026年3月{number % 28 + 1}日　第{number}版\n\n"
        f"{place}部署{task}第{number}批工作\n"
        f"本报讯（记者 周一鸣）{place}昨日召开会议，部署{task}工作。"
        f"会议提出，今年安排{number}个项目，总投资{number * 3 + 1}万元。\n"
        f"会议强调，要压实责任，{number % 9 + 1}月底前完成{task}主体任务，确保群众满意。\n\n"
        f"{place}第{number}号服务点开门迎客\n"
        f"本报讯（记者 林晓舟）位于{place}的第{number}号服务点近日开放，"
        f"每天接待群众{number + 20}人次，提供办事咨询等服务。\n"
    )


def inputs(count: int) -> list[Input]:
    return [Input(f"page{n:03}.txt", page_text(n).encode()) for n in range(1, count + 1)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", shard_pages=4)


@pytest.fixture
def jobs(settings: Settings) -> Iterator[Jobs]:
    engine = open_database(database_url(settings))
    yield Jobs(engine, settings)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def durable(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a database of each kind, with shards small enough for a job to outlive many kills."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")(f"d{time.time_ns()}")
    return Settings(data_dir=tmp_path / "data", database_url=url, shard_pages=2, worker_processes=2, shard_attempts=50)


@pytest.fixture
def kept(durable: Settings) -> Iterator[Jobs]:
    """The jobs of such a database."""
    engine = open_database(database_url(durable))
    yield Jobs(engine, durable)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """Makes an empty database of a private cluster on a socket, and gives its URL."""
    programs = [Path(p).resolve().parent for p in [shutil.which("initdb") or ""] if p]
    programs += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    home = next((p for p in programs if (p / "pg_ctl").exists()), None)
    if home is None:
        pytest.skip("postgresql is not installed")
    # the server refuses to run as root
    user = {"user": USER, "group": USER} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="duizhao-pg-"))
    if user:
        shutil.chown(folder, USER, USER)

    def run(program: str, *arguments: str) -> None:
        command = [str(home / program), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, **user)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr.decode()

    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync")
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses=''", "start")

    def make(name: str) -> str:
        run("createdb", "-h", str(folder), "-U", USER, name)
        return f"postgresql://{USER}@/{name}?host={folder}"

    try:
        yield make
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
