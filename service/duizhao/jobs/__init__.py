"""Durable batch digests: inputs in, jobs that outlive any process, and their digests out."""

from duizhao.jobs.records import MEDIA_TYPES, OVER, Input, Job, JobList, Options, ResultFormat, State
from duizhao.jobs.service import Jobs

__all__ = ["MEDIA_TYPES", "OVER", "Input", "Job", "JobList", "Jobs", "Options", "ResultFormat", "State"]
