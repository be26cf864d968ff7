"""Pairs of ../shared in; the speed of the comparison, its memory, and false links between unrelated texts out.

python tests/quality/bench_compare.py

Unrelated: central readouts of the library against short items of sport, film and music, put together to texts.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from duizhao.compare import compare
from duizhao.documents import identified
from duizhao.types.articles import Document
from duizhao.types.comparisons import Comparison
from duizhao_models import registry
from duizhao_models.base import Embedder

SHARED = Path(__file__).resolve().parents[3] / "shared"
ROUNDS = {"page pair": 5, "work reports": 1}
PAIRS, ITEMS = 80, 5
LEISURE = re.compile("夺冠|世锦赛|联赛|决赛|冠军|票房|影片|电影节|演唱会|音乐会")


def main() -> None:
    """Print the figures."""
    if not SHARED.is_dir():
        sys.exit("../shared is not here: there are no texts to measure")
    views = {"with the encoder": ("encoder", "char_ngrams"), "without": ("char_ngrams",)}
    for view, names in views.items():
        embedders = [registry.build("embedder", name) for name in names]
        for title, file in (("page pair", "seed"), ("work reports", "national2025_shandong2025")):
            central, local = _gold(file)
            _warm(embedders)
            rounds = [_timed(central, local, names) for _ in range(ROUNDS[title])]
            clock, processor = (statistics.median(column) for column in zip(*rounds, strict=True))
            size = f"{len(central.text)} and {len(local.text)} characters"
            print(f"{title} ({size}), {view}: {clock:.3f} s, {processor:.3f} s of one core")
        print(f"false links between unrelated texts, {view}: {unrelated(embedders):.2f} in 1,000 cells")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def unrelated(embedders: Sequence[Embedder]) -> float:
    """Links in 1,000 cells of compared units."""
    dice = random.Random(7)
    central = [r for r in _rows("library/central.jsonl.gz") if r["date"] >= "2019" and 400 < len(r["text"]) < 3000]
    leisure = [r["body"] for r in _rows("train/flash_headlines.jsonl.gz") if LEISURE.search(r["title"])]
    cells = links = 0
    for _ in range(PAIRS):
        row = dice.choice(central)
        local = "\n".join(dice.sample(leisure, ITEMS))
        found = compare(Document("c", row["text"]), Document("l", local), embedders=embedders)
        cells += _cells(found)
        links += sum(a.linked for a in found.alignments)
    return 1000 * links / max(1, cells)


def _cells(found: Comparison) -> int:
    """All candidates: the local texts are too short to have more than are kept."""
    return len(found.alignments)


def _timed(central: Document, local: Document, names: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor, with models in memory and no vectors remembered."""
    embedders = [registry.build("embedder", name) for name in names]  # a new one remembers nothing
    start = time.perf_counter(), time.process_time()
    compare(central, local, embedders=embedders)
    return time.perf_counter() - start[0], time.process_time() - start[1]


def _warm(embedders: Sequence[Embedder]) -> None:
    compare(Document("c", "要加强水库管护。"), Document("l", "新建水库三座。"), embedders=embedders)


def _gold(name: str) -> tuple[Document, Document]:
    gold = json.loads((SHARED / f"data/alignment/{name}.json").read_text("utf-8"))
    central, local = (identified(Document(side, gold[side]["text"])) for side in ("central", "local"))
    return central, local


def _rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
