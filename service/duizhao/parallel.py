"""Many documents in, their summaries out, worked on by this process and others of this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
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
SHARE = 16
# Fewer are done sooner than a second process has started.
FEWEST = 64
Documents = Sequence[Document | Failure]
Made = list[Summary | Failure]


def summarize_documents(
    documents: Documents,
    summarizer: Summarizer,
    settings: Settings,
    *,
    lengths: Sequence[Length] = LENGTHS,
    max_chars: int | None = None,
) -> Made:
    """As `pipeline.summarize_documents`, in `worker_processes` processes where documents are many, this one among them.

    Only for summarizers that are cheap to load (extractive). Raises InternalError where another process was ended from
    outside (memory).
    """
    one = partial(pipeline.summarize_documents, settings=settings, lengths=lengths, max_chars=max_chars)
    others = settings.worker_processes - 1
    if summarizer.card.method != "extractive" or not others or len(documents) < FEWEST:
        return one(documents, summarizer)
    shares = [documents[i : i + SHARE] for i in range(0, len(documents), SHARE)]
    others = min(others, len(shares) - 1)
    with (
        ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool,
        ThreadPoolExecutor(others) as threads,
    ):
        waiting, made = deque(range(len(shares))), dict[int, Made]()

        def elsewhere(share: Documents) -> Made:
            return pool.submit(_share, one, summarizer.card.name, share).result()

        taking = [threads.submit(_take, waiting, shares, made, elsewhere) for _ in range(others)]
        try:
            _take(waiting, shares, made, lambda share: one(share, summarizer))
            for thread in taking:
                thread.result()
        except BrokenProcessPool as error:
            raise InternalError("a process that summarized was ended; try with DUIZHAO_WORKER_PROCESSES=1") from error
    return [result for number in range(len(shares)) for result in made[number]]


def _take(
    waiting: deque[int], shares: list[Documents], made: dict[int, Made], work: Callable[[Documents], Made]
) -> None:
    """Do one share after another, as long as any waits; where one fails, none waits any longer."""
    try:
        while waiting:
            try:
                number = waiting.popleft()
            except IndexError:  # another one took the last
                return
            made[number] = work(shares[number])
    except BaseException:
        waiting.clear()
        raise


def _share(one: partial[Made], name: str, documents: Documents) -> Made:
    return one(documents, pipeline.build_summarizer(one.keywords["settings"], name))
