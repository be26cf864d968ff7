"""Digests: articles with their summaries in, what is read out: grouped by theme and level, reprints merged."""

from duizhao.digest.build import LEVEL_ORDER, build_digest, merge
from duizhao.digest.sections import (
    Group,
    Section,
    highlights,
    is_long,
    level_counts,
    reprint_count,
    sections,
)

__all__ = [
    "LEVEL_ORDER",
    "Group",
    "Section",
    "build_digest",
    "highlights",
    "is_long",
    "level_counts",
    "merge",
    "reprint_count",
    "sections",
]
