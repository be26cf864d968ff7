"""The command line: parses, calls the pipeline, prints. Progress goes to stderr, results to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from duizhao import __version__, console, doctor, inputs, pipeline
from duizhao.demo import run_demo
from duizhao.documents import segment_pages
from duizhao.errors import DuizhaoError, NothingToCompare, UsageError, exit_code
from duizhao.exporters import docx, html, json, markdown, xlsx
from duizhao.types import LENGTHS, Comparison, Failure, Length, SegmentedPage

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
models_app = typer.Typer(no_args_is_help=True, help="Back ends and weights.")
app.add_typer(models_app, name="models")


class PageFormat(StrEnum):
    """Formats of a segmented page."""

    json = "json"
    md = "md"
    html = "html"


class ReportFormat(StrEnum):
    """Formats of a comparison."""

    json = "json"
    md = "md"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"


class SummaryFormat(StrEnum):
    """Formats of summaries."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class LengthName(StrEnum):
    """The four lengths."""

    headline = "headline"
    brief = "brief"
    summary = "summary"
    long = "long"


@app.command()
def segment(
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGE...", help="Pages: .txt, .pdf, .docx, .html, or - for standard input.")
    ],
    format: Annotated[PageFormat, typer.Option(help="json, md or html")] = PageFormat.json,
) -> None:
    """Cut pages into articles."""
    settings = console.settings()
    done: list[SegmentedPage] = []
    failures: list[DuizhaoError] = []
    for source in pages:
        try:
            data = pipeline.read_bytes(source, settings)
            done += segment_pages(data, source, picture=format is PageFormat.html)
        except DuizhaoError as error:
            if len(pages) == 1:
                raise
            failures.append(error)
            console.complain(f"{source}: {error}")
    if format is PageFormat.json:
        one = len(pages) == len(done) == 1
        console.show(json.dumps(json.segmented(done[0]) if one else [json.segmented(p) for p in done]))
    else:
        console.show((markdown if format is PageFormat.md else html).segmented(done))
    console.finish(bool(failures))


@app.command()
def summarize(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=".jsonl of records, one text (.txt, .docx, .html, -), or a .pdf.")
    ],
    length: Annotated[LengthName | None, typer.Option(help="Only this length.")] = None,
    max_chars: Annotated[int | None, typer.Option(min=1, help="Budget in characters for --length.")] = None,
    model: Annotated[str | None, typer.Option(help="Back end, see `duizhao models list`.")] = None,
    format: Annotated[SummaryFormat | None, typer.Option(help="text, json or jsonl")] = None,
    page: Annotated[bool, typer.Option("--page", help="FILE is a page: one summary an article.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help='Add the text as "text".')] = False,
) -> None:
    """Summarize a text, a file of records, or the articles of a page."""
    settings = console.settings()
    if max_chars is not None and length is None:
        raise UsageError("--max-chars needs --length: it is the budget of one length")
    is_records = file.endswith(".jsonl")
    documents, single = inputs.documents(file, settings, is_records=is_records, is_page=page)
    summarizer = pipeline.build_summarizer(settings, model)
    lengths: tuple[Length, ...] = (length.value,) if length else LENGTHS
    results = pipeline.summarize_documents(documents, summarizer, settings, lengths=lengths, max_chars=max_chars)
    failures = [r for r in results if isinstance(r, Failure)]
    if single and failures:
        raise pipeline.refused(failures[0])
    format = format or (SummaryFormat.jsonl if is_records else SummaryFormat.text)
    console.show_summaries(results, documents, format, with_text=with_text, single=single)
    for failure in failures:
        console.complain(f"{failure.subject}: {failure.detail}")
    console.finish(bool(failures))


@app.command()
def compare(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE]", help="A page, to be compared within itself.")
    ] = None,
    central: Annotated[str | None, typer.Option(metavar="FILE", help="The central text.")] = None,
    local: Annotated[list[str] | None, typer.Option(metavar="FILE...", help="Local texts.")] = None,
    page: Annotated[bool, typer.Option("--page", help="The files are pages: segment them first.")] = False,
    format: Annotated[ReportFormat, typer.Option(help="json, md, html, docx or xlsx")] = ReportFormat.json,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    model: Annotated[str | None, typer.Option(help="Embedder: encoder or char_ngrams.")] = None,
    central_date: Annotated[str | None, typer.Option(metavar="D", help="Date of the central text.")] = None,
    local_date: Annotated[str | None, typer.Option(metavar="D", help="Date of the local texts.")] = None,
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
    comparer = pipeline.build_comparer(settings, model)
    if central and not page:
        one = inputs.text(central, settings, central_date)
        others, failures = inputs.texts(local_files, settings, local_date)
        groups: tuple[tuple[Comparison, ...], ...] = (pipeline.compare_documents(one, others, comparer),)
    else:
        left = inputs.pages(central or (pages or [""])[0], settings, central_date)
        right = [p for f in local_files for p in inputs.pages(f, settings, local_date)] or left
        groups, failures = _compare_pages(left, right, comparer), 0
    content = _report(groups, format.value)
    if out:
        out.write_bytes(content)
    else:
        console.show_bytes(content)
    console.finish(bool(failures))


@app.command()
def demo(
    page: Annotated[str | None, typer.Argument(metavar="[PAGE]", help="Any page; else the bundled sample.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("out"),
) -> None:
    """Do the main job on one page and leave the results in a folder."""
    done = run_demo(page, out, console.settings(), lambda stage: console.progress.print(f"… {stage}", style="dim"))
    table = Table("阶段", "结果", "秒", title="对照")
    table.columns[2].justify = "right"
    for stage in done.stages:
        table.add_row(stage.name, stage.made, f"{stage.seconds:.2f}")
    printer = Console(highlight=False)
    printer.print(table)
    for file in done.files:
        printer.print(str(file), soft_wrap=True)
    for warning in done.warnings:
        console.complain(warning)
    console.finish(bool(done.failures))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address; default 127.0.0.1 or DUIZHAO_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default 8000 or DUIZHAO_PORT.")] = None,
) -> None:
    """Serve the start page and the HTTP interface."""
    from duizhao.api.server import run

    given = {"host": host, "port": port}
    run(console.settings().model_copy(update={k: v for k, v in given.items() if v is not None}), console.complain)


@app.command("doctor")
def run_doctor() -> None:
    """Check that everything the main job needs is in place."""
    findings = doctor.examine()
    table = Table("检查", "结果", "说明")
    for finding in findings:
        table.add_row(finding.name, "好" if finding.good else "缺", finding.detail)
    Console(highlight=False).print(table)
    if not all(f.good for f in findings):
        raise typer.Exit(4)


@models_app.command("list")
def list_models(format: Annotated[SummaryFormat, typer.Option(help="text or json")] = SummaryFormat.text) -> None:
    """The back ends that can be chosen."""
    cards = doctor.cards()
    if format is not SummaryFormat.text:
        console.show(json.dumps([c.model_dump() for c in cards]))
        return
    table = Table("名称", "类别", "方法", "许可", "说明")
    for card in cards:
        table.add_row(card.name, card.kind, card.method, card.licence, card.description)
    Console(highlight=False).print(table)


@models_app.command("verify")
def verify_models() -> None:
    """Check the shipped weights against their checksum."""
    finding = doctor.weights()
    console.show(f"{finding.name}: {finding.detail}")
    if not finding.good:
        raise typer.Exit(4)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """对照: from a raw newspaper page to articles, summaries, a digest and a comparison."""
    if show:
        console.show(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; errors become one sentence on stderr and a documented exit code."""
    try:
        app()
    except DuizhaoError as error:
        console.complain(str(error))
        raise SystemExit(exit_code(error)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        console.complain(f"{error.filename or 'file'}: {error.strerror or error}")
        raise SystemExit(2) from None


def _compare_pages(
    left: list[SegmentedPage], right: list[SegmentedPage], comparer: pipeline.Comparer
) -> tuple[tuple[Comparison, ...], ...]:
    try:
        found = pipeline.compare_pages(left, right, comparer)
    except NothingToCompare as error:
        for warning in error.warnings:
            console.complain(warning)
        raise
    for warning in found.warnings:
        console.complain(warning)
    return found.groups


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


if __name__ == "__main__":
    main()
