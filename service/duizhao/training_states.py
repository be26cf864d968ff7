"""Articles and what was kept of them in, what the encoder's changes for reading articles are learned from out, no text.

    python -m duizhao.training_states labels --texts central.jsonl.gz local.jsonl.gz ... --out runs/labels
    python -m duizhao.training_states articles briefs.jsonl.gz --reference summary --task abstract --out runs/briefs
    python -m duizhao.training_states headlines headlines.jsonl.gz --since 2018 --out runs/headlines

The texts are those of `duizhao.training_clauses`. OUT.npy holds the states of their tokens after the encoder's lower
layers (`FROZEN`), windows one behind the other with their marks for beginning and end; OUT.npz what belongs to them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from duizhao.documents import identified
from duizhao.summarize.outline import Outline, outline
from duizhao.summarize.salience import reading
from duizhao.training_clauses import article_arguments, articles, drawn, labelled
from duizhao.types.articles import Document
from duizhao_models.clause_net import TASKS, Reading, opening
from duizhao_models.clause_states import LONGEST_CLAUSE, windows
from duizhao_models.encoder import Encoder, load
from duizhao_models.headline_net import LONGEST_WEIGHED, STOPS, cues
from duizhao_models.salience import bigrams
from duizhao_models.training.changed_layers import FROZEN

MOST_TOKENS = 1500


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    labels = kinds.add_parser("labels")
    labels.add_argument("--texts", type=Path, nargs="+", required=True)
    kept = kinds.add_parser("articles")
    kept.add_argument("--task", choices=TASKS, required=True)
    heads = kinds.add_parser("headlines")
    for each in (kept, heads):
        article_arguments(each)
    for each in (labels, kept, heads):
        each.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with torch.inference_mode():
        if args.kind == "headlines":
            _write(args.out, (_headline(*found) for found in _headlines(args)))
        else:
            texts = labelled(args.texts) if args.kind == "labels" else articles(args)
            _write(args.out, (_clauses(*found) for found in texts))


def _headlines(args: argparse.Namespace) -> Iterator[tuple[Outline, str, int]]:
    for row in drawn(args):
        body = row["body"][:LONGEST_WEIGHED]
        yield outline(identified(Document(row["id"], body, "")), len(body)), row[args.reference], len(row["body"])


def _headline(read: Outline, headline: str, length: int) -> dict[str, Any]:
    """The first window of a text, and of each token the share of its characters and of their pairs in the headline."""
    encoder, one = load(), reading(read)
    tokens = opening(encoder, one)
    pairs = set(bigrams("".join(headline.split())))
    shared = [gram in pairs for gram in bigrams(read.text)] + [False] * 4
    targets = np.zeros((len(tokens), 2), dtype=np.float32)
    for row, (start, end, _, _) in enumerate(tokens):
        if end <= start or start >= len(read.text) - 1:
            continue
        if not (end == start + 1 and read.text[start] in STOPS):
            targets[row, 0] = np.mean([shared[i] or shared[i - 1] for i in range(start, end)])
        targets[row, 1] = np.mean(shared[start:end])
    ids = _ids(encoder, one)
    windowed = windows([len(i) for i in ids])[:1]
    states = _states(encoder, [[t for n in group for t in ids[n]] for group in windowed])
    plain = cues(read.text, tokens)
    plain[:, -1] = np.log1p(length) / 8
    return {"states": states, "cues": plain, "targets": targets} if len(states) and len(plain) else {}


def _clauses(read: Outline, target: Any) -> dict[str, Any]:
    """All windows of a text, the clause of each token, cues and targets of the clauses, the states of the title."""
    encoder, one = load(), reading(read)
    ids = _ids(encoder, one)[: len(target)]
    ids = ids[: max(1, int((np.cumsum([len(i) for i in ids]) <= MOST_TOKENS).sum()))]
    groups = windows([len(i) for i in ids])
    title = [encoder.pieces(read.title)[:LONGEST_CLAUSE]] if read.title else []
    return {
        "states": _states(encoder, [[t for n in group for t in ids[n]] for group in groups]),
        "windows": np.asarray([sum(len(ids[n]) for n in group) for group in groups]),
        "clauses": np.asarray([n for n, clause in enumerate(ids) for _ in clause]),
        "cues": one.cues[: len(ids)],
        "targets": target[: len(ids)],
        "title": _states(encoder, title) if title else np.zeros((0, encoder.dimension), dtype=np.float16),
    }


def _ids(encoder: Encoder, one: Reading) -> list[list[int]]:
    return [encoder.pieces(c)[:LONGEST_CLAUSE] or [encoder.config["pad_token_id"]] for c in one.clauses]


def _states(encoder: Encoder, sequences: list[list[int]]) -> Any:
    """States after the frozen layers, with the marks for beginning and end: tokens by width."""
    found = encoder.layer_states(sequences, FROZEN, marks=True)
    return torch.cat(found).half().numpy() if found else np.zeros((0, encoder.dimension), dtype=np.float16)


def _write(out: Path, examples: Iterator[dict[str, Any]]) -> None:
    parts: dict[str, list[Any]] = {}
    for example in examples:
        for name, values in example.items():
            parts.setdefault(name, []).append(values)
            parts.setdefault(f"{name}.sizes", []).append(np.asarray([len(values)]))
    np.save(out.with_suffix(".npy"), np.concatenate(parts.pop("states")))
    np.savez(out.with_suffix(".npz"), **{name: np.concatenate(found) for name, found in parts.items()})  # type: ignore[arg-type]
    print(out, len(parts["states.sizes"]), "texts")


if __name__ == "__main__":
    main()
