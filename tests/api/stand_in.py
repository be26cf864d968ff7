"""A small pipeline for the tests of the service: real types, invented texts, no model; it can be made to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from duizhao.api.engine import Engine
from duizhao.errors import EmptyInput, NothingToCompare, TooLarge
from duizhao.pipeline import PageComparison
from duizhao.readers.files import read_pages
from duizhao.text import field_of, sentences
from duizhao.types.articles import Article, Document, Identity, SegmentedPage
from duizhao.types.comparisons import Alignment, ComparedDocument, Comparison, Gap, Quote, SharedPhrase, ThemeRow, Unit
from duizhao.types.digests import Failure
from duizhao.types.pages import Page, Span
from duizhao.types.summaries import LENGTHS, Length, SourcedSentence, Summary

# starts a service over the stand-in; keyword arguments are settings
Start = Callable[..., TestClient]


@dataclass
class Loopback:
    """An application as this machine reaches it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Every client is at 127.0.0.1."""
        if "client" in scope:
            scope["client"] = ("127.0.0.1", 50000)
        await self.app(scope, receive, send)


@dataclass
class StandIn(Engine):
    """Cuts a page at blank lines (first line = headline), summarizes by first sentences, links first to first."""

    loads: int = 0
    calls: list[str] = field(default_factory=list)
    gate: threading.Event | None = None
    entered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    error: Exception | None = None

    def load(self) -> None:
        self.loads += 1

    def segment(self, data: bytes, source: str, check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        self._pass("segment")
        (page,) = read_pages(data, source=source, page_id=source.rsplit(".", 1)[0])
        if len(page.text) > self.settings.max_page_characters:
            raise TooLarge("The page is too long.")
        articles = []
        for start, end in _blocks(page.text):
            head, _, _ = page.text[start:end].partition("\n")
            body = start + len(head) + 1
            paragraphs = (field_of(page.text, [(body, end)]),) if body < end else ()
            level = "central" if "全国" in head else "city"
            identity = Identity(genre="news", level=level)
            headline = field_of(page.text, [(start, start + len(head))])
            kind = "article" if paragraphs else "headline_only"
            number = f"a{len(articles) + 1}"
            articles.append(Article(number, page.id, kind, headline=headline, paragraphs=paragraphs, identity=identity))
        return [SegmentedPage(replace(page, paper="清泽日报"), tuple(articles), (), page.warnings)]

    def embedder(self) -> None:
        return None

    def segmented(self, pages: Iterable[Page], check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        return [each for page in pages for each in self.segment(page.text.encode(), page.source, check)]

    def summarize(
        self,
        documents: Sequence[Document],
        model: str | None = None,
        lengths: Sequence[Length] = LENGTHS,
        max_chars: int | None = None,
    ) -> list[Summary | Failure]:
        self._pass("summarize")
        return [self._summary(d, model or "stand-in", lengths) for d in documents]

    def compare(self, central: Document, local: Sequence[Document], model: str | None = None) -> tuple[Comparison, ...]:
        self._pass("compare")
        return tuple(comparison(central, each) for each in local)

    def compare_pages(
        self, pages: Sequence[SegmentedPage], model: str | None = None, *, limited: bool = True
    ) -> PageComparison:
        self._pass("compare_pages")
        (page,) = pages
        if limited and sum(len(a.text) for a in page.articles) > self.settings.max_request_characters:
            raise TooLarge("The page is too long.")
        sides: dict[str | None, list[Document]] = {"central": [], "city": []}
        for a in page.articles:
            if a.paragraphs:
                sides[a.identity.level].append(Document(a.id, a.text, a.title, page.page.date))
        if not all(sides.values()):
            raise NothingToCompare("no central article with a body was found")
        groups = tuple(tuple(comparison(c, local) for local in sides["city"]) for c in sides["central"])
        return PageComparison(groups, ("一篇文章层级未标明",))

    def _summary(self, document: Document, model: str, lengths: Sequence[Length]) -> Summary | Failure:
        found = list(sentences(document.text))
        if not found:
            return Failure(document.id, "summarize", EmptyInput.__name__, "The text is empty: give some text.")
        chosen = tuple(SourcedSentence(document.text[s:e], (Span(s, e),)) for s, e in found[:3])
        texts = {length: "".join(c.text for c in chosen) for length in lengths}
        return Summary(document.id, texts, chosen, "extractive", model, len(document.text))

    def _pass(self, name: str) -> None:
        self.calls.append(name)
        self.entered.release()
        if self.gate is not None and not self.gate.wait(30):
            raise AssertionError("the gate was never opened")
        if self.error is not None:
            raise self.error


def comparison(central: Document, local: Document) -> Comparison:
    """A comparison in which the first sentences are linked, and the last central one has no echo."""
    sides = [ComparedDocument(d, _units(d, name)) for d, name in ((central, "c"), (local, "l"))]
    if not all(side.units for side in sides):
        raise NothingToCompare("a text without units")
    first, second = (side.units[0] for side in sides)
    quotes = [Quote(u.start, u.end, u.text) for u in (first, second)]
    phrase = SharedPhrase(central.text[:2], Span(0, 2), Span(0, 2))
    link = Alignment(first.id, second.id, 3.5, True, "linked", "verbatim", 1, *quotes, (phrase,))
    gaps = tuple(Gap(u.id, second.id, 0.5) for u in sides[0].units[1:])
    coverage = {"central_demands": len(sides[0].units), "echoed": 1, "not_found": len(gaps)}
    themes = (ThemeRow("T01", "粮食安全", 2, 1, 1, "echoed"),)
    local_only = tuple(u.id for u in sides[1].units[1:])
    return Comparison(*sides, (link,), coverage, gaps, local_only, themes, (), "stand-in", "none", {"link": 3.0})


def _units(document: Document, name: str) -> tuple[Unit, ...]:
    spans = sentences(document.text)
    return tuple(Unit(f"{name}{n}", s, e, document.text[s:e], "demand", ("T01",)) for n, (s, e) in enumerate(spans, 1))


def _blocks(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for part in text.split("\n\n"):
        stripped = part.strip("\n")
        if stripped.strip():
            start = at + part.index(stripped)
            found.append((start, start + len(stripped)))
        at += len(part) + 2
    return found
