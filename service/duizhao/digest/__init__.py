"""Digests: articles with their summaries in, what is read out: grouped by theme and level, reprints merged."""

from duizhao.digest.build import LEVEL_ORDER, build_digest, merge

__all__ = ["LEVEL_ORDER", "build_digest", "merge"]
