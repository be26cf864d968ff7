"""Many documents in, their summaries out, worked on by several processes of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context

from duizhao import pipeline
from duizhao.errors import InternalError
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import LENGTHS, Length, Summary
from duizhao_models.base import Summarizer

# Documents that a process takes at a time: enough to fill the encoder, few enough that none waits long at the end.
SHARE = 32
# Fewer are done sooner than a second process has started.
FEWEST = 2 * SHARE


def summarize_documents(
    documents: Sequence[Document | Failure],
    summarizer: Summarizer,
    settings: Settings,
    *,
    lengths: Sequence[Length] = LENGTHS,
    max_chars: int | None = None,
) -> list[Summary | Failure]:
    """As `pipeline.summarize_documents`, in `worker_processes` processes where documents are many.

    Only for summarizers that are cheap to load (extractive). Raises InternalError where a process was ended from
    outside (memory).
    """
    one = partial(pipeline.summarize_documents, settings=settings, lengths=lengths, max_chars=max_chars)
    processes = min(settings.worker_processes, len(documents) // SHARE)
    if summarizer.card.method != "extractive" or processes < 2 or len(documents) < FEWEST:
        return one(documents, summarizer)
    shares = [documents[i : i + SHARE] for i in range(0, len(documents), SHARE)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            return [r for part in pool.map(partial(_share, one, summarizer.card.name), shares) for r in part]
        except BrokenProcessPool as error:
            raise InternalError("a process that summarized was ended; try with DUIZHAO_WORKER_PROCESSES=1") from error


def _share(
    one: partial[list[Summary | Failure]], name: str, documents: Sequence[Document | Failure]
) -> list[Summary | Failure]:
    return one(documents, pipeline.build_summarizer(one.keywords["settings"], name))
