"""Pages that the service keeps: `stored list`, `stored delete`, `stored purge`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from duizhao import console
from duizhao.cli.app import app
from duizhao.errors import UsageError
from duizhao.stores.database import database_url, open_database
from duizhao.stores.pages import delete_older, delete_page, list_pages

stored_app = typer.Typer(no_args_is_help=True, help="Pages that the service keeps.")
app.add_typer(stored_app, name="stored")


@stored_app.command("list")
def list_all(count: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 100) -> None:
    """The stored pages, the newest first."""
    table = Table(Column("编号", no_wrap=True), "来源", "报纸", "日期", "篇数", "保存时间")
    for row in list_pages(open_database(database_url(console.settings())), count):
        stored = f"{row.stored:%Y-%m-%d %H:%M}"
        table.add_row(row.id, row.source, row.paper or "", row.date or "", str(row.articles), stored)
    Console(highlight=False).print(table)


@stored_app.command("delete")
def delete(pages: Annotated[list[str], typer.Argument(metavar="ID...", help="As `stored list` shows them.")]) -> None:
    """Delete pages with their articles."""
    database = open_database(database_url(console.settings()))
    missing = [page for page in pages if not delete_page(database, page)]
    if missing:
        raise UsageError(f"no page is stored under {', '.join(missing)}; see `duizhao stored list`")
    console.complain(f"{len(pages)} pages deleted")


@stored_app.command("purge")
def purge(days: Annotated[float, typer.Option(min=0, help="Older than so many days.")]) -> None:
    """Delete all pages that were stored so many days ago or before."""
    console.complain(f"{delete_older(open_database(database_url(console.settings())), days)} pages deleted")
