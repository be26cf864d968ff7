"""Files as they were given in, the pages of a job out: archives, PDFs and JSON Lines taken apart, each named once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field

from duizhao import __version__
from duizhao.documents import page_name
from duizhao.errors import EmptyInput, InputRefused, NotText, TooLarge
from duizhao.jobs.records import Input, Options
from duizhao.jobs.shard import PageKind
from duizhao.readers import archive
from duizhao.readers.batch_lines import read_record
from duizhao.readers.pdf import count_pages, is_pdf
from duizhao.readers.plain import decode
from duizhao.settings import Settings
from duizhao.types.digests import Failure

LINES = (".jsonl", ".ndjson")
LONGEST_ID = 120
# raise it when segmenting or summarizing changes within a version: results of before are made anew then
RESULTS = 1


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of a job: `blob` is the digest of its bytes, `key` names its result."""

    id: str
    source: str
    kind: PageKind
    part: int | None
    blob: str
    key: str


@dataclass(slots=True)
class Plan:
    """The pages of a job, what cannot be read, what was left out, and what tells its inputs from others."""

    pages: list[PlannedPage] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    body_digest: str = ""


def plan(inputs: Iterable[Input], settings: Settings, options: Options, keep: Callable[[str, bytes], None]) -> Plan:
    """Take the inputs apart; `keep` is given the digest and the bytes of each page. What cannot be read becomes a
    failure under its name.

    Raises:
        TooLarge: more pages than one job may have.
        InputRefused: nothing at all can be read, and there was one input only.
    """
    made, names, model = Plan(), _Names(), _model(settings, options)
    seen: dict[str, str] = {}
    kept: set[str] = set()
    given: list[tuple[str, str]] = []
    for each in _unpacked(_noted(inputs, given), made, settings):
        for source, kind, part, data, name in _pages(each, made):
            blob = hashlib.sha256(data).hexdigest()
            key = _digest([blob, kind, part, model])
            if key in seen:
                made.warnings.append(f"{source}: the same page as {seen[key]}, read once")
                continue
            seen[key] = source
            if blob not in kept:
                keep(blob, data)
                kept.add(blob)
            made.pages.append(PlannedPage(names.unique(name), source, kind, part, blob, key))
            if len(made.pages) > settings.max_job_pages:
                raise TooLarge(f"more than {settings.max_job_pages} pages in one job; send fewer at a time")
    made.body_digest = _digest([given, asdict(options)])
    if not made.pages and len(made.failures) == 1:
        raise _error(made.failures[0])
    if not given:
        raise EmptyInput("nothing was given; send at least one page")
    return made


def _noted(inputs: Iterable[Input], given: list[tuple[str, str]]) -> Iterator[Input]:
    """The inputs, each noted by its name and the digest of its bytes."""
    for each in inputs:
        given.append((each.name, hashlib.sha256(each.data).hexdigest()))
        yield each


def _unpacked(inputs: Iterable[Input], made: Plan, settings: Settings) -> Iterator[Input]:
    limits = archive.Limits(file_bytes=settings.max_bytes, bytes=settings.max_archive_bytes)
    for each in inputs:
        if not archive.is_archive(each.data):
            yield each
            continue
        try:
            for name, data in archive.members(each.data, each.name, limits):
                if isinstance(data, InputRefused):
                    made.failures.append(_failure(f"{each.name}/{name}", data))
                else:
                    yield Input(f"{each.name}/{name}", data)
        except InputRefused as error:
            made.failures.append(_failure(each.name, error))


def _pages(each: Input, made: Plan) -> Iterator[tuple[str, PageKind, int | None, bytes, str]]:
    """Source, kind, part, bytes and wished name of each page of one file."""
    try:
        if each.refused:
            raise InputRefused(each.refused)
        if not each.data.strip():
            raise EmptyInput("the file is empty")
        if is_pdf(each.data):
            count = count_pages(each.data)
            for part in range(1, count + 1):
                name = page_name(each.name) if count == 1 else f"{page_name(each.name)}-{part}"
                yield each.name if count == 1 else f"{each.name}#page={part}", "file", part, each.data, name
        elif each.name.lower().endswith(LINES):
            yield from _records(each, made)
        else:
            yield each.name, "file", None, each.data, page_name(each.name)
    except InputRefused as error:
        made.failures.append(_failure(each.name, error))


def _records(each: Input, made: Plan) -> Iterator[tuple[str, PageKind, int | None, bytes, str]]:
    for number, line in enumerate(decode(each.data)[0].split("\n"), 1):
        if not line.strip():
            continue
        source = f"{each.name}#line={number}"
        try:
            record = read_record(line, number)
        except InputRefused as error:
            made.failures.append(_failure(source, error))
            continue
        yield source, "record", None, line.strip().encode(), record.id


class _Names:
    """Names for pages, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, wished: str) -> str:
        base = re.sub(r"\s+", " ", wished).strip()[:LONGEST_ID] or "page"
        name, number = base, 1
        while name in self._given:
            number += 1
            name = f"{base}~{number}"
        self._given.add(name)
        return name


def _model(settings: Settings, options: Options) -> list[str | None]:
    """Everything that a result hangs on besides its page."""
    chosen = options.model or settings.summarizer
    weights = [str(settings.model_path), settings.endpoint_url, settings.endpoint_model]
    return [
        __version__,
        str(RESULTS),
        chosen,
        settings.embedder,
        settings.themes,
        str(settings.max_characters),
        *weights,
    ]


def _error(failure: Failure) -> InputRefused:
    kind = next((k for k in (TooLarge, EmptyInput, NotText) if k.__name__ == failure.type), InputRefused)
    return kind(f"{failure.subject}: {failure.detail}")


def _failure(name: str, error: InputRefused) -> Failure:
    return Failure(name, "read", type(error).__name__, str(error).removeprefix(f"{name}: "))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
