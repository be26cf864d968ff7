"""Settings in, the HTTP application out; nothing is built when this module is imported."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from duizhao.api import (
    docs_page,
    errors,
    logs,
    openapi,
    routes_compare,
    routes_facts,
    routes_pages,
    routes_segment,
    routes_summarize,
)
from duizhao.api.engine import Engine
from duizhao.api.kept import Kept
from duizhao.api.middleware import BodyLimits, Doorkeeper, RequestContext
from duizhao.api.service import Service
from duizhao.api.worker import Worker
from duizhao.settings import Settings
from duizhao.web.render import STATIC

ROUTERS = (routes_segment, routes_summarize, routes_compare, routes_facts, routes_pages)


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """The service. Its worker starts, and loads the models once, when the application starts up."""
    settings = settings or Settings()
    service = Service(
        settings,
        engine or Engine(settings),
        Worker(settings.queue_size),
        Kept(settings.kept_results, 60 * settings.result_minutes),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.worker.start(lambda: _load(service.engine))
        logs.event("started")
        yield
        service.worker.stop()
        logs.event("stopped")

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.service = service
    # the last one added is the outermost
    app.add_middleware(BodyLimits, settings=settings)
    app.add_middleware(Doorkeeper, settings=settings)
    app.add_middleware(RequestContext)
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    docs_page.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign]
    return app


def _load(engine: Engine) -> None:
    start = time.perf_counter()
    try:
        engine.load()
    except Exception as error:
        # the message names a model or a file; no text has been seen yet
        logs.failure("models not loaded", error, detail=str(error))
        raise
    logs.event("models loaded", seconds=round(time.perf_counter() - start, 2))
