"""News texts of ../shared in, the table of `duizhao.segmenter.followers` out: which characters follow which.

    python -m duizhao_models.training.followers --shared ../shared --out service/duizhao/segmenter/followers.npz

Bodies of broadcast news, and the pages of a paper that neither train nor measure links (`link_pages`, which see only
those before number 800 of its order). Absolute discounting (Ney, Essen, Kneser 1994) over one to three characters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao_models.training.link_pages import PrintedPages

Numbers = NDArray[np.int64]
# Characters, pairs and triples seen less often are left out.
LEAST, LEAST_PAIR, LEAST_TRIPLE = 60, 6, 12
DISCOUNT = 0.75
OWN_PAGES = 800


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    texts = [text for text in (re.sub(r"\s", "", line) for line in _lines(args.shared)) if len(text) > 15]
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(text)
    characters = "".join(c for c, n in seen.most_common() if n >= LEAST)
    tables: dict[str, Any] = _tables(_numbers(texts, characters), characters)
    np.savez_compressed(args.out, **tables)


def _lines(shared: Path) -> Iterator[str]:
    for page in PrintedPages(shared).pages[OWN_PAGES:]:
        for article in page:
            yield from article["paragraphs"]
    with gzip.open(shared / "data/train/headlines.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from json.loads(line)["body"].split("\n")


def _numbers(texts: list[str], characters: str) -> Numbers:
    """The characters of all texts by number, 0 for rare ones, -1 between texts."""
    table = np.zeros(0x110000, dtype=np.int64)
    table[[ord(c) for c in characters]] = np.arange(1, len(characters) + 1)
    table[0] = -1
    return table[np.frombuffer("\0".join(texts).encode("utf-32-le"), dtype=np.uint32)]


def _tables(x: Numbers, characters: str) -> dict[str, Any]:
    size = len(characters) + 1
    alone = np.bincount(x[x >= 0], minlength=size) + 1.0
    inside = (x[:-1] >= 0) & (x[1:] >= 0)
    pairs, counts = np.unique((x[:-1] * size + x[1:])[inside], return_counts=True)
    pairs, counts = pairs[counts >= LEAST_PAIR], counts[counts >= LEAST_PAIR]
    first = pairs // size
    less = 1 - np.bincount(first, counts - DISCOUNT, size) / alone
    after_one = (counts - DISCOUNT) / alone[first] + less[first] * alone[pairs % size] / alone.sum()
    all_three = inside[:-1] & inside[1:]
    codes, threes = np.unique(((x[:-2] * size + x[1:-1]) * size + x[2:])[all_three], return_counts=True)
    place = np.minimum(np.searchsorted(pairs, codes // size), len(pairs) - 1)
    kept = (threes >= LEAST_TRIPLE) & (pairs[place] == codes // size)
    codes, threes, place = codes[kept], threes[kept], place[kept]
    less_pairs = 1 - np.bincount(place, threes - DISCOUNT, len(pairs)) / counts
    shorter = _second(pairs, after_one, less, alone, codes // size % size, codes % size)
    after_two = (threes - DISCOUNT) / counts[place] + less_pairs[place] * shorter
    return {
        "characters": np.array(characters),
        "alone": np.log(alone / alone.sum()).astype(np.float32),
        "pairs": np.diff(pairs, prepend=0).astype(np.uint32),
        "after_one": _steps(after_one),
        "less": _steps(less),
        "triples": np.diff(place * size + codes % size, prepend=0).astype(np.uint32),
        "after_two": _steps(after_two),
        "less_pairs": _steps(less_pairs),
    }


def _second(
    pairs: Numbers,
    after_one: NDArray[np.floating[Any]],
    less: NDArray[np.floating[Any]],
    alone: NDArray[np.floating[Any]],
    a: Numbers,
    b: Numbers,
) -> NDArray[np.floating[Any]]:
    wanted = a * len(alone) + b
    place = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.where(pairs[place] == wanted, after_one[place], less[a] * alone[b] / alone.sum())


def _steps(probabilities: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    steps = np.round(-16 * np.log(np.clip(probabilities, 1e-9, 1)))
    found: NDArray[np.uint8] = np.clip(steps, 0, 255).astype(np.uint8)
    return found


if __name__ == "__main__":
    main()
