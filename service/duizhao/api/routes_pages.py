"""The start page: a page by form in, a page of results and a comparison report out; works with scripts off."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from duizhao.api.bodies import Upload, encoded, file_of, media_type
from duizhao.api.errors import Problem, problem_of
from duizhao.api.kept import Kept
from duizhao.api.service import Its, Service
from duizhao.api.worker import Ticket
from duizhao.demo import sample_page
from duizhao.documents import articles_of
from duizhao.errors import DuizhaoError, EmptyInput, NothingToCompare, TooLarge
from duizhao.readers.plain import decode
from duizhao.settings import Settings
from duizhao.types.articles import SegmentedPage
from duizhao.types.summaries import Length
from duizhao.web import render, wording
from duizhao.web.outcome import Outcome

router = APIRouter(include_in_schema=False)
FORM_TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")
PASTED = "pasted.txt"
# sentences are traced for the longest of these
WANTED: dict[str, tuple[Length, ...]] = {"summary": ("headline", "summary"), "long": ("headline", "long")}


@dataclass(frozen=True, slots=True)
class KeptPages:
    """The pages of one result, rendered."""

    result: str
    report: str


@router.get("/")
async def start(its: Its, sample: bool = False) -> HTMLResponse:
    """The form, empty or filled with the bundled sample."""
    text = decode(sample_page())[0] if sample else ""
    return HTMLResponse(render.start(render.Form(text), its.settings.result_minutes))


@router.post("/")
async def submit(request: Request, its: Its) -> Response:
    """Do the whole path on one page; the answer leads to its result."""
    form = render.Form()
    name = Kept.new_name()
    try:
        upload, form = await _form(request, its.settings)
        if not upload.data.strip():
            raise EmptyInput("Nothing was sent.")
        pages = await its.segment(request, upload)
        its.kept.put(name, await its.answer(request, _work(its, upload.source, pages, form.length, name)))
    except (Problem, DuizhaoError) as error:
        problem = problem_of(error)
        request.state.problem = problem.kind
        told = render.Form(form.text, form.length, wording.problem(problem.kind), str(problem.detail))
        page = render.start(told, its.settings.result_minutes)
        return HTMLResponse(page, problem.status_code, headers=dict(problem.headers or {}))
    return RedirectResponse(f"/results/{name}", 303)


@router.get("/results/{name}")
async def result(name: str, its: Its) -> HTMLResponse:
    """The articles, summaries and comparison of one page."""
    kept: KeptPages | None = its.kept.get(name)
    return HTMLResponse(kept.result) if kept else _expired()


@router.get("/reports/{name}")
async def report(name: str, its: Its) -> HTMLResponse:
    """The full comparison report of one page."""
    kept: KeptPages | None = its.kept.get(name)
    if kept is None or not kept.report:
        return _expired()
    policy = f"default-src 'none'; style-src {style_hashes(kept.report)}; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(kept.report, headers={"Content-Security-Policy": policy})


def style_hashes(page: str) -> str:
    """CSP sources that allow exactly the style sheets inside this page."""
    found = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in found]
    return " ".join(f"'sha256-{d}'" for d in digests) or "'none'"


async def _form(request: Request, settings: Settings) -> tuple[Upload, render.Form]:
    if media_type(request) not in FORM_TYPES:
        raise Problem("unsupported-media-type", f"Send the form as one of {', '.join(FORM_TYPES)}.")
    async with request.form(max_files=1, max_fields=8, max_part_size=settings.max_body_bytes) as sent:
        file = await file_of(sent)
        text, length = sent.get("page"), sent.get("length")
    shown = text if isinstance(text, str) else ""
    form = render.Form(shown, length if isinstance(length, str) and length in WANTED else "summary")
    if file is not None:
        return file, form
    # a browser sends the lines of a text field with CR LF
    return Upload(encoded(shown.replace("\r\n", "\n")), PASTED), form


def _work(its: Service, source: str, pages: list[SegmentedPage], length: str, name: str) -> Any:
    def work(ticket: Ticket) -> KeptPages:
        outcome = whole_path(its, "" if source == PASTED else source, tuple(pages), WANTED[length], ticket)
        ticket.check()
        return KeptPages(render.result(outcome, name), render.report(outcome))

    return work


def whole_path(
    its: Service, name: str, pages: tuple[SegmentedPage, ...], lengths: tuple[Length, ...], ticket: Ticket
) -> Outcome:
    """Summarize each article, compare; runs in the worker."""
    made = []
    for article, document in articles_of(pages):
        ticket.check()
        made.append((article, its.engine.summarize([document], None, lengths)[0]))
    ticket.check()
    try:
        found = its.engine.compare_pages(pages)
    except NothingToCompare as error:
        return Outcome(name, pages, tuple(made), (), wording.NO_COMPARISON, error.warnings)
    except TooLarge:
        return Outcome(name, pages, tuple(made), (), wording.TOO_MUCH)
    comparisons = tuple(c for group in found.groups for c in group)
    return Outcome(name, pages, tuple(made), comparisons, "", found.warnings)


def _expired() -> HTMLResponse:
    return HTMLResponse(render.message("结果已不在", wording.EXPIRED), 404)
