"""Results and messages in, whole HTML pages out; every value is escaped by the templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from duizhao.exporters import html, labels, rows
from duizhao.web.outcome import Outcome, article_rows

STATIC = Path(__file__).with_name("static")
# what the file field offers; the reader of the pipeline decides by the content
ACCEPT = ".txt,.pdf,.docx,.html,.htm"


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form of the start page."""

    text: str = ""
    length: str = "summary"
    error: str = ""
    detail: str = ""


def start(form: Form, minutes: float) -> str:
    """The start page. `minutes`: how long results are kept."""
    return _render("start.html", form=form, minutes=round(minutes), accept=ACCEPT, labels=labels)


def result(outcome: Outcome, name: str) -> str:
    """The page of one result; its report is at /reports/NAME."""
    return _render("result.html", outcome=outcome, articles=article_rows(outcome), name=name, labels=labels, rows=rows)


def report(outcome: Outcome) -> str:
    """The full comparison report, or an empty text where there is none."""
    return html.comparison(outcome.comparisons) if outcome.comparisons else ""


def message(title: str, text: str) -> str:
    """A page that says one thing."""
    return _render("message.html", title=title, text=text)


def _render(template: str, **facts: object) -> str:
    # a lone surrogate in a damaged text must not make the page unsendable
    return _environment().get_template(template).render(**facts).encode("utf-8", "replace").decode("utf-8")


@cache
def _environment() -> Environment:
    loader = PackageLoader("duizhao.web")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
