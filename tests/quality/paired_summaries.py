"""The dev sets of ../shared in, the gain of our summaries over the lead out, article by article (make bench-summaries).

The lead is the lead of the same clean sentences. Gains are mean differences of ROUGE-L over characters, with the 95 %
interval of 2,000 bootstrap samples of the articles.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import numpy as np
from bench_summaries import SETS, SHARED, ours, read
from shared_data import load_scorer

# set: (fields of the prediction with the field of the gold and the budget of each)
MORE = {"official": [("headline", "headline", 30), ("brief", "brief", 60)]}
SAMPLES = 2_000


def main() -> None:
    """Print one row a set and length."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000, help="articles of a set at most; 0: all")
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("../shared is not here: there is nothing to measure on")
    rouge = load_scorer(SHARED, "score_summaries").rouge
    print("| set | length | articles | duizhao | lead | gain of ROUGE-L | 95 % |")
    print("|---|---|---|---|---|---|---|")
    for label, (file, *wanted) in SETS.items():
        gold = read(SHARED / file)[: args.most or None]
        for field, gold_field, budget in (tuple(wanted), *MORE.get(label, ())):
            texts = [(g.get("text") or g["body"], "" if label == "headlines" else g.get("title") or "") for g in gold]
            scores = [
                np.asarray([rouge(m, g[gold_field])[2] for m, g in zip(made, gold, strict=True)])
                for made in (ours(name)(texts, str(field), int(budget)) for name in ("duizhao", "lead"))
            ]
            gain = scores[0] - scores[1]
            low, high = interval(gain)
            cells = [label, field, len(gold), *(f"{s.mean():.1f}" for s in scores)]
            print("|", *(f"{c} |" for c in cells), f"{gain.mean():+.1f} | {low:+.1f} to {high:+.1f} |", flush=True)


def interval(gains: Any) -> tuple[float, float]:
    """The middle 95 % of the means of bootstrap samples."""
    chance = np.random.default_rng(0)
    means = [gains[chance.integers(0, len(gains), len(gains))].mean() for _ in range(SAMPLES)]
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


if __name__ == "__main__":
    main()
