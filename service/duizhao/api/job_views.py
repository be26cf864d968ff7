"""Jobs in, what a caller may see of them out."""

from __future__ import annotations

from starlette.responses import Response

from duizhao.api.answers_stored import FailureOut, JobOut
from duizhao.api.guard import Caller
from duizhao.exporters import json
from duizhao.jobs import Job


def owner_of(who: Caller) -> str | None:
    """Whose jobs a caller sees: their own, all of them for an admin and for this machine without keys."""
    return None if who.may("admin") else who.owner


def shown(job: Job) -> JobOut:
    """A job as it is answered."""
    failures = [FailureOut(**{name: getattr(f, name) for name in FailureOut.model_fields}) for f in job.failures]
    known = {name: getattr(job, name) for name in JobOut.model_fields if name != "failures"}
    return JobOut(**known, failures=failures)


def accepted(job: Job) -> Response:
    """202 with the place of the job."""
    body = json.dumps(shown(job).model_dump(mode="json"), indent=None)
    return Response(body, 202, headers={"Location": f"/v1/jobs/{job.id}"}, media_type="application/json")
