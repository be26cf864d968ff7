"""A clause in, what it is worth to the reader out."""

from __future__ import annotations

import re
from collections import Counter

from duizhao.summarize.outline import Outline
from duizhao.summarize.split import Clause
from duizhao_models.salience import bigrams, rarity

# Weights of the official text (meeting reports, readouts): how much a character of a demand is worth to an editor.
# Set by a random search over the must facts and ROUGE-2 of the 27 texts of official_dev, November 2026, and rounded.
W = {
    "base": 0.25,  # every clause
    "model": 0.8,  # times the salience model
    "rare": 0.5,  # times how rare its words are in the news
    "concrete": 0.2,  # names a measure
    "digit": 0.4,  # has a number
    "number": 5.0,  # a number, however short the clause
    "decision": 4.0,  # what was decided there and then
    "topic": 0.1,  # share of its words that come again
    "full": 35,  # characters that count
    "less": 6,  # characters that say nothing yet
    "dull": 0.25,  # praise, procedure, what a list told already
    "bonus": 1.0,  # a demand at all
    "first": 1.0,  # the first words of a speaker
    "assert": 0.8,  # a judgement in place of a demand
    "paper": 20.0,  # each paper that was adopted
}
CONCRETE = re.compile(
    r"建立|试点|取消|降低|提高到|修订|制定|出台|发放|延续|扩大|开展|严肃|追责|严惩|重中之重|优先目标|鼓励|解决|破除|补贴|资金|首创|迈出|优惠|精准|"
    r"示范|项目|投资|贷款|税|标准|名单|平台|督察|检查|排查|整治|清零|专项|条例|法律|机制|市场|企业|农民|产业|就业|保障"
)
PROCEDURE = re.compile(
    r"进行讲解|听取讲解|进行了讨论|作交流发言|听取(?:了)?(?:汇报|介绍|讲解)|参观了?|亲切交流|合影|陪同|观看|欢迎|祝贺|感谢|转达|问候|通报了"
)
NUMBER = re.compile(r"\d|[一二两三四五六七八九十百]+[个项条次家万亿]")
FIRST_PERSON = re.compile(r"我(?![国市省县区军方院校])")
PRAISE = re.compile(
    r"俗话说|常言|古人云|高度评价|热烈|亲切|深感|倍感|振奋|备受鼓舞|激动|纷纷表示|历史性|重要意义|重大意义|具有重要|指明了|提供了(?:根本)?遵循|为指导|深刻领会|两个确立|两个维护|四个意识|伟大复兴|号角|战鼓|劈波斩浪|行稳致远|贡献力量|作出(?:新的?)?(?:更大)?(?:应有)?贡献"
)


class Worth:
    """Weighs the clauses of one text; each is weighed once."""

    def __init__(self, outline: Outline, density: dict[int, float]) -> None:
        self.text, self.density = outline.text, density
        self.official = outline.genre in ("meeting_report", "readout")
        self._heads = {h.start for f in outline.folds for h in f.heads}
        self._often = Counter(bigrams(outline.text))
        self._known: dict[int, float] = {}

    def __call__(self, clause: Clause) -> float:
        """The worth of a clause: worth of a character times the characters that count."""
        if clause.start not in self._known:
            self._known[clause.start] = self._weigh(clause)
        return self._known[clause.start]

    def _weigh(self, clause: Clause) -> float:
        words = self.text[clause.start : clause.end]
        density = self.density.get(clause.start, 0.2)
        if not self.official:
            return density * min(len(words), 30) * self._dull(clause, words)
        density = W["base"] + W["model"] * density + W["rare"] * (rarity(words) - 0.35)
        density += W["concrete"] * bool(CONCRETE.search(words)) + W["digit"] * bool(re.search(r"\d", words))
        density += W["topic"] * self._topical(words)
        counted = max(0.0, min(len(words), W["full"]) - W["less"])
        number = W["number"] * bool(NUMBER.search(words))
        return (max(0.0, density) * counted + number) * self._dull(clause, words)

    def _topical(self, words: str) -> float:
        grams = set(bigrams(words))
        return sum(self._often[g] > 2 for g in grams) / max(1, len(grams))

    def _dull(self, clause: Clause, words: str) -> float:
        dull = PRAISE.search(words) or FIRST_PERSON.search(words) or PROCEDURE.search(words)
        return W["dull"] if clause.start in self._heads or dull else 1.0
