"""The pipeline as the service calls it: inputs of requests in, results out; models are built once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from duizhao import pipeline
from duizhao.api.errors import Problem
from duizhao.compare.taxonomy import load_themes
from duizhao.documents import bodies, identified, segment_pages
from duizhao.errors import TooLarge
from duizhao.pipeline import Comparer, PageComparison
from duizhao.settings import Settings
from duizhao.types import LENGTHS, Comparison, Document, Failure, Length, SegmentedPage, Summary, Theme
from duizhao_models import registry
from duizhao_models.base import ModelCard, Summarizer

# These need a path or an endpoint, which only the settings may name: a request must not choose files or hosts.
CONFIGURED_ONLY = ("seq2seq", "causal", "openai")


@dataclass
class Engine:
    """Pipeline and models. Everything but `cards`, `default` and `check_model` runs in the worker thread."""

    settings: Settings
    _summarizers: dict[str, Summarizer] = field(default_factory=dict)
    _comparers: dict[str, Comparer] = field(default_factory=dict)

    def load(self) -> None:
        """Build the default models."""
        self.summarizer(None)
        self.comparer(None)

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

    def themes(self) -> tuple[Theme, ...]:
        """The taxonomy."""
        return load_themes(self.settings.themes)

    def segment(self, data: bytes, source: str, check: Callable[[], None] = lambda: None) -> list[SegmentedPage]:
        """The pages of a file as articles; `check` is called after each."""
        limits = self.settings
        pages = []
        for page in segment_pages(
            data, source, most_pages=limits.max_pages, most_characters=limits.max_page_characters
        ):
            pages.append(page)
            check()
        return pages

    def identified(self, document: Document) -> Document:
        """The document with its genre, issuer and level."""
        return identified(document)

    def summarize(
        self,
        documents: Sequence[Document],
        model: str | None = None,
        lengths: Sequence[Length] = LENGTHS,
        max_chars: int | None = None,
    ) -> list[Summary | Failure]:
        """One summary or failure a document, in order."""
        summarizer = self.summarizer(model)
        return pipeline.summarize_documents(documents, summarizer, self.settings, lengths=lengths, max_chars=max_chars)

    def compare(self, central: Document, local: Sequence[Document], model: str | None = None) -> tuple[Comparison, ...]:
        """Each local document against the central one."""
        return pipeline.compare_documents(central, local, self.comparer(model))

    def compare_pages(self, pages: Sequence[SegmentedPage], model: str | None = None) -> PageComparison:
        """The central articles of some pages against their local ones.

        Raises:
            NothingToCompare: the pages have no articles of one of the two kinds.
            TooLarge: more articles than can be compared within the time limit.
        """
        levels = [(a.identity.level, len(a.text)) for page in pages for a in bodies(page) if a.identity.level]
        central = sum(level == "central" for level, _ in levels)
        self.check_size(central * (len(levels) - central), sum(size for _, size in levels))
        return pipeline.compare_pages(pages, pages, self.comparer(model))

    def check_size(self, pairs: int, characters: int) -> None:
        """Refuse a comparison that would hold the worker for longer than a request may take."""
        if pairs > self.settings.max_pairs:
            raise TooLarge(f"More than {self.settings.max_pairs} pairs of texts in one comparison; send fewer.")
        if characters > self.settings.max_request_characters:
            limit = self.settings.max_request_characters
            raise TooLarge(f"The texts have more than {limit} characters together; compare fewer at a time.")

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
