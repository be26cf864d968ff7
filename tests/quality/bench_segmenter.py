"""Pages and texts of ../shared in, tables of our segmenter beside simple baselines out (make bench-segmenter).

Pages: seed page, seedlike and pdftotext texts, and PDFs, by the scorer in ../shared. Bodies of several items run
together: F1 of the boundaries between paragraphs, on every tenth body (the others are for training).
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from types import ModuleType
from typing import Any

import baselines
import numpy as np
import shared_data

from duizhao.documents import segment_pages
from duizhao.exporters.json import segmented
from duizhao.readers.files import read_pages
from duizhao.readers.pdf import is_pdf
from duizhao.segmenter import segment

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ("overall", "article_f1", "headline_role", "para_f1", "conserved", "furniture")
HELD_OUT = 10
Segment = Callable[[bytes], dict[str, Any]]


def main() -> int:
    """Print both tables."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        print("../shared is not here: nothing to measure")
        return 0
    pages(shared)
    boundaries(shared)
    return 0


def pages(shared: Path) -> None:
    """Scores of every method on every kind of text, and on PDFs."""
    scorer = shared_data.load_scorer(shared, "score_segments")
    folder = shared / "data/pages"
    kinds = {"seed": [(folder / "seed_page.txt", folder / "seed_page.gold.json")]}
    for kind, suffix in shared_data.SUFFIXES.items():
        found = sorted((folder / "generated").glob(f"*{suffix}"))
        kinds[kind] = [(p, p.with_name(p.name.replace(suffix, ".gold.json"))) for p in found]
    print(f"{'pages':11}{'method':19}" + "".join(f"{name:>15}" for name in FIGURES) + f"{'ms (median)':>15}")
    for kind, pairs in kinds.items():
        for method, run in (PDF_METHODS if kind == "pdf" else TEXT_METHODS).items():
            rows, took = [], []
            for page, gold in pairs:
                data = page.read_bytes()
                start = time.perf_counter()
                result = run(data)
                took.append(1000 * (time.perf_counter() - start))
                truth = json.loads(gold.read_text("utf-8"))
                rows.append(scorer.score(truth, result) | {"furniture": furniture_f1(scorer, truth, result)})
            figures = "".join(f"{mean(r[name] for r in rows):15.3f}" for name in FIGURES)
            print(f"{kind:11}{method:19}{figures}{median(took):15.1f}")


def furniture_f1(scorer: ModuleType, gold: dict[str, Any], result: dict[str, Any]) -> float:
    """F1 of the characters that are furniture; 1 where there is none on either side."""
    true, found = (scorer.Flat(doc["articles"], doc.get("furniture")) for doc in (gold, result))
    match, _ = scorer.tile(found.ch, found.stream, true.ch, true.stream)
    both = sum(found.art[i] < 0 and j >= 0 and true.art[j] < 0 for i, j in enumerate(match))
    all_of_it = sum(a < 0 for a in true.art) + sum(a < 0 for a in found.art)
    return 2 * both / all_of_it if all_of_it else 1.0


def boundaries(shared: Path) -> None:
    """F1 of item boundaries among the paragraph ends, over all bodies together."""
    with gzip.open(shared / "data/train/multi_item.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for k, line in enumerate(lines) if k % HELD_OUT == 0]
    counts: dict[str, Counter[str]] = {name: Counter() for name in CUTTERS}
    for row in rows:
        paragraphs = row["body"].split("\n")
        true = _true_boundaries(paragraphs, row["boundaries"])
        for name, cut in CUTTERS.items():
            found = cut(paragraphs)
            counts[name] += Counter(both=len(found & true), found=len(found), true=len(true))
    print(f"\n{len(rows)} bodies of items run together\n{'method':14}{'precision':>12}{'recall':>12}{'F1':>12}")
    for name, c in counts.items():
        both, found, true = c["both"], c["found"], c["true"]
        print(
            f"{name:14}{both / max(1, found):12.3f}{both / max(1, true):12.3f}{2 * both / max(1, found + true):12.3f}"
        )


def ours(data: bytes) -> dict[str, Any]:
    """This project, in the shape of the scorer."""
    result = segmented(next(segment_pages(data, "bench.pdf" if is_pdf(data) else "bench.txt")))
    scorer = shared_data.load_scorer(ROOT.parent / "shared", "score_segments")
    named: dict[str, Any] = scorer.project_names(json.loads(json.dumps(result)))
    return named


def our_boundaries(paragraphs: list[str]) -> set[int]:
    """Where the segmenter changes from one article to another."""
    text = "\n".join(paragraphs)
    result = segment(next(read_pages(text.encode(), source="bench.txt", page_id="bench")))
    owner = np.full(len(text), -1)
    for number, article in enumerate(result.articles):
        fields = (article.headline, article.kicker, article.subheadline, *article.paragraphs, *article.captions)
        for start, end in (span for field in fields if field and not field.inline for span in field.spans):
            owner[start:end] = number
    at = np.cumsum([0, *(len(p) + 1 for p in paragraphs)])
    firsts, lasts = at[:-1], at[1:] - 2
    return {k for k in range(1, len(paragraphs)) if owner[firsts[k]] != owner[max(0, lasts[k - 1])]}


def text_tiling(paragraphs: list[str]) -> set[int]:
    """Hearst 1997 over character bigrams: depth of the similarity of neighbours, cut above mean - deviation / 2."""
    grams = [Counter(p[k : k + 2] for k in range(len(p) - 1)) for p in paragraphs]
    likeness = [_cosine(a, b) for a, b in pairwise(grams)]
    depth = [max(likeness[: k + 1]) + max(likeness[k:]) - 2 * value for k, value in enumerate(likeness)]
    if not depth:
        return set()
    least = mean(depth) - float(np.std(depth)) / 2
    return {k + 1 for k, value in enumerate(depth) if value >= least}


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(n * b[g] for g, n in a.items())
    norms = sum(n * n for n in a.values()) * sum(n * n for n in b.values())
    return float(dot / norms**0.5) if norms else 0.0


def _true_boundaries(paragraphs: list[str], lengths: list[int]) -> set[int]:
    """Numbers of the paragraphs that begin an item; items are parted by one line break."""
    starts = {sum(lengths[:k]) + k for k in range(1, len(lengths))}
    at = np.cumsum([0, *(len(p) + 1 for p in paragraphs)])
    return {k for k in range(1, len(paragraphs)) if int(at[k]) in starts}


TEXT_METHODS: dict[str, Segment] = {
    "ours": ours,
    "blank lines": lambda data: baselines.blank_lines(data.decode("utf-8")),
    "openings": lambda data: baselines.openings(data.decode("utf-8")),
}
PDF_METHODS: dict[str, Segment] = {"ours": ours, **baselines.of_pdfs()}
CUTTERS: dict[str, Callable[[list[str]], set[int]]] = {
    "ours": our_boundaries,
    "blank lines": lambda paragraphs: set(),
    "every line": lambda paragraphs: set(range(1, len(paragraphs))),
    "TextTiling": text_tiling,
}

if __name__ == "__main__":
    sys.exit(main())
