"""Summaries: `Document` in, `Summary` out."""

from duizhao.summarize.batch import summarize

__all__ = ["summarize"]
