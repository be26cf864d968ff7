"""Units of every text of the library: exact spans, no needless length, nothing lost (about half a minute)."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from duizhao.compare import split_units
from duizhao.compare.clauses import ENUMERATOR
from duizhao.compare.units import LONGEST, LONGEST_OTHER
from duizhao.types.articles import Document

pytestmark = pytest.mark.slow

LIBRARY = Path(__file__).resolve().parents[3] / "shared/data/library"
# What may lie between units: marks of lists, lead-ins up to their verb, the meeting that a guidance clause opens with.
_LEFT_OUT = re.compile(
    r"(?:会议|大会|全会|活动)?|.{0,140}(?:指出|强调|表示|认为|提出|说|介绍|写道|指示|明确|要求|决定|重申|宣布)[，,：:]?"
)


@pytest.mark.parametrize("name", ["central", "local"])
def test_units_of_every_text_are_exact_and_lose_nothing(name: str) -> None:
    file = LIBRARY / f"{name}.jsonl.gz"
    if not file.is_file():
        pytest.skip("../shared is not here")
    long = lost = total = characters = 0
    for text in _texts(file):
        at = 0
        for unit in split_units(Document("", text)):
            assert at <= unit.start < unit.end and text[unit.start : unit.end] == unit.text
            assert len(unit.text) <= LONGEST_OTHER
            for span in filter(None, (unit.speaker, unit.marker)):
                assert 0 <= span.start < span.end <= unit.start or span.start < unit.start
            long += len(unit.text) > LONGEST and unit.kind in ("demand", "action", "goal")
            total += 1
            lost += _lost(text[at : unit.start])
            at = unit.end
        lost += _lost(text[at:])
        characters += len(text)
    assert total and long == 0
    assert lost <= characters / 100_000


def _lost(between: str) -> int:
    """Characters between two units that are neither a mark of a list nor a lead-in."""
    rest = ENUMERATOR.sub("", "".join(between.split())).strip("；;。")
    return 0 if _LEFT_OUT.fullmatch(rest) else len(rest)


def _texts(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]
