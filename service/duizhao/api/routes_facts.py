"""GET routes that say what the service is: themes, models, health, version."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response

from duizhao import __version__
from duizhao.api.answers import ModelOut, ModelsOut, StatusOut, ThemeOut, ThemesOut, VersionOut
from duizhao.api.errors import Problem
from duizhao.api.service import Its, in_thread
from duizhao.stores.database import reachable
from duizhao.types.summaries import BUDGETS

router = APIRouter(tags=["facts"])
# work that has been running for so many time limits is taken for stuck
STUCK = 3
METRICS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": "duizhao_queue_depth 0.0\n"}}}
}


@router.get("/v1/themes", summary="Themes")
async def themes(its: Its) -> ThemesOut:
    """The themes that comparisons and digests use."""
    found = [ThemeOut(id=t.id, zh=t.zh, keywords=list(t.keywords)) for t in its.engine.themes()]
    return ThemesOut(themes=found)


@router.get("/v1/models", summary="Models")
async def models(its: Its) -> ModelsOut:
    """The models that a request may name, and the budgets of the four lengths in characters."""
    told = set(ModelOut.model_fields) - {"default"}
    cards = its.engine.cards()
    found = [ModelOut(**c.model_dump(include=told), default=c.name == its.engine.default(c.kind)) for c in cards]
    return ModelsOut(models=found, lengths=dict(BUDGETS))


@router.get("/livez", summary="Is the process alive?", response_model_exclude_none=True)
async def livez() -> StatusOut:
    """Whether the process answers."""
    return StatusOut(status="alive")


@router.get("/metrics", summary="Metrics", response_class=PlainTextResponse, responses=METRICS)
async def metrics(its: Its) -> Response:
    """What the service did, for Prometheus: requests, queue, pages, model seconds, truncations, jobs."""
    jobs = await in_thread(its.jobs.waiting)
    return Response(its.metrics.text(jobs), media_type=CONTENT_TYPE_LATEST)


@router.get("/readyz", summary="Is the service ready?")
async def readyz(its: Its) -> StatusOut:
    """Whether the models are loaded, the workers take work, and the database can be reached."""
    worker = its.worker
    await in_thread(reachable, its.database)
    if worker.failure:
        raise Problem("not-ready", f"The models could not be loaded: {worker.failure}", retry_after=60)
    if not worker.ready:
        raise Problem("not-ready", "The models are being loaded.", retry_after=2)
    if worker.busy_seconds > STUCK * its.settings.request_seconds:
        raise Problem("not-ready", f"One piece of work has been running for {worker.busy_seconds:.0f} seconds.")
    return StatusOut(status="ready", waiting=worker.waiting, queue_size=worker.queue_size)


@router.get("/version", summary="Version")
async def version() -> VersionOut:
    """Name and version of the program and of its interface."""
    return VersionOut(name="duizhao", version=__version__, api="v1")
