"""Library files in (JSON lines with "date" and "text", gzipped or not); the units of their texts out, one a line.

python -m duizhao.compare.background_units central.jsonl.gz local.jsonl.gz --since 2012 > units.jsonl

The statistics of `duizhao_models.background` are counted over these lines.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from duizhao.compare.units import split_units
from duizhao.types.articles import Document

KINDS = ("demand", "action", "goal", "review", "assessment")


def main() -> None:
    """Write the lines to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--since", default="2012", help="texts of earlier dates speak another language of policy")
    parser.add_argument("--leave-out", action="append", default=[], metavar="DATE", help="a date to be measured on")
    args = parser.parse_args()
    for file in args.files:
        for text in units(file, args.since, args.leave_out):
            sys.stdout.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


def units(file: Path, since: str, leave_out: list[str]) -> Iterator[str]:
    """Texts of the units that say something, of the documents of these dates."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            date = str(row["date"])
            if date[: len(since)] >= since and date not in leave_out:
                yield from (u.text for u in split_units(Document("", row["text"])) if u.kind in KINDS)


if __name__ == "__main__":
    main()
