"""Settings in, the HTTP application out; nothing is built when this module is imported."""

from __future__ import annotations

import asyncio
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
    routes_jobs,
    routes_library,
    routes_pages,
    routes_reviews,
    routes_segment,
    routes_stored,
    routes_summarize,
)
from duizhao.api.cleaning import cleaned
from duizhao.api.engine import Engine
from duizhao.api.guard import Guard
from duizhao.api.idempotency import Idempotency
from duizhao.api.kept import Kept
from duizhao.api.middleware import BodyLimits, Doorkeeper, RequestContext
from duizhao.api.processes import RemoteEngine
from duizhao.api.service import Service
from duizhao.api.worker import Worker
from duizhao.settings import Settings
from duizhao.web.render import STATIC

ROUTERS = (
    routes_segment,
    routes_summarize,
    routes_compare,
    routes_jobs,
    routes_stored,
    routes_library,
    routes_reviews,
    routes_facts,
    routes_pages,
)
# PDFs that are read at a time, each in a process of its own
READERS = 2


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """The service. Its worker starts, and loads the models once, when the application starts up."""
    settings = settings or Settings()
    engine = engine or (RemoteEngine if settings.model_processes else Engine)(settings)
    service = Service(
        settings,
        engine,
        Worker(settings.queue_size, engine.width),
        Worker(settings.queue_size, READERS, "duizhao-reader"),
        Kept(settings.kept_results, 60 * settings.result_minutes),
    )
    service.metrics.watch(service.worker)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.readers.start(lambda: None)
        service.worker.start(lambda: _load(engine))
        service.runner.start()
        cleaning = asyncio.create_task(cleaned(service))
        logs.event("started")
        yield
        cleaning.cancel()
        service.runner.stop()
        for worker in (service.readers, service.worker):
            worker.stop()
        engine.close()
        logs.event("stopped")

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.service = service
    # the last one added is the outermost
    app.add_middleware(Idempotency, database=lambda: service.database)
    app.add_middleware(BodyLimits, settings=settings)
    app.add_middleware(Guard, database=lambda: service.database, per_minute=settings.rate_per_minute)
    app.add_middleware(Doorkeeper, settings=settings)
    app.add_middleware(RequestContext, observe=service.metrics.request)
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
