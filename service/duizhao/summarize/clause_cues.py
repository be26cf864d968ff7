"""An outline in, what its structure says of each clause out: one row of plain numbers a clause."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from duizhao.summarize.outline import Outline
from duizhao.summarize.render import squeeze
from duizhao.summarize.signs import BUSINESS, CONCRETE, DATED, EVENT, GUIDANCE, NUMBER, PRAISE, PROCEDURE
from duizhao.summarize.speech import DEMAND
from duizhao.summarize.split import Clause, Sentence
from duizhao.summarize.wholeness import IMPERATIVE
from duizhao_models.salience import bigrams, rarity

GENRES = ("meeting_report", "readout", "commentary", "work_report", "news")
PATTERNS = (DEMAND, IMPERATIVE)
SEARCHES = (
    *(re.compile(p) for p in (r"\d", NUMBER.pattern, "“", "《")),
    *(CONCRETE, PRAISE, GUIDANCE, PROCEDURE, EVENT, DATED),
)
MOST_CLAUSES = 400


def clauses_of(outline: Outline) -> list[tuple[int, int, Sentence, Clause]]:
    """The first clauses of a text: rank of the sentence, place in it, sentence, clause."""
    found = [
        (rank, place, sentence, clause)
        for rank, sentence in enumerate(outline.sentences)
        for place, clause in enumerate(sentence.clauses)
    ]
    return found[:MOST_CLAUSES]


def clause_wordings(outline: Outline) -> list[str]:
    """The clauses of `clauses_of(outline)` with their marks, as they would be printed: without line breaks."""
    return [squeeze(outline.text[c.start : c.end]) + c.mark for _, _, _, c in clauses_of(outline)]


def clause_cues(outline: Outline) -> NDArray[np.float32]:
    """Rows for `clauses_of(outline)`; what the columns mean is this function's own, the same in training and use."""
    rows = list(_rows(outline))
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), -1)


def _rows(outline: Outline) -> Iterator[list[float]]:
    text = outline.text
    found = clauses_of(outline)
    sentences = max(1, len(outline.sentences))
    paragraphs = max(1, outline.sentences[-1].paragraph + 1) if outline.sentences else 1
    often = Counter(bigrams(squeeze(text)))
    title = set(bigrams("".join(outline.title.split())))
    genre = [float(outline.genre == g) for g in GENRES]
    heads = {h.start for f in outline.folds for h in f.heads}
    before = -1
    for rank, place, sentence, clause in found:
        words = squeeze(text[clause.start : clause.end])
        grams = set(bigrams(words))
        size = max(1, len(grams))
        speech = outline.speech[rank]
        opens_paragraph = sentence.paragraph != before and place == 0
        before = sentence.paragraph
        yield [
            math.log1p(rank),
            rank / sentences,
            math.log1p(place),
            place / max(1, len(sentence.clauses)),
            float(place == len(sentence.clauses) - 1),
            math.log1p(len(sentence.clauses)),
            math.log1p(len(found)),
            sentence.paragraph / paragraphs,
            float(opens_paragraph),
            float(speech is not None),
            float(bool(speech and clause.end <= speech.start)),
            float(bool(speech and speech.opens)),
            math.log1p(speech.block) if speech else 0.0,
            float(bool(speech and speech.speaker.manner == "decides")),
            float(bool(speech and speech.speaker.manner == "asks")),
            float("；" in sentence.mark),
            min(len(words), 60) / 30,
            float(words.count("、")),
            rarity(words),
            sum(often[g] > 1 for g in grams) / size,
            sum(often[g] > 2 for g in grams) / size,
            float(clause.start in heads),
            *(float(bool(p.match(words))) for p in PATTERNS),
            float(bool(BUSINESS.match(words))),
            *(float(bool(p.search(words))) for p in SEARCHES),
            *genre,
            # the last TITLE_CUES columns
            float(bool(title)),
            len(grams & title) / size,
            len(grams & title) / max(1, len(title)),
        ]
