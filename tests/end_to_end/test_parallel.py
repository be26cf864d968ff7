"""Many documents summarized by several processes."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Event
from typing import Any

import pytest

from duizhao import parallel, pipeline
from duizhao.errors import InternalError
from duizhao.settings import Settings
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import Summary

SETTINGS = Settings(embedder="char_ngrams", worker_processes=2)


def documents(count: int) -> list[Document | Failure]:
    made: list[Document | Failure] = [
        Document(f"d{n}", f"清泽市第{n}号泵站6月{n % 28 + 1}日启用，每小时排水{n + 100}吨。", "") for n in range(count)
    ]
    made[3] = Failure("d3", "read", "NotText", "no text")
    made[5] = Document("d5", "", "")
    return made


def test_the_order_and_what_failed_stay_in_place() -> None:
    given = documents(parallel.FEWEST)
    made = parallel.summarize_documents(given, pipeline.build_summarizer(SETTINGS), SETTINGS, lengths=("headline",))
    assert made == pipeline.summarize_documents(
        given, pipeline.build_summarizer(SETTINGS), SETTINGS, lengths=("headline",)
    )
    assert [m.id if isinstance(m, Summary) else m.subject for m in made] == [f"d{n}" for n in range(len(given))]
    assert isinstance(made[5], Failure)


def test_few_documents_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    made = parallel.summarize_documents(documents(8), pipeline.build_summarizer(SETTINGS), SETTINGS)
    assert len(made) == 8


class Pool(ThreadPoolExecutor):
    """In place of processes: whatever comes is answered with failures that tell where."""

    def __init__(self, workers: int, **_: object) -> None:
        super().__init__(workers)

    def submit(self, *given: Any, **_: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        answer.set_result([Failure(_id(d), "elsewhere", "NotText", "") for d in given[-1]])
        return answer


class Ended(Pool):
    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        answer.set_exception(BrokenProcessPool())
        return answer


def _id(one: Document | Failure) -> str:
    return one.id if isinstance(one, Document) else one.subject


def headlines(count: int) -> list[Summary | Failure]:
    summarizer = pipeline.build_summarizer(SETTINGS)
    return parallel.summarize_documents(documents(count), summarizer, SETTINGS, lengths=("headline",))


def test_every_document_is_done_once_wherever_that_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", Pool)
    made = headlines(parallel.FEWEST)
    assert [m.id if isinstance(m, Summary) else m.subject for m in made] == [f"d{n}" for n in range(parallel.FEWEST)]
    assert any(isinstance(m, Failure) and m.stage == "elsewhere" for m in made)


def test_this_process_works_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    began = Event()

    class Waiting(Pool):
        def submit(self, *given: Any, **_: Any) -> Future[Any]:
            began.wait(60)  # until this process has begun a share of its own
            return super().submit(*given)

    def noted(*given: Any, **wished: Any) -> list[Summary | Failure]:
        began.set()
        return real(*given, **wished)

    real = pipeline.summarize_documents
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", Waiting)
    monkeypatch.setattr(pipeline, "summarize_documents", noted)
    made = headlines(parallel.FEWEST)
    assert any(isinstance(m, Summary) for m in made)


def test_a_process_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", Ended)
    with pytest.raises(InternalError, match="DUIZHAO_WORKER_PROCESSES=1"):
        headlines(parallel.FEWEST)
