"""The gold data and scorers in ../shared in, figures by name out."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

from duizhao import pipeline
from duizhao.documents import identified, segment_pages
from duizhao.exporters import json as shapes
from duizhao.segmenter.identify import identify_text
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.summaries import Summary

# the shape of a page is checked here on every kind of text layer that the folder holds
SUFFIXES = {"pdf": ".pdf", "seedlike": ".seedlike.txt", "pdftotext": ".pdftotext.txt"}


def measure(shared: Path) -> dict[str, float]:
    """Every figure that the gate knows, by name."""
    settings = Settings()
    return segments(shared) | summaries(shared, settings) | alignment(shared, settings) | levels(shared)


def segments(shared: Path) -> dict[str, float]:
    """Mean scores over the pages of each kind; invariant and conservation as the worst page."""
    scorer = load_scorer(shared, "score_segments")
    pages = shared / "data/pages"
    kinds = {"seed": [(pages / "seed_page.txt", pages / "seed_page.gold.json")]}
    for kind, suffix in SUFFIXES.items():
        found = sorted((pages / "generated").glob(f"*{suffix}"))
        kinds[kind] = [(p, p.with_name(p.name.replace(suffix, ".gold.json"))) for p in found]
    figures: dict[str, float] = {}
    for kind, pairs in kinds.items():
        scores = [_score_page(scorer, page, gold) for page, gold in pairs]
        for name in ("overall", "article_f1", "headline_role", "para_f1"):
            figures[f"segments.{kind}.{name}"] = mean(s[name] for s in scores)
        for name in ("invariant", "conserved"):
            figures[f"segments.{kind}.{name}"] = min(s[name] for s in scores)
    return figures


def summaries(shared: Path, settings: Settings) -> dict[str, float]:
    """Scores of the default summarizer; lengths as shares of texts inside their budgets."""
    scorer = load_scorer(shared, "score_summaries")
    summarizer = pipeline.build_summarizer(settings)
    gold = [json.loads(x) for x in (shared / "data/summaries/official_dev.jsonl").read_text("utf-8").splitlines()]
    documents = [identified(Document(g["id"], g["text"], g.get("title", ""))) for g in gold]
    made = [s for s in pipeline.summarize_documents(documents, summarizer, settings) if isinstance(s, Summary)]
    rows = [shapes.summary(s) for s in made]
    figures: dict[str, float] = {"summaries.official.answered": len(made) / len(gold)}
    for field, budget, names in (
        ("summary", 150, ("must", "r2", "clean", "numbers", "quotes")),
        ("brief", 60, ("rl", "clean", "numbers", "quotes")),
        ("headline", 30, ("rl", "clean", "numbers", "quotes")),
    ):
        scores = scorer.score(gold, rows, field)
        for name in names:
            figures[f"summaries.official.{field}.{name}"] = 1.0 if scores[name] is None else scores[name]
        figures[f"summaries.official.{field}.in_budget"] = float(scores["longest"] <= budget)
    return figures


def alignment(shared: Path, settings: Settings) -> dict[str, float]:
    """Means over the gold pairs of documents."""
    scorer = load_scorer(shared, "score_alignment")
    comparer = pipeline.build_comparer(settings)
    scores = []
    for path in sorted((shared / "data/alignment").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if "pairs" not in gold:
            continue
        sides = [
            identified(Document(side, gold[side]["text"], gold[side].get("title", ""), gold[side].get("date")))
            for side in ("central", "local")
        ]
        (found,) = pipeline.compare_documents(sides[0], sides[1:], comparer)
        scores.append(scorer.score(gold, shapes.comparison(found)))
    return {f"alignment.{n}": mean(s[n] for s in scores) for n in ("ap", "f1", "coverage", "evidence")}


def levels(shared: Path) -> dict[str, float]:
    """Share of 300 items drawn from the library whose side (central, local) is right."""
    items = [("central", i) for i in _rows(shared / "data/library/central.jsonl.gz")]
    items += [("local", i) for i in _rows(shared / "data/library/local.jsonl.gz")]
    drawn = random.Random(20240219).sample(items, 300)
    right = 0
    for side, item in drawn:
        level = identify_text(item["text"], item["title"], item.get("date")).level
        right += level is not None and (level == "central") == (side == "central")
    return {"levels.library": right / len(drawn)}


def load_scorer(shared: Path, name: str) -> ModuleType:
    """A scorer of ../shared/tools as a module."""
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _score_page(scorer: ModuleType, page: Path, gold: Path) -> dict[str, Any]:
    result = shapes.segmented(next(segment_pages(page.read_bytes(), str(page))))
    kept = scorer.invariant(result)
    scores: dict[str, Any] = scorer.score(json.loads(gold.read_text("utf-8")), scorer.project_names(result))
    return scores | {"invariant": kept}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from _parsed(lines)


def _parsed(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield json.loads(line)
