"""Results and complaints in; bytes on standard output and lines on standard error out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from pydantic import ValidationError
from rich.console import Console

from duizhao.errors import UsageError
from duizhao.exporters import json
from duizhao.exporters.sayings import saying
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import Summary

progress = Console(stderr=True, highlight=False)


def settings() -> Settings:
    """The settings of the environment; a value that cannot be used is a usage error."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(f"DUIZHAO_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise UsageError(f"a setting cannot be used: {problems}") from None


def show(text: str) -> None:
    """Print a result as UTF-8, whatever the terminal is set to."""
    show_bytes(text.rstrip("\n").encode("utf-8", "backslashreplace") + b"\n")


def show_bytes(content: bytes) -> None:
    """Write a result as it is."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    """One line on standard error, in Chinese where it is known."""
    progress.print(saying(text), soft_wrap=True, markup=False)


def finish(failed: bool) -> None:
    """End with the exit code for "done with failures" if there were some."""
    if failed:
        raise typer.Exit(1)


def show_summaries(
    results: Sequence[Summary | Failure],
    documents: Sequence[Document | Failure],
    form: str,
    *,
    with_text: bool,
    single: bool,
) -> None:
    """Print summaries as text, json or jsonl, failures in their places."""
    if form == "text":
        show("\n\n".join("\n".join(r.texts.values()) for r in results if isinstance(r, Summary)))
        return
    texts = [d.text if isinstance(d, Document) and with_text else None for d in documents]
    values = [
        json.failure(r) if isinstance(r, Failure) else json.summary(r, text=t)
        for r, t in zip(results, texts, strict=True)
    ]
    if form == "jsonl":
        for value in values:
            show(json.dumps(value, indent=None))
    else:
        show(json.dumps(values[0] if single else values))
