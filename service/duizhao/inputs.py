"""Files and dates named on a command line in, documents and pages out; what cannot be read is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path

from duizhao import console, pipeline
from duizhao.documents import (
    articles_of,
    dated,
    identified,
    is_one_text,
    printed_document,
    segment_pages,
    text_document,
)
from duizhao.errors import InputRefused, UsageError
from duizhao.readers.files import is_pdf
from duizhao.readers.plain import decode
from duizhao.readers.records import read_records
from duizhao.settings import Settings
from duizhao.types.articles import Document, SegmentedPage
from duizhao.types.digests import Failure

# what of a folder is taken for texts
TEXT_FILES = (".txt", ".pdf", ".docx", ".html", ".htm", ".jsonl")


def documents(
    file: str, settings: Settings, *, is_records: bool, is_page: bool
) -> tuple[list[Document | Failure], bool]:
    """The texts of a file, and whether it is one single text. A PDF is a page, unless it reads like one text."""
    data = pipeline.read_bytes(file, settings)
    if is_records:
        records = read_records(decode(data)[0])
        return [identified(d) if isinstance(d, Document) else d for d in records], False
    if not is_page and not is_pdf(data):
        return [text_document(data, file)], True
    found = list(segment_pages(data, file))
    if not is_page and is_one_text(found):
        return [printed_document(found, file)], True
    for page in found:
        for warning in page.warnings:
            console.complain(warning)
    return [document for _, document in articles_of(found)], False


def texts(files: Sequence[str], settings: Settings, date: str | None) -> tuple[list[Document], int]:
    """The texts that can be read, and how many cannot (each is named); an error where none can."""
    found: list[Document] = []
    for file in files:
        try:
            found.append(text(file, settings, date))
        except InputRefused as error:
            if len(files) == 1:
                raise
            console.complain(str(error))
    if not found:
        raise InputRefused("none of the local texts can be read")
    return found, len(files) - len(found)


def text(file: str, settings: Settings, date: str | None) -> Document:
    """A file as one text."""
    data = pipeline.read_bytes(file, settings)
    with _naming(file):
        return text_document(data, file, date=date)


def library_texts(paths: Sequence[str], settings: Settings) -> tuple[list[Document], int]:
    """All texts of files and folders, and how many could not be read (each is named)."""
    found: list[Document] = []
    failed = 0
    for file in (f for path in paths for f in _below(path)):
        try:
            with _naming(file):
                read, _ = documents(file, settings, is_records=file.endswith(".jsonl"), is_page=False)
        except InputRefused as error:
            read = [Failure(file, "read", type(error).__name__, str(error))]
        for each in read:
            if isinstance(each, Document):
                found.append(each)
            else:
                failed += 1
                console.complain(f"{each.subject}: {each.detail}")
    if not found:
        raise InputRefused("none of the files holds a text that can be read")
    return found, failed


def pages(file: str, settings: Settings, date: str | None) -> list[SegmentedPage]:
    """A file as pages."""
    data = pipeline.read_bytes(file, settings)
    with _naming(file):
        return [dated(page, date) for page in segment_pages(data, file)]


def check_date(day: str | None) -> None:
    """Refuse what is neither a date nor a month."""
    try:
        if day is not None:
            Date.fromisoformat(day if len(day) > len("2024-01") else f"{day}-01")
    except ValueError:
        raise UsageError(f"{day} is not a date: write 2024-03-05 or 2024-03") from None


def _below(path: str) -> list[str]:
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    return sorted(str(f) for f in folder.rglob("*") if f.is_file() and f.suffix.lower() in TEXT_FILES)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """What is refused is named."""
    try:
        yield
    except InputRefused as error:
        raise type(error)(f"{file}: {error}") from error
