"""A job that is done in, its digest and the bytes of a report out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from duizhao.digest import merge
from duizhao.exporters import docx, html, markdown, xlsx
from duizhao.exporters import json as values
from duizhao.jobs.records import Job, ResultFormat
from duizhao.jobs.shard import PageResult, decode, named
from duizhao.stores.jobs import JOBS, PAGES, RESULTS
from duizhao.types.digests import Digest


def assemble(connection: Connection, job: Job) -> Digest:
    """The digest over all pages of a job, in the order in which they were given."""
    warnings = json.loads(connection.execute(select(JOBS.c.warnings).where(JOBS.c.id == job.id)).scalar_one())
    found = list(_results(connection, job.id))
    return merge(
        [result.page for result in found],
        [entry for result in found for entry in result.entries],
        job.failures,
        [*warnings, *(f"{r.page.id}: {w}" for r in found for w in r.page.warnings)],
    )


def render(
    digest: Digest, form: ResultFormat, title: str | None = None, links: Mapping[str, str] | None = None
) -> bytes:
    """The digest as a file of this format; `links`: addresses of the source pages by page id."""
    if form == "json":
        return (values.dumps(values.digest(digest)) + "\n").encode()
    if form == "docx":
        return docx.digest(digest, title=title)
    if form == "xlsx":
        return xlsx.digest(digest, title=title)
    if form == "md":
        return markdown.digest(digest, title=title).encode()
    return html.digest(digest, title=title, links=links).encode()


def _results(connection: Connection, job: str) -> Iterator[PageResult]:
    rows = connection.execute(
        select(PAGES.c.page, PAGES.c.source, RESULTS.c.data)
        .join(RESULTS, RESULTS.c.key == PAGES.c.result)
        .where(PAGES.c.job == job, PAGES.c.state == "done")
        .order_by(PAGES.c.number)
    )
    for page, source, data in rows:
        yield named(decode(bytes(data)), page, source)
