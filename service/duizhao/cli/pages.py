"""Files in, their articles or their summaries on standard output: `segment` and `summarize`."""

from __future__ import annotations

from typing import Annotated

import typer

from duizhao import console, inputs, parallel, pipeline
from duizhao.cli.app import app
from duizhao.cli.formats import LengthName, PageFormat, SummaryFormat
from duizhao.documents import segment_pages
from duizhao.errors import DuizhaoError, UsageError
from duizhao.exporters import html, json, markdown
from duizhao.types.articles import SegmentedPage
from duizhao.types.digests import Failure
from duizhao.types.summaries import LENGTHS, Length


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
    results = parallel.summarize_documents(documents, summarizer, settings, lengths=lengths, max_chars=max_chars)
    failures = [r for r in results if isinstance(r, Failure)]
    if single and failures:
        raise pipeline.refused(failures[0])
    format = format or (SummaryFormat.jsonl if is_records else SummaryFormat.text)
    console.show_summaries(results, documents, format, with_text=with_text, single=single)
    if format is SummaryFormat.text:  # json carries them
        for summary in (r for r in results if not isinstance(r, Failure)):
            for warning in summary.warnings:
                console.complain(warning if single else f"{summary.id}: {warning}")
    for failure in failures:
        console.complain(f"{failure.subject}: {failure.detail}")
    console.finish(bool(failures))
