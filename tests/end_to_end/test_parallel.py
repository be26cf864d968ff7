"""Many documents summarized by several processes."""

from __future__ import annotations

import pytest

from duizhao import parallel, pipeline
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
