"""A digest in, the columns and rows of its workbook out."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.digest import reprint_count, sections
from duizhao.exporters import labels, rows
from duizhao.exporters._sheets import NUMBER, REVIEW_COLUMNS, Column, Value
from duizhao.exporters.digest_facts import reprinted, theme_name
from duizhao.exporters.review import entry_id
from duizhao.types.digests import Digest, DigestEntry
from duizhao.types.pages import Page

ENTRY_COLUMNS = (
    NUMBER,
    Column("出处", 16),
    Column("层级", 7),
    Column("发布", 12),
    Column("文体", 9),
    Column("原题", 22),
    Column("拟题", 20),
    Column("一句话", 24),
    Column("摘要", 44),
    Column("主题", 12),
    Column("转载", 16),
    Column("提示", 12),
    *REVIEW_COLUMNS,
)
# pages that the overview names one by one
SHOWN_PAGES = 20
THEME_COLUMNS = (NUMBER, Column("主题", 26), *(Column(name, 10) for name in labels.LEVELS.values()), Column("合计", 10))
SENTENCE_COLUMNS = (
    NUMBER,
    Column("篇目", 10),
    Column("标题", 26, clipped=True),
    Column("摘要句", 52),
    Column("位置", 22),
    Column("依据的原文", 64),
)
BODY_COLUMNS = (
    NUMBER,
    Column("篇目", 10),
    Column("标题", 26, clipped=True),
    Column("起", 8),
    Column("止", 8),
    Column("原文", 90),
)
FAILURE_COLUMNS = (NUMBER, Column("对象", 20), Column("环节", 14), Column("类型", 18), Column("原因", 70))


def facts(d: Digest) -> list[tuple[str, list[Value]]]:
    """The overview: a name and its value."""
    shown = [*map(_place, d.pages[:SHOWN_PAGES]), *(["…"] if len(d.pages) > SHOWN_PAGES else [])]
    return [
        ("版面", ["\n".join(shown)]),
        ("版数", [len(d.pages)]),
        ("篇数", [len(d.entries)]),
        ("转载（已合并）", [reprint_count(d)]),
        ("未能处理", [len(d.failures)]),
        ("模型", ["、".join(dict.fromkeys(e.summary.model for e in d.entries))]),
        ("提示", ["\n".join(map(labels.saying, d.warnings))]),
    ]


def entries(d: Digest) -> Iterator[tuple[Value, ...]]:
    """One row an article."""
    pages = {p.id: p for p in d.pages}
    for e in d.entries:
        a, s = e.article, e.summary
        page = pages.get(a.page_id)
        notes = [f"未完，转第{a.jump.page}版" if a.jump else "未完"] if s.continued else []
        yield (
            _place(page) if page else "",
            labels.LEVELS[a.identity.level],
            a.identity.issuer.text if a.identity.issuer else "未标明",
            labels.GENRES[a.identity.genre],
            a.title,
            s.texts.get("headline", ""),
            s.texts.get("brief", ""),
            s.texts.get("summary") or s.texts.get("long") or "",
            "、".join(e.themes),
            reprinted(e, pages),
            "\n".join([*notes, *map(labels.saying, s.warnings)]),
            "",
            "",
            entry_id(e),
        )


def themes(d: Digest) -> Iterator[tuple[Value, ...]]:
    """How many articles of each level a theme has."""
    for section in sections(d):
        yield theme_name(section.theme), *section.counts.values(), section.total


def sentences(d: Digest) -> Iterator[tuple[Value, ...]]:
    """Each printed sentence with the slices of the body that it is made of, and their offsets there."""
    for e in d.entries:
        text = e.article.text
        for sentence in e.summary.sentences:
            places = "，".join(f"{start}-{end}" for start, end in sentence.sources)
            slices = " ｜ ".join(text[start:end] for start, end in sentence.sources)
            yield _article(d, e), e.article.title, sentence.text, places, slices


def bodies(d: Digest) -> Iterator[tuple[Value, ...]]:
    """The full texts by paragraph, with offsets of the body."""
    for e in d.entries:
        at = 0
        for p in e.article.paragraphs:
            yield _article(d, e), e.article.title, at, at + len(p.text), p.text
            at += len(p.text) + 1


def failures(d: Digest) -> Iterator[tuple[Value, ...]]:
    """What did not work."""
    return ((rows.failed(f), labels.STAGES.get(f.stage, f.stage), f.type, labels.saying(f.detail)) for f in d.failures)


def _article(d: Digest, e: DigestEntry) -> str:
    """Its id, which is unique on its page only."""
    return e.article.id if len(d.pages) == 1 else f"{e.article.page_id}-{e.article.id}"


def _place(p: Page) -> str:
    return " ".join(x for x in (rows.page_name(p), p.date or "", f"第{p.number}版" if p.number else "") if x)
