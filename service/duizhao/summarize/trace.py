"""A printed sentence and its sources in, whether it is made of them and of the listed connecting words only out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duizhao.summarize.render import squeeze
from duizhao.types.pages import Span

# The closed list of what a sentence may hold beside the words of its sources. docs/model.md explains each.
CONNECTORS = ("…", "评论指出，", "评论提出，", "等文件", "，", "、", "；", "：", "。", "要", "等")
COUNTED = re.compile(r"等[两三四五六七八九十]份文件")


def traceable(sentence: str, sources: Sequence[Span], text: str) -> bool:
    """Whether `sentence` is the texts of its sources, whole and in order, with only connecting words between them.

    White space does not count: line breaks of the source are not printed.
    """
    if not sources or any(not 0 <= s.start < s.end <= len(text) for s in sources):
        return False
    sentence = sentence.lstrip()
    reached = {0}
    for source in sources:
        words = squeeze(text[source.start : source.end])
        reached = {at + len(words) for at in _over_connectors(sentence, reached) if sentence.startswith(words, at)}
        if not reached:
            return False
    return len(sentence) in _over_connectors(sentence, reached)


def _over_connectors(sentence: str, reached: set[int]) -> set[int]:
    """Every place that can be reached from these by connecting words alone."""
    todo, found = list(reached), set(reached)
    while todo:
        at = todo.pop()
        ends = [at + len(c) for c in CONNECTORS if sentence.startswith(c, at)]
        if counted := COUNTED.match(sentence, at):
            ends.append(counted.end())
        for end in ends:
            if end not in found:
                found.add(end)
                todo.append(end)
    return found
