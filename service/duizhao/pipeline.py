"""The main job in functions: bytes in; segmented pages, summaries, digests and comparisons out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from duizhao import compare as comparing
from duizhao.digest import build_digest
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
from duizhao.readers.plain import decode, read_page
from duizhao.segmenter import segment
from duizhao.segmenter.identify import identify, identify_text
from duizhao.settings import Settings
from duizhao.summarize import summarize
from duizhao.types import LENGTHS, Article, Comparison, Digest, Document, Failure, Length, SegmentedPage, Summary
from duizhao_models import registry
from duizhao_models.base import Embedder, ModelUnavailable, Summarizer

STANDARD_INPUT = "-"
# one printed line of a report
LABEL = 36


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
            raise UsageError(f"{path}: there is no such file")
        with file.open("rb") as stream:
            data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise TooLarge(f"{path}: larger than {settings.max_bytes} bytes; split it, or raise DUIZHAO_MAX_BYTES")
    return data


def segment_page(data: bytes, source: str) -> SegmentedPage:
    """Read, segment, and say of every article what it is and who speaks."""
    page = read_page(data, source=source, page_id=_stem(source))
    result = segment(page)
    return replace(result, articles=tuple(replace(a, identity=identify(a)) for a in result.articles))


def article_document(article: Article, page: SegmentedPage) -> Document:
    """The body of an article as a document of its own."""
    return Document(
        article.id,
        article.text,
        article.title,
        page.page.date,
        article.identity,
        continued=article.continues_on is not None,
        label=opening(article.text),
    )


def text_document(data: bytes, source: str, *, title: str = "", date: str | None = None) -> Document:
    """One text as a document; offsets count in the text as decoded."""
    text, _ = decode(data)
    return Document(_stem(source), text, title, date, identify_text(text, title, date))


def identified(document: Document) -> Document:
    """The document with its genre, issuer and level."""
    return replace(document, identity=identify_text(document.text, document.title, document.date))


def dated(page: SegmentedPage, date: str | None) -> SegmentedPage:
    """The page with the date that the user gave; it goes before the printed one."""
    return replace(page, page=replace(page.page, date=date)) if date else page


def refused(failure: Failure) -> DuizhaoError:
    """The error for a single text that could not be summarized."""
    kinds = {kind.__name__: kind for kind in (EmptyInput, NotText, TooLarge, ModelNotAvailable)}
    return kinds.get(failure.type, InputRefused)(failure.detail)


def opening(text: str) -> str:
    """The first words of a text, to call it by where it has no title."""
    words = " ".join(text[:LABEL].split())
    return words + "…" if len(text) > LABEL else words


def bodies(page: SegmentedPage) -> tuple[Article, ...]:
    """The articles of a page that have a body to summarize."""
    return tuple(a for a in page.articles if a.kind == "article" and a.paragraphs)


def build_summarizer(settings: Settings, name: str | None = None) -> Summarizer:
    """A summarizer by name; `NAME:PATH` names the checkpoint of a transformers back end."""
    name, _, path = (name or settings.summarizer).partition(":")
    options: dict[str, object] = {}
    if name in ("seq2seq", "causal"):
        options = {"path": path or settings.model_path, "threads": settings.threads}
    elif name == "openai":
        options = {"url": settings.endpoint_url, "model": settings.endpoint_model, "key": settings.endpoint_key}
    return cast("Summarizer", _build("summarizer", name, options))


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
            usable, model=summarizer, lengths=lengths, max_chars=max_chars, max_characters=settings.max_characters
        )
    )
    return [next(made) if isinstance(d, Document) else d for d in documents]


def digest_page(page: SegmentedPage, summarizer: Summarizer, settings: Settings) -> Digest:
    """The digest of one page."""
    articles = bodies(page)
    documents = [article_document(a, page) for a in articles]
    summaries = summarize_documents(documents, summarizer, settings)
    return build_digest([page], list(zip(articles, summaries, strict=True)))


def compare_documents(
    central: Document, local: Sequence[Document], embedders: Sequence[Embedder]
) -> tuple[Comparison, ...]:
    """Each local document against the central one."""
    return tuple(comparing.compare(central, each, embedders=embedders) for each in local)


def compare_pages(
    central: Iterable[SegmentedPage], local: Iterable[SegmentedPage], embedders: Sequence[Embedder]
) -> PageComparison:
    """The central articles of some pages against the local ones of others, by level.

    A commentary gives no directives and is named in a warning instead. Articles whose level is not shown
    are left out and named too.
    """
    warnings: list[str] = []
    central_documents = _of_level(central, {"central"}, warnings)
    local_documents = _of_level(local, {"province", "city", "county"}, warnings)
    for side, found in (("central", central_documents), ("local", local_documents)):
        if not found:
            raise NothingToCompare(f"no {side} article with a body was found; name texts with --central and --local")
    groups = []
    for each in central_documents:
        group: list[Comparison] = []
        for local_document in local_documents:
            try:
                group.append(comparing.compare(each, local_document, embedders=embedders))
            except NothingToCompare as error:
                warnings.append(f"{each.name} / {local_document.name}: {error}")
        if group:
            groups.append(tuple(group))
    if not groups:
        raise NothingToCompare("; ".join(warnings))
    return PageComparison(tuple(groups), tuple(dict.fromkeys(warnings)))


def _of_level(pages: Iterable[SegmentedPage], levels: set[str], warnings: list[str]) -> list[Document]:
    found = []
    pages = list(pages)
    for page in pages:
        for article in bodies(page):
            name = article_document(article, page).name
            if article.identity.level is None:
                warnings.append(f"层级未标明，未列入比对：{name}")
            elif article.identity.level not in levels:
                continue
            elif article.identity.genre == "commentary":
                warnings.append(f"评论不是部署，未列入比对：{name}")
            elif article.identity.genre == "news" and article.identity.issuer is None:
                warnings.append(f"没有发布主体的消息，未列入比对：{name}")
            else:
                document = article_document(article, page)
                found.append(replace(document, id=f"{page.page.id}-{article.id}") if len(pages) > 1 else document)
    return found


def _build(kind: str, name: str, options: dict[str, object]) -> object:
    try:
        return registry.build(kind, name, **options)
    except registry.UnknownBackEnd as error:
        raise UsageError(str(error)) from error
    except (ModelUnavailable, ImportError) as error:
        raise ModelNotAvailable(f"{kind} {name}: {error}") from error


def _stem(source: str) -> str:
    return "page" if source == STANDARD_INPUT else Path(source).stem or "page"
