"""An outline in, the sentence that says what happened out."""

from __future__ import annotations

from duizhao.summarize.outline import Outline
from duizhao.summarize.salience import Salience
from duizhao.summarize.signs import EVENT


def find_event(outline: Outline, known: Salience) -> int:
    """The sentence that says what happened: the one of most worth among the first of the paper's own."""
    official = outline.genre in ("meeting_report", "readout")
    best, chosen = -1.0, 0
    for number, sentence in enumerate(outline.sentences[:6]):
        words = outline.text[sentence.start : min(sentence.end, sentence.start + 200)]
        if outline.speech[number] and number:
            continue
        worth = max((known.density.get(c.start, 0.0) for c in sentence.clauses[:3]), default=0.0) - 0.04 * number
        worth += 0.5 * (official and bool(EVENT.search(words))) - 0.3 * (words[0] in "“‘" or "？" in sentence.mark)
        # 会议审议… speaks of a meeting that was named before
        worth -= 0.4 * (official and number > 0 and words.startswith(("会议", "大会")))
        if worth > best:
            best, chosen = worth, number
    return chosen
