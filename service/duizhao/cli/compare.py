"""A central and local texts in, their comparison out: `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from duizhao import console, inputs, pipeline
from duizhao.cli.app import app
from duizhao.cli.formats import ReportFormat
from duizhao.compare.review import Verdicts
from duizhao.errors import InputRefused, NothingToCompare, UsageError
from duizhao.exporters import docx, html, json, markdown, review_book, xlsx
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.library_search import central_texts
from duizhao.types.articles import Document, SegmentedPage
from duizhao.types.comparisons import Comparison

Groups = tuple[tuple[Comparison, ...], ...]
LIBRARY = "library"


@app.command()
def compare(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE]", help="A page, to be compared within itself.")
    ] = None,
    central: Annotated[str | None, typer.Option(metavar="FILE|library", help="The central text.")] = None,
    local: Annotated[list[str] | None, typer.Option(metavar="FILE...", help="Local texts.")] = None,
    page: Annotated[bool, typer.Option("--page", help="The files are pages: segment them first.")] = False,
    format: Annotated[ReportFormat, typer.Option(help="json, md, html, docx or xlsx")] = ReportFormat.json,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    model: Annotated[str | None, typer.Option(help="Embedder: encoder or char_ngrams.")] = None,
    central_date: Annotated[str | None, typer.Option(metavar="D", help="Date of the central text.")] = None,
    local_date: Annotated[str | None, typer.Option(metavar="D", help="Date of the local texts.")] = None,
    review: Annotated[
        str | None, typer.Option(metavar="FILE.xlsx", help="A comparison workbook with a reviewer's verdicts.")
    ] = None,
) -> None:
    """Show where local texts line up with a central one."""
    settings = console.settings()
    for day in (central_date, local_date):
        inputs.check_date(day)
    # `--local A B` reaches us as one option and further arguments
    local_files = [*(local or []), *(pages or [])] if central or local else []
    if not central and len(pages or []) != 1:
        raise UsageError("give one PAGE, or --central FILE and --local FILE")
    if central and not local_files:
        raise UsageError("--central needs --local FILE")
    if local and not central:
        raise UsageError("--local needs --central FILE")
    verdicts = review_book.verdicts(pipeline.read_bytes(review, settings), review) if review else {}
    comparer = pipeline.build_comparer(settings, model)
    groups: Groups
    if central == LIBRARY:
        others, failures = inputs.texts(local_files, settings, local_date)
        groups = _with_library(others, comparer, settings)
    elif central and not page:
        one = inputs.text(central, settings, central_date)
        others, failures = inputs.texts(local_files, settings, local_date)
        groups = (pipeline.compare_documents(one, others, comparer),)
    else:
        left = inputs.pages(central or (pages or [""])[0], settings, central_date)
        right = [p for f in local_files for p in inputs.pages(f, settings, local_date)] or left
        groups, failures = _compare_pages(left, right, comparer), 0
    content = _report(_reviewed(groups, verdicts, review), format.value)
    if out:
        out.write_bytes(content)
    else:
        console.show_bytes(content)
    console.finish(bool(failures))


def _with_library(local: Sequence[Document], comparer: pipeline.Comparer, settings: Settings) -> Groups:
    """Each local text against the central ones of the library that it most likely answers to."""
    database = open_database(database_url(settings))
    embedder = next((e for e in comparer.embedders if e.card.name != "char_ngrams"), None)
    pairs = pipeline.library_pairs(local, lambda text: central_texts(database, text, embedder))
    return tuple(pipeline.compare_documents(one, others, comparer) for one, others in pairs)


def _compare_pages(left: list[SegmentedPage], right: list[SegmentedPage], comparer: pipeline.Comparer) -> Groups:
    try:
        found = pipeline.compare_pages(left, right, comparer)
    except NothingToCompare as error:
        for warning in error.warnings:
            console.complain(warning)
        raise
    for warning in found.warnings:
        console.complain(warning)
    return found.groups


def _reviewed(
    groups: Sequence[Sequence[Comparison]], verdicts: Verdicts, file: str | None
) -> Sequence[Sequence[Comparison]]:
    """The comparisons with a reviewer's verdicts; those that fit no pair are told of."""
    if not file:
        return groups
    if not verdicts:
        console.complain(f"{file}: no verdict is filled in")
        return groups
    found, used = pipeline.reviewed(groups, verdicts)
    if not used:
        raise InputRefused(f"{file}: none of its {len(verdicts)} verdicts fits these texts; it belongs to others")
    if len(used) < len(verdicts):
        left = len(verdicts) - len(used)
        console.complain(f"{file}: {left} verdicts fit no pair of these texts (words of the units have changed)")
    return found


def _report(groups: Sequence[Sequence[Comparison]], form: str) -> bytes:
    if form == "json":
        return (json.dumps(json.page_comparison(groups)) + "\n").encode()
    flat = [c for group in groups for c in group]
    if form == "docx":
        return docx.comparison(flat)
    if form == "xlsx":
        return xlsx.comparison(flat)
    text = markdown.comparison(flat) if form == "md" else html.comparison(flat)
    return text.encode()
