"""Articles of ../shared in, PDF pages in layouts that its generator lacks, and a table of our scores on them, out.

    python tests/quality/bench_layouts.py [--pages 8] [--seed 1] [--keep DIR]

Five layouts: an article around another one (L-shaped), a wide lead over narrow columns, a caption beside its picture, a
table inside an article, two newspapers' pages side by side with a masthead each. Articles that the development pages
use are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import shared_data
from bench_segmenter import furniture_f1

from duizhao.documents import segment_pages
from duizhao.exporters.json import segmented

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from pdf_pages import Sheet, width_of  # noqa: E402
from printed import lines  # noqa: E402

SHARED = ROOT.parent / "shared"
WIDTH, HEIGHT, MARGIN = 900.0, 1200.0, 40.0
SIZE, LEADING, GAP = 10.0, 14.0, 16.0
MEASURE = 18
COLUMN = MEASURE * SIZE
FIGURES = ("overall", "article_f1", "headline_role", "para_f1", "conserved", "furniture")
PAPERS = ("清泽日报", "云麓晚报", "东浦新闻", "江原日报")
NAMES = ("林晓舟", "韩冬", "何思齐", "顾海峰", "宋佳宁")

Frame = tuple[float, float, int]


@dataclass
class Printed:
    """A sheet being filled, with its gold."""

    rnd: random.Random
    stock: Iterator[dict[str, Any]]
    sheet: Sheet = field(default_factory=lambda: Sheet(WIDTH, HEIGHT))
    articles: list[dict[str, Any]] = field(default_factory=list)
    furniture: list[dict[str, str]] = field(default_factory=list)

    def story(self, most: int, measure: int = MEASURE) -> tuple[str, list[str]]:
        """A title, and paragraphs that fill so many lines or a few less."""
        while True:
            article = next(self.stock)
            kept: list[str] = []
            used = 0
            for paragraph in article["paragraphs"]:
                need = len(lines(paragraph, measure))
                if used + need > most:
                    break
                kept.append(paragraph)
                used += need
            if used >= 0.6 * most and len(article["title"]) <= 22:
                return article["title"], kept

    def flow(
        self, paragraphs: list[str], frames: list[Frame], measure: int, size: float = SIZE, leading: float = LEADING
    ) -> None:
        """Paragraphs set into frames (left, top, rows), their first lines indented."""
        places = [(left, top + leading * row) for left, top, rows in frames for row in range(rows)]
        at = 0
        for paragraph in paragraphs:
            for number, line in enumerate(lines(paragraph, measure)):
                left, top = places[at]
                self.sheet.text(left + (2 * size if number == 0 else 0), top, line, size)
                at += 1

    def put(self, title: str, paragraphs: list[str], **more: Any) -> None:
        """Note an article."""
        self.articles.append({"id": f"a{len(self.articles)}", "title": title, "paragraphs": paragraphs, **more})

    def headline(self, text: str, left: float, right: float, top: float, size: float = 24) -> None:
        """One line over a width, smaller if it must be."""
        size = min(size, (right - left) / max(1, width_of(text, 1)))
        self.sheet.centred(left, right, top, text, size)

    def page_head(self, left: float, right: float, number: int) -> None:
        """Masthead, date and folio over a width."""
        day = f"{self.rnd.randint(2023, 2025)}年{self.rnd.randint(1, 12)}月{self.rnd.randint(1, 28)}日 星期三"
        parts = (("masthead", self.rnd.choice(PAPERS), 26.0), ("date", day, 9.0), ("folio", f"{number}版", 12.0))
        places = (left, left + 200, right - 40)
        for (role, text, size), place in zip(parts, places, strict=True):
            self.sheet.text(place, 30, text, size)
            self.furniture.append({"role": role, "text": text})
        self.sheet.rule(left, 66, right, 66)


def x(column: int) -> float:
    """Left edge of a column."""
    return MARGIN + column * (COLUMN + GAP)


def around(p: Printed) -> None:
    """An article in the shape of an L around another one, and a third one below."""
    p.page_head(MARGIN, x(3) + COLUMN, 2)
    rows = p.rnd.randint(18, 26)
    title, body = p.story(6 * rows - 8)
    p.headline(title, x(0), x(3) + COLUMN, 80, 32)
    inner, inner_body = p.story(2 * (rows - 6))
    tall, short = 130.0, 130.0 + (rows + 3) * LEADING
    frames = [(x(0), tall, 2 * rows), (x(1), tall, 2 * rows), (x(2), short, rows - 3), (x(3), short, rows - 3)]
    p.sheet.box(x(2) - 5, tall - 4, x(3) + COLUMN + 5, short - 16)
    p.headline(inner, x(2), x(3) + COLUMN, tall + 6, 20)
    p.flow(inner_body, [(x(k), tall + 44, rows - 3) for k in (2, 3)], MEASURE)
    p.flow(body, frames, MEASURE)
    p.put(title, body)
    p.put(inner, inner_body)
    last(p, tall + 2 * rows * LEADING + 30)


def wide_lead(p: Printed) -> None:
    """The first paragraph over two columns, the rest in narrow ones; beside it an article in two wide columns."""
    p.page_head(MARGIN, x(3) + COLUMN, 3)
    rows = p.rnd.randint(14, 20)
    title, body = p.story(2 * rows)
    lead, rest = body[:1], body[1:]
    p.headline(title, x(0), x(1) + COLUMN, 80, 26)
    broad = int((2 * COLUMN + GAP) / SIZE)
    high = len(lines(lead[0], broad))
    p.flow(lead, [(x(0), 130, high)], broad)
    p.flow(rest, [(x(k), 130 + high * LEADING + 6, rows) for k in (0, 1)], MEASURE)
    p.put(title, body)
    second, second_body = p.story(rows + high, broad)
    p.headline(second, x(2), x(3) + COLUMN, 80, 26)
    p.flow(second_body, [(x(2), 130, rows + high + 2)], broad)
    p.put(second, second_body)
    last(p, 130 + (rows + high + 4) * LEADING)


def caption_beside(p: Printed) -> None:
    """A picture with its caption in small type to the right of it, inside an article; another one below."""
    p.page_head(MARGIN, x(3) + COLUMN, 4)
    rows = p.rnd.randint(20, 28)
    title, body = p.story(4 * rows - 24)
    p.headline(title, x(0), x(3) + COLUMN, 80, 30)
    caption = f"图为{body[0][:24]}。 本报记者 {p.rnd.choice(NAMES)} 摄"
    high = 10
    p.sheet.box(x(1), 130, x(2) + 40, 130 + high * LEADING, fill=True)
    p.flow([caption], [(x(2) + 50, 140, 8)], 14, 8.5, 11)
    frames = [(x(0), 130.0, rows), *((x(k), 130 + (high + 1) * LEADING, rows - high - 1) for k in (1, 2))]
    p.flow(body, [*frames, (x(3), 130.0, rows)], MEASURE)
    p.put(title, body, captions=["　　" + caption])
    last(p, 130 + rows * LEADING + 30)


def table_inside(p: Printed) -> None:
    """A ruled table of short cells under the text of an article, beside another one."""
    p.page_head(MARGIN, x(3) + COLUMN, 5)
    rows = p.rnd.randint(16, 24)
    title, body = p.story(2 * rows)
    p.headline(title, x(0), x(1) + COLUMN, 80, 24)
    p.flow(body, [(x(k), 130, rows) for k in (0, 1)], MEASURE)
    top = 130 + (rows + 1) * LEADING
    cells = [
        ["县区", "项目", "投资"],
        *([n, str(p.rnd.randint(3, 40)), f"{p.rnd.randint(1, 99)}亿元"] for n in NAMES[:4]),
    ]
    for r, row in enumerate(cells):
        p.sheet.rule(x(0), top + r * 18, x(1) + COLUMN, top + r * 18)
        for c, cell in enumerate(row):
            p.sheet.text(x(0) + 10 + c * 120, top + r * 18 + 3, cell, 9)
    p.sheet.rule(x(0), top + len(cells) * 18, x(1) + COLUMN, top + len(cells) * 18)
    p.put(title, [*body, *("".join(row) for row in cells)])
    second, second_body = p.story(2 * (rows + 6))
    p.headline(second, x(2), x(3) + COLUMN, 80, 24)
    p.flow(second_body, [(x(k), 130, rows + 6) for k in (2, 3)], MEASURE)
    p.put(second, second_body)
    last(p, top + len(cells) * 18 + 30)


def two_mastheads(p: Printed) -> None:
    """Two pages printed side by side on one sheet, a masthead over each."""
    for side, number in ((0, 1), (2, 8)):
        p.page_head(x(side), x(side + 1) + COLUMN, number)
        top = 80.0
        for rows in (p.rnd.randint(12, 18), p.rnd.randint(14, 22)):
            title, body = p.story(2 * rows)
            p.headline(title, x(side), x(side + 1) + COLUMN, top, 22)
            p.flow(body, [(x(side + k), top + 46, rows) for k in (0, 1)], MEASURE)
            p.put(title, body)
            top += 46 + (rows + 2) * LEADING


def last(p: Printed, top: float) -> None:
    """An article in four columns down to the foot of the page."""
    rows = int((HEIGHT - 60 - top - 50) / LEADING)
    title, body = p.story(4 * rows)
    p.sheet.rule(MARGIN, top, x(3) + COLUMN, top)
    p.headline(title, x(0), x(3) + COLUMN, top + 10, 24)
    p.flow(body, [(x(k), top + 54, rows) for k in range(4)], MEASURE)
    p.put(title, body)


LAYOUTS: dict[str, Callable[[Printed], None]] = {
    "around another": around,
    "wide lead": wide_lead,
    "caption beside": caption_beside,
    "table inside": table_inside,
    "two mastheads": two_mastheads,
}


def stock(rnd: random.Random) -> Iterator[dict[str, Any]]:
    """Articles that no development page uses, in random order."""
    golds = (json.loads(path.read_text("utf-8")) for path in (SHARED / "data/pages/generated").glob("*.gold.json"))
    used = {article.get("src_id") for gold in golds for article in gold["articles"]}
    with gzip.open(SHARED / "data/pages/rmrb_pages.jsonl.gz", "rt", encoding="utf-8") as pages:
        articles = [a for line in pages for a in json.loads(line)["articles"] if a["id"] not in used and a.get("title")]
    rnd.shuffle(articles)
    for article in articles:
        parts = (
            "".join(c for c in part if c.encode("gb2312", "ignore")) for part in (article.get("body") or "").split("\n")
        )
        paragraphs = ["".join(part.split()) for part in parts if len(part.strip()) > 20]
        if paragraphs:
            yield {"title": "".join(article["title"].split()), "paragraphs": paragraphs}


def main() -> int:
    """Set the pages, score them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    if not SHARED.is_dir():
        print("../shared is not here: nothing to measure")
        return 0
    scorer = shared_data.load_scorer(SHARED, "score_segments")
    rnd = random.Random(args.seed)
    articles, rows = stock(rnd), []
    print(f"{'layout':16}" + "".join(f"{name:>15}" for name in FIGURES))
    for name, lay in LAYOUTS.items():
        scores = []
        for number in range(args.pages):
            printed = Printed(rnd, articles)
            lay(printed)
            data, gold = printed.sheet.done(), {"articles": printed.articles, "furniture": printed.furniture}
            if args.keep:
                (args.keep / f"{name.replace(' ', '_')}_{number}.pdf").write_bytes(data)
            result = segmented(next(segment_pages(data, "page.pdf")))
            named = scorer.project_names(json.loads(json.dumps(result)))
            scores.append(scorer.score(gold, named) | {"furniture": furniture_f1(scorer, gold, named)})
        rows += scores
        print(f"{name:16}" + "".join(f"{mean(s[f] for s in scores):15.3f}" for f in FIGURES))
    print(f"{'all':16}" + "".join(f"{mean(s[f] for s in rows):15.3f}" for f in FIGURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
