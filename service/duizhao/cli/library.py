"""The library of central and other texts: `library add`, `search`, `list`, `remove`."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from duizhao import console, inputs, pipeline
from duizhao.cli.app import app
from duizhao.cli.formats import SummaryFormat
from duizhao.errors import UsageError
from duizhao.exporters import json
from duizhao.exporters.labels import LEVELS
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.library import Entry, add_texts, list_entries, remove_text
from duizhao.stores.library_search import Filter, search
from duizhao.types.articles import Document
from duizhao_models.base import Embedder

library_app = typer.Typer(no_args_is_help=True, help="A library of texts to compare with.")
app.add_typer(library_app, name="library")
# texts whose vectors are worked out together
BATCH = 16
MOST_LISTED = 1_000_000


@library_app.command("add")
def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Texts, .jsonl of records, or folders.")],
    date: Annotated[str | None, typer.Option(metavar="D", help="Date of texts that have none.")] = None,
) -> None:
    """Keep texts with who speaks, at which level, on which themes; a text that is there stays as it is."""
    settings = console.settings()
    inputs.check_date(date)
    documents, failed = inputs.library_texts(paths, settings)
    database, embedder, new = open_database(database_url(settings)), _embedder(settings), 0
    batches = [documents[at : at + BATCH] for at in range(0, len(documents), BATCH)]
    for batch in track(batches, "…", console=console.progress, transient=True):
        new += sum(is_new for _, is_new in add_texts(database, [_dated(d, date) for d in batch], embedder))
    console.complain(f"{new} of {len(documents)} texts are new in the library")
    console.finish(bool(failed))


@library_app.command("search")
def find(
    query: Annotated[str, typer.Argument(help="Words, or a sentence.")],
    date_from: Annotated[str | None, typer.Option(metavar="D", help="Not older than this day.")] = None,
    date_to: Annotated[str | None, typer.Option(metavar="D", help="Not younger than this day.")] = None,
    theme: Annotated[str | None, typer.Option(help="Id of a theme.")] = None,
    level: Annotated[str | None, typer.Option(help="central, province, city or county")] = None,
    count: Annotated[int, typer.Option(min=1, max=100)] = 20,
    format: Annotated[SummaryFormat, typer.Option(help="text or json")] = SummaryFormat.text,
) -> None:
    """The texts that speak of what is asked, the best first."""
    settings = console.settings()
    for day in (date_from, date_to):
        inputs.check_date(day)
    wanted = Filter(date_from, date_to, theme, level)
    hits = search(open_database(database_url(settings)), query, _embedder(settings), wanted, count)
    if format is not SummaryFormat.text:
        console.show(json.dumps([{"entry": asdict(h.entry), "score": h.score, "excerpt": h.excerpt} for h in hits]))
        return
    table = Table(Column("编号", no_wrap=True), "日期", "层级", "标题", "摘录")
    for hit in hits:
        table.add_row(*_cells(hit.entry), hit.excerpt)
    Console(highlight=False).print(table)


@library_app.command("list")
def list_all(format: Annotated[SummaryFormat, typer.Option(help="text or json")] = SummaryFormat.text) -> None:
    """All texts of the library."""
    entries = [e for e, _ in list_entries(open_database(database_url(console.settings())), MOST_LISTED)]
    if format is not SummaryFormat.text:
        console.show(json.dumps([asdict(e) for e in entries]))
        return
    table = Table(Column("编号", no_wrap=True), "日期", "层级", "标题")
    for entry in entries:
        table.add_row(*_cells(entry))
    Console(highlight=False).print(table)


@library_app.command("remove")
def remove(entry_id: Annotated[str, typer.Argument(metavar="ID", help="As `library list` shows it.")]) -> None:
    """Take a text out."""
    if not remove_text(open_database(database_url(console.settings())), entry_id):
        raise UsageError(f"the library has no text {entry_id}; see `duizhao library list`")
    console.complain(f"{entry_id}: removed")


def _embedder(settings: Settings) -> Embedder | None:
    found = [e for e in pipeline.build_embedders(settings) if e.card.name != "char_ngrams"]
    return found[0] if found else None


def _dated(document: Document, date: str | None) -> Document:
    return document if document.date or not date else replace(document, date=date)


def _cells(entry: Entry) -> tuple[str, str, str, str]:
    return entry.id, entry.date or "", LEVELS.get(entry.level, ""), entry.title
