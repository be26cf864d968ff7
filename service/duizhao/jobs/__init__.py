"""Long work: inputs in, jobs that outlive any process, their digests and comparisons out."""

from duizhao.jobs.desk import Desk
from duizhao.jobs.records import MEDIA_TYPES, OVER, Input, Job, JobList, Options, ResultFormat, State
from duizhao.jobs.service import Jobs

__all__ = ["MEDIA_TYPES", "OVER", "Desk", "Input", "Job", "JobList", "Jobs", "Options", "ResultFormat", "State"]
