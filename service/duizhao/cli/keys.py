"""Keys of the HTTP service: `keys create`, `keys list`, `keys revoke`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from duizhao import console
from duizhao.cli.app import app
from duizhao.errors import UsageError
from duizhao.stores.database import database_url, open_database
from duizhao.stores.keys import create_key, list_keys, revoke_key

keys_app = typer.Typer(no_args_is_help=True, help="Keys of the HTTP service.")
app.add_typer(keys_app, name="keys")


class KeyScope(StrEnum):
    """What a key allows; each allows what those before it allow."""

    read = "read"
    write = "write"
    admin = "admin"


@keys_app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Who gets the key.")],
    scope: Annotated[KeyScope, typer.Option("--scope", "--scopes", help="read, write or admin")] = KeyScope.write,
) -> None:
    """Make a key and print it. It is not kept and cannot be printed again."""
    key, token = create_key(open_database(database_url(console.settings())), name, scope.value)
    console.complain(f"{key.id}: a key of the scope {key.scope}; keep it now, it is not shown again")
    console.show(token)


@keys_app.command("list")
def list_all() -> None:
    """The keys that were made, without their secrets."""
    table = Table(Column("编号", no_wrap=True), "名称", "权限", "创建时间", "状态")
    for key in list_keys(open_database(database_url(console.settings()))):
        state = f"已于 {key.revoked:%Y-%m-%d %H:%M} 撤销" if key.revoked else "有效"
        table.add_row(key.id, key.name, key.scope, f"{key.created:%Y-%m-%d %H:%M}", state)
    Console(highlight=False).print(table)


@keys_app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")]) -> None:
    """End a key at once."""
    if not revoke_key(open_database(database_url(console.settings())), key_id):
        raise UsageError(f"there is no key {key_id} that works; see `duizhao keys list`")
    console.complain(f"{key_id}: the key is revoked")
