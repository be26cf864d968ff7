"""Library and news files in (JSON lines, gzipped or not); pairs of texts on the same matter out, for train_encoder.

    python -m duizhao_models.training.encoder_pairs --shared ../shared --out pairs.jsonl
    python -m duizhao_models.training.encoder_pairs --shared ../shared --out held.jsonl --held

Each line holds `source`, `group` (its document), `topic` (its paragraph: two pairs of one topic are never each
other's negatives), `a` and `b`. Sources: `title` (headline, brief or editors' note against the body), `topic` (the
sentence that opens a paragraph against a measure below it), `cross` (a central sentence against a measure that a
locality reports under an opening with the same rare wording), `echo` (two sentences of different documents with the
same rare wording, which is cut out of one of them now and then). Texts that share a run of 16 characters with a
held-out text are left out; local reports of `fold` 0 and the headlines of 2024 are kept for --held.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from duizhao_models import background

FOLDS = 10
SHINGLE = 16  # characters: longer than the set phrases of politics that are not of one text alone
COPIED = 0.1  # share of a document's runs from which it is a copy of a gold text
SINCE = "2018"  # central texts of earlier dates speak another language of policy
SEED_DATE = "2024-02-19"  # the readout that the project's own page is compared with
LENGTHS = (10, 110)  # characters of a sentence that is used
OPENING = (6, 45)  # characters of a sentence that opens a paragraph
RARE = 0.3  # n-gram cosine from which two sentences speak of one matter
SAME = 0.75  # n-gram cosine from which one sentence is a copy of the other: nothing to learn
ECHOES = (11_000, 6_000)  # local and central sentences for which an echo is sought
CUT_OUT = 0.4  # share of echoes that lose the longest stretch that both have
TITLED = {"headlines": "title", "flash_headlines": "title", "briefs": "summary", "editors_notes": "summary"}
DEV = {"headlines_dev": "title"}
# Echoes count most: they tell two measures of one field apart. With a fifth of them a model rather sorted by field
# (bare cosine on gold links AP .60, against .67 with a third of them after as many steps, November 2026).
PER_SOURCE = {"title": 4_000, "topic": 3_000, "cross": 2_000, "echo": 9_000}

_MARK = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、])\s*"
)
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_BYLINE = re.compile(
    r"^.{0,30}?(?:电|消息|讯)\s*[（(][^）)]*[）)][：:，]?|^[^，。]{0,25}(?:消息|报道)[^，。：:]{0,12}[：:]"
)
_PROCEDURE = re.compile(r"出席|列席|主持|参加会议|陪同|记者|本报讯|报告请予审议")
_WORDLESS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on the same matter."""

    source: str
    group: str
    topic: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document: the sentence that opens it ("" when none is short enough), and the others."""

    group: str
    topic: str
    opening: str
    rest: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", action="store_true", help="pairs to measure on instead of pairs to learn from")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    count: dict[str, int] = defaultdict(int)
    with args.out.open("w", encoding="utf-8") as out:
        for pair in pairs(args.shared / "data", random.Random(args.seed), held=args.held):
            count[pair.source] += 1
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
    print(dict(count))


def pairs(data: Path, draw: random.Random, *, held: bool = False) -> list[Pair]:
    """All pairs of the folder, at most PER_SOURCE of each source, none with a text of the gold sets."""
    barred = shingles(gold_texts(data))
    reports = (row for row in rows(data / "library/local.jsonl.gz") if (fold(row["id"]) == 0) == held)
    local = [p for row in reports if not copied(row["text"], barred) for p in paragraphs(row)]
    texts = (row for row in rows(data / "library/central.jsonl.gz") if str(row["date"]) >= SINCE)
    central = [p for row in texts if not copied(row["text"], barred) for p in paragraphs(row)]
    recent = [p for p in central if any(year in p.group for year in ("2023", "2022", "gwr-2024"))]
    found = {
        "title": list(titles(data / "train", DEV if held else TITLED, draw)),
        "topic": [pair for p in (local if held else local + central) for pair in within(p, draw)],
        "cross": list(across(recent, local, draw)),
        "echo": list(echoes(recent, local, draw)),
    }
    kept: list[Pair] = []
    for source, several in found.items():
        draw.shuffle(several)
        clean = (p for p in several if not (shingles([p.a, p.b]) & barred))
        kept += islice(clean, PER_SOURCE[source])
    return kept


def copied(text: str, barred: set[str]) -> bool:
    """Whether a tenth of a text stands in the gold sets: then not even its short sentences are used."""
    own = shingles([text])
    return len(own & barred) > len(own) * COPIED


def gold_texts(data: Path) -> list[str]:
    """Texts that are measured on: the summaries' dev set, the alignment gold, the seed's readout, the seed page."""
    texts = [row["text"] for row in rows(data / "summaries/official_dev.jsonl")]
    for path in sorted((data / "alignment").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        texts += [gold[side]["text"] for side in ("central", "local") if side in gold]
    texts += [r["text"] for r in rows(data / "library/central.jsonl.gz") if str(r["date"]) == SEED_DATE]
    page = data / "pages/seed_page.txt"
    return [*texts, page.read_text(encoding="utf-8")] if page.is_file() else texts


def shingles(texts: Iterable[str]) -> set[str]:
    """Runs of SHINGLE letters of the texts, marks and spaces left out."""
    plain = (_WORDLESS.sub("", text) for text in texts)
    return {text[i : i + SHINGLE] for text in plain for i in range(len(text) - SHINGLE + 1)}


def fold(name: str) -> int:
    """0 to FOLDS - 1, the same for a name in every process; fold 0 is measured on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of a file of JSON lines; nothing if it is not there."""
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def paragraphs(row: dict[str, Any]) -> Iterator[Paragraph]:
    """Paragraphs of a document with at least two sentences to use."""
    for number, line in enumerate(row["text"].splitlines()):
        cut = [_plain(s) for s in _SENTENCE.findall(line) if not _PROCEDURE.search(s)]
        opens = bool(cut) and OPENING[0] <= len(cut[0]) <= OPENING[1]
        rest = tuple(s for s in cut[1 if opens else 0 :] if LENGTHS[0] <= len(s) <= LENGTHS[1])
        if len(rest) + opens >= 2:
            yield Paragraph(row["id"], f"{row['id']}/{number}", cut[0] if opens else "", rest)


def within(paragraph: Paragraph, draw: random.Random) -> Iterator[Pair]:
    """The opening of a paragraph against one of its measures."""
    if paragraph.opening:
        yield Pair("topic", paragraph.group, paragraph.topic, paragraph.opening, draw.choice(paragraph.rest))


def across(central: list[Paragraph], local: list[Paragraph], draw: random.Random) -> Iterator[Pair]:
    """Central sentences against the opening or a measure of the local paragraph whose opening is nearest in wording.

    The opening of a local paragraph names the matter in words of the centre; the measures below it carry it out in
    words of their own, which is what has to be learned.
    """
    said = list(dict.fromkeys(s for p in central for s in (p.opening, *p.rest) if s))
    asked = [p for p in local if p.opening and p.rest]
    for at, found in _nearest([p.opening for p in asked], said, 3):
        paragraph = asked[at]
        for place in found:
            yield Pair("cross", paragraph.group, paragraph.topic, said[place], draw.choice(paragraph.rest))


def echoes(central: list[Paragraph], local: list[Paragraph], draw: random.Random) -> Iterator[Pair]:
    """Sentences against the nearest one in wording of another document: central ones, or those of all localities."""
    sides = [[(s, p) for p in side for s in (p.opening, *p.rest) if len(s) >= LENGTHS[0]] for side in (local, central)]
    said = sides[0] + sides[1]
    for side, most in zip(sides, ECHOES, strict=True):
        asked = draw.sample(side, min(most, len(side)))
        for at, found in _nearest([s for s, _ in asked], [s for s, _ in said], 4):
            text, paragraph = asked[at]
            other = next((said[i][0] for i in found if said[i][1].group != paragraph.group), "")
            if other:
                cut = _without_shared(other, text) if draw.random() < CUT_OUT else other
                yield Pair("echo", paragraph.group, f"{paragraph.topic}/{at}", cut, text)


def _nearest(texts: list[str], others: list[str], count: int) -> Iterator[tuple[int, list[int]]]:
    """Places of texts, each with those of its `count` nearest others by n-grams, RARE to SAME."""
    if not texts or not others:
        return
    statistics = background.load()
    columns = statistics.vectors(others)
    for start in range(0, len(texts), 256):
        cosines = background.cosines(statistics.vectors(texts[start : start + 256]), columns)
        for row, likeness in enumerate(cosines):
            candidates = np.flatnonzero((likeness >= RARE) & (likeness < SAME))
            best = candidates[np.argsort(-likeness[candidates], kind="stable")[:count]]
            if len(best):
                yield start + row, [int(i) for i in best]


def _without_shared(text: str, other: str) -> str:
    """The text without its longest stretch (3 characters or more) that stands in the other too."""
    match = SequenceMatcher(None, text, other, autojunk=False).find_longest_match()
    short = text[: match.a] + text[match.a + match.size :]
    return short if match.size >= 3 and len(short) >= LENGTHS[0] else text


def titles(train: Path, files: dict[str, str], draw: random.Random) -> Iterator[Pair]:
    """A field of the rows of each file against a stretch of the body, not always its beginning."""
    for name, key in files.items():
        for row in rows(train / f"{name}.jsonl.gz"):
            cut = [_plain(s) for s in _SENTENCE.findall(_BYLINE.sub("", row["body"][:1500])) if len(s) >= LENGTHS[0]]
            if cut and row[key]:
                start = draw.randrange(min(len(cut), 4))
                body = "".join(cut[start : start + 2])[: LENGTHS[1]]
                yield Pair("title", row["id"], row["id"], _plain(row[key])[: LENGTHS[1]], body)


def _plain(text: str) -> str:
    return _MARK.sub("", "".join(text.split()))


if __name__ == "__main__":
    main()
