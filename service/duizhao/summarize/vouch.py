"""A line that could be a headline in, whether it may be one and what an editor would hold against it out."""

from __future__ import annotations

import re

from duizhao.summarize.denials import THIS, rumoured, told_with
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import Wording
from duizhao.summarize.salience import Salience
from duizhao.summarize.signs import EVENT
from duizhao.summarize.speech import LEAD_IN
from duizhao.summarize.split import Clause
from duizhao.summarize.wholeness import IMPERATIVE, SUBJECTLESS
from duizhao.types.articles import Genre
from duizhao_models.salience import Candidate

OFFICIAL: tuple[Genre, ...] = ("meeting_report", "readout")
# What someone expects is no news without the one who does.
FORECAST = re.compile(r"有望|或将|可能|预计|将会|恐将|大概率|看涨|看跌|料将")
SAID = re.compile(r"(?:认为|预计|预测|表示|声?称|说|指出|判断|估计|分析|强调|透露|介绍|报道|宣称|坦言|重申)$")
# 1958年，甲市建成…: a line without its year would be news of today. A date with month and day may be the news.
YEAR = re.compile(r"(?:早在|自|从|直到)?(?:公元)?(?:\d{4}年(?!\d{1,2}月)|上?个?世纪|[\u4e00-\u9fff\d]{1,6}年代)")
# Someone speaks of himself or to another; what stands in quotation marks may be the name of a thing.
PERSON = re.compile(r"(?<![自忘无])我(?![国市省县区州镇乡村军方院校党驻海外])|你|您|咱")
QUOTED = re.compile(r"“[^“”]*”")
SPOKEN = re.compile(r"^“[^“”]*”$|[。！？!?…]”")
# Rules for a case, and what ends a notice: not what it is about.
PROVISION = re.compile(
    r"同时废止|[自从].{2,14}起(?:施行|实施|执行)|有效期|负责解释|^.{0,6}(?:期间|范围内)，|未经批准|擅自|不在.{1,8}范围|顺延|以.{2,10}为准"
)
# Who was in the chair, told of a meeting that is not named.
CHAIR = re.compile(r"由[^，]{2,20}主持$|主持(?:了)?(?:会议|全会|大会)$")
UNNAMED = re.compile(r"(?:本次|此次|这次)?(?:会议|全会|大会)")
# 该县, 上述地区: named before the line begins.
NAMED_BEFORE = re.compile(r"[该此](?![次行类项处外时致案后地])(?P<kind>[\u4e00-\u9fff]{1,2})|上述|前者|后者")
# What a commentary opens with and what it says: a figure of speech is no headline where the thesis would be one.
FIGURE = re.compile(r"战鼓|号角|[擂吹奏]响|扬帆|劈波斩浪|乘风破浪|春风|曙光|火炬|画卷|乐章|答卷|交响")
THESIS = re.compile(r"(?<![需重主首])要(?![闻素点案求])|必须|关键|根本|核心|唯有|只有|离不开|不能")
# The weights, set on headlines_dev and official_dev, November 2026.
BARE = 0.06


def vouched(outline: Outline, candidate: Candidate, wording: Wording) -> bool:
    """Whether a line makes no fact of a rumour or of what is denied, no news of the past or of a forecast, and does not
    speak of what it leaves out."""
    denial = outline.denials.get(candidate.sentence)
    if denial and not told_with(wording.spans, outline.sentences, denial):
        return False
    before = _before(outline, candidate)
    if candidate.sentence and any(YEAR.match(outline.text[c.start : c.end]) for c in before):
        return False
    if before and FORECAST.search(candidate.text) and SAID.search(outline.text[before[-1].start : before[-1].end]):
        return False
    if SPOKEN.search(candidate.text):
        return False
    return not (any(rumoured(outline.text, c) for c in before) or (candidate.sentence and THIS.search(candidate.text)))


def bearing(outline: Outline, candidate: Candidate, known: Salience) -> float:
    """What the salience model does not see: a headline has its subject and its speaker, and is about the matter."""
    import os
    w = lambda n, d: float(os.environ.get('W_' + n, d))
    genre, line = outline.genre, candidate.text
    cut = candidate.first > 0
    open_ = cut * (1 - known.opening(candidate.start))
    value = -w('PERSON', 0.3) * bool(PERSON.search(QUOTED.sub("", line)))
    value -= w('UNSAID', 0.1) * unsaid(outline, candidate)
    value -= w('PROV', 0.15) * bool(candidate.sentence and PROVISION.search(line))
    value -= w('THIS', 0.15) * _named_before(line)
    if genre not in OFFICIAL:
        figure = genre == "commentary" and FIGURE.search(line) and not THESIS.search(line)
        value -= w('OPEN', 0.06) * open_ + w('BARE', 0.0) * bool(cut and SUBJECTLESS.match(line))
        return value - 0.3 * bool(figure)
    value -= w('CHAIR', 0.2) * bool(CHAIR.search(line)) + w('UNNAMED', 0.1) * bool(UNNAMED.match(line))
    value -= w('OOPEN', 0.05) * open_ + w('OCUT', 0.05) * cut
    value -= 0.1 * bool(re.search("^[“‘]|[！？]", line))
    value -= 0.15 * bool(LEAD_IN.match(line)) + 0.3 * bool(IMPERATIVE.match(line))
    return value + 0.05 * bool(EVENT.search(line))


def unsaid(outline: Outline, candidate: Candidate) -> bool:
    """Whether a line leaves out who says it."""
    if any(SAID.search(outline.text[c.start : c.end]) for c in _before(outline, candidate)):
        return True
    speech = outline.speech[candidate.sentence]
    return bool(
        speech and outline.genre not in ("commentary", "work_report") and candidate.start >= speech.start
    )


def _named_before(line: str) -> bool:
    match = NAMED_BEFORE.search(line)
    return match is not None and not (match["kind"] and match["kind"][0] in line[: match.start()])


def _before(outline: Outline, candidate: Candidate) -> tuple[Clause, ...]:
    return outline.sentences[candidate.sentence].clauses[: candidate.first]
