"""Results made by hand for the exporters: a comparison, a digest, and helpers to make others (all names invented)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.types.articles import Article, Document, Identity, Jump, Level
from duizhao.types.comparisons import Alignment, ComparedDocument, Comparison, Gap, Quote, SharedPhrase, ThemeRow, Unit
from duizhao.types.digests import Digest, DigestEntry, Failure
from duizhao.types.pages import Field, Page, Span
from duizhao.types.summaries import SourcedSentence, Summary

CENTRAL = (
    "会议强调，要加快建设现代化产业体系，推动传统产业技术改造和设备更新。要健全粮食产销区利益补偿机制，"
    "确保粮食播种面积稳定。要推进河湖长制，加强饮用水水源地保护。要办好群众身边的养老服务。"
)
LOCAL = (
    "会议指出，实施百企技改行动，年内推动传统产业技术改造项目120个，完成设备更新投资30亿元。"
    "支持老工业区企业开展设备更新。严格落实河湖长制，清河口水源地保护工程6月底前开工。"
    "办好第三届清泽苇编文化节。"
)


def unit(document: str, unit_id: str, text: str, kind: str = "demand", themes: tuple[str, ...] = ()) -> Unit:
    """The unit of a text that begins at the first place of these words."""
    start = document.index(text)
    return Unit(unit_id, start, start + len(text), text, kind, themes)  # type: ignore[arg-type]


def quote(document: str, text: str) -> Quote:
    start = document.index(text)
    return Quote(start, start + len(text), text)


def shared(central: str, local: str, quotes: tuple[Quote, Quote], text: str) -> SharedPhrase:
    """Words that stand in both quotes."""
    c, n = central.index(text, quotes[0].start), local.index(text, quotes[1].start)
    return SharedPhrase(text, Span(c, c + len(text)), Span(n, n + len(text)))


def link(
    central: str, local: str, pair: tuple[str, str], quotes: tuple[str, str], phrases: tuple[str, ...], **facts: object
) -> Alignment:
    """A linked pair of units with its evidence; `facts`: relation, specificity, score."""
    found = quote(central, quotes[0]), quote(local, quotes[1])
    return Alignment(
        pair[0],
        pair[1],
        facts.get("score", 1.2),  # type: ignore[arg-type]
        True,
        "linked",
        facts.get("relation", "concretised"),  # type: ignore[arg-type]
        facts.get("specificity", 2),  # type: ignore[arg-type]
        *found,
        tuple(shared(central, local, found, p) for p in phrases),
    )


def identity(issuer: str, level: Level) -> Identity:
    return Identity("meeting_report", None, Field(issuer, ()), level, None)


@pytest.fixture
def comparison() -> Comparison:
    """Four central demands; two of them are echoed, the first one by two local units."""
    central_units = (
        unit(CENTRAL, "u1", "要加快建设现代化产业体系，推动传统产业技术改造和设备更新。", themes=("industry",)),
        unit(CENTRAL, "u2", "要健全粮食产销区利益补偿机制，确保粮食播种面积稳定。"),
        unit(CENTRAL, "u3", "要推进河湖长制，加强饮用水水源地保护。", themes=("ecology",)),
        unit(CENTRAL, "u4", "要办好群众身边的养老服务。"),
    )
    local_units = (
        unit(
            LOCAL,
            "u1",
            "实施百企技改行动，年内推动传统产业技术改造项目120个，完成设备更新投资30亿元。",
            "action",
            ("industry",),
        ),
        unit(LOCAL, "u2", "支持老工业区企业开展设备更新。", "action", ("industry",)),
        unit(LOCAL, "u3", "严格落实河湖长制，清河口水源地保护工程6月底前开工。", "action", ("ecology",)),
        unit(LOCAL, "u4", "办好第三届清泽苇编文化节。", "action"),
    )
    industry = ("推动传统产业技术改造和设备更新", "推动传统产业技术改造项目120个，完成设备更新投资30亿元")
    water = ("推进河湖长制，加强饮用水水源地保护", "严格落实河湖长制，清河口水源地保护工程6月底前开工")
    central = Document("central", CENTRAL, "全国城乡建设工作会议在京召开", "2025-02-27", identity("国务院", "central"))
    local = Document("local", LOCAL, "市委常委会召开会议", "2025-03-05", identity("中共清泽市委", "city"))
    return Comparison(
        ComparedDocument(central, central_units),
        ComparedDocument(local, local_units),
        (
            link(CENTRAL, LOCAL, ("u1", "u1"), industry, ("传统产业技术改造", "设备更新"), specificity=3, score=2.31),
            link(
                CENTRAL,
                LOCAL,
                ("u1", "u2"),
                ("技术改造和设备更新", "开展设备更新"),
                ("设备更新",),
                relation="same_theme",
            ),
            link(CENTRAL, LOCAL, ("u3", "u3"), water, ("河湖长制", "水源地保护"), score=1.87),
            Alignment(
                "u4", "u4", 0.21, False, "none", None, 0, quote(CENTRAL, "要办好群众"), quote(LOCAL, "办好第三届")
            ),
        ),
        {"central_demands": 4, "echoed": 2, "not_found": 2},
        (Gap("u2", None, 0.0), Gap("u4", "u4", 0.21)),
        ("u4",),
        (
            ThemeRow("industry", "现代化产业体系", 1, 2, 2, "echoed"),
            ThemeRow("ecology", "生态环境保护", 1, 1, 1, "echoed"),
            ThemeRow("aging", "养老服务", 1, 0, 0, "central_only"),
        ),
        ("地方文本与中央文本同日发布，先后无法判断。",),
        "ngrams+encoder",
        "encoder-1",
        {"linked": 1.0, "review": 0.5},
    )


@pytest.fixture
def digest() -> Digest:
    """Two articles of one page, one of them continued on page 3, and one failure."""
    page = Page("p1", "qingze.txt", "", (), "清泽日报", "2025-03-05", 1)
    local = Article(
        "a2",
        "p1",
        kicker=Field("市委常委会召开会议", ()),
        headline=Field("部署百企技改行动", ()),
        jump=Jump(3),
        paragraphs=(Field("市委常委会3月4日召开会议。", ()), Field(LOCAL, ())),
        identity=identity("中共清泽市委", "city"),
    )
    central = Article(
        "a1",
        "p1",
        headline=Field("全国城乡建设工作会议在京召开", ()),
        paragraphs=(Field(CENTRAL, ()),),
        identity=identity("国务院", "central"),
    )
    return Digest(
        (page,),
        (
            DigestEntry(central, summary("a1", "会议要求加快建设现代化产业体系", CENTRAL), ("现代化产业体系",)),
            DigestEntry(local, summary("a2", "清泽实施百企技改行动", local.text, continued=True)),
        ),
        (Failure("a3", "summarize", "EmptyInput", "正文为空，没有可摘的句子"),),
        ("p1: 第2栏有三行无法归入任何一篇",),
    )


@pytest.fixture
def comparison_of() -> Callable[[str, str], Comparison]:
    """A comparison of two texts that are one unit each, linked, with the whole text as quote."""

    def make(central: str, local: str) -> Comparison:
        return Comparison(
            ComparedDocument(Document("c", central, "甲"), (Unit("u1", 0, len(central), central, "demand"),)),
            ComparedDocument(Document("l", local, "乙"), (Unit("u1", 0, len(local), local, "action"),)),
            (link(central, local, ("u1", "u1"), (central, local), ()),),
            {"central_demands": 1, "echoed": 1, "not_found": 0},
            (),
            (),
            (),
            (),
            "ngrams",
            "none",
        )

    return make


@pytest.fixture
def matches_golden() -> Callable[[str, str], None]:
    """Compares a text with a file of golden/; REGENERATE=1 writes the file anew."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).with_name("golden") / name
        if os.environ.get("REGENERATE"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; look, then REGENERATE=1 if it is meant"

    return check


def summary(article: str, headline: str, text: str, *, continued: bool = False) -> Summary:
    """The first sentence of the last line as the only sentence of all lengths."""
    start = text.rfind("\n") + 1
    end = text.index("。", start) + 1
    sentence = SourcedSentence(text[start:end], (Span(start, end),))
    texts = {"headline": headline, "brief": sentence.text, "summary": sentence.text, "long": sentence.text}
    return Summary(article, texts, (sentence,), "extractive", "extractive", len(text), continued=continued)  # type: ignore[arg-type]
