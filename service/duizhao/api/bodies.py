"""A request in, its body out: JSON only where JSON is asked for; a page as text, JSON or file."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from duizhao.api.errors import Problem
from duizhao.api.schemas import PageIn
from duizhao.jobs import Input
from duizhao.settings import Settings

DEFAULT_SOURCE = "page.txt"
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# a file as the whole body: its content type, and what to call it
FILE_TYPES = {
    "application/pdf": "page.pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "page.docx",
    "text/html": "page.html",
}
DIGEST_TYPES = {
    "text/plain": "page.txt",
    "application/x-ndjson": "records.jsonl",
    "application/jsonl": "records.jsonl",
    "application/zip": "pages.zip",
    **FILE_TYPES,
}
PAGE_TYPES = ("text/plain", "application/json", "multipart/form-data", *FILE_TYPES)


@dataclass(frozen=True, slots=True)
class Upload:
    """A page as bytes, and the name of its file."""

    data: bytes
    source: str


def media_type(request: Request) -> str:
    """The content type without its parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def require_json(request: Request) -> None:
    """Refuse a body that does not call itself JSON."""
    if media_type(request) != "application/json":
        raise Problem("unsupported-media-type", "Send the body as application/json.")


async def page_upload(request: Request, settings: Settings) -> Upload:
    """The page of a request, by its content type."""
    kind = media_type(request)
    if kind == "text/plain" or kind in FILE_TYPES:
        return Upload(await request.body(), FILE_TYPES.get(kind, DEFAULT_SOURCE))
    if kind == "application/json":
        return _json_page(await request.body())
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=4, max_part_size=settings.max_body_bytes) as form:
            found = await file_of(form)
        if found is None:
            raise Problem("invalid-request", 'The form has no part "file" with a file name.')
        return found
    raise Problem("unsupported-media-type", f"Send the page as one of {', '.join(PAGE_TYPES)}.")


async def digest_inputs(request: Request, settings: Settings) -> list[Input]:
    """The files of a request for a digest: those of a form, or the body as one file."""
    kind = media_type(request)
    if kind in DIGEST_TYPES:
        return [Input(DIGEST_TYPES[kind], await request.body())]
    if kind != "multipart/form-data":
        raise Problem("unsupported-media-type", f"Send pages as one of multipart/form-data, {', '.join(DIGEST_TYPES)}.")
    async with request.form(max_files=settings.max_files, max_fields=4, max_part_size=settings.max_body_bytes) as form:
        parts = [part for part in form.getlist("file") if isinstance(part, UploadFile) and part.filename]
        inputs = [Input(safe_name(part.filename or ""), await part.read()) for part in parts]
    if not inputs:
        raise Problem("invalid-request", 'The form has no part "file" with a file name.')
    return inputs


async def file_of(form: FormData) -> Upload | None:
    """The part `file` of a form, if a file was chosen."""
    part = form.get("file")
    if not isinstance(part, UploadFile) or not part.filename:
        return None
    return Upload(await part.read(), safe_name(part.filename))


def encoded(text: str) -> bytes:
    """Bytes that are read back as exactly this text: the mark keeps the reader from guessing the encoding."""
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def safe_name(name: str) -> str:
    """A file name without its folders and without control characters, at most 100 characters."""
    base = CONTROLS.sub("", re.split(r"[/\\]", name)[-1]).strip()
    return base[-100:] or DEFAULT_SOURCE


def _json_page(body: bytes) -> Upload:
    try:
        page = PageIn.model_validate_json(body)
    except ValidationError as error:
        errors = error.errors(include_input=False, include_context=False, include_url=False)
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in errors]) from None
    return Upload(encoded(page.text), safe_name(page.source))
