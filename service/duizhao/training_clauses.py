"""Articles and what was kept of them in, what the clause network learns from out (npz): states, cues, targets, no text.

    python -m duizhao.training_clauses labels --texts central.jsonl.gz headlines.jsonl.gz ... --out labelled.npz
    python -m duizhao.training_clauses articles briefs.jsonl.gz --reference summary --task abstract --out b.npz

`labels` reads the labels that ship beside `duizhao_models.training` (clause starts with the share of a fact that each
clause carries, no text) and finds their texts by id and digest. `articles` takes an editor's wording as the target: the
share of each clause's character pairs that it keeps.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from duizhao.documents import identified
from duizhao.summarize.clause_cues import clause_cues, clause_wordings, clauses_of
from duizhao.summarize.outline import Outline, outline
from duizhao.types.articles import Document
from duizhao_models.clause_net import TASKS, clause_states
from duizhao_models.encoder import load
from duizhao_models.salience import bigrams
from duizhao_models.training import LABELS

LABELLED = ("must", "should", "summary", "brief", "headline")
MOST_CLAUSES = 100
SHARED = 0.08


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    labels = kinds.add_parser("labels")
    labels.add_argument("--texts", type=Path, nargs="+", required=True)
    articles = kinds.add_parser("articles")
    articles.add_argument("articles", type=Path)
    articles.add_argument("--reference", default="title", help="field that holds the editor's wording")
    articles.add_argument("--task", choices=TASKS, required=True)
    articles.add_argument("--sample", type=int, default=0, help="articles drawn at random; 0 takes all")
    articles.add_argument("--without", type=Path, nargs="*", default=[], help="JSONL of texts that must stay out")
    for each in (labels, articles):
        each.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    examples = _labelled(args.texts) if args.kind == "labels" else _articles(args)
    _write(args.out, examples)


def digest(text: str) -> str:
    """What tells a text again: the start of the SHA-256 of its characters without white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def _labelled(paths: list[Path]) -> Iterator[tuple[Outline, Any]]:
    wanted = {row["id"]: row for row in _rows(LABELS)}
    for article in (a for path in paths for row in _rows(path) for a in _articles_of(row)):
        body = article.get("text") or article.get("body") or ""
        text = body if isinstance(body, str) else "\n".join(body)
        label = wanted.get(article["id"])
        if not label or digest(text) != label["digest"]:
            continue
        del wanted[article["id"]]
        read = outline(identified(Document(article["id"], text, article.get("title") or "")), len(text))
        shares = {row[0]: row[1:] for row in label["clauses"]}
        target = np.full((len(clauses_of(read)), len(TASKS)), np.nan, dtype=np.float32)
        columns = [TASKS.index(task) for task in LABELLED]
        for number, (_, _, _, clause) in enumerate(clauses_of(read)):
            target[number, columns] = shares.get(clause.start, [0.0] * len(columns))
        yield read, target
    for name in wanted:
        print("not found, or another text:", name)


def _articles_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The articles of a page (`articles`, known by page and place), or the one that the row is."""
    return [{**a, "id": f"{row['id']}-{n}"} for n, a in enumerate(row["articles"])] if "articles" in row else [row]


def _articles(args: argparse.Namespace) -> Iterator[tuple[Outline, Any]]:
    held_out = set().union(*(_stretches(r.get("text") or r["body"]) for path in args.without for r in _rows(path)))
    rows = list(_rows(args.articles))
    if args.sample and args.sample < len(rows):
        rows = [rows[i] for i in np.random.default_rng(0).permutation(len(rows))[: args.sample]]
    for row in rows:
        own = _stretches(row["body"])
        if len(own & held_out) > SHARED * len(own):
            continue
        title = "" if args.reference == "title" else row.get("title", "")
        read = outline(identified(Document(row["id"], row["body"][:6000], title)), 6000)
        kept = set(bigrams("".join(row[args.reference].split())))
        words = clause_wordings(read)[:MOST_CLAUSES]
        target = np.full((len(words), len(TASKS)), np.nan, dtype=np.float32)
        for number, grams in enumerate(set(bigrams("".join(w.split()))) for w in words):
            target[number, TASKS.index(args.task)] = len(grams & kept) / max(1, len(grams))
        yield read, target


def _write(out: Path, examples: Iterable[tuple[Outline, Any]]) -> None:
    encoder = load()
    parts: dict[str, list[Any]] = {"states": [], "cues": [], "targets": [], "titles": [], "sizes": []}
    for read, target in examples:
        if not len(target):
            continue
        words = clause_wordings(read)[: len(target)]
        states, title = clause_states(encoder, [words, [read.title] if read.title else []])
        parts["states"].append(states.astype(np.float16))
        parts["cues"].append(clause_cues(read)[: len(target)])
        parts["targets"].append(target)
        parts["titles"].append((title if len(title) else np.zeros_like(states[:1])).astype(np.float16))
        parts["sizes"].append(np.asarray([len(target)]))
    np.savez_compressed(out, **{name: np.concatenate(found) for name, found in parts.items()})  # type: ignore[arg-type]
    print(out, len(parts["sizes"]), "texts")


def _stretches(text: str) -> set[str]:
    han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    return {han[i : i + 12] for i in range(max(1, len(han) - 12))}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


if __name__ == "__main__":
    main()
