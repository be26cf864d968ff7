"""Exit code 0 if a worker of this machine was seen of late, else 1: `python -m duizhao.jobs.alive [NAME]`."""

from __future__ import annotations

import platform
import sys

from duizhao.jobs.liveness import Liveness
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database


def main(name: str | None = None) -> int:
    """`name` as `duizhao worker --name` was given it."""
    engine = open_database(database_url(Settings()))
    try:
        living = Liveness(engine).living()
    finally:
        engine.dispose()
    return int(not any(worker.rpartition("-")[0] == (name or platform.node()) for worker in living))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
