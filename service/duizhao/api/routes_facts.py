"""GET routes that say what the service is: themes, models, health, version."""

from __future__ import annotations

from fastapi import APIRouter

from duizhao import __version__
from duizhao.api.answers import ModelOut, ModelsOut, StatusOut, ThemeOut, ThemesOut, VersionOut
from duizhao.api.errors import Problem
from duizhao.api.service import Its
from duizhao.types import BUDGETS

router = APIRouter(tags=["facts"])
# work that has been running for so many time limits is taken for stuck
STUCK = 3


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


@router.get("/readyz", summary="Is the service ready?")
async def readyz(its: Its) -> StatusOut:
    """Whether the models are loaded and the worker takes work."""
    worker = its.worker
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
