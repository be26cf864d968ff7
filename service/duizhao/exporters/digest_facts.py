"""A digest of many pages in, the lines and names that every format prints of it out."""

from __future__ import annotations

from duizhao.digest import level_counts, reprint_count
from duizhao.exporters import labels, rows
from duizhao.exporters.outline import chinese_date
from duizhao.types.digests import Digest, DigestEntry
from duizhao.types.pages import Page

TITLE = "要闻摘编"
NO_THEME = "其他"
# papers that are named one by one where a report was printed again
NAMED_PAPERS = 6
# a printed title that is longer is told by the headline of the summary
LONGEST_TITLE = 44


def period(d: Digest) -> str:
    """The day, or the first and the last day, of the pages."""
    days = sorted({p.date for p in d.pages if p.date})
    if not days:
        return ""
    first, last = chinese_date(days[0]), chinese_date(days[-1])
    return first if first == last else f"{first}至{last}"


def papers(d: Digest) -> int:
    """How many papers there are."""
    return len({p.paper for p in d.pages if p.paper})


def overview(d: Digest) -> str:
    """What was read, in one sentence or two."""
    named = f"{papers(d)}种报纸" if papers(d) else ""
    levels = "、".join(f"{labels.LEVELS[level]}{n}篇" for level, n in level_counts(d).items() if n)
    text = f"共{named}{len(d.pages)}个版面，摘编{len(d.entries)}篇（{levels}）"
    if merged := reprint_count(d):
        text += f"，另有{merged}篇为转载或重复刊载，已合并"
    return text + (f"；{len(d.failures)}个版面或篇目未能处理，见文末。" if d.failures else "。")


def theme_name(theme: str) -> str:
    """What a section is called."""
    return theme or NO_THEME


def title(e: DigestEntry) -> str:
    """The printed headline; where it is too long or missing, that of the summary."""
    printed = e.article.headline.text if e.article.headline else e.article.title
    return printed if 0 < len(printed) <= LONGEST_TITLE else e.summary.texts.get("headline") or rows.entry_title(e)


def brief(e: DigestEntry) -> str:
    """What is told of an article in one or two lines."""
    return e.summary.texts.get("brief") or e.summary.texts.get("summary") or ""


def place(p: Page) -> str:
    """Paper, day and number of a page."""
    parts = (rows.page_name(p), chinese_date(p.date), f"第{p.number}版" if p.number else "")
    return " ".join(part for part in parts if part)


def source(e: DigestEntry, pages: dict[str, Page]) -> str:
    """Where an article stands."""
    page = pages.get(e.article.page_id)
    return place(page) if page else e.article.page_id


def reprinted(e: DigestEntry, pages: dict[str, Page]) -> str:
    """转载 N 家, with the papers; another page of the same paper is no reprint."""
    others, own = _elsewhere(e, pages)
    told = []
    if others:
        more = "等" if len(others) > NAMED_PAPERS else ""
        told.append(f"转载{len(others)}家：{'、'.join(others[:NAMED_PAPERS])}{more}")
    if own:
        told.append(f"另见：{'、'.join(own[:NAMED_PAPERS])}")
    return "；".join(told)


def reprinted_short(e: DigestEntry, pages: dict[str, Page]) -> str:
    """转载 N 家 alone."""
    others, _ = _elsewhere(e, pages)
    return f"转载{len(others)}家" if others else ""


def _elsewhere(e: DigestEntry, pages: dict[str, Page]) -> tuple[list[str], list[str]]:
    """One page of each other paper, and other pages of the same one."""
    home = pages.get(e.article.page_id)
    others: dict[str, str] = {}
    own: dict[str, None] = {}
    for page in (pages[r.page_id] for r in e.reprints if r.page_id in pages):
        if home and rows.page_name(page) == rows.page_name(home):
            own[place(page)] = None
        else:
            others.setdefault(rows.page_name(page), place(page))
    return list(others.values()), list(own)


def note(e: DigestEntry) -> str:
    """What a reader should know of an entry: unfinished text, warnings."""
    notes = [f"未完，转第{e.article.jump.page}版" if e.article.jump else "未完"] if e.summary.continued else []
    return "；".join([*notes, *map(labels.saying, e.summary.warnings)])


def anchor(e: DigestEntry) -> str:
    """Its place in a file."""
    return f"{e.article.page_id}-{e.article.id}"
