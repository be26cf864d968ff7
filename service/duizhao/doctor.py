"""Nothing in, a list of findings out: is everything that the main job needs in place?"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from duizhao.demo import sample_page
from duizhao.errors import UsageError
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao_models import registry
from duizhao_models.base import ModelCard

PACKAGES = ("torch", "transformers", "sentencepiece", "numpy", "scipy", "pydantic", "sqlalchemy", "dbos")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what, whether it is in order, and the details."""

    name: str
    good: bool
    detail: str


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Every check, quick ones first."""
    found = [Finding("Python", sys.version_info >= (3, 11), platform.python_version())]
    found += [_package(name) for name in PACKAGES]
    found.append(Finding("样例版面", bool(sample_page()), "samples/sample_page.txt"))
    found.append(weights())
    reached = database(settings)
    found.append(reached)
    if reached.good:
        found.append(jobs(settings))
    return tuple(found)


def database(settings: Settings) -> Finding:
    """Whether the database can be reached, and written to."""
    url = database_url(settings)
    told = make_url(url).render_as_string() if "://" in url else "DUIZHAO_DATABASE_URL"
    try:
        engine = open_database(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE duizhao_doctor (n INTEGER)"))
            connection.execute(text("DROP TABLE duizhao_doctor"))
        engine.dispose()
    except (SQLAlchemyError, UsageError, OSError, ImportError) as error:
        return Finding("数据库", False, f"{told}：{str(error).splitlines()[0]}")
    return Finding("数据库", True, f"{told}：可读可写")


def jobs(settings: Settings) -> Finding:
    """Whether somebody works on the digests that wait, and how many jobs are dead."""
    from duizhao.jobs import Desk

    engine = open_database(database_url(settings))
    desk = Desk(engine, settings)
    counts, workers = desk.waiting(), desk.digests.workers()
    stuck = not workers and bool(counts["pages"])
    engine.dispose()
    told = f"排队 {counts['queued']}，进行中 {counts['running']}，失败 {counts['failed']}；工作进程 {workers} 个"
    return Finding("任务", not stuck, told + ("：请运行 duizhao worker" if stuck else ""))


def weights() -> Finding:
    """The shipped weights against their checksums."""
    from duizhao_models.encoder import verify

    problems = verify()
    return Finding("模型权重", not problems, "; ".join(problems) or "校验一致")


def cards() -> tuple[ModelCard, ...]:
    """The cards of all back ends."""
    return tuple(registry.card(kind, name) for kind in registry.PACKAGES for name in registry.names(kind))


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, False, "没有安装")
