"""The pipeline as the service calls it: inputs of requests in, results out; models are built once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy

from duizhao import pipeline
from duizhao.api.errors import Problem
from duizhao.compare.taxonomy import load_themes
from duizhao.documents import bodies, identified, page_name, segment_page
from duizhao.errors import TooLarge, UsageError
from duizhao.pipeline import Comparer, PageComparison
from duizhao.readers.files import read_pages
from duizhao.settings import Settings
from duizhao.stores import library, library_search
from duizhao.stores.database import database_url, open_database
from duizhao.types.articles import Document, Identity, SegmentedPage
from duizhao.types.comparisons import Comparison, Theme
from duizhao.types.digests import Failure
from duizhao.types.pages import Page
from duizhao.types.summaries import LENGTHS, Length, Summary
from duizhao_models import registry
from duizhao_models.base import Embedder, ModelCard, Summarizer

# These need a path or an endpoint, which only the settings may name: a request must not choose files or hosts.
CONFIGURED_ONLY = ("seq2seq", "causal", "openai")


@dataclass
class Engine:
    """Pipeline and models. Everything but `cards`, `default`, `check_model`, `themes` is long work."""

    settings: Settings
    _summarizers: dict[str, Summarizer] = field(default_factory=dict)
    _comparers: dict[str, Comparer] = field(default_factory=dict)

    @cached_property
    def database(self) -> sqlalchemy.Engine:
        """The database, opened at its first use.

        Raises:
            Problem: 503, it cannot be opened.
        """
        try:
            return open_database(database_url(self.settings))
        except (UsageError, OSError) as error:
            raise Problem("not-ready", "The database cannot be opened; try again later.", retry_after=5) from error

    @property
    def width(self) -> int:
        """How many pieces of long work can be done at a time."""
        return 1

    def load(self) -> None:
        """Build the default models."""
        self.summarizer(None)
        self.comparer(None)

    def close(self) -> None:
        """Give back what the engine holds beside memory."""
        if "database" in self.__dict__:
            self.database.dispose()

    def default(self, kind: str) -> str:
        """Name of the default back end of a kind."""
        name = self.settings.summarizer if kind == "summarizer" else self.settings.embedder
        return name.partition(":")[0]

    def cards(self) -> tuple[ModelCard, ...]:
        """The cards of the back ends that a request may name."""
        return tuple(
            registry.card(kind, name)
            for kind in registry.PACKAGES
            for name in registry.names(kind)
            if name not in CONFIGURED_ONLY or name == self.default(kind)
        )

    def check_model(self, kind: str, name: str | None) -> None:
        """Refuse a model that may not be named, before any work is queued."""
        known = [c.name for c in self.cards() if c.kind == kind]
        if name is not None and name not in known:
            raise Problem("unknown-model", f"No {kind} of this service has this name; there are: {', '.join(known)}.")

    def works_in_batches(self, name: str | None) -> bool:
        """Whether this summarizer reads several texts together in less time than one after another."""
        name = name or self.default("summarizer")
        return any(c.kind == "summarizer" and c.name == name and c.method == "abstractive" for c in self.cards())

    def themes(self) -> tuple[Theme, ...]:
        """The taxonomy."""
        return load_themes(self.settings.themes)

    def read(self, data: bytes, source: str) -> list[Page]:
        """The pages of a file as they are printed."""
        name = page_name(source)
        return list(read_pages(data, source=source, page_id=name, most_pages=self.settings.max_pages))

    def segment(self, data: bytes, source: str, check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        """The pages of a file as articles; `check` is called after each."""
        return self.segmented(self.read(data, source), check)

    def segmented(self, pages: Iterable[Page], check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        """Pages that were read, as articles; `check` is called after each."""
        done = []
        for page in pages:
            done.append(segment_page(page, most_characters=self.settings.max_page_characters))
            check()
        return done

    def summarize(
        self,
        documents: Sequence[Document],
        model: str | None = None,
        lengths: Sequence[Length] = LENGTHS,
        max_chars: int | None = None,
    ) -> list[Summary | Failure]:
        """One summary or failure a document, in order."""
        summarizer = self.summarizer(model)
        known = [_identified(d) for d in documents]
        return pipeline.summarize_documents(known, summarizer, self.settings, lengths=lengths, max_chars=max_chars)

    def compare(self, central: Document, local: Sequence[Document], model: str | None = None) -> tuple[Comparison, ...]:
        """Each local document against the central one."""
        return pipeline.compare_documents(_identified(central), [_identified(d) for d in local], self.comparer(model))

    def compare_pages(
        self, pages: Sequence[SegmentedPage], model: str | None = None, *, limited: bool = True
    ) -> PageComparison:
        """The central articles of some pages against their local ones.

        Raises:
            NothingToCompare: the pages have no articles of one of the two kinds.
            TooLarge: `limited`, and more articles than can be compared within the time limit.
        """
        if limited:
            self._check_size(pages)
        return pipeline.compare_pages(pages, pages, self.comparer(model))

    def _check_size(self, pages: Sequence[SegmentedPage]) -> None:
        levels = [(a.identity.level, len(a.text)) for page in pages for a in bodies(page) if a.identity.level]
        central = sum(level == "central" for level, _ in levels)
        pairs, characters = central * (len(levels) - central), sum(size for _, size in levels)
        limits = self.settings
        if pairs > limits.max_pairs or characters > limits.max_request_characters:
            raise TooLarge(
                f"The page has more than {limits.max_pairs} pairs of articles or {limits.max_request_characters} "
                "characters in them; send it with Prefer: respond-async."
            )

    def add_to_library(self, documents: Sequence[Document]) -> list[tuple[library.Entry, bool]]:
        """Each text as an entry of the library, and whether it is new."""
        return library.add_texts(self.database, [_identified(d) for d in documents], self.embedder())

    def search_library(self, query: str, wanted: library_search.Filter, count: int) -> list[library_search.Hit]:
        """The best entries of the library for a query."""
        return library_search.search(self.database, query, self.embedder(), wanted, count)

    def central_texts(self, local: Document) -> list[Document]:
        """The central texts of the library that a local one most likely answers to."""
        return library_search.central_texts(self.database, local, self.embedder())

    def embedder(self) -> Embedder | None:
        """The encoder of the settings; None where only words are compared."""
        found = [e for e in self.comparer(None).embedders if e.card.name != "char_ngrams"]
        return found[0] if found else None

    def summarizer(self, name: str | None) -> Summarizer:
        """A summarizer, built at its first use."""
        name = name or self.default("summarizer")
        if name not in self._summarizers:
            configured = name == self.default("summarizer")
            self._summarizers[name] = pipeline.build_summarizer(self.settings, None if configured else name)
        return self._summarizers[name]

    def comparer(self, name: str | None) -> Comparer:
        """What texts are compared with, built at its first use."""
        name = name or self.default("embedder")
        if name not in self._comparers:
            self._comparers[name] = pipeline.build_comparer(self.settings, name)
        return self._comparers[name]


def _identified(document: Document) -> Document:
    return identified(document) if document.identity == Identity() else document
