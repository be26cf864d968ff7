"""The service in; pages and jobs over their days deleted, an hour after an hour, as long as it runs."""

from __future__ import annotations

import asyncio

from duizhao.api import logs
from duizhao.api.service import Service, in_thread
from duizhao.jobs.retention import purge
from duizhao.stores import pages

EVERY_SECONDS = 3600


async def cleaned(service: Service) -> None:
    """Delete what is older than the settings allow, now and from time to time; ends by being cancelled."""
    while True:
        try:
            gone = await in_thread(_clean, service)
            if gone:
                logs.event("old pages deleted", count=gone)
        except Exception as error:
            logs.failure("old pages not deleted", error)
        await asyncio.sleep(EVERY_SECONDS)


def _clean(service: Service) -> int:
    if service.settings.keep_days:
        purge(service.database, service.settings, service.settings.keep_days)
    return pages.delete_older(service.database, service.settings.page_days)
