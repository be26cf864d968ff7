"""The tables of durable jobs: jobs, their pages and shards, inputs and results by their digests, workers.

An article that failed stands beside the result of its page, which has the others.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

from duizhao.stores.database import METADATA

# times are seconds since 1970; an id of a job begins with its time, so that ids sort by age
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("created", Float(53), nullable=False),
    Column("updated", Float(53), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("idempotency_key", String(255)),
    Column("body_digest", String(64), nullable=False, index=True),
    Column("options", Text, nullable=False),
    Column("queue", String(80), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("error", Text),
    UniqueConstraint("owner", "idempotency_key"),
)


# a page is waiting, done or failed; `result` names its row of RESULTS, `blob` its row of BLOBS; `runs` counts how
# often it was tried alone, after workers had ended over its shard
PAGES = Table(
    "job_pages",
    METADATA,
    Column("job", String(40), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("page", String(255), nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("part", Integer),
    Column("blob", String(64)),
    Column("result", String(64), index=True),
    Column("state", String(20), nullable=False),
    Column("cached", Boolean, nullable=False),
    Column("shard", Integer),
    Column("runs", Integer, nullable=False),
    Column("stage", String(40)),
    Column("type", String(80)),
    Column("detail", Text),
    Index("job_pages_shard", "job", "shard"),
    Index("job_pages_blob", "blob"),
)

# a shard is waiting, running or done; `runs` counts how often a worker began it
SHARDS = Table(
    "job_shards",
    METADATA,
    Column("job", String(40), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("runs", Integer, nullable=False),
    Column("worker", String(255)),
    Column("began", Float(53)),
)

BLOBS = Table(
    "job_blobs",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("created", Float(53), nullable=False),
)

RESULTS = Table(
    "page_results",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("created", Float(53), nullable=False, index=True),
)

ARTICLE_FAILURES = Table(
    "article_failures",
    METADATA,
    Column("key", String(64), ForeignKey("page_results.key", ondelete="CASCADE"), primary_key=True),
    Column("article", String(40), primary_key=True),
    Column("stage", String(40), nullable=False),
    Column("type", String(80), nullable=False),
    Column("detail", Text, nullable=False),
)

# results that need not be made again
WHOLE = RESULTS.c.key.not_in(select(ARTICLE_FAILURES.c.key))

WORKERS = Table(
    "workers",
    METADATA,
    Column("id", String(255), primary_key=True),
    Column("seen", Float(53), nullable=False),
    Column("process", BigInteger, nullable=False),
)
