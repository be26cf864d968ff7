"""Nothing in; a table of figures beside their floors out, and a failure if one is below (make quality).

Figures come from the gold data in ../shared where that folder is present, and always from the project's own.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import floors
import shared_data
import small_gold

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Measure, print, judge."""
    pinned = floors.load()
    complaints = floors.objections(pinned, floors.committed_before())
    start = time.perf_counter()
    values = small_gold.measure(ROOT)
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        values |= shared_data.measure(shared)
    else:
        print("../shared is not here: only the project's own small gold is measured")
    verdicts = floors.judge(values, pinned)
    for v in verdicts:
        floor = "      -" if v.floor is None else f"{v.floor:7.3f}"
        print(f"{'ok  ' if v.good else 'FAIL'} {v.name:42} {v.value:7.3f}  floor {floor}")
    for complaint in complaints:
        print(f"FAIL {complaint}")
    failed = sum(not v.good for v in verdicts) + len(complaints)
    print(f"measured in {time.perf_counter() - start:.0f} s")
    print(f"{sum(v.good for v in verdicts)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
