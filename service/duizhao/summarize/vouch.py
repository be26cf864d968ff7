"""A line that could be a headline in, whether it may be one and what an editor would hold against it out."""

from __future__ import annotations

import re

import rjieba

from duizhao.summarize.denials import THIS, rumoured, told_with
from duizhao.summarize.outline import Outline
from duizhao.summarize.people import NAME
from duizhao.summarize.render import Wording
from duizhao.summarize.salience import Salience
from duizhao.summarize.signs import EVENT
from duizhao.summarize.speech import LEAD_IN
from duizhao.summarize.thesis import Thesis
from duizhao.summarize.wholeness import IMPERATIVE, NOUN_PHRASE, RESULT, SUBJECTLESS
from duizhao.types.articles import Genre
from duizhao_models.salience import Candidate, bigrams

OFFICIAL: tuple[Genre, ...] = ("meeting_report", "readout")
# What someone expects is no news without the one who does.
FORECAST = re.compile(r"有望|或将|可能|预计|将会|恐将|大概率|看涨|看跌|料将")
SAID = re.compile(r"(?:认为|预计|预测|表示|(?<!报道)[称说]|指出|判断|估计|分析|强调|透露|坦言|重申)$")
# 1958年，甲市建成…: a line without its year would be news of today. A date with month and day may be the news.
YEAR = re.compile(r"(?:早在|自|从|直到)?(?:公元)?(?:\d{4}年(?!\d{1,2}月)|上?个?世纪|[\u4e00-\u9fff\d]{1,6}年代)")
# 到明年年底，建成…: without its day a plan would be done.
DEADLINE = re.compile(
    r"(?:[\w（）]{1,4}、)?(?:力争|计划)?[到至](?:\d{4}|[明今后]|\d{1,2}月|本世纪|年)[^，]{0,6}[年底末月日前]$"
)
# Direct speech without the one who speaks.
SPOKEN = re.compile(r"^“[^“”]*”$|[。！？!?…]”")
# Someone speaks of himself or to another; what stands in quotation marks may be the name of a thing.
PERSON = re.compile(r"(?<![自忘无])我(?![国市省县区州镇乡村军方院校党驻海外])|你|您|咱")
QUOTED = re.compile(r"“[^“”]*”")
# Rules for a case, and what ends a notice: not what it is about.
PROVISION = re.compile(
    r"同时废止|[自从].{2,14}起(?:施行|实施|执行)|有效期|负责解释|^.{0,6}(?:期间|范围内)，|未经批准|擅自|不在.{1,8}范围|顺延|以.{2,10}为准"
)
# Who was in the chair, told of a meeting that is not named.
CHAIR = re.compile(r"由[^，]{2,20}主持$|主持(?:了)?(?:会议|全会|大会)$")
UNNAMED = re.compile(r"(?:本次|此次|这次|全体)?(?:会议|全会|大会)")
# 该县, 上述地区: named before the line begins.
NAMED_BEFORE = re.compile(
    r"[该此](?![次行类项处外时致案后地])(?P<kind>[\u4e00-\u9fff])|其中之一|上述|前者|后者|[对就][此其]|如此|这(?!里)|第[一二三四]，"
)
# 他, and not 他国.
HE = re.compile(r"[他她](?![国乡人])")
# A part (其中, 铁路方面), told for the whole.
AMONG = re.compile("(?:其中|方面)[，,]?$")
# What was held or signed, without what for.
EMPTY = re.compile(
    r"(?:举行|召开)[^，]{0,12}(?:发布会|仪式)$|作出[^，]{0,4}[批指]示$|签署[^，]{0,4}令$|互致[^，]{0,2}[函电信]$|发表(?:重要)?(?:致辞|讲话)$|致电[^，]{2,14}$"
)
# A question, a saying or a word explained, not what is made of it.
OPENS = re.compile(r"^(?:怎样|如何|为何|为什么)|俗[语话]|所谓|[说指]的是|哪些|什么")
PURPOSE = re.compile(r"为(?!.{0,6}(?:服务|提供))[^，]{4,}，")
# What a line loses whose subject surely stands before it: the more, the plainer it shows. The weights of this file were
# set on headlines_dev and official_dev, November 2026.
BARE = {"verb": 0.12, "figure": 0.07, "other": 0.036}
# What came of something that is not told.
CAME = 0.3
# Without the speaker of its own sentence, and without the one who spoke before and goes on.
UNSAID, GOES_ON = 0.2, 0.1


def vouched(outline: Outline, candidate: Candidate, wording: Wording) -> bool:
    """Whether a line makes no fact of a rumour, of a plan or of what is denied, no news of the past or of a forecast,
    and does not speak of what it leaves out."""
    denial = outline.denials.get(candidate.sentence)
    if denial and not told_with(wording.spans, outline.sentences, denial):
        return False
    before = _before(outline, candidate)
    if SPOKEN.search(candidate.text) or any(DEADLINE.match(words) for words in before):
        return False
    if candidate.sentence and (THIS.search(candidate.text) or any(YEAR.match(words) for words in before)):
        return False
    if not _named(outline, candidate) and before and FORECAST.search(candidate.text) and SAID.search(before[-1]):
        return False
    clauses = outline.sentences[candidate.sentence].clauses
    return not any(rumoured(outline.text, c) for c in clauses[: candidate.first])


class Bearing:
    """What the salience model does not see of the lines of one text."""

    def __init__(self, outline: Outline, known: Salience) -> None:
        self.outline, self.known = outline, known
        self.title = set(bigrams("".join(outline.title.split())))
        self.thesis = Thesis(outline.text) if outline.genre == "commentary" else None

    def __call__(self, candidate: Candidate) -> float:
        """What a line gains or loses: it has its subject and its speaker, and tells the matter."""
        line = candidate.text
        value = -0.3 * bool(PERSON.search(QUOTED.sub("", line))) - self._unsaid(candidate)
        asked = "？" in self.outline.sentences[candidate.sentence].mark
        value -= 0.15 * (asked or bool(OPENS.search(line)))
        value -= (0.4 if candidate.sentence else 0.1) * bool(PROVISION.search(line))
        value -= 0.08 * bool(NOUN_PHRASE.search(LEAD_IN.sub("", line)) and not EVENT.search(line)) + 0.1 * bool(
            PURPOSE.match(line)
        )
        value -= 0.08 * bool(EMPTY.search(line)) + 0.3 * _named_before(line)
        value -= 0.08 * bool(AMONG.search(self.outline.text[max(0, candidate.start - 3) : candidate.start]))
        value -= 0.3 * _nobody(candidate) + self._bare(candidate)
        if self.outline.genre in OFFICIAL:
            return value + _official(candidate, _named(self.outline, candidate))
        value += 0.2 * sum(g in self.title for g in set(bigrams(line))) / max(1, len(self.title))
        return value + (self.thesis.bearing(line, candidate.sentence) if self.thesis else 0.0)

    def _bare(self, candidate: Candidate) -> float:
        """What a line loses that begins inside a sentence, by the chance that it has no subject of its own."""
        before = _before(self.outline, candidate)
        if not before or _named(self.outline, candidate) or SAID.search(before[-1]):
            return 0.0
        line = candidate.text
        led = SUBJECTLESS.match(line) or _led(line)
        if RESULT.match(line):
            return CAME
        kind = "verb" if led else "figure" if re.search(r"\d", line) else "other"
        return BARE[kind] * (1 - self.known.opening(candidate.start))

    def _unsaid(self, candidate: Candidate) -> float:
        """What a line loses that leaves out who says it."""
        outline = self.outline
        if _named(outline, candidate):
            return 0.0
        if any(SAID.search(words) for words in _before(outline, candidate)):
            return UNSAID
        speech = outline.speech[candidate.sentence]
        if speech is None or outline.genre in ("commentary", "work_report"):
            return 0.0
        return GOES_ON * (candidate.start >= speech.start and speech.speaker.key not in candidate.text)


def _official(candidate: Candidate, named: bool) -> float:
    """An official headline tells the event: a meeting by its name, from its subject on."""
    line = candidate.text
    value = -0.2 * bool(CHAIR.search(line)) - 0.1 * bool(UNNAMED.match(line))
    value -= 0.05 * (candidate.first > 0 and not named) + 0.1 * bool(re.search("^[“‘]|[！？]", line))
    value -= 0.15 * bool(LEAD_IN.match(line)) + 0.3 * bool(IMPERATIVE.match(line))
    return value + 0.05 * bool(EVENT.search(line))


def _led(line: str) -> bool:
    """Whether a line begins with what stands behind a subject: a verb, a preposition, an adverb."""
    (word, tag), *rest = rjieba.tag(line[:12])
    if tag[0] == "a":
        return bool(rest) and rest[0][1] == "v"
    return tag[0] in "vpdc" and tag != "vn" and not word.endswith(("军", "方", "国"))


def _named(outline: Outline, candidate: Candidate) -> bool:
    """Whether a line begins with a name from before its first clause: the one who does it, or says it."""
    return candidate.start < outline.sentences[candidate.sentence].clauses[candidate.first].start


def _nobody(candidate: Candidate) -> bool:
    """Whether a line speaks of him or her, and leaves out who that is, or names no one before."""
    match = HE.search(candidate.text)
    return match is not None and (candidate.first > 0 or not re.search(NAME, candidate.text[: match.start()]))


def _named_before(line: str) -> bool:
    match = NAMED_BEFORE.search(line)
    return match is not None and not (match["kind"] and match["kind"] in line[: match.start()])


def _before(outline: Outline, candidate: Candidate) -> list[str]:
    """The clauses of its sentence that a line leaves out at its beginning."""
    clauses = outline.sentences[candidate.sentence].clauses[: candidate.first]
    return [outline.text[c.start : c.end] for c in clauses]
