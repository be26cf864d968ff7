"""A sentence that adopts or hands on several 《papers》 in, its shorter tellings out, with the verb and the papers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duizhao.summarize.render import Wording
from duizhao.types.pages import Span

VERB = re.compile(
    r"(?:审议(?:并原则)?通过|审议并通过|讨论通过|原则通过|审议批准|研究通过|表决通过|通过|传达学习|传达|印发|审议|听取|学习|审定|公布|发布|出台|研究)了?(?=《)"
)
PAPER = re.compile(r"《[^《》]{2,120}(?:〈[^〈〉]*〉[^《》]{0,80})?》(?:（[^（）]{1,12}）)?")
BETWEEN = re.compile(r"^[、，和及与以]{0,2}$|^以及$")
LISTED = re.compile(r"\s*(?:[、，。；和及与以等《]|$)")
BARE = re.compile(
    r"《(?:中共中央 ?国务院)?关于(?:进一步)?(?P<matter>.+?)的(?:若干|指导|实施|试行|重要)*"
    r"(?:意见|决定|决议|通知|方案|规定|措施|办法)》"
)
ROUTINE = re.compile(r"工作(?:规则|细则|要点|总结)|总结报告|议程|名单")
COUNT = "零一两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Papers:
    """A verb and the papers it governs, in order, and where the list ends."""

    verb: Span
    papers: tuple[Span, ...]
    end: int
    more: bool


def find(text: str, start: int, end: int) -> Papers | None:
    """The first list of two or more papers in `text[start:end]` that a verb governs."""
    for verb in VERB.finditer(text, start, end):
        papers: list[Span] = []
        at = verb.end()
        while match := PAPER.search(text, at, min(end, at + 130)):
            between = "".join(text[at : match.start()].split())
            if papers and not BETWEEN.match(between):
                break
            if not papers and between:
                break
            if between == "，" and not LISTED.match(text, match.end(), end):
                break  # the next clause says something of this paper: 审议了《甲》《乙》，《甲》获得通过
            papers.append(Span(*match.span()))
            at = match.end()
        if len(papers) >= 2:
            tail = re.compile(r"等(?:文件|意见|方案)?").match(text, at)
            verb_end = verb.end() - (text[verb.end() - 1] == "了")
            return Papers(Span(verb.start(), verb_end), tuple(papers), tail.end() if tail else at, tail is not None)
    return None


def tellings(text: str, found: Papers) -> list[tuple[Wording, float]]:
    """Wordings of the list with what each tells of it in papers: in full, by matter, the first ones with the count.

    A paper by its matter tells a little less than by its title; a rule of procedure counts for less than half.
    """
    papers, count = found.papers, len(found.papers)
    worth = [(0.4 if ROUTINE.search(text[p.start : p.end]) else 1.0) for p in papers]
    told = [sum(worth[:n]) for n in range(count + 1)]
    # a list that ends with 等 in the source has more papers than it names: no count is given
    rest = "等文件" if found.more or count > 10 else f"等{COUNT[count]}份文件"
    bare = [_matter(text, p) for p in papers]
    known = [b for b in bare if b]
    tellings = [(_list(found.verb, list(papers), "等文件" if found.more else ""), told[count])]
    if known:
        mixed = [b or p for b, p in zip(bare, papers, strict=True)]
        tellings.append((_list(found.verb, mixed, "等文件"), 0.97 * told[count]))
        for n in range(len(known), 0, -1):
            tail = "等文件" if n == count else rest
            # the first ones, and those whose matter is short, so that more of them find room
            brief = sorted(sorted(known, key=lambda k: k.end - k.start)[:n])
            for some in (known[:n], brief) if brief != known[:n] else (known[:n],):
                told_here = sum(w for w, b in zip(worth, bare, strict=True) if b in some)
                tellings.append((_list(found.verb, some, tail), 0.95 * told_here))
    for n in range(1, count):
        tellings.append((_list(found.verb, list(papers[:n]), rest), told[n]))
    return tellings


def _list(verb: Span, items: list[Span], tail: str = "") -> Wording:
    parts: list[Span | str] = [verb]
    for number, item in enumerate(items):
        parts += ["、", item] if number else [item]
    return Wording((*parts, tail) if tail else tuple(parts))


def _matter(text: str, paper: Span) -> Span | None:
    match = BARE.match(text, paper.start, paper.end)
    if not match or "《" in match["matter"] or "〈" in match["matter"]:
        return None
    return Span(*match.span("matter"))
