"""The project's own small gold in, figures by name out: plain measures, for where ../shared is absent."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean
from typing import Any

from duizhao import pipeline
from duizhao.documents import identified, segment_pages
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.comparisons import Comparison, Unit
from duizhao.types.summaries import Summary


def measure(root: Path) -> dict[str, float]:
    """Every figure, by name."""
    settings = Settings()
    return segments(root) | summaries(root, settings) | alignment(root, settings)


def segments(root: Path) -> dict[str, float]:
    """Share of gold paragraphs, headlines and levels that come out exactly, over the three samples."""
    paragraphs, headlines, sides = [], [], []
    for gold_path in sorted((root / "tests/data/samples").glob("*.gold.json")):
        gold = json.loads(gold_path.read_text("utf-8"))
        page = root / "service/duizhao/samples" / gold_path.name.replace(".gold.json", ".txt")
        (result,) = segment_pages(page.read_bytes(), str(page))
        made = [[_squash(p.text) for p in a.paragraphs] for a in result.articles]
        titles = {_squash(a.headline.text) for a in result.articles if a.headline}
        for g in gold["articles"]:
            wanted = [_squash(p) for p in g["paragraphs"]]
            best = max(made, key=lambda m: sum(p in m for p in wanted), default=[])
            paragraphs += [p in best for p in wanted]
            if g.get("title"):
                headlines.append(_squash(g["title"]) in titles)
            if wanted:
                found = next((a for a, m in zip(result.articles, made, strict=True) if m is best), None)
                sides.append(found is not None and found.identity.level == g.get("level"))
    return {
        "small.segments.paragraphs": mean(paragraphs),
        "small.segments.headlines": mean(headlines),
        "small.segments.levels": mean(sides),
    }


def summaries(root: Path, settings: Settings) -> dict[str, float]:
    """Share of must-have facts in the summary (60 % of their character bigrams), and of summaries in budget."""
    gold = _lines(root / "tests/data/small_gold/summaries.jsonl")
    documents = [identified(Document(g["id"], g["text"], g.get("title", ""))) for g in gold]
    made = pipeline.summarize_documents(documents, pipeline.build_summarizer(settings), settings)
    facts, budget = [], []
    for g, s in zip(gold, made, strict=True):
        assert isinstance(s, Summary)
        text = s.texts["summary"]
        budget.append(len(text) <= 150 and len(s.texts["brief"]) <= 60 and len(s.texts["headline"]) <= 30)
        for point in g["key_points"]:
            if point["level"] == "must":
                wanted = _bigrams(point["text"])
                facts.append(len(wanted & _bigrams(text)) >= 0.6 * len(wanted))
    return {"small.summaries.must": mean(facts), "small.summaries.in_budget": mean(budget)}


def alignment(root: Path, settings: Settings) -> dict[str, float]:
    """Precision and recall of the linked pairs, and the share of quotes at their places."""
    gold = json.loads((root / "tests/data/small_gold/alignment.json").read_text("utf-8"))
    sides = [Document(s, gold[s]["text"], gold[s].get("title", ""), gold[s].get("date")) for s in ("central", "local")]
    (found,) = pipeline.compare_documents(sides[0], sides[1:], pipeline.build_comparer(settings))
    wanted = {(p["central"], p["local"]) for p in gold["pairs"]}
    masked = {tuple(d[:2]) for d in gold["debatable"]}
    links = {cell for a in found.alignments if a.linked for cell in _cells(gold, found, a.central, a.local)} - masked
    hits = len(links & wanted)
    quotes = [
        side.document.text[q.start : q.end] == q.text
        for a in found.alignments
        for side, q in ((found.central, a.central_quote), (found.local, a.local_quote))
    ]
    return {
        "small.alignment.precision": hits / max(1, len(links)),
        "small.alignment.recall": hits / max(1, len(wanted)),
        "small.alignment.quotes": mean(quotes),
    }


def _cells(gold: dict[str, Any], found: Comparison, central: str, local: str) -> list[tuple[str, str]]:
    left = _owners(gold["central"]["units"], next(u for u in found.central.units if u.id == central))
    right = _owners(gold["local"]["units"], next(u for u in found.local.units if u.id == local))
    return [(c, x) for c in left for x in right]


def _owners(units: list[dict[str, Any]], unit: Unit) -> list[str]:
    def share(g: dict[str, Any]) -> float:
        common = min(g["end"], unit.end) - max(g["start"], unit.start)
        return common / max(1, min(g["end"] - g["start"], unit.end - unit.start))

    return [g["id"] for g in units if share(g) >= 0.5]


def _squash(text: object) -> str:
    return "".join(str(text).split())


def _bigrams(text: str) -> set[str]:
    kept = "".join(c for c in text if c.isalnum())
    return {kept[i : i + 2] for i in range(len(kept) - 1)}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
