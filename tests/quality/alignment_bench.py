"""The gold pairs of ../shared in; figures of the alignment on pairs that it was not fitted on out.

python tests/quality/alignment_bench.py                     leave one pair out, with a bootstrap over the baseline
python tests/quality/alignment_bench.py --cells cells.jsonl writes the judged pairs for training.fit_alignment

Baseline: the sum of both cosines, character n-grams and the encoder as it was before training (../shared/base), each
z-scored against the cohort. The threshold of both comes from sections of other reports, as in training.fit_alignment.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

import numpy as np
import section_pairs
import shared_data

from duizhao import pipeline
from duizhao.compare import align, compare
from duizhao.compare.evidence import shared_phrases
from duizhao.compare.relation import is_heading, relation, specificity
from duizhao.compare.taxonomy import load_themes
from duizhao.compare.themes import classifier
from duizhao.exporters import json as shapes
from duizhao.segmenter.identify import identify_text
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.comparisons import Alignment, Comparison
from duizhao_models import encoder, registry
from duizhao_models.base import Embedder
from duizhao_models.embedders.encoder import EncoderEmbedder
from duizhao_models.training import fit_alignment, quantize_encoder

SHARED = Path(__file__).resolve().parents[3] / "shared"
RESAMPLES = 2000
CERTAIN = float(np.log(align.CERTAIN / (1 - align.CERTAIN)))  # in log odds
NAMES = fit_alignment.VIEWS["meaning"]
# z-scores of both cosines; those of shared n-grams run four times as far
BASELINE = {"char_ngrams": 0.25, "meaning": 1.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold pair of documents, compared, with the features of every pair of units and its label.

    Labels: 1 linked, 0 not linked, -1 debatable, -2 outside of the gold units.
    """

    name: str
    gold: dict[str, Any]
    found: Comparison
    compared: tuple[list[str], list[str]]
    features: np.ndarray
    plain: np.ndarray
    labels: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=Path)
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("../shared is not here")
    scorer = shared_data.load_scorer(SHARED, "score_alignment")
    base = _untrained()
    pairs = [_pair(scorer, path, base) for path in sorted((SHARED / "data/alignment").glob("*.json")) if _is_gold(path)]
    sections = section_pairs.features(SHARED, pipeline.build_embedders(Settings()), NAMES)
    if args.cells:
        _write_cells(pairs, sections, args.cells)
        return
    texts, cells = section_pairs.drawn(SHARED)
    loose = _plain(texts[0], texts[1], base)[cells[:, 0], cells[:, 1]] @ np.array(list(BASELINE.values()))
    link = np.quantile(loose, 1 - fit_alignment.LOOSE)
    plain = fit_alignment.Combination(BASELINE, float(link))
    held_out, baseline = [], []
    for pair in pairs:
        others = [p for p in pairs if p is not pair]
        learned = fit_alignment.fit({p.name: _judged(p) for p in others}, sections, NAMES)
        held_out.append(_predicted(pair, learned.sums(pair.features)))
        baseline.append(_predicted(pair, plain.sums(pair.plain), ranked=False))
    for title, rows in (("learned", held_out), ("baseline", baseline)):
        for pair, row in zip(pairs, rows, strict=True):
            _print(f"{title}, held out: {pair.name}", scorer.score(pair.gold, row))
        figures = [scorer.score(p.gold, row) for p, row in zip(pairs, rows, strict=True)]
        _print(f"{title}, mean", {n: mean(f[n] for f in figures) for n in ("ap", "f1", "coverage")})
    gains = bootstrap(scorer, pairs, held_out, baseline)
    for name, (low, middle, high) in gains.items():
        print(f"gain in {name}: {middle:+.3f}, 95 % between {low:+.3f} and {high:+.3f}")
    print(f"relation on gold links, macro-F1: {relation_f1(scorer, pairs):.3f}")
    print(f"verbatim links among the first 2n candidates: {verbatim_recall(scorer, pairs, held_out):.3f}")


def bootstrap(
    scorer: ModuleType, pairs: Sequence[Pair], one: Sequence[dict[str, Any]], other: Sequence[dict[str, Any]]
) -> dict[str, tuple[float, float, float]]:
    """Paired bootstrap over the central gold units of each pair: quantiles of the gain in AP and F1."""
    dice = np.random.default_rng(20240219)
    tables = [[_cells(scorer, p, made) for p, made in zip(pairs, side, strict=True)] for side in (one, other)]
    gains: dict[str, list[float]] = {"ap": [], "f1": []}
    for _ in range(RESAMPLES):
        values: dict[str, list[float]] = {"ap": [], "f1": []}
        for k, pair in enumerate(pairs):
            units = [u["id"] for u in pair.gold["central"]["units"]]
            times = dict(zip(*np.unique(dice.choice(units, len(units)), return_counts=True), strict=True))
            scores = [_ap_f1(table[k], times) for table in tables]
            for n, name in enumerate(("ap", "f1")):
                values[name].append(scores[0][n] - scores[1][n])
        for name, found in values.items():
            gains[name].append(mean(found))
    return {name: tuple(np.quantile(found, (0.025, 0.5, 0.975))) for name, found in gains.items()}  # type: ignore[misc]


def relation_f1(scorer: ModuleType, pairs: Sequence[Pair]) -> float:
    """Macro-F1 of the three relations over all gold links that some candidate covers, linked or not."""
    told, true = [], []
    for pair in pairs:
        gold = {(p["central"], p["local"]): p["relation"] for p in pair.gold["pairs"]}
        made = shapes.comparison(pair.found)
        left, right = (scorer.owners(made[s]["units"], pair.gold[s]["units"]) for s in ("central", "local"))
        central, local = ({u.id: u for u in side.units} for side in (pair.found.central, pair.found.local))
        best: dict[tuple[str, str], Alignment] = {}
        for a in pair.found.alignments:
            for cell in ((c, x) for c in left[a.central] for x in right[a.local]):
                if cell in gold and (cell not in best or a.score > best[cell].score):
                    best[cell] = a
        for cell, a in best.items():
            phrases = shared_phrases(central[a.central], local[a.local])
            told.append(relation(central[a.central].text, local[a.local].text, a.local_quote.text, phrases))
            true.append(gold[cell])
    scores = []
    for name in ("verbatim", "concretised", "same_theme"):
        hits = sum(a == b == name for a, b in zip(told, true, strict=True))
        scores.append(2 * hits / max(1, told.count(name) + true.count(name)))
    return mean(scores)


def verbatim_recall(scorer: ModuleType, pairs: Sequence[Pair], made: Sequence[dict[str, Any]]) -> float:
    """Share of the gold links called verbatim that are among the first 2n candidates (n: gold links of the pair)."""
    hits = total = 0
    for pair, row in zip(pairs, made, strict=True):
        ranked = sorted(_cells(scorer, pair, row), reverse=True)[: 2 * len(pair.gold["pairs"])]
        first = {cell for _, cell, _, _ in ranked}
        wanted = [(p["central"], p["local"]) for p in pair.gold["pairs"] if p["relation"] == "verbatim"]
        hits, total = hits + sum(w in first for w in wanted), total + len(wanted)
    return hits / total


def _untrained() -> Embedder:
    with tempfile.TemporaryDirectory() as folder:
        quantize_encoder.quantize(SHARED / "base", Path(folder))
        return EncoderEmbedder(encoder.Encoder(Path(folder)))


def _plain(central: Sequence[str], local: Sequence[str], base: Embedder) -> np.ndarray:
    """The features of the baseline in the order of BASELINE."""
    views = (registry.build("embedder", align.SHARED_WORDING), base)
    return np.stack([np.asarray(align.normalised(central, local, view), dtype=float) for view in views], axis=-1)


def _pair(scorer: ModuleType, path: Path, base: Embedder) -> Pair:
    gold = json.loads(path.read_text("utf-8"))
    embedders = pipeline.build_embedders(Settings())
    sides = []
    for side in ("central", "local"):
        text, title, date = gold[side]["text"], gold[side].get("title", ""), gold[side].get("date")
        sides.append(Document(side, text, title, date, identify_text(text, title, date)))
    found = compare(sides[0], sides[1], embedders=embedders)
    paired = {name: {u.id: u for u in side.units} for name, side in (("c", found.central), ("l", found.local))}
    kept = (
        list(dict.fromkeys(a.central for a in found.alignments)),
        list(dict.fromkeys(a.local for a in found.alignments)),
    )
    texts = [["".join(paired[n][u].text.split()) for u in ids] for n, ids in zip("cl", kept, strict=True)]
    made = align.features(texts[0], texts[1], embedders, classifier(load_themes()).agreement(texts[0], texts[1]))
    features = np.stack([np.asarray(made[name], dtype=float) for name in NAMES], axis=-1)
    labels = _labels(scorer, gold, shapes.comparison(found), kept)
    return Pair(path.stem, gold, found, kept, features, _plain(texts[0], texts[1], base), labels)


def _labels(
    scorer: ModuleType, gold: dict[str, Any], made: dict[str, Any], kept: tuple[list[str], list[str]]
) -> np.ndarray:
    linked = {(p["central"], p["local"]) for p in gold["pairs"]}
    open_ = {tuple(d[:2]) if isinstance(d, list) else (d["central"], d["local"]) for d in gold["debatable"]}
    left, right = (scorer.owners(made[s]["units"], gold[s]["units"]) for s in ("central", "local"))
    labels = np.full((len(kept[0]), len(kept[1])), -2)
    for i, c in enumerate(kept[0]):
        for j, other in enumerate(kept[1]):
            cells = {(x, y) for x in left[c] for y in right[other]}
            if cells:
                labels[i, j] = 1 if cells & (linked - open_) else -1 if cells & open_ else 0
    return labels


def _judged(pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    return pair.features[pair.labels >= 0], pair.labels[pair.labels >= 0]


def _predicted(pair: Pair, sums: np.ndarray, *, ranked: bool = True) -> dict[str, Any]:
    """The comparison with other scores, as JSON; quotes and the rule for slogans as shipped.

    `ranked`: with the rule for pairs that are among the best of neither unit.
    """
    rows, columns = ({u: k for k, u in enumerate(side)} for side in pair.compared)
    texts = [{u.id: u.text for u in side.units} for side in (pair.found.central, pair.found.local)]
    slogans = {
        (a.central, a.local)
        for a in pair.found.alignments
        if a.score >= align.LINKED and not a.linked and _says_little(texts[0][a.central], texts[1][a.local])
    }
    crowded = align.crowded(sums, CERTAIN)
    made = shapes.comparison(pair.found)
    for a in made["alignments"]:
        place = rows[a["central"]], columns[a["local"]]
        a["score"] = float(sums[place])
        a["linked"] = a["score"] >= 0 and (a["central"], a["local"]) not in slogans and not (ranked and crowded[place])
    return made


def _says_little(central: str, local: str) -> bool:
    return not (specificity(central) and specificity(local)) or (is_heading(local) and not is_heading(central))


def _cells(scorer: ModuleType, pair: Pair, made: dict[str, Any]) -> list[tuple[float, tuple[str, str], bool, bool]]:
    """Score, cell, linked, gold of every cell that is not debatable."""
    linked = {(p["central"], p["local"]) for p in pair.gold["pairs"]}
    open_ = {tuple(d[:2]) if isinstance(d, list) else (d["central"], d["local"]) for d in pair.gold["debatable"]}
    found = scorer.cells(pair.gold, made)
    return [(score, cell, told, cell in linked) for cell, (score, told) in found.items() if cell not in open_]


def _ap_f1(cells: Sequence[tuple[float, tuple[str, str], bool, bool]], times: dict[str, int]) -> tuple[float, float]:
    """AP and F1 with each central unit counted as often as it was drawn."""
    rank = hits = told = true = both = 0
    total = 0.0
    for _, (central, _local), linked, gold in sorted(cells, reverse=True):
        count = int(times.get(central, 0))
        for _ in range(count):
            rank += 1
            if gold:
                hits += 1
                total += hits / rank
        told, true, both = told + count * linked, true + count * gold, both + count * (linked and gold)
    return total / max(1, true), 2 * both / max(1, told + true)


def _write_cells(pairs: Sequence[Pair], sections: np.ndarray, path: Path) -> None:
    judged = {pair.name: _judged(pair) for pair in pairs}
    judged[fit_alignment.SECTIONS] = sections, np.zeros(len(sections), dtype=int)
    with path.open("w", encoding="utf-8") as out:
        for name, cells in judged.items():
            for features, label in zip(*cells, strict=True):
                named = dict(zip(NAMES, map(float, features), strict=True))
                out.write(json.dumps({"pair": name, "label": int(label), "features": named}) + "\n")


def _is_gold(path: Path) -> bool:
    return "pairs" in json.loads(path.read_text("utf-8"))


def _print(title: str, figures: dict[str, Any]) -> None:
    print(f"{title:52} " + "  ".join(f"{n} {figures[n]:.3f}" for n in ("ap", "f1", "coverage")))


if __name__ == "__main__":
    main()
