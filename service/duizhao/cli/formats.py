"""The names that options of the command line take: formats and lengths."""

from __future__ import annotations

from enum import StrEnum


class PageFormat(StrEnum):
    """Formats of a segmented page."""

    json = "json"
    md = "md"
    html = "html"


class ReportFormat(StrEnum):
    """Formats of a comparison."""

    json = "json"
    md = "md"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"


class SummaryFormat(StrEnum):
    """Formats of summaries."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class LengthName(StrEnum):
    """The four lengths."""

    headline = "headline"
    brief = "brief"
    summary = "summary"
    long = "long"
