"""Identity of an article or a text: its genre, who speaks and on which level, each with the words that show it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from duizhao.segmenter.evidence import Piece, View, pieces_of
from duizhao.segmenter.genre import Reading, genre_of
from duizhao.segmenter.institutions import MUNICIPALITIES, PROVINCES, Mention, fold, mentions, without_references
from duizhao.segmenter.issuer import REPRESENTS, Found, issuer_of
from duizhao.types.articles import Article, Identity, Level

_OPENING = 320  # characters after the byline: two or three sentences, where a report names its holder
# How much a mention says of the level; set by hand on 2,774 central and local texts of 1954-2024 (99.4 % told right).
_WEIGHT = {
    "leader": 3.0, "body": 3.0, "meeting": 3.0, "self": 3.0, "department": 2.0, "official": 2.0, "whole": 2.0,
    "nation": 1.0, "place": 1.0,
}  # fmt: skip
_PLACES = 3.0  # most that places of one level weigh together: a list of provinces says little more than one of them
_FILED = 5.0  # a story that a paper's own reporter files from a place is rather about that place than about a ministry
_BYLINE = re.compile(
    r"(?:据[^，。\n]{2,12}(?:报道|消息)|(?:本报|本网|本台|新华社|中新社|人民网)[^，。\n]{0,16}?(?:讯|电|消息)[：，]?)?"
    r"(?:[（(][^（）()\n]{0,60}(?:记者|通讯员)?[^（）()\n]{0,60}[）)])?"
)
_DATELINE = re.compile(
    rf"本报(?:(?P<province>{PROVINCES})|(?P<city>[^，。\s\d]{{2,4}}?))?(?:\d[^，。\n]{{0,8}})?(?:讯|电)"
)
_SPECIFIC: tuple[Level, ...] = ("county", "city", "province", "central")


def identify(article: Article) -> Identity:
    """Genre, issuer and level of an article; the evidence points into its page."""
    title = (article.column, article.kicker, article.headline, article.subheadline)
    own_line = (f for f in (article.byline, article.dateline) if f and not f.inline)
    body = article.paragraphs or article.captions
    view = View(
        [Piece(f.text, field=f) for f in title if f],
        [Piece(f.text, field=f) for f in chain(own_line, body)],
    )
    return _identity(view, column=article.column.text if article.column else "", bodyless=not article.paragraphs)


def identify_text(text: str, title: str = "", date: str | None = None) -> Identity:
    """Genre, issuer and level of a plain text; evidence counts in `text`, without spans if only the title shows it.

    `date` is taken so that a whole document can be handed on; a text says itself what it is.
    """
    return _identity(
        View([Piece(title)] if title.strip() else [], pieces_of(text)), column="", bodyless=not text.strip()
    )


def _identity(view: View, *, column: str, bodyless: bool) -> Identity:
    if not view.text:
        return Identity()
    start = _after_byline(view)
    plain = without_references(view.text)
    found = _held_offices(view, mentions(plain))
    near = [m for m in found if m.start < start + _OPENING and not view.title_end <= m.start < start]
    opening = Found(near, found)
    level, shown = _level(view, opening, start)
    genre = genre_of(
        Reading(
            text=fold(view.text),
            plain=plain,
            body=view.title_end,
            column=fold("".join(column.split())),
            level=level,
            headline_only=bodyless,
        )
    )
    kind = genre[0] if genre else None
    speaker = None if kind == "commentary" else issuer_of(view, plain, opening, level, kind)
    return Identity(
        genre=kind,
        genre_evidence=view.evidence(genre[1], genre[2]) if genre else None,
        issuer=view.evidence(*speaker) if speaker else None,
        level=level,
        level_evidence=view.evidence(*shown) if shown else None,
    )


def _held_offices(view: View, found: Sequence[Mention]) -> list[Mention]:
    """Without the higher office of a person who acts in a lower one (省委常委、市委书记)."""
    offices = ("leader", "official")
    return [
        m
        for m, after in zip(found, (*found[1:], None), strict=False)
        if after is None
        or not (m.kind in offices and after.kind in offices and m.level != after.level)
        or not re.fullmatch(r"[^，。；\n]{0,6}、[^，。；、\n]{0,4}", view.text[m.end : after.start])
    ]


def _after_byline(view: View) -> int:
    match = _BYLINE.match(view.text, view.title_end)
    end = match.end() if match else view.title_end
    return end + 1 if view.text[end : end + 1] == "\n" else end


def _level(view: View, opening: Found, start: int) -> tuple[Level | None, tuple[int, int] | None]:
    """The level with most weight in title and opening; then in all that was read; then that of the dateline."""
    for found, least in ((opening.near, 1.0), (opening.all, 4.0)):
        votes: dict[Level, float] = defaultdict(float)
        places: dict[Level, float] = defaultdict(float)
        best: dict[Level, tuple[tuple[bool, float], Mention]] = {}
        for order, mention in enumerate(found):
            weight = _weight(view, mention, first=order == 0)
            if mention.kind == "place":
                weight = min(weight, max(0.0, _PLACES - places[mention.level]))
                places[mention.level] += weight
            votes[mention.level] += weight
            rank = (mention.start >= view.title_end, weight)  # words of the text show it better than those of the title
            if mention.level not in best or rank > best[mention.level][0]:
                best[mention.level] = (rank, mention)
        if votes and max(votes.values()) >= least:
            level = _winner(votes, filed_locally=bool(_filed_from(view)))
            mention = best[level][1]
            if level == "city" and _municipal(view, found):
                level = "province"
            return level, (mention.start, mention.end)
    return _dateline_level(view)


def _filed_from(view: View) -> re.Match[str] | None:
    """The dateline of a story that a paper's own reporter sent from outside the capital, or 本报讯 of a local paper."""
    m = _DATELINE.match(view.text, view.title_end)
    return m if m and m["province"] != "北京" else None


def _dateline_level(view: View) -> tuple[Level | None, tuple[int, int] | None]:
    """The place that a reporter writes from, if it is of the province level or the title names it too."""
    m = _filed_from(view)
    if m and m["province"]:
        return "province", m.span("province")
    if m and m["city"] and m["city"] in view.text[: view.title_end]:
        return "city", m.span("city")
    return None, None


def _weight(view: View, mention: Mention, *, first: bool) -> float:
    weight = _WEIGHT[mention.kind]
    if mention.kind == "self" and mention.level != "central":
        weight *= 2  # 我市 is said by the city itself or by its paper
    if mention.acting:
        weight *= 1.5
    if mention.start < view.title_end:
        weight *= 2
    if first:
        weight *= 1.5
    if mention.kind == "body" and REPRESENTS.search(view.text[max(0, mention.start - 10) : mention.start]):
        weight *= 5  # 我代表…人民政府: the speaker names the body
    return weight


def _winner(votes: dict[Level, float], *, filed_locally: bool) -> Level:
    """Central or local first; among the local ones the most specific that comes near the heaviest."""
    central = votes.get("central", 0.0)
    local: dict[Level, float] = {level: weight for level, weight in votes.items() if level != "central"}
    if not local or central >= sum(local.values()) + _FILED * filed_locally:
        return "central"
    most = max(local.values())
    return next(level for level in _SPECIFIC if local.get(level, 0.0) >= 0.8 * most)


def _municipal(view: View, found: Sequence[Mention]) -> bool:
    """A 市 that is a municipality under the central government: it is named so, and no 省 stands above it."""
    head = fold(view.text)
    if re.search(r"[全我本]省|省(?:委|政府|人民政府|人大)|自治区", head):
        return False
    names = re.findall(MUNICIPALITIES, head)
    named = (m for m in found if m.level == "province" and m.kind in ("body", "official", "department"))
    return any(re.match(MUNICIPALITIES, head[m.start :]) for m in named) or any(
        names.count(name) >= 3 for name in set(names)
    )
