"""Entries of digests made by hand (all names invented)."""

from __future__ import annotations

from duizhao.types.articles import Article, Identity, Level
from duizhao.types.digests import DigestEntry
from duizhao.types.pages import Field, Page
from duizhao.types.summaries import Summary

STORY = (
    "清泽市政府3月4日召开老旧小区改造推进会，今年计划改造小区42个、惠及居民1.3万户。会议要求，各区要在4月底前完成入户调查，"
    "把加装电梯、管网更新和停车位改造一并纳入方案，资金由市区两级按比例分担，工程质量终身追责。会议明确，改造方案须经三分之二以上业主同意，"
    "施工期间要安排临时通道，保障老人和学生出行。"
)


def page(number: int, paper: str | None = None) -> Page:
    return Page(f"p{number}", f"p{number}.txt", "", (), paper, "2026-03-05", 1)


def entry(
    number: int, text: str, title: str = "", level: Level | None = "city", themes: tuple[str, ...] = ()
) -> DigestEntry:
    article = Article(
        "a1",
        f"p{number}",
        headline=Field(title, ()) if title else None,
        paragraphs=(Field(text, ()),),
        identity=Identity(level=level),
    )
    texts = {"headline": title or "提要", "brief": text[:40], "summary": text[:100]}
    return DigestEntry(article, Summary("a1", texts, (), "extractive", "extractive", len(text)), themes)  # type: ignore[arg-type]
