"""Settings: environment variables with the prefix DUIZHAO_, read once by an edge and handed down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# numpy starts a thread for each core in each process unless its environment says otherwise; torch is told by `threads`
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Settings(BaseSettings):
    """What an office may set. Every limit counts Unicode characters or bytes, as its name says."""

    model_config = SettingsConfigDict(env_prefix="DUIZHAO_", extra="ignore")

    summarizer: str = "extractive"
    embedder: Annotated[str, Field(description="encoder, or char_ngrams for a start without torch")] = "encoder"
    themes: Annotated[str, Field(description="topics, chapters, or the path of a table of one's own (TOML)")] = "topics"
    judge: Annotated[bool, Field(description="ask the endpoint about the best candidates of a comparison")] = False
    threads: Annotated[int, Field(ge=1, description="torch threads of one worker")] = 1
    max_bytes: Annotated[int, Field(ge=1)] = 64 * 1024 * 1024
    max_characters: Annotated[int, Field(ge=1, description="longest text that is summarized or compared")] = 2_000_000
    model_path: Annotated[Path | None, Field(description="local checkpoint for seq2seq and causal")] = None
    endpoint_url: Annotated[str | None, Field(description="base URL of an OpenAI-compatible endpoint")] = None
    endpoint_model: str | None = None
    endpoint_key: str | None = None

    data_dir: Annotated[Path, Field(description="folder of the database and of kept pages")] = Path("duizhao-data")
    database_url: Annotated[str | None, Field(description="sqlite:///PATH or postgresql://...")] = None

    shard_pages: Annotated[int, Field(ge=1, description="pages that a worker finishes before it stores them")] = 8
    worker_processes: Annotated[
        int, Field(ge=1, description="processes of `worker`, `digest`, and `summarize` of many records")
    ] = 2
    page_seconds: Annotated[float, Field(gt=0, description="a worker that takes longer for a page is ended")] = 60
    shard_attempts: Annotated[int, Field(ge=1, description="lone tries that end a worker until a page is given up")] = 3
    job_attempts: Annotated[int, Field(ge=1, description="how often a job may be run, retries included")] = 5
    max_jobs: Annotated[int, Field(ge=1, description="jobs that may wait or run at a time")] = 100
    max_job_pages: Annotated[int, Field(ge=1, description="pages of one job")] = 5_000
    max_archive_bytes: Annotated[int, Field(ge=1, description="a zip archive, unpacked")] = 1024 * 1024 * 1024
    keep_days: Annotated[int, Field(ge=0, description="days that jobs and results are kept; 0 for ever")] = 30

    host: Annotated[str, Field(description="address that `duizhao serve` binds")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    # names in the Host header that are answered besides the loopback ones, parted by commas
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    max_body_bytes: Annotated[int, Field(ge=1, description="largest body of a request")] = 32 * 1024 * 1024
    max_files: Annotated[int, Field(ge=1, description="files of one request for a digest")] = 500
    # a full broadsheet page has some 20,000 characters
    max_page_characters: Annotated[int, Field(ge=1, description="longest page in a request")] = 200_000
    max_pages: Annotated[int, Field(ge=1, description="pages of a PDF in a request")] = 16
    # the encoder reads some 2,000 characters a second on one core, so that these take most of `request_seconds`
    max_request_characters: Annotated[int, Field(ge=1, description="texts of a request together")] = 100_000
    max_pairs: Annotated[int, Field(ge=1, description="pairs of texts in one comparison")] = 100
    max_documents: Annotated[int, Field(ge=2, description="texts of one comparison, both sides together")] = 40
    model_processes: Annotated[int, Field(ge=0, description="processes that own models; 0: the server itself")] = 2
    queue_size: Annotated[int, Field(ge=1, description="requests that may wait for the model processes")] = 32
    rate_per_minute: Annotated[int, Field(ge=0, description="requests of one key a minute; 0: no limit")] = 600
    page_days: Annotated[float, Field(ge=0, description="how long pages are kept; 0: they are not stored")] = 30
    shutdown_seconds: Annotated[int, Field(ge=1, description="for open requests when the service is stopped")] = 20
    max_open_requests: Annotated[int, Field(ge=1, description="requests with a body that are open at a time")] = 128
    request_seconds: Annotated[float, Field(gt=0, description="from the complete request to its answer")] = 60
    body_seconds: Annotated[float, Field(gt=0, description="for a request to arrive")] = 30
    kept_results: Annotated[int, Field(ge=1, description="results of the start page kept in memory")] = 32
    result_minutes: Annotated[float, Field(gt=0, description="how long they are kept")] = 30

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value
