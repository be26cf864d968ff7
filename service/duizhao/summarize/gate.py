"""A generated sentence and its source in, why it may not be printed out (nothing where it may).

The truth gate: whatever was not cut from the source word by word passes here before it is shown. Each check
looks for one kind of untruth; one reason is enough to refuse a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from duizhao.summarize import gate_acts
from duizhao.summarize.attribute import attribute
from duizhao.summarize.frames import left_open
from duizhao.summarize.numerals import Number, masked, numbers
from duizhao.summarize.outline import Outline
from duizhao.summarize.render import squeeze
from duizhao.summarize.split import balanced
from duizhao_models.salience import bigrams

HAN = re.compile(r"[\u4e00-\u9fff]+")
QUOTED = re.compile(r"“([^“”]+)”|《([^《》]+)》")
SPEAKER = re.compile(
    r"(?:^|[，。；：、（）“”》\s])(?P<who>[\u4e00-\u9fff·]{2,12}?)(?:在[^，。]{1,16})?(?:指出|强调|表示|要求|认为|主持|讲话|宣布|提出)"
)
BODY = re.compile(
    r"[\u4e00-\u9fff]{2}(?:委员会|总局|公司|集团|大学|学院|法院|检察院|银行|协会|办公室|人民政府|政府|省委|市委|县委|区委|省|市|县|自治区|自治州|部门|部|局|厅|院|团|会议|大会)"
)
NEGATIONS = re.compile(
    r"不得|不能|不准|不许|不要|不搞|没有|尚未|从未|并未|严禁|禁止|防止|避免|[不未无非没](?![少断同仅但一])"
)
# What was done with a paper or a matter, and how firmly; none may stand for another.
STATUS = re.findall(
    r"\S+",
    "审议通过 表决通过 原则通过 通过 审议 听取 传达 学习 印发 发布 公布 出台 部署 要求 建议 决定 批准 将 拟 "
    "计划 力争 预计 可能 必须 应当 可以 鼓励 允许 探索 研究 启动 完成 实现 取消 建成 已 "
    # opposites, of which one must not stand for the other
    "提高 降低 增加 减少 上升 下降 增长 扩大 缩小 加快 放缓 同意 拒绝 支持 反对 恢复 停止 暂停 开放 关闭 放宽 收紧",
)
FUTURE = re.compile(r"(?:将|拟|计划|力争|探索|研究|争取|预计)(?P<verb>[\u4e00-\u9fff]{2})")
DONE = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})了")
LEAST_HELD = 0.7
LONGEST_NEW_RUN = 3
DANGLING = re.compile(r"^[这其该此并、，；。：）”》]|[，、；：]$")


def refuse(sentence: str, outline: Outline, before: Sequence[str] = ()) -> str | None:
    """The first reason not to print a sentence, or None. `before` are the sentences already printed."""
    words = squeeze(sentence)
    chosen, held = attribute(words, outline.text, outline.sentences)
    near = "".join(squeeze(outline.text[outline.sentences[i].start : outline.sentences[i].end]) + "。" for i in chosen)
    whole = squeeze(outline.text)
    if held < LEAST_HELD:
        return "wording: too little of it stands in the source"
    checks: tuple[Callable[[], str | None], ...] = (
        lambda: _form(words),
        lambda: _loop(words, before),
        lambda: _quotes(words, whole),
        lambda: _numbers(words, whole),
        lambda: _speaker(words, whole, outline),
        lambda: _bodies(words, whole),
        lambda: _new_words(masked(words), masked(whole)),
        lambda: gate_acts.refuse(words, near, outline),
        lambda: _status(words, near, outline, chosen),
        lambda: _negation(words, near),
        lambda: "form: one half of a construction is missing" if left_open(words, near) else None,
    )
    return next((reason for check in checks if (reason := check())), None)


def _form(words: str) -> str | None:
    if not balanced(words) or DANGLING.search(words.rstrip("。")) or not words.strip("。"):
        return "form: not a whole sentence"
    return None


def _loop(words: str, before: Sequence[str]) -> str | None:
    grams = [words[i : i + 5] for i in range(len(words) - 4)]
    if any(grams.count(g) >= 3 for g in set(grams)):
        return "loop: the same words again and again"
    own = set(bigrams(words))
    for earlier in before:
        other = set(bigrams(earlier))
        if own and len(own & other) / len(own) > 0.8:
            return "loop: said before"
    return None


def _quotes(words: str, whole: str) -> str | None:
    for a, b in QUOTED.findall(words):
        if (a or b) not in whole:
            return f"quote: {a or b} is not in the source"
    return None


def _numbers(words: str, whole: str) -> str | None:
    known = numbers(whole, every=True)
    for number in numbers(words):
        same = [k for k in known if k.value == number.value]
        if not same:
            return f"number: {words[number.start : number.end]} is not in the source"
        if number.counted and not any(k.counted == number.counted for k in same) and HAN.match(number.counted):
            return f"number: {words[number.start : number.end]}{number.counted} counts something else in the source"
        here = _around(words, number)
        own = max(_likeness(here, _around(whole, k)) for k in same)
        other = max(
            (
                _likeness(here, _around(whole, k))
                for k in known
                if k.value != number.value and k.counted == number.counted
            ),
            default=0,
        )
        if other > own:
            return f"number: {words[number.start : number.end]} stands where the source has another"
    return None


def _around(text: str, number: Number) -> tuple[str, str]:
    return text[max(0, number.start - 5) : number.start], text[number.end : number.end + 5]


def _likeness(a: tuple[str, str], b: tuple[str, str]) -> int:
    """Characters that agree directly before and directly after two numbers."""
    before = next(
        (i for i in range(5) if a[0][-1 - i : len(a[0]) - i] != b[0][-1 - i : len(b[0]) - i] or i >= len(a[0])), 5
    )
    after = next((i for i in range(5) if a[1][i : i + 1] != b[1][i : i + 1] or i >= len(a[1])), 5)
    return before + after


def _speaker(words: str, whole: str, outline: Outline) -> str | None:
    """Who speaks must be in the source, and must be the one who says this there."""
    for match in SPEAKER.finditer(words):
        who = match["who"]
        if who not in whole:
            return f"name: {who} is not in the source"
        said = words[match.end() :].strip("，：。")
        origin = attribute(said, outline.text, outline.sentences, 1)[0] if len(said) > 6 else []
        for index in origin:
            sentence, speech = outline.sentences[index], outline.speech[index]
            there = squeeze(outline.text[sentence.start : sentence.end])
            key = speech.speaker.key if speech and speech.sure else ""
            if who not in there and who not in key and (not key or key not in who):
                return f"name: the source does not let {who} say this"
    return None


def _bodies(words: str, whole: str) -> str | None:
    for match in BODY.finditer(words):
        if match.group() not in whole:
            return f"name: {match.group()} is not in the source"
    return None


def _new_words(words: str, whole: str) -> str | None:
    """A run of characters of which no two neighbours stand in the source is invented."""
    for run in HAN.findall(words):
        new = 0
        for gram in bigrams(run):
            new = 0 if gram in whole else new + 1
            if new >= LONGEST_NEW_RUN:
                return "wording: a stretch of it is not in the source"
    return None


def _status(words: str, near: str, outline: Outline, chosen: Sequence[int]) -> str | None:
    leads = "".join(outline.text[p.start : p.end] for i in chosen if (s := outline.speech[i]) for p in s.speaker.parts)
    for status in STATUS:
        if _alone(status, words) and not _alone(status, near + leads):
            return f"status: the source does not say {status} here"
    for match in FUTURE.finditer(near):
        verb = match["verb"]
        if (
            verb in words
            and near.count(verb) == 1
            and not re.search(rf"(?:将|拟|计划|力争|探索|研究|争取|预计|要).{{0,8}}{verb}", words)
        ):
            return f"status: {verb} is still to come in the source"
    for match in DONE.finditer(words):
        if match.group() not in near:
            return f"status: {match.group()} is told as done"
    return None


def _alone(status: str, text: str) -> bool:
    """Whether a word stands in a text other than inside a longer status word."""
    longer = [s for s in STATUS if status in s and s != status]
    for other in longer:
        text = text.replace(other, "\0")
    return status in text


def _negation(words: str, near: str) -> str | None:
    for match in NEGATIONS.finditer(words):
        if words[match.start() : match.end() + 1] not in near:
            return f"negation: {words[match.start() : match.end() + 2]} is not in the source"
    for match in NEGATIONS.finditer(near):
        told = near[match.end() : match.end() + 2]
        if len(told) == 2 and HAN.fullmatch(told) and told in words and near.count(told) == 1:
            at = words.index(told)
            if not NEGATIONS.search(words[max(0, at - 4) : at]):
                return f"negation: {match.group()}{told} lost its negation"
    return None
