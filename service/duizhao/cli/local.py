"""What concerns this machine: `demo`, `serve`, `doctor`, `models`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from duizhao import console, doctor
from duizhao.cli.app import app
from duizhao.cli.formats import SummaryFormat
from duizhao.demo import run_demo
from duizhao.exporters import json

models_app = typer.Typer(no_args_is_help=True, help="Back ends and weights.")
app.add_typer(models_app, name="models")


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
    findings = doctor.examine(console.settings())
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
