"""A page that never ends does not hold a worker for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import re
from duizhao.jobs import Input, Jobs
from duizhao.jobs import execute
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database

settings = Settings()
engine = open_database(database_url(settings))
job, _ = Jobs(engine, settings).submit([Input("a.txt", "清泽市召开会议。".encode())])
# a pattern that runs wild holds the interpreter, so that no other thread can look at a clock
execute.run_shard = lambda *_: re.match("(a+)+$", "a" * 60 + "b")
execute.Executor(engine, settings, "here")(job.id, 1, 0)
"""


def test_a_page_that_takes_too_long_ends_the_process(tmp_path: Path) -> None:
    environment = {
        "DUIZHAO_DATA_DIR": str(tmp_path),
        "DUIZHAO_PAGE_SECONDS": "0.5",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=os.environ | environment, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert b"Timeout" in done.stderr and "清泽".encode() not in done.stderr
