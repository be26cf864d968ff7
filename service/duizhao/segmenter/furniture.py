"""What belongs to the page and to no article: rows in, furniture roles and the imprint of the page out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duizhao.segmenter.lines import Row

# A furniture line is short: a body line that happens to name an editor or a date is not.
LONGEST = 70
# So near to a sure furniture line (in lines) stands the rest of a page head or foot.
NEAR = 4

# Widest masthead, section name or address beside it, and widest slogan (characters).
WIDEST = 16.0
SLOGAN = 10.0

# A small advertisement has at most so many lines.
MOST_ADVERTISED = 6

PUNCTUATION = re.compile(r"[，。、；：]")
YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
DATE = re.compile(YEAR + r"\s*[年./-]\s*(?P<month>[01]?[0-9])\s*[月./-]\s*(?P<day>[0-3]?[0-9])(?:\s*日)?")
WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
FOLIO = re.compile(
    r"^(?:第\s*)?(?P<number>[A-Z]?[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:\s*[\u4e00-\u9fff·]{2,8})?$"
)
# with its 第 in one line with the date: 2025年3月12日 星期三 第2版
FOLIO_BESIDE = re.compile(r"(?:^|\s)第\s*(?P<number>[A-Z]?[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*版(?=\s|$)")
# the page number of a report: between dashes, or 第3页 共8页
LEAF = re.compile(
    r"^(?:[-—–－]{1,2}\s*[0-9]{1,4}\s*[-—–－]{1,2}|第\s*[0-9]{1,4}\s*页(?:\s*[，,/／]?\s*共\s*[0-9]{1,4}\s*页)?)$"
)
# a page number alone on its line: 05, A03
BARE_FOLIO = re.compile(r"^[A-Z]?[0-9０-９]{1,3}$")
PRINT_NUMBERS = re.compile(
    r"CN\s*[0-9]{2}\s*[-—–]\s*[0-9]{4}|国内统一(?:连续出版物|刊)号|邮发代号|ISSN|[总第]第?\s*[0-9]{3,6}\s*期|今日\s*[0-9一二三四五六七八九十]{1,3}\s*版"
)
LUNAR = re.compile(
    r"^(?:农历)?\s*[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[\u4e00-\u9fff]{2,8}$|^农历[\u4e00-\u9fff]{2,14}$"
)
EDITORS = re.compile(
    r"(?:责任?编辑?|责编|值班编[辑委]|版式设计|版式|美术?编辑?|美编|校对|编辑|排版|组版|审读|值班主任)\s*[：:/／|｜]?\s*[\u4e00-\u9fff]{2,4}"
)
EDITORS_OPEN = re.compile(
    r"^[（(]?\s*(?:本版)?(?:责任?编辑?|责编|值班编[辑委]|版式设计|版式|美编|校对|编辑|组版|值班主任)\s*[：:/／|｜ ]"
)
CONTACT = re.compile(
    r"(?:https?://|www\.)\S+|新闻热线|投稿邮箱|电子邮箱|E-?mail|社址|报料热线|广告热线|发行热线|邮政?编码?[：:]|网址[：:]|微信公众号$",
    re.I,
)
# A line that opens so is the paper's own: no notice gives the telephone number of a news desk.
OWN_CONTACT = re.compile(
    r"^(?:本报)?(?:新闻|报料|爆料|广告|发行|读者|订报|投诉)(?:热线|电话)|^(?:投稿|新闻|本报)(?:邮箱|信箱)|^(?:本报)?社址"
)
WEATHER = re.compile(
    r"^(?:天气|今日天气|明日天气|今天|明天|今日|明日)?[：: ]*(?:晴|阴|多云|小雨|中雨|阵雨|小雪).{0,16}(?:℃|°C|度)$"
)
ORGAN = re.compile(
    r"^(?:中共|中国共产党)[\u4e00-\u9fff]{2,12}(?:委员会|委)?(?:机关报|主管主办|主办)$|机关报$|(?:主管主办|主管 主办)$"
)
PUBLIC_AD = re.compile(r"^·?\s*(?:公益广告|广告|公\s*益\s*广\s*告)\s*·?$")
INDEX_LABEL = re.compile(r"^(?:今日|本期|本报|要闻)?(?:导读|提要|导览|看点)$")
MASTHEAD = re.compile(r"^[\u4e00-\u9fff\s]{2,10}(?:日报|晚报|早报|晨报|时报|商报|周报|都市报|快报|新闻|报)$")
SECTION = re.compile(r"^[\u4e00-\u9fff]{2,4}$")
# No furniture is without one of these.
HINT = re.compile(r"[版期号编校报年农导提看广℃度CID责美组值审主页线箱址—–－-]")
CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Imprint:
    """Name, ISO date and number of a page, where they are printed."""

    paper: str | None = None
    date: str | None = None
    number: int | None = None


def furniture_roles(rows: Sequence[Row]) -> dict[int, str]:
    """Role of every row that is furniture, by its index."""
    roles = {i: role for i, row in enumerate(rows) if (role := _sure_role(row.text))}
    for i, row in enumerate(rows):
        if i not in roles and (role := _role_beside(rows, roles, i, row)):
            roles[i] = role
    for i in [i for i, role in roles.items() if role == "advertisement" and PUBLIC_AD.match(rows[i].text.strip())]:
        roles |= dict.fromkeys(_advertised(rows, roles, i), "advertisement")
    return roles


def _advertised(rows: Sequence[Row], roles: dict[int, str], label: int) -> list[int]:
    """The lines of a small advertisement: they stand right over the word that says so, and hold no sentence."""
    found: list[int] = []
    for i in range(label - 1, max(-1, label - 1 - MOST_ADVERTISED), -1):
        if rows[i + 1].blank or i in roles or PUNCTUATION.search(rows[i].text.replace("：", "")):
            break
        found.append(i)
    return found


def imprint(rows: Sequence[Row], roles: dict[int, str]) -> Imprint:
    """What the furniture says of the page."""
    paper = date = number = None
    for i, role in roles.items():
        text = rows[i].text
        if paper is None:
            paper = _paper(text, role)
        if role in ("date", "folio", "masthead", "other") and date is None:
            date = _iso(text)
        if role in ("date", "folio") and number is None:
            number = _number(text)
    return Imprint(paper, date, number)


def _sure_role(text: str) -> str | None:
    if len(text) > LONGEST or not HINT.search(text):
        return None
    bare = text.strip()
    if PUBLIC_AD.match(bare):
        return "advertisement"
    if INDEX_LABEL.match(bare):
        return "index_label"
    if FOLIO.match(bare) or LEAF.match(bare):
        return "folio"
    if PRINT_NUMBERS.search(bare) and not bare.endswith(("。", "，")):
        return "cn_number"
    if EDITORS_OPEN.match(bare) or len(EDITORS.findall(bare)) > 1:
        return "editors"
    date = DATE.search(bare)
    if date and WEEKDAY.search(bare) and len(bare) <= 40 and not bare.endswith(("。", "，")):
        return "date"
    if LUNAR.match(bare):
        return "date"
    return _sure_small(bare)


def _sure_small(bare: str) -> str | None:
    if bare.endswith(("。", "，", "；")) or len(bare) > 40:
        return None
    if OWN_CONTACT.match(bare):
        return "other"
    if ORGAN.search(bare) and len(bare) <= 24:
        return "slogan"
    if WEATHER.search(bare):
        return "weather"
    return None


def _role_beside(rows: Sequence[Row], roles: dict[int, str], i: int, row: Row) -> str | None:
    """Masthead, section name or slogan: a short line of its own beside a sure line of the page head or foot."""
    if not any(j in roles for j in range(i - NEAR, i + NEAR + 1)):
        return None
    text = row.text.strip()
    if row.width > WIDEST or row.ends_sentence or text.endswith(("，", "、", "；")):
        return None
    after = roles.get(i + 1)
    if after == "advertisement" and PUBLIC_AD.match(rows[i + 1].text.strip()) and _slogan(row):
        return "advertisement"
    near = {roles[j] for j in range(i - NEAR, i + NEAR + 1) if j in roles and _only_furniture(roles, i, j)}
    if near and CONTACT.search(text):
        return "slogan"
    if MASTHEAD.match(text) and near & {"date", "cn_number"}:
        return "masthead"
    if near and DATE.fullmatch(text):
        return "date"
    if near & {"date", "masthead"} and BARE_FOLIO.match(text):
        return "folio"
    beside = {roles.get(i - 1), after}
    if roles.get(i - 1) == "folio" and BARE_FOLIO.match(rows[i - 1].text.strip()) and _names_section(rows, i):
        return "section"
    alone = (row.blank or i == 0) and (i + 1 == len(rows) or rows[i + 1].blank)
    enclosed = i == 0 or i + 1 == len(rows) or None not in beside
    if alone and enclosed and row.width <= 8 and beside & {"folio", "date"}:
        return "section"
    return None


def _names_section(rows: Sequence[Row], i: int) -> bool:
    """Straight under a page number, a blank line below, two to four characters: what the page is about."""
    below = i + 1 == len(rows) or rows[i + 1].blank
    return below and not rows[i].blank and SECTION.match(rows[i].text.strip()) is not None


def _slogan(row: Row) -> bool:
    """The large line of a public-service advertisement: short, on its own, without punctuation."""
    return row.blank and row.width <= SLOGAN and not PUNCTUATION.search(row.text)


def _only_furniture(roles: dict[int, str], i: int, j: int) -> bool:
    low, high = min(i, j), max(i, j)
    return all(k in roles for k in range(low + 1, high))


def _paper(text: str, role: str) -> str | None:
    """The paper's name: the masthead, or what stands before the date in one line with it."""
    date = DATE.search(text) if role == "date" else None
    name = text if role == "masthead" else text[: date.start()].strip() if date else ""
    return "".join(name.split()) if MASTHEAD.match(name) else None


def _iso(text: str) -> str | None:
    match = DATE.search(text.translate(WIDE_DIGITS))
    if not match:
        return None
    year, month, day = (int(match[k]) for k in ("year", "month", "day"))
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _number(text: str) -> int | None:
    match = FOLIO.match(text.strip()) or FOLIO_BESIDE.search(text)
    digits = match["number"] if match else text.strip() if BARE_FOLIO.match(text.strip()) else ""
    if not digits:
        return None
    digits = digits.translate(WIDE_DIGITS).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else chinese_number(digits)


def chinese_number(text: str) -> int | None:
    """A number under one hundred in Chinese numerals."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return CHINESE_DIGITS.get(ones) if len(ones) == 1 else None
    high = CHINESE_DIGITS.get(tens, 0) if tens else 1
    return high * 10 + (CHINESE_DIGITS.get(ones, 0) if ones else 0)
