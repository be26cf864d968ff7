"""Articles and what was kept of them in, what the clause network learns from out (npz): states, cues, targets, no text.

    python -m duizhao.training_clauses labels --texts central.jsonl.gz headlines.jsonl.gz ... --out labelled.npz
    python -m duizhao.training_clauses bounds --texts central.jsonl.gz headlines.jsonl.gz ... --out bounds.npz
    python -m duizhao.training_clauses articles briefs.jsonl.gz --reference summary --task abstract --out b.npz

`labels` reads the labels that ship beside `duizhao_models.training` (clause starts with the share of a fact that each
clause carries, no text) and finds their texts by id and digest; `bounds` likewise those that say whether a sentence may
begin and end with a clause. `articles` takes an editor's wording as the target: the
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
from duizhao_models.bounds_net import inputs
from duizhao_models.clause_net import CHANGES, TASKS
from duizhao_models.clause_states import clause_states
from duizhao_models.encoder import load
from duizhao_models.salience import bigrams
from duizhao_models.training import BOUND_LABELS, LABELS

LABELLED = ("must", "should", "summary", "brief", "headline")
MOST_CLAUSES = 100
SHARED = 0.08
# How much of an article is read.
READ = 6000


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    labels = kinds.add_parser("labels")
    labels.add_argument("--texts", type=Path, nargs="+", required=True)
    bounds = kinds.add_parser("bounds")
    bounds.add_argument("--texts", type=Path, nargs="+", required=True)
    kept = kinds.add_parser("articles")
    article_arguments(kept)
    kept.add_argument("--task", choices=TASKS, required=True)
    for each in (labels, bounds, kept):
        each.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if args.kind == "bounds":
        _write_bounds(args.out, args.texts)
        return
    examples = labelled(args.texts) if args.kind == "labels" else articles(args)
    _write(args.out, examples)


def digest(text: str) -> str:
    """What tells a text again: the start of the SHA-256 of its characters without white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def _found(labels: Path, paths: list[Path]) -> Iterator[tuple[dict[str, Any], Document]]:
    """The labels of a file with their texts."""
    wanted = {row["id"]: row for row in _rows(labels)}
    for article in (a for path in paths for row in _rows(path) for a in _articles_of(row)):
        body = article.get("text") or article.get("body") or ""
        text = body if isinstance(body, str) else "\n".join(body)
        label = wanted.get(article["id"])
        if not label or digest(text) != label["digest"]:
            continue
        del wanted[article["id"]]
        yield label, identified(Document(article["id"], text, article.get("title") or ""))
    for name in wanted:
        print("not found, or another text:", name)


def labelled(paths: list[Path]) -> Iterator[tuple[Outline, Any]]:
    """The labelled texts with their targets, clauses by TASKS (NaN: not marked)."""
    columns = [TASKS.index(task) for task in LABELLED]
    for label, document in _found(LABELS, paths):
        read = outline(document, len(document.text))
        shares = {row[0]: row[1:] for row in label["clauses"]}
        target = np.full((len(clauses_of(read)), len(TASKS)), np.nan, dtype=np.float32)
        for number, (_, _, _, clause) in enumerate(clauses_of(read)):
            target[number, columns] = shares.get(clause.start, [0.0] * len(columns))
        yield read, target


def _write_bounds(out: Path, paths: list[Path]) -> None:
    encoder = load(changes=CHANGES)
    parts: dict[str, list[Any]] = {"states": [], "cues": [], "marks": [], "text": [], "edges": []}
    for number, (label, document) in enumerate(_found(BOUND_LABELS, paths)):
        read = outline(document, READ)
        marks = {row[0]: row[1:] for row in label["clauses"]}
        found = clauses_of(read)
        rows = [n for n, (_, _, _, clause) in enumerate(found) if clause.start in marks]
        (states,) = clause_states(encoder, [clause_wordings(read)])
        parts["states"].append(inputs(states)[rows].astype(np.float16))
        parts["cues"].append(clause_cues(read)[rows])
        parts["marks"].append(np.asarray([marks[found[n][3].start] for n in rows], dtype=np.float32).reshape(-1, 2))
        parts["text"].append(np.full(len(rows), number))
        edges = [(found[n][1] == 0, found[n][1] == len(found[n][2].clauses) - 1) for n in rows]
        parts["edges"].append(np.asarray(edges, dtype=bool).reshape(-1, 2))
    np.savez_compressed(out, **{name: np.concatenate(found) for name, found in parts.items()})  # type: ignore[arg-type]
    print(out, sum(len(p) for p in parts["cues"]), "clauses")


def _articles_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The articles of a page (`articles`, known by page and place), or the one that the row is."""
    return [{**a, "id": f"{row['id']}-{n}"} for n, a in enumerate(row["articles"])] if "articles" in row else [row]


def article_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `drawn`."""
    parser.add_argument("articles", type=Path)
    parser.add_argument("--reference", default="title", help="field that holds the editor's wording")
    parser.add_argument("--since", default="", help="first date that is taken")
    parser.add_argument("--sample", type=int, default=0, help="articles drawn at random; 0 takes all")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="JSONL of texts that must stay out")


def drawn(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The articles that are learned from: a sample, without those that share much with a text that must stay out."""
    held_out = set().union(*(_stretches(r.get("text") or r["body"]) for path in args.without for r in _rows(path)))
    rows = [row for row in _rows(args.articles) if row.get("date", "") >= args.since]
    if args.sample and args.sample < len(rows):
        rows = [rows[i] for i in np.random.default_rng(0).permutation(len(rows))[: args.sample]]
    for row in rows:
        own = _stretches(row["body"])
        if len(own & held_out) <= SHARED * len(own):
            yield row


def articles(args: argparse.Namespace) -> Iterator[tuple[Outline, Any]]:
    """Articles with what an editor kept of each clause, clauses by TASKS."""
    for row in drawn(args):
        title = "" if args.reference == "title" else row.get("title", "")
        read = outline(identified(Document(row["id"], row["body"][:READ], title)), READ)
        kept = set(bigrams("".join(row[args.reference].split())))
        words = clause_wordings(read)[:MOST_CLAUSES]
        target = np.full((len(words), len(TASKS)), np.nan, dtype=np.float32)
        for number, grams in enumerate(set(bigrams("".join(w.split()))) for w in words):
            target[number, TASKS.index(args.task)] = len(grams & kept) / max(1, len(grams))
        yield read, target


def _write(out: Path, examples: Iterable[tuple[Outline, Any]]) -> None:
    encoder = load(changes=CHANGES)
    parts: dict[str, list[Any]] = {"states": [], "cues": [], "targets": [], "titles": [], "sizes": []}
    for read, target in examples:
        if not len(target):
            continue
        words = clause_wordings(read)[: len(target)]
        states, title = clause_states(encoder, [words, [read.title] if read.title else []])
        parts["states"].append(states.mean.astype(np.float16))
        parts["cues"].append(clause_cues(read)[: len(target)])
        parts["targets"].append(target)
        parts["titles"].append((title.mean if len(title.mean) else np.zeros_like(states.mean[:1])).astype(np.float16))
        parts["sizes"].append(np.asarray([len(target)]))
    np.savez_compressed(out, **{name: np.concatenate(found) for name, found in parts.items()})  # type: ignore[arg-type]
    print(out, len(parts["sizes"]), "texts")


def _stretches(text: str) -> set[str]:
    """Runs of twelve Han characters, by which a text is known again."""
    han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    return {han[i : i + 12] for i in range(max(1, len(han) - 12))}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSONL file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


if __name__ == "__main__":
    main()
