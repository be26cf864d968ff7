"""Jobs in, what a caller may see of them out."""

from __future__ import annotations

from starlette.responses import Response

from duizhao.api.answers_stored import FailureOut, JobOut
from duizhao.api.comparisons import Comparisons
from duizhao.api.guard import Caller
from duizhao.api.service import Service
from duizhao.exporters import json
from duizhao.jobs import Job, Jobs
from duizhao.stores.comparisons import PREFIX


def jobs_of(its: Service, job_id: str) -> Jobs | Comparisons:
    """Where a job of this id is."""
    return its.comparisons if job_id.startswith(PREFIX) else its.jobs


def owner_of(who: Caller) -> str | None:
    """Whose jobs a caller sees: their own, all of them for an admin and for this machine without keys."""
    return None if who.may("admin") else who.owner


def shown(job: Job) -> JobOut:
    """A job as it is answered."""
    failures = [FailureOut(subject=f.subject, stage=f.stage, type=f.type, detail=f.detail) for f in job.failures]
    known = {name: getattr(job, name) for name in JobOut.model_fields if name != "failures"}
    return JobOut(**known, failures=failures)


def accepted(job: Job) -> Response:
    """202 with the place of the job."""
    body = json.dumps(shown(job).model_dump(mode="json"), indent=None)
    return Response(body, 202, headers={"Location": f"/v1/jobs/{job.id}"}, media_type="application/json")
