"""What running processes have used so far: memory, the processor, and the time in which they waited for a core."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and all below it."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def memory(pid: int) -> float:
    """MB in use by a process and all below it."""
    found = [re.search(r"Rss:\s+(\d+)", Path(f"/proc/{p}/smaps_rollup").read_text()) for p in family(pid)]
    return sum(int(each[1]) for each in found if each) / 1024


def processor(pid: int) -> float:
    """Seconds of processor that a process and all below it have used."""
    fields = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in family(pid)]
    return sum(int(f[11]) + int(f[12]) for f in fields) / os.sysconf("SC_CLK_TCK")


def waited(pid: int) -> float:
    """Seconds in which the busiest thread of one process could have run but had no core, as others had them."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread may end at any moment
            ran, stood, _ = (task / "schedstat").read_text().split()
            found.append((int(ran), int(stood)))
    return max(found)[1] / 1e9


def load() -> str:
    """The load of the machine, for the log of a measurement."""
    return "load of the machine {:.1f}, {:.1f}, {:.1f}".format(*os.getloadavg())
