"""The routes of an application in, its OpenAPI 3.1 document out, with problem details on every operation."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from duizhao import __version__
from duizhao.api import examples
from duizhao.api.answers import PlaceOut, ProblemOut
from duizhao.api.errors import KINDS, MEDIA_TYPE

# a route and the problems that it can give beside those of all
EXTRA: dict[str, tuple[int, ...]] = {
    "/v1/summarize": (404,),
    "/v1/digests": (409, 429),
    "/v1/compare": (429,),
    "/v1/jobs": (422,),
    "/v1/jobs/{job_id}": (404, 422),
    "/v1/jobs/{job_id}/events": (404, 422),
    "/v1/jobs/{job_id}/result": (404, 409, 422),
    "/v1/jobs/{job_id}/retry": (404, 409, 422),
    "/v1/pages": (422,),
    "/v1/pages/{page_id}": (404, 412, 422),
    "/v1/articles/{article_id}": (404, 422),
    "/v1/library": (422,),
    "/v1/library/search": (422, 504),
    "/v1/library/{entry_id}": (404, 422),
    "/v1/reviews": (422,),
}
TAGGED = ("/v1/pages/{page_id}", "/v1/articles/{article_id}", "/v1/library/{entry_id}")
KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "a key made by `duizhao keys create`"},
    "basic": {"type": "http", "scheme": "basic", "description": "the same key as password, for browsers"},
}


def _header(name: str, description: str, example: str, **schema: Any) -> dict[str, Any]:
    told = {"name": name, "in": "header", "required": False, "description": description}
    return {**told, "schema": {"type": "string", **schema}, "example": example}


TAG = '"p0f3a9c1be27d4c3b9e6f1a20.1"'
KEEPING = _header(
    "Idempotency-Key",
    "the same request under the same key is done once and answered again for a day",
    "9d1c2f6a-2026-03-12",
    minLength=1,
    maxLength=255,
    pattern="^[!-~]+$",
)
HEADERS = {
    ("get", "/v1/pages/{page_id}"): _header("If-None-Match", "the version that the client has", TAG),
    ("get", "/v1/articles/{article_id}"): _header("If-None-Match", "the version that the client has", TAG),
    ("get", "/v1/library/{entry_id}"): _header("If-None-Match", "the version that the client has", TAG),
    ("patch", "/v1/pages/{page_id}"): _header("If-Match", "the version that was read", TAG),
    ("post", "/v1/compare"): _header("Prefer", "respond-async: as a job", "respond-async"),
    ("get", "/v1/jobs/{job_id}/events"): _header("Last-Event-ID", "the last event that came", "1-running-3-16"),
}
TAGS = [
    {"name": "work", "description": "Pages and texts in, articles, summaries and comparisons out."},
    {"name": "jobs", "description": "Long work: digests, large comparisons."},
    {"name": "kept", "description": "Pages, the library, reviews: stored until they are deleted."},
    {"name": "facts", "description": "What the service is and how it does."},
]
ANYWHERE = (401, 403, 421, 429, 500, 503)
WITH_BODY = (400, 408, 409, 413, 415, 422, 504)
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
            wanted = {*ANYWHERE, *EXTRA.get(path, ()), *(WITH_BODY if "requestBody" in operation else ())}
            statuses |= wanted
            problems = {str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in sorted(wanted)}
            operation["responses"] = {**operation["responses"], **problems, **_unchanged(path, method)}
            if method in ("post", "patch"):
                operation.setdefault("parameters", []).append(KEEPING)
            if (method, path) in HEADERS:
                operation.setdefault("parameters", []).append(HEADERS[method, path])
            operation["security"] = [{}, {"bearer": []}, {"basic": []}]
    made["components"]["securitySchemes"] = KEYS
    made["components"]["responses"] = {f"Problem{s}": _problem(s) for s in sorted(statuses)}
    return made


def _unchanged(path: str, method: str) -> dict[str, Any]:
    return {"304": {"description": "If-None-Match names this version"}} if method == "get" and path in TAGGED else {}


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
