"""The application that every module of commands registers with."""

from __future__ import annotations

from typing import Annotated

import typer

from duizhao import __version__, console

HELP = "The command line: parses, calls the pipeline, prints. Progress goes to stderr, results to stdout."

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=HELP)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """对照: from a raw newspaper page to articles, summaries, a digest and a comparison."""
    if show:
        console.show(__version__)
        raise typer.Exit
