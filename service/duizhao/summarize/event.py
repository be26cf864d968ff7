"""An outline in, the sentence that says what happened out."""

from __future__ import annotations

import re

import numpy as np

from duizhao.summarize.completeness import leaning
from duizhao.summarize.outline import Outline
from duizhao.summarize.salience import Salience
from duizhao.summarize.signs import EVENT

# What a character that an editor would keep in the headline counts: of 154 local reports the sentence so found holds
# .54 of the words of the title in place of .49.
KEPT = 0.1

MEETS = (
    r"会议|大会(?!堂)|座谈会|全会|常委会|常务会|推进会|部署会|动员会|调度会|办公会|学习会|专题会|恳谈会|现场会"
    r"|发布会|协商会|联席会"
)
# A meeting that is held, on a day of its own or by a body of its own: 7月3日下午，市政府召开第21次常务会议.
HELD = re.compile(
    rf"(?:召开|举行|主持召开)(?!的)[^。；]{{0,60}}?(?:{MEETS})|(?:{MEETS})[^，。；]{{0,14}}(?:召开|举行)(?!的)"
)
OWN_DAY = re.compile(r"(?<![前于自])\d{1,2}[日号]|当[天日晚]|同[日一]|今[天日]|昨[天日]|随后|日前|近日")
OWN_BODY = re.compile(
    r"^[^，。]{0,16}(?:[省市县区旗州镇乡委府组局厅院]|人大|政协|常委会|公司|集团|大学)[^，。要]{0,16}(?:召开|举行|主持)"
)


def find_event(outline: Outline, known: Salience) -> int:
    """The sentence that says what happened: the one of most worth among the first of the paper's own."""
    official = outline.genre in ("meeting_report", "readout")
    best, chosen = -1.0, 0
    for number, sentence in enumerate(outline.sentences[:6]):
        words = outline.text[sentence.start : min(sentence.end, sentence.start + 200)]
        if number and (outline.speech[number] or leaning(outline.text, sentence, sentence.start)):
            continue
        worth = max((known.density.get(c.start, 0.0) for c in sentence.clauses[:3]), default=0.0) - 0.04 * number
        worth += 0.5 * (official and bool(EVENT.search(words))) - 0.3 * (words[0] in "“‘" or "？" in sentence.mark)
        # 会议审议… speaks of a meeting that was named before
        worth -= 0.4 * (official and number > 0 and words.startswith(("会议", "大会")))
        if known.kept is not None and not official:
            worth += KEPT * float(np.nansum(known.kept[sentence.start : sentence.end, 0]))
        if worth > best:
            best, chosen = worth, number
    return chosen


def other_events(outline: Outline, event: int) -> frozenset[int]:
    """Sentences that tell of other meetings of the same text, each at the head of a paragraph of its own."""
    text, found, told = outline.text, set(), _meeting(outline, event)
    for number in range(event + 1, len(outline.sentences)):
        sentence, before = outline.sentences[number], outline.sentences[number - 1]
        head = text[sentence.start : min(sentence.end, sentence.start + 120)]
        if (
            sentence.paragraph == before.paragraph
            or outline.speech[number]
            or head.startswith(("会议", "大会", "会上"))
        ):
            continue
        if HELD.search(head) and (OWN_DAY.search(head[:24]) or OWN_BODY.match(head)):
            meeting = _meeting(outline, number)
            if meeting not in told and told not in meeting:
                found.add(number)
    return frozenset(found) if told else frozenset()


def _meeting(outline: Outline, number: int) -> str:
    """The words that name the meeting of a sentence, empty where it tells of none."""
    sentence = outline.sentences[number]
    held = HELD.search(outline.text, sentence.start, min(sentence.end, sentence.start + 160))
    return "".join(held.group().split()) if held else ""
