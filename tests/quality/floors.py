"""Pinned floors in, verdicts out. A floor is the last entry of its history; it may fall only with a reason.

`floors.json` maps a figure to its history: [{"floor": 0.88, "reason": "why this number"}, ...]. The history
only grows: the version in the commit before must be its beginning.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
History = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure beside its floor (None: nobody pinned one yet)."""

    name: str
    value: float
    floor: float | None

    @property
    def good(self) -> bool:
        """At the floor or above."""
        return self.floor is None or self.value >= self.floor


def load(path: Path = FLOORS) -> dict[str, History]:
    """The histories of all floors."""
    found: dict[str, History] = json.loads(path.read_text(encoding="utf-8"))
    return found


def judge(values: Mapping[str, float], floors: Mapping[str, History]) -> list[Verdict]:
    """Every figure beside its floor, in the order of measuring."""
    return [Verdict(n, v, floors[n][-1]["floor"] if n in floors else None) for n, v in values.items()]


def objections(floors: Mapping[str, History], before: Mapping[str, History]) -> list[str]:
    """What is wrong with a set of floors, seen beside the version before it."""
    found = []
    for name, history in floors.items():
        if any(not str(entry.get("reason", "")).strip() for entry in history):
            found.append(f"{name}: an entry has no reason")
        old = list(before.get(name, []))
        if list(history[: len(old)]) != old:
            found.append(f"{name}: the history was rewritten; add an entry instead")
        for was, now in pairwise(history):
            if now["floor"] < was["floor"] and len(str(now.get("reason", "")).strip()) < 20:
                found.append(f"{name}: lowered from {was['floor']} to {now['floor']} without a written reason")
    return found + [f"{name}: the floor was removed" for name in before if name not in floors]


def committed_before(path: Path = FLOORS) -> dict[str, History]:
    """The floors of the last commit that changed the file before the present one (empty: there is none)."""
    relative = f"./{path.name}"
    log = _git("log", "-2", "--format=%H", "--", relative, folder=path.parent).split()
    clean = not _git("status", "--porcelain", "--", relative, folder=path.parent).strip()
    chosen = log[1:2] if clean else log[:1]
    text = _git("show", f"{chosen[0]}:{relative}", folder=path.parent) if chosen else ""
    found: dict[str, History] = json.loads(text) if text else {}
    return found


def _git(*arguments: str, folder: Path) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""
