"""Units of policy texts in (JSON lines with "text"); the words that all themes use alike out, one a line.

python -m duizhao.compare.background_units central.jsonl.gz local.jsonl.gz --since 2016 > units.jsonl
python -m duizhao.compare.everyday_words units.jsonl > service/duizhao/compare/everyday.txt

A word is told by how far the themes of the units that have it differ from those of all units (Kullback-Leibler
divergence): 实现 .01, 协同 .19, 企业 .36, 设施农业 1.8.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import rjieba

from duizhao.compare.edges import words_of
from duizhao.compare.taxonomy import load_themes
from duizhao.compare.themes import classifier

# .25: pairs that lose their link by it share another object's words (of 18 between two reports 17, November 2026); mean
# AP and F1 on gold pairs stay within .001. So many units have the word at least; so many units of no theme in
# particular are added to those of each word.
EVERYDAY, FEWEST, PRIOR = 0.25, 30, 5
BLOCK = 2000
NAMES = ("nr", "ns", "nt")  # tags of people, places and bodies begin so


def main() -> None:
    """Write the words to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("units", type=Path)
    args = parser.parse_args()
    rows = map(json.loads, args.units.read_text(encoding="utf-8").splitlines())
    texts = list(dict.fromkeys("".join(row["text"].split()) for row in rows))
    for word in sorted(everyday(texts)):
        sys.stdout.write(word + "\n")


def everyday(texts: Sequence[str]) -> Iterator[str]:
    """Words of two and more characters whose units are spread over the themes as all units are."""
    sorter = classifier(load_themes())
    shares = np.concatenate([sorter.probabilities(texts[k : k + BLOCK]) for k in range(0, len(texts), BLOCK)])
    usual = shares.mean(axis=0)
    sums: dict[str, np.ndarray] = defaultdict(lambda: PRIOR * usual)
    counts: Counter[str] = Counter()
    for text, row in zip(texts, shares, strict=True):
        for word in set(words_of(text)):
            sums[word] = sums[word] + row
            counts[word] += 1
    for word, count in counts.items():
        profile = sums[word] / (count + PRIOR)
        spread = float((profile * np.log(profile / usual)).sum())
        if count >= FEWEST and len(word) > 1 and spread < EVERYDAY and not _is_name(word):
            yield word


def _is_name(word: str) -> bool:
    return not word.isalpha() or any(tag.startswith(NAMES) for _, tag in rjieba.tag(word))


if __name__ == "__main__":
    main()
