"""Articles with an editor's wording in, one JSON line an article out: candidate lines, clauses and the wording.

    python -m duizhao.summarize.training_lines headlines.jsonl.gz --reference title --sample 12000 > lines.jsonl

`duizhao_models.training.train_salience` learns from these lines; models/ itself knows no articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from duizhao.summarize import headline
from duizhao.summarize.outline import outline
from duizhao.summarize.salience import Salience, clause_candidates, reading
from duizhao.types.articles import Document
from duizhao.types.summaries import BUDGETS
from duizhao_models import clause_net, headline_net

# Clauses that surely hold the first window, all that the headline network reads.
OPENING = 64


def main() -> None:
    """Read the arguments and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--reference", default="title", help="field that holds the editor's wording")
    parser.add_argument("--sample", type=int, default=0, help="articles drawn at random; 0 takes all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="JSONL of texts that must stay out")
    parser.add_argument("--kept", action="store_true", help="with what the headline network says of each line")
    args = parser.parse_args()
    held_out = {_mark(r.get("text") or r["body"]) for path in args.without for r in _rows(path)}
    rows = [r for r in _rows(args.articles) if _mark(r["body"]) not in held_out]
    if args.sample and args.sample < len(rows):
        rows = random.Random(args.seed).sample(rows, args.sample)
    for row in rows:
        print(json.dumps(_line(row, args.reference, kept=args.kept), ensure_ascii=False), file=sys.stdout)


def _line(row: dict[str, str], reference: str, *, kept: bool) -> dict[str, object]:
    title = "" if reference == "title" else row.get("title", "")
    read = outline(Document(row["id"], row["body"][:6000], title), 6000)
    lines = [c for c, _ in headline.candidates(read, BUDGETS["headline"], Salience({}))]
    features: Any = []
    if kept and lines:
        one = reading(read)
        opening = replace(one, clauses=one.clauses[:OPENING], cues=one.cues[:OPENING], places=one.places[:OPENING])
        (scores,) = clause_net.scores([opening])
        features = headline_net.line_features(scores.kept, [c.spans for c in lines]).round(4).tolist()
    return {
        "kept": features,
        "id": row["id"],
        "text": read.text,
        "title": title,
        "reference": row[reference],
        "lines": [astuple(c) for c in lines],
        "clauses": [astuple(c) for c in clause_candidates(read)[:120]],
    }


def _mark(text: str) -> str:
    """What tells a text again whatever its layout: its first Han characters after a dateline could stand."""
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")[60:120]


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    main()
