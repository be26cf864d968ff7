"""The routes of an application in, its OpenAPI 3.1 document out, with problem details on every operation."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from duizhao import __version__
from duizhao.api import examples
from duizhao.api.answers import PlaceOut, ProblemOut
from duizhao.api.errors import KINDS, MEDIA_TYPE

TAGS = [
    {"name": "work", "description": "Pages and texts in, articles, summaries and comparisons out."},
    {"name": "facts", "description": "What the service is and how it does."},
]
ANYWHERE = (403, 421, 500)
WITH_BODY = (400, 408, 413, 415, 422, 503, 504)
REFS = "#/components/schemas/{model}"


def document(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _make(app)
    return app.openapi_schema


def _make(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title="duizhao 对照",
        version=__version__,
        description="From a raw Chinese newspaper page to articles, summaries, and a comparison of local directives "
        "with central statements. All offsets are Unicode code points, half-open.",
        routes=app.routes,
        tags=TAGS,
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for model in (PlaceOut, ProblemOut):
        schemas[model.__name__] = model.model_json_schema(ref_template=REFS)
        schemas[model.__name__].pop("$defs", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    statuses = set()
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            wanted = (*ANYWHERE, *(WITH_BODY if method == "post" else ()), *((503,) if path == "/readyz" else ()))
            statuses |= set(wanted)
            problems = {str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in sorted(wanted)}
            operation["responses"] = {**operation["responses"], **problems}
    made["components"]["responses"] = {f"Problem{s}": _problem(s) for s in sorted(statuses)}
    return made


def _problem(status: int) -> dict[str, Any]:
    titles = [title for number, title in KINDS.values() if number == status]
    content = {"schema": {"$ref": REFS.format(model="ProblemOut")}}
    found: dict[str, Any] = {"description": "; ".join(titles), "content": {MEDIA_TYPE: content}}
    if status == examples.PROBLEM["status"]:
        found["content"][MEDIA_TYPE] = {**content, "example": examples.PROBLEM}
    if status in (429, 503):
        header = {"description": "seconds", "schema": {"type": "integer", "minimum": 1}}
        found["headers"] = {"Retry-After": header}
    return found
