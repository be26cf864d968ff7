"""Articles and pages of ../shared in, training pages out: texts with gold that tells for each character what it is.

    python -m duizhao_models.training.link_pages --shared ../shared --out DIR [--pages 460] [--pieces 300] [--plain 500]

Four kinds: pages of a newspaper in the order of its content stream (`pages`), the same as pdftotext prints them from
a PDF (`pieces`), and short plain texts in the manner of web sites and news desks (`plain`): one to six items, heads
over bodies, one line a paragraph or wrapped, with and without blank lines, openings, bylines, headings inside an
article, stray heads and bodies without a head; and texts without any head (`bodies`): short items run together, or
one article. Pages and articles that ../shared uses for measuring are left out.

Each page is DIR/<kind>-<number>.json: {"text", "mode", "owner": [[start, end, article, role, paragraph, order], ...]}.
`pieces` needs reportlab, fonts and poppler, as ../shared/tools/pagegen.py says.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from duizhao_models.training import plain_pages
from duizhao_models.training.plain_pages import Owner

# Share of the pages in their own order that lack blank lines, and share of these lines that are missing there.
THINNED, MISSING = 0.3, 0.25
MODES = {"natural": "before", "body_first": "after", "heads_last": "last", "shuffled": "mixed"}


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for kind, count in (("pages", 460), ("pieces", 300), ("plain", 500), ("bodies", 500)):
        parser.add_argument(f"--{kind}", type=int, default=count)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    items = plain_pages.items_of(args.shared, _used(args.shared))
    for number in range(args.plain):
        _write(args.out, "plain", number, "plain", *plain_pages.plain_page(random.Random(number), items))
    runs = plain_pages.runs_of(args.shared)
    for number in range(args.bodies):
        _write(args.out, "bodies", number, "plain", *plain_pages.bodies(random.Random(number), runs, items))
    pages = PrintedPages(args.shared)
    for kind, count, seed in (("pages", args.pages, 5_000_000), ("pieces", args.pieces, 6_000_000)):
        for number in range(count):
            made = pages.make(kind, number, seed + number)
            if made:
                _write(args.out, kind, number, *made)


class PrintedPages:
    """Pages of one national paper, set anew by the page generator in ../shared."""

    def __init__(self, shared: Path) -> None:
        self.generator, self.scorer = _load(shared, "pagegen"), _load(shared, "score_segments")
        with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as plain:
            plain.write(gzip.decompress((shared / "data/pages/rmrb_pages.jsonl.gz").read_bytes()))
            plain.flush()
            pages = self.generator.load_pages(plain.name)
        used = _used(shared)
        self.pages = [page for page in pages if not any(a["id"] in used for a in page)]
        random.Random(20241).shuffle(self.pages)
        self.generator.Fonts.load()

    def make(self, kind: str, number: int, seed: int) -> tuple[str, str, list[Owner]] | None:
        """Mode, text and owners of a page; None where the generator finds no way to set it."""
        g = self.generator
        try:
            builder, groups, sequence, _ = g.build_page(
                self.pages[number % len(self.pages)], seed, "mix", None, whole=True
            )
        except (AssertionError, IndexError, ValueError, ZeroDivisionError):
            return None
        gold = g.gold_of(builder, groups, sequence, seed)
        if kind == "pages":
            text = _thinned(g.seedlike(gold, seed), random.Random(seed))
        else:
            with tempfile.TemporaryDirectory() as folder:
                builder.draw(f"{folder}/page.pdf", sequence)
                command = ["pdftotext", "-enc", "UTF-8", f"{folder}/page.pdf", "-"]
                text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        return MODES[gold["page"]["style"]["draw_order"]], text, self._owners(text, gold)

    def _owners(self, text: str, gold: dict[str, Any]) -> list[Owner]:
        flat = self.scorer.Flat(gold["articles"], gold["furniture"])
        places = [i for i, c in enumerate(text) if not c.isspace()]
        found, _ = self.scorer.tile([text[i] for i in places], [0] * len(places), flat.ch, flat.stream)
        paragraph, numbers = 0, []
        for j in range(len(flat.ch)):
            paragraph += j in flat.para_start
            numbers.append(paragraph if flat.role[j] == "body" else -flat.stream[j])
        owners = ((i, (flat.art[j], flat.role[j], numbers[j]), j) for i, j in zip(places, found, strict=True) if j >= 0)
        return _runs(owners)


def _thinned(text: str, rnd: random.Random) -> str:
    """On some pages blank lines are missing here and there."""
    if rnd.random() > THINNED:
        return text
    return re.sub(r"\n\n", lambda blank: "\n" if rnd.random() < MISSING else blank[0], text)


def _used(shared: Path) -> set[str]:
    golds = (json.loads(p.read_text("utf-8")) for p in (shared / "data/pages/generated").glob("*.gold.json"))
    return {a["src_id"] for gold in golds for a in gold["articles"] if a.get("src_id")}


def _runs(owners: Any) -> list[Owner]:
    """Characters with owners in, runs of neighbours with one owner out."""
    runs: list[Owner] = []
    for at, owner, order in owners:
        if runs and runs[-1][1] == at and runs[-1][2:5] == owner:
            runs[-1] = (runs[-1][0], at + 1, *runs[-1][2:])
        else:
            runs.append((at, at + 1, *owner, order))
    return runs


def _write(out: Path, kind: str, number: int, mode: str, text: str, owners: list[Owner]) -> None:
    row = {"text": text, "mode": mode, "owner": owners}
    (out / f"{kind}-{number:04d}.json").write_text(json.dumps(row, ensure_ascii=False), "utf-8")


def _load(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
