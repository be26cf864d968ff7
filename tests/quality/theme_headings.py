"""Work reports of ../shared in; sections labelled by their headings out, and how well themes are told from the bodies.

python tests/quality/theme_headings.py                      measures, on reports that the model has not seen
python tests/quality/theme_headings.py --out sections.jsonl writes the set (other people's text: keep it outside)

A section is a paragraph that opens with a short sentence of its own (壮大绿色产业。…). Its label is the theme whose
words stand in that sentence, if they show one theme only; the text is the rest of the paragraph.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from duizhao.compare.themes import NO_THEME, Classifier, load_themes
from duizhao_models.themes import linear
from duizhao_models.training import train_themes

SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDS = 4
LONGEST_HEADING, SHORTEST_BODY = 24, 40
CLEAR, SECOND = 3.0, 0.5  # weight of a heading's words that label it; share of it that another theme may have

_MARK = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:、|是)|\d{1,2}[.．、]|第[一二三四五六七八九十]+[，、])\s*"
)
_OPENING = re.compile(rf"([^。]{{4,{LONGEST_HEADING}}})。")


@dataclass(frozen=True, slots=True)
class Section:
    """The body of a section, the theme that its heading names, and the report that it stands in."""

    report: str
    text: str
    theme: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    found = list(labelled(SHARED))
    if args.out:
        lines = (json.dumps(asdict(section), ensure_ascii=False) + "\n" for section in found)
        args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(found)} sections of {len({s.report for s in found})} reports")
    if not args.out:
        for name, value in measure(found).items():
            print(f"{name:24} {value:.3f}")


def labelled(shared: Path) -> Iterator[Section]:
    """Sections of the local work reports in the library whose headings show one theme."""
    words = Classifier(load_themes(), None)
    with gzip.open(shared / "data/library/local.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] != "政府工作报告":
                continue
            for heading, body in sections(row["text"]):
                theme = _theme(words, heading)
                if theme:
                    yield Section(row["id"], body, theme)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Headings and bodies."""
    for line in text.splitlines():
        bare = _MARK.sub("", line.strip(), count=1)
        opening = _OPENING.match(bare)
        if opening and len(bare) - opening.end() >= SHORTEST_BODY:
            yield opening[1], bare[opening.end() :]


def measure(found: Sequence[Section]) -> dict[str, float]:
    """Share of sections whose theme comes first, and among the first three; no report is on both sides of a fold."""
    reports = sorted({section.report for section in found})
    random.Random(2024).shuffle(reports)
    table = load_themes()
    ranks: dict[str, list[int]] = {"words": [], "words and model": []}
    for fold in range(FOLDS):
        held_out = set(reports[fold::FOLDS])
        seen = [s for s in found if s.report not in held_out]
        ids = sorted({s.theme for s in seen})
        trained = train_themes.fit([s.text for s in seen], [ids.index(s.theme) for s in seen], len(ids))
        model = linear.LinearThemes(ids, *(np.asarray(part, dtype=np.float32) for part in trained))
        for name, sorter in (("words", Classifier(table, None)), ("words and model", Classifier(table, model))):
            ranks[name] += [_rank(sorter, s) for s in found if s.report in held_out]
    return {
        f"{name}, top {top}": sum(rank <= top for rank in places) / len(places)
        for name, places in ranks.items()
        for top in (1, 3)
    }


def _rank(sorter: Classifier, section: Section) -> int:
    shares = [(share, theme) for theme, share in sorter.shares(section.text).items() if theme != NO_THEME]
    ordered = [theme for _, theme in sorted(shares, reverse=True)]
    return ordered.index(section.theme) + 1 if section.theme in ordered else len(ordered) + 1


def _theme(words: Classifier, heading: str) -> str | None:
    weights = sorted(((weight, theme) for theme, weight in words.weights(heading).items()), reverse=True)
    if not weights or weights[0][0] < CLEAR or weights[0][1] == NO_THEME:
        return None
    return None if len(weights) > 1 and weights[1][0] > SECOND * weights[0][0] else weights[0][1]


if __name__ == "__main__":
    main()
