"""The dev sets of ../shared in, a table of summarizers beside ours out (make bench-summaries).

Each summarizer runs in a process of its own, so that its memory is its own. The others are optional: what is not
installed is said to be so (pip install sumy snownlp textrank4zh jieba lede). They pick whole sentences; as many are
printed as fit the budget, in their order in the text, and the best one is cut where none fits.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared_data import load_scorer

SHARED = Path(__file__).resolve().parents[3] / "shared"
# name: (file, field of the prediction, field of the gold, budget)
SETS = {
    "official": ("data/summaries/official_dev.jsonl", "summary", "summary", 150),
    "briefs": ("data/summaries/briefs_dev.jsonl.gz", "brief", "summary", 60),
    "notes": ("data/summaries/editors_notes_dev.jsonl.gz", "summary", "summary", 150),
    "headlines": ("data/train/headlines_dev.jsonl.gz", "headline", "title", 30),
}
MOST_HEADLINES = 500
PACKAGES = {"textrank4zh": "textrank4zh", "snownlp": "snownlp", "lede": "lede"} | {
    f"sumy-{name}": "sumy" for name in ("lexrank", "lsa", "textrank")
}
NAMES = ("duizhao", "lead", *PACKAGES)
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’》）]*")
Ranker = Callable[[str, int], list[str]]


def main() -> None:
    """Run every summarizer and print one row each; with --only run one here and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=NAMES)
    args = parser.parse_args()
    if args.only:
        print(json.dumps(measure(args.only)))
        return
    if not SHARED.is_dir():
        sys.exit("../shared is not here: there is nothing to measure on")
    print("| summarizer | official must | R-2 | R-L | clean | briefs R-L | notes R-L | headlines R-L | seconds | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in NAMES:
        if name in PACKAGES and not installed(PACKAGES[name]):
            print(f"| {name} | not installed |", flush=True)
            continue
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, "--only", name], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"| {name} | failed: {done.stderr.strip().splitlines()[-1]} |", flush=True)
            continue
        print(row(name, json.loads(done.stdout.splitlines()[-1])), flush=True)


def installed(package: str) -> bool:
    """Whether a package is there; it is not imported for this."""
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def measure(name: str) -> dict[str, Any]:
    """Scores by set, seconds without loading (the first text is summarized twice), and the peak of memory in MB."""
    scorer = load_scorer(SHARED, "score_summaries")
    summarize = ours(name) if name in ("duizhao", "lead") else picked(ranker(name))
    figures: dict[str, Any] = {"seconds": 0.0}
    for label, (file, field, gold_field, budget) in SETS.items():
        gold = [g | {field: g[gold_field]} for g in read(SHARED / file)][:MOST_HEADLINES]
        # headlines are made without the title, which is the answer
        texts = [(g.get("text") or g["body"], "" if label == "headlines" else g.get("title") or "") for g in gold]
        summarize(texts[:1], field, budget)
        start = time.perf_counter()
        made = summarize(texts, field, budget)
        figures["seconds"] += time.perf_counter() - start
        figures[label] = scorer.score(gold, [{"id": g["id"], field: m} for g, m in zip(gold, made, strict=True)], field)
    figures["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def ours(name: str) -> Callable[[list[tuple[str, str]], str, int], list[str]]:
    """Our summarizer; `lead` is the lead of the same clean sentences."""
    from duizhao.documents import identified
    from duizhao.summarize import summarize
    from duizhao.types.articles import Document
    from duizhao.types.summaries import Summary
    from duizhao_models import registry

    model = registry.build("summarizer", "lead" if name == "lead" else "extractive")

    def run(texts: list[tuple[str, str]], field: str, budget: int) -> list[str]:
        documents = [identified(Document(str(i), text, title)) for i, (text, title) in enumerate(texts)]
        made = summarize(documents, model=model, lengths=[field], max_chars=budget)  # type: ignore[list-item]
        return [m.texts[field] if isinstance(m, Summary) else "" for m in made]  # type: ignore[index]

    return run


def picked(rank: Ranker) -> Callable[[list[tuple[str, str]], str, int], list[str]]:
    """A summarizer from a ranking of sentences."""

    def run(texts: list[tuple[str, str]], field: str, budget: int) -> list[str]:
        return [fitted(text, rank(text, budget), budget) for text, _ in texts]

    return run


def fitted(text: str, ranked: list[str], budget: int) -> str:
    """The best sentences that fit, in the order of the text; the best one cut where none fits."""
    kept: list[str] = []
    for sentence in ("".join(s.split()) for s in ranked):
        if sentence and sentence not in kept and sum(map(len, kept)) + len(sentence) <= budget:
            kept.append(sentence)
    flat = "".join(text.split())
    return "".join(sorted(kept, key=flat.find)) or "".join(ranked[:1]).strip()[:budget]


def ranker(name: str) -> Ranker:
    """The sentences of a text, best first, as a package ranks them with its own defaults for Chinese."""
    if name == "snownlp":
        from snownlp import SnowNLP

        return lambda text, budget: list(SnowNLP(text).summary(8))
    if name == "lede":
        import lede

        return lambda text, budget: SENTENCE.findall(lede.summarize(text, budget).summary)
    if name == "textrank4zh":
        return textrank4zh()
    return sumy(name.removeprefix("sumy-"))


def textrank4zh() -> Ranker:
    """TextRank4ZH; it calls networkx by a name that newer versions have dropped."""
    import networkx

    if not hasattr(networkx, "from_numpy_matrix"):
        networkx.from_numpy_matrix = networkx.from_numpy_array
    from textrank4zh import TextRank4Sentence

    def rank(text: str, budget: int) -> list[str]:
        found = TextRank4Sentence()
        found.analyze(text=text, lower=True, source="all_filters")
        return [item.sentence + "。" for item in found.get_key_sentences(num=8)]

    return rank


def sumy(method: str) -> Ranker:
    """LexRank, LSA or TextRank of sumy with its Chinese tokenizer (jieba)."""
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    summarizer = {"lexrank": LexRankSummarizer, "lsa": LsaSummarizer, "textrank": TextRankSummarizer}[method]()
    tokenizer = Tokenizer("chinese")
    return lambda text, budget: [
        str(s) for s in summarizer(PlaintextParser.from_string(text, tokenizer).document, 3 if budget < 100 else 5)
    ]


def row(name: str, figures: dict[str, Any]) -> str:
    """One row of the table."""
    official = figures["official"]
    cells = [f"{official['must']:.2f}", f"{official['r2']:.1f}", f"{official['rl']:.1f}", f"{official['clean']:.2f}"]
    cells += [f"{figures[label]['rl']:.1f}" for label in ("briefs", "notes", "headlines")]
    cells += [f"{figures['seconds']:.0f}", f"{figures['megabytes']:.0f}"]
    return f"| {name} | " + " | ".join(cells) + " |"


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    main()
