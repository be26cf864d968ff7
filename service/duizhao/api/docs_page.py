"""GET /docs: the OpenAPI document as a page, with scripts from the installed package instead of a CDN."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import fastapi_offline
from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.responses import HTMLResponse

FILES = "/docs/files"
router = APIRouter(include_in_schema=False)


def install(app: FastAPI) -> None:
    """Serve the page and the files that it needs."""
    app.include_router(router)
    app.mount(FILES, StaticFiles(directory=Path(fastapi_offline.__file__).with_name("static")), name="docs-files")


@router.get("/docs")
async def docs() -> HTMLResponse:
    """The page; only its own inline script may run."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="duizhao 对照 · 接口文档",
        swagger_js_url=f"{FILES}/swagger-ui-bundle.js",
        swagger_css_url=f"{FILES}/swagger-ui.css",
        swagger_favicon_url=f"{FILES}/favicon.png",
        swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": 0},
    )
    script = re.search(r"<script>(.*?)</script>", bytes(page.body).decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256((script[1] if script else "").encode()).digest()).decode()
    page.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return page
