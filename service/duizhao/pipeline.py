"""The main job in functions: documents and segmented pages in; summaries, digests and comparisons out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from duizhao import compare as comparing
from duizhao.compare import review
from duizhao.compare.judge import Judge
from duizhao.compare.judge import Model as Judged
from duizhao.compare.review import Verdicts
from duizhao.compare.taxonomy import NO_THEME, load_themes
from duizhao.compare.themes import classifier
from duizhao.digest import build_digest
from duizhao.documents import STANDARD_INPUT, articles_of
from duizhao.errors import (
    DuizhaoError,
    EmptyInput,
    InputRefused,
    ModelNotAvailable,
    NothingToCompare,
    NotText,
    TooLarge,
    UsageError,
)
from duizhao.settings import Settings
from duizhao.summarize import summarize
from duizhao.types.articles import Article, Document, SegmentedPage
from duizhao.types.comparisons import Comparison, Theme
from duizhao.types.digests import Digest, Failure
from duizhao.types.summaries import LENGTHS, Length, Summary
from duizhao_models import registry
from duizhao_models.base import Embedder, ModelUnavailable, Summarizer

# a report says what it is about in its first paragraphs
THEME_CHARACTERS = 1_500


@dataclass(frozen=True, slots=True)
class Comparer:
    """What texts are compared with: embedders, the table of themes, and a judge where one is set."""

    embedders: tuple[Embedder, ...]
    themes: tuple[Theme, ...]
    judge: Judge | None = None

    def compare(self, central: Document, local: Document) -> Comparison:
        """One local document against a central one, with what reading them left out among the warnings."""
        found = comparing.compare(central, local, embedders=self.embedders, themes=self.themes, judge=self.judge)
        read = dict.fromkeys((*central.warnings, *local.warnings, *found.warnings))
        return replace(found, warnings=tuple(read))


@dataclass(frozen=True, slots=True)
class PageComparison:
    """The comparisons of one page: for each central article one group, one comparison a local article."""

    groups: tuple[tuple[Comparison, ...], ...]
    warnings: tuple[str, ...] = ()


def read_bytes(path: str, settings: Settings) -> bytes:
    """The bytes of a file or of standard input (`-`), at most `settings.max_bytes`."""
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(settings.max_bytes + 1)
    else:
        file = Path(path)
        if not file.is_file():
            raise UsageError(f"{path}: {'this is a folder' if file.is_dir() else 'there is no such file'}")
        with file.open("rb") as stream:
            data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise TooLarge(f"{path}: larger than {settings.max_bytes} bytes; split it, or raise DUIZHAO_MAX_BYTES")
    return data


def refused(failure: Failure) -> DuizhaoError:
    """The error for a single text that could not be summarized."""
    kinds = {kind.__name__: kind for kind in (EmptyInput, NotText, TooLarge, ModelNotAvailable)}
    return kinds.get(failure.type, InputRefused)(failure.detail)


def build_summarizer(settings: Settings, name: str | None = None) -> Summarizer:
    """A summarizer by name; `NAME:PATH` names the checkpoint of a transformers back end."""
    name, _, path = (name or settings.summarizer).partition(":")
    options: dict[str, object] = {}
    if name in ("seq2seq", "causal"):
        options = {"path": path or settings.model_path, "threads": settings.threads}
    elif name == "openai":
        options = {"url": settings.endpoint_url, "model": settings.endpoint_model, "key": settings.endpoint_key}
    return cast("Summarizer", _build("summarizer", name, options))


def build_comparer(settings: Settings, name: str | None = None) -> Comparer:
    """What the settings compare with; `name` is the embedder."""
    judge = None
    if settings.judge:
        judge = Judge(cast("Judged", build_summarizer(settings, "openai")), f"judge:{settings.endpoint_model}")
    return Comparer(build_embedders(settings, name), load_themes(settings.themes), judge)


def build_embedders(settings: Settings, name: str | None = None) -> tuple[Embedder, ...]:
    """The embedders of a comparison: character n-grams always, and the one that was named."""
    name = name or settings.embedder
    found = [cast("Embedder", _build("embedder", "char_ngrams", {}))]
    if name != "char_ngrams":
        encoder_options: dict[str, object] = {"threads": settings.threads} if name == "encoder" else {}
        found.append(cast("Embedder", _build("embedder", name, encoder_options)))
    return tuple(found)


def summarize_documents(
    documents: Sequence[Document | Failure],
    summarizer: Summarizer,
    settings: Settings,
    *,
    lengths: Sequence[Length] = LENGTHS,
    max_chars: int | None = None,
) -> list[Summary | Failure]:
    """Summaries in the order of the documents; what failed before stays a failure in its place."""
    usable = [d for d in documents if isinstance(d, Document)]
    made = iter(
        summarize(
            usable,
            model=summarizer,
            lengths=lengths,
            max_chars=max_chars,
            max_characters=settings.max_characters,
            encoder=settings.embedder == "encoder",
            threads=settings.threads,
        )
    )
    return [_told(next(made), d) if isinstance(d, Document) else d for d in documents]


def digest_pages(
    pages: Sequence[SegmentedPage],
    summarizer: Summarizer,
    settings: Settings,
    *,
    done: Callable[[int, int], None] = lambda n, of: None,
) -> Digest:
    """The digest of some pages; `done` is told after each page how many of how many are summarized."""
    made: list[tuple[Article, Summary | Failure]] = []
    themes: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, page in enumerate(pages, 1):
        found = articles_of([page])
        summaries = summarize_documents([d for _, d in found], summarizer, settings)
        made += zip((a for a, _ in found), summaries, strict=True)
        themes |= article_themes([a for a, _ in found], settings)
        done(number, len(pages))
    return build_digest(pages, made, themes)


def article_themes(articles: Sequence[Article], settings: Settings) -> dict[tuple[str, str], tuple[str, ...]]:
    """Names of the themes of each article by (page id, article id); none where no theme shows."""
    if not articles:
        return {}
    table = load_themes(settings.themes)
    names = {theme.id: theme.zh for theme in table if theme.id != NO_THEME}
    found = classifier(table).themes([f"{a.title}\n{a.text[:THEME_CHARACTERS]}" for a in articles])
    return {
        (a.page_id, a.id): tuple(names[theme] for theme in each if theme in names)
        for a, each in zip(articles, found, strict=True)
    }


def compare_documents(central: Document, local: Sequence[Document], comparer: Comparer) -> tuple[Comparison, ...]:
    """Each local document against the central one."""
    return tuple(comparer.compare(central, each) for each in local)


def library_pairs(
    local: Sequence[Document], partners: Callable[[Document], Sequence[Document]]
) -> list[tuple[Document, list[Document]]]:
    """The central texts that `partners` finds for the local ones, each with those that it was found for.

    Raises:
        NothingToCompare: none was found for any of them.
    """
    pairs: dict[str, tuple[Document, list[Document]]] = {}
    for each in local:
        for found in partners(each):
            pairs.setdefault(found.id, (found, []))[1].append(each)
    if not pairs:
        raise NothingToCompare("the library has no central text that goes before the local one: add some")
    return list(pairs.values())


def reviewed(
    groups: Sequence[Sequence[Comparison]], verdicts: Verdicts
) -> tuple[tuple[tuple[Comparison, ...], ...], set[tuple[str, str]]]:
    """Comparisons with the verdicts of a reviewer, and which of these were used."""
    made = [[review.reviewed(c, verdicts) for c in group] for group in groups]
    used = {words for group in made for _, fitting in group for words in fitting}
    return tuple(tuple(c for c, _ in group) for group in made), used


def compare_pages(
    central: Iterable[SegmentedPage], local: Iterable[SegmentedPage], comparer: Comparer
) -> PageComparison:
    """The central articles of some pages against the local ones of others, by level.

    A commentary gives no directives and is named in a warning instead. Articles whose level is not shown
    are left out and named too.

    Raises:
        NothingToCompare: one side has no such article; its `warnings` name those that were left out.
    """
    warnings: list[str] = []
    central_documents = _of_level(central, {"central"}, warnings)
    local_documents = _of_level(local, {"province", "city", "county"}, warnings)
    for side, found in (("central", central_documents), ("local", local_documents)):
        if not found:
            raise NothingToCompare(f"no {side} article with a body was found", tuple(dict.fromkeys(warnings)))
    groups = []
    for each in central_documents:
        group: list[Comparison] = []
        for local_document in local_documents:
            try:
                group.append(comparer.compare(each, local_document))
            except NothingToCompare as error:
                warnings.append(f"{each.name} / {local_document.name}: {error}")
        if group:
            groups.append(tuple(group))
    if not groups:
        raise NothingToCompare("no article could be compared with another", tuple(dict.fromkeys(warnings)))
    return PageComparison(tuple(groups), tuple(dict.fromkeys(warnings)))


def _told(made: Summary | Failure, document: Document) -> Summary | Failure:
    """A summary also says what reading its text left out."""
    if isinstance(made, Failure) or not document.warnings:
        return made
    return replace(made, warnings=(*document.warnings, *made.warnings))


def _of_level(pages: Iterable[SegmentedPage], levels: set[str], warnings: list[str]) -> list[Document]:
    found = []
    for article, document in articles_of(pages):
        if article.identity.level is None:
            warnings.append(f"层级未标明，未列入比对：{document.name}")
        elif article.identity.level not in levels:
            continue
        elif article.identity.genre == "commentary":
            warnings.append(f"评论不是部署，未列入比对：{document.name}")
        elif article.identity.genre in ("news", None) and article.identity.issuer is None:
            warnings.append(f"没有发布主体的消息，未列入比对：{document.name}")
        else:
            found.append(document)
    return found


def _build(kind: str, name: str, options: dict[str, object]) -> object:
    try:
        return registry.build(kind, name, **options)
    except registry.UnknownBackEnd as error:
        raise UsageError(str(error)) from error
    except (ModelUnavailable, ImportError) as error:
        raise ModelNotAvailable(f"{kind} {name}: {error}") from error
