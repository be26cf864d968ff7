"""Who speaks in an article: mentions of bodies and leaders in, the place of the issuer's name out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.segmenter.evidence import View
from duizhao.segmenter.institutions import Mention
from duizhao.types.articles import Level

_HOLDS = re.compile(
    r"(?:常委会|常务委员会|常务|党组|专题|工作|全体|农村|经济|理论学习中心组|第?[一二三四五六七八九十百\d]+[次届]|[（(]扩大[）)]){0,4}"
    r"(?:会议|全会|例会|集体学习|中心组学习)|[^。；，\n]{0,12}?(?:召开|举行|举办)|[^。；\n]{0,60}?集体学习|(?:研究)?决定|要求"
    r"|(?:专题)?(?:调度|部署|研究|安排|传达|学习)"
)
_ISSUES = re.compile(
    r"(?:近日|日前|昨[日天]|今[日天])?[^，。；\n]{0,12}?(?:印发|出台|发布|公布|下发|宣布|决定|通报|制定|批准|获悉|了解到|公开)"
)
# a conference is held, or somebody speaks at it: 中央农村工作会议28日至29日在北京召开, 在中央农村工作会议上强调
_HELD = re.compile(r"[^，。；\n]{0,30}?(?:召开|举行|开幕|闭幕)|上[^，。；\n]{0,12}?(?:讲话|强调|指出)")
_ALONE = re.compile(r"(?:作出|就|对)[^，。\n]{0,60}(?:指示|批示)|考察|调研|会见|看望|慰问|发表[^，。\n]{0,16}文章")
REPRESENTS = re.compile(r"(?:代表|受)[^，。；\n]{0,8}$")


@dataclass(frozen=True, slots=True)
class Found:
    """Mentions of a view: those of the title and the opening, and all that were read."""

    near: Sequence[Mention]
    all: Sequence[Mention]


def issuer_of(view: View, plain: str, found: Found, level: Level | None, genre: str | None) -> tuple[int, int] | None:
    """The body of that level that holds, issues or says it, the words of the body text before those of the title.

    `plain`: the text of the view without what it only invokes.
    """
    own = [m for m in found.near if m.level == level]
    own = [m for m in own if m.start >= view.title_end] + [m for m in own if m.start < view.title_end]
    if genre == "work_report":
        named = [m for m in own if m.kind == "body" and REPRESENTS.search(plain[max(0, m.start - 10) : m.start])]
        return _chain(view, own, named or [m for m in own if m.kind == "body"])
    if genre in ("meeting_report", "readout"):
        return _holder(view, plain, own)
    issuing = [
        m for kinds in (("body",), ("department",)) for m in own if m.kind in kinds and _ISSUES.match(plain, m.end)
    ]
    return _chain(view, own, issuing) or (_signature(view, found, level) if genre is None else None)


def _holder(view: View, plain: str, own: Sequence[Mention]) -> tuple[int, int] | None:
    """The conference that the report opens with; else a leader who acts alone, the body that holds it, officials.

    Whoever speaks at a conference speaks for it.
    """
    first = 1 + max(plain.find("。", view.title_end), view.title_end)
    alone = _ALONE.search(plain, 0, first)
    holding = [m for m in own if m.kind == "body" and _HOLDS.match(plain, m.end)]
    conferences = [m for m in own if m.kind == "meeting" and _HELD.match(plain, m.end)]
    if conferences:
        conference = min(conferences, key=lambda m: m.start)
        earlier = [m.start for m in holding] + ([alone.start()] if alone else [])
        if conference.start < min(earlier, default=first):
            return conference.start, conference.end
    leaders = [m for m in own if m.kind == "leader"]
    meeting = min((m.start for m in own if m.kind == "meeting"), default=len(plain))
    if leaders and (alone or (not holding and min(m.start for m in leaders) < meeting)):
        chosen = _last_office(leaders)
        return chosen.start, chosen.end
    officials = [m for m in own if m.kind == "official"]
    groups = [holding, *([m for m in own if m.kind == kind] for kind in ("meeting", "body"))]
    groups += [[_last_office(officials)] if officials else [], [m for m in own if m.kind == "department"]]
    return next((place for group in groups if (place := _chain(view, own, group))), None)


def _last_office(offices: Sequence[Mention]) -> Mention:
    """The office next to the name, or the name, in a chain of offices (中共中央政治局常委、国务院总理)."""
    last = offices[0]
    for mention in offices[1:]:
        if not 0 <= mention.start - last.end <= 4:
            break
        last = mention
    return last


def _chain(view: View, own: Sequence[Mention], chosen: Sequence[Mention]) -> tuple[int, int] | None:
    """The first of the chosen bodies with those that are joined to it (市委、市政府)."""
    if not chosen:
        return None
    start, end = chosen[0].start, chosen[0].end
    joined = {m.start: m.end for m in own if m.kind in ("body", "department")}
    for at in (joined[start] + 1, joined[start]) if start in joined else ():
        if at in joined and view.text[end:at] in ("", "、", "和"):
            end = joined[at]
    before = next(
        (m for m in own if m.kind == "body" and view.text[m.end : start] in ("、", "和") and m.end == start - 1), None
    )
    return (before.start if before else start), end


def _signature(view: View, found: Found, level: Level | None) -> tuple[int, int] | None:
    """The body that signs a notice: alone on its line."""
    for m in reversed(found.all):
        line = view.text.rfind("\n", 0, m.start) + 1
        if (
            m.level == level
            and m.kind in ("body", "department")
            and m.start == line
            and view.text[m.end : m.end + 1] == "\n"
        ):
            return m.start, m.end
    return None
