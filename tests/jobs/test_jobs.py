"""The life of a job: submitted, worked on, cancelled, retried, deleted; worked on here without a worker process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from duizhao import pipeline
from duizhao.errors import KeyReused, NoSuchJob, NotFinished, NotPossible, QueueFull
from duizhao.jobs import Input, Job, Jobs, Options
from duizhao.jobs.execute import Executor
from duizhao.jobs.ledger import Ledger
from duizhao.jobs.retention import purge
from duizhao.jobs.shard import PageInput, run_shard
from duizhao.pipeline import build_summarizer
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.jobs import BLOBS, RESULTS, SHARDS
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import Summary
from pdf_pages import Sheet

from .conftest import inputs

BAD = Input("bad.txt", bytes(range(256)) * 64)


def work(jobs: Jobs, job: Job, shards: int | None = None) -> Job:
    """Do the shards of a job that wait, in this process."""
    execute = Executor(jobs.engine, jobs.settings, "here")
    with jobs.engine.connect() as connection:
        waiting = select(SHARDS.c.number).where(SHARDS.c.job == job.id, SHARDS.c.state != "done")
        numbers = list(connection.execute(waiting.order_by(SHARDS.c.number)).scalars())
    for number in numbers[:shards]:
        execute(job.id, job.attempt, number)
    return jobs.get(job.id)


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Jobs]:
    if request.param == "postgresql":
        make: Callable[[str], str] = request.getfixturevalue("postgres")
        settings = settings.model_copy(update={"database_url": make(f"j{time.time_ns()}")})
    engine = open_database(database_url(settings))
    yield Jobs(engine, settings)
    engine.dispose()


def test_a_job_goes_from_queued_to_done_and_its_result_names_what_failed(each_database: Jobs) -> None:
    jobs = each_database
    job, new = jobs.submit([*inputs(6), BAD])
    assert new and (job.state, job.total, job.done) == ("queued", 7, 0)
    with pytest.raises(NotFinished):
        jobs.result(job.id, "json")
    half = work(jobs, job, 1)
    assert (half.state, half.done) == ("running", 4)
    done = work(jobs, job)
    assert (done.state, done.done) == ("done", 7)
    assert [(f.subject, f.type) for f in done.failures] == [("bad.txt", "NotText")]
    result = json.loads(jobs.result(job.id, "json"))
    assert [p["id"] for p in result["pages"]] == [f"page{n:03}" for n in range(1, 7)]
    assert [f["id"] for f in result["failures"]] == ["bad.txt"]
    for form in ("md", "html", "docx", "xlsx"):
        assert jobs.result(job.id, form)  # type: ignore[arg-type]
    assert jobs.waiting() == {"queued": 0, "running": 0, "done": 1, "failed": 0, "cancelled": 0, "pages": 0}


def test_the_same_pages_again_cost_nothing(jobs: Jobs) -> None:
    first, _ = jobs.submit(inputs(5))
    work(jobs, first)
    again, new = jobs.submit([*inputs(5), Input("six.txt", inputs(6)[5].data)])
    assert new and (again.state, again.done, again.cached) == ("queued", 5, 5)
    assert work(jobs, again).state == "done"
    renamed, _ = jobs.submit([replace(i, name=f"other-{i.name}") for i in inputs(6)])
    assert (renamed.state, renamed.cached) == ("done", 6)
    assert json.loads(jobs.result(renamed.id, "json"))["pages"][0]["id"] == "other-page001"


def test_pages_of_a_pdf_are_done_apart_and_one_without_text_is_named(jobs: Jobs) -> None:
    sheet = Sheet()
    for n in range(6):
        if n != 4:
            sheet.text(50, 40, f"第{n}号项目开工", 24)
            sheet.flow([f"本报讯 清泽市第{n}号项目昨日开工，总投资{n + 3}亿元，年内建成。" * 3], [(50, 90, 30)])
        sheet.canvas.showPage()
    sheet.canvas.save()
    job, _ = jobs.submit([Input("paper.pdf", sheet.buffer.getvalue())])
    done = work(jobs, job)
    assert [(f.subject, f.type) for f in done.failures] == [("paper.pdf#page=5", "InputRefused")]
    assert "no text layer" in done.failures[0].detail
    result = json.loads(jobs.result(job.id, "json"))
    assert [p["id"] for p in result["pages"]] == [f"paper-{n}" for n in (1, 2, 3, 4, 6)]
    assert [e["title"] for e in result["entries"]] == [f"第{n}号项目开工" for n in (0, 1, 2, 3, 5)]


def test_a_shard_that_is_done_twice_changes_nothing(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(3))
    work(jobs, job)
    before = jobs.result(job.id, "json")
    ledger = Ledger(jobs.engine)
    assert ledger.begin(job.id, 1, 0, "late") is None
    assert jobs.result(job.id, "json") == before


def test_an_idempotency_key_gives_the_same_job_and_refuses_another_body(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(2), owner="a", idempotency_key="k")
    assert jobs.submit(inputs(2), owner="a", idempotency_key="k") == (job, False)
    with pytest.raises(KeyReused):
        jobs.submit(inputs(3), owner="a", idempotency_key="k")
    with pytest.raises(KeyReused):
        jobs.submit(inputs(2), owner="a", idempotency_key="k", options=Options(title="每日要闻"))
    other, new = jobs.submit(inputs(2), owner="b", idempotency_key="k")
    assert new and other.id != job.id


def test_another_owner_sees_no_job(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(1), owner="a")
    assert jobs.get(job.id, owner="a") == job
    for call in (jobs.get, jobs.cancel, jobs.retry, jobs.delete):
        with pytest.raises(NoSuchJob):
            call(job.id, owner="b")
    with pytest.raises(NoSuchJob):
        jobs.get("none")


def test_jobs_are_listed_newest_first_in_pages(jobs: Jobs) -> None:
    ids = [jobs.submit([Input("a.txt", f"第{n}页。".encode())])[0].id for n in range(5)]
    first = jobs.list(limit=3)
    rest = jobs.list(limit=3, after=first.after)
    assert [j.id for j in (*first.jobs, *rest.jobs)] == sorted(ids, reverse=True)
    assert rest.after is None
    assert jobs.list(state="done").jobs == ()


def test_a_cancelled_job_is_worked_on_no_more_and_can_be_retried(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(8))
    work(jobs, job, 1)
    assert jobs.cancel(job.id).state == "cancelled"
    assert work(jobs, job).done == 4
    again = jobs.retry(job.id)
    assert (again.state, again.attempt, again.done) == ("queued", 2, 4)
    assert work(jobs, again).state == "done"
    assert jobs.cancel(job.id).state == "done"


def test_a_job_without_any_result_is_dead_and_retried_to_a_limit(settings: Settings, jobs: Jobs) -> None:
    jobs.settings = settings.model_copy(update={"job_attempts": 2, "summarizer": "causal:/no/such/folder"})
    job, _ = jobs.submit(inputs(2))
    dead = work(jobs, job)
    assert dead.state == "failed" and dead.error and "none of the pages" in dead.error
    assert work(jobs, jobs.retry(job.id)).state == "failed"
    with pytest.raises(NotPossible, match="2 times"):
        jobs.retry(job.id)


def test_a_retry_does_only_what_failed(settings: Settings, jobs: Jobs) -> None:
    job, _ = jobs.submit([*inputs(3), BAD])
    work(jobs, job)
    again = jobs.retry(job.id)
    assert (again.state, again.done, again.failures) == ("queued", 3, ())
    assert [f.subject for f in work(jobs, again).failures] == ["bad.txt"]


def test_an_article_that_fails_is_named_with_its_page_and_a_retry_does_its_page_again(
    each_database: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, summarize, names = each_database, pipeline.summarize_documents, []

    def fails(documents: Sequence[Document], *others: object, **named: object) -> list[Summary | Failure]:
        made = summarize(documents, *others, **named)  # type: ignore[arg-type]
        lost = Failure(documents[1].id, "summarize", "ModelNotAvailable", "the endpoint was away")
        if "第2号服务点" not in documents[1].title:
            return made
        names.append(documents[1].id)
        return [made[0], lost]

    monkeypatch.setattr(pipeline, "summarize_documents", fails)
    job, _ = jobs.submit(inputs(3))
    done = work(jobs, job)
    lost = Failure("page002.txt", "summarize", "ModelNotAvailable", "the endpoint was away", names[0])
    assert (done.state, done.done, done.failures) == ("done", 3, (lost,))
    result = json.loads(jobs.result(job.id, "json"))
    assert [(f["id"], f["article"]) for f in result["failures"]] == [("page002.txt", names[0])]
    assert len(result["entries"]) == 5 and f"page002.txt {names[0]}（" in jobs.result(job.id, "md").decode()
    other, _ = jobs.submit([replace(inputs(2)[1], name="renamed.txt")])
    assert (other.state, other.cached) == ("queued", 0)
    assert work(jobs, other).failures == (replace(lost, subject="renamed.txt"),)
    assert work(jobs, jobs.retry(job.id)).failures == (lost,)
    monkeypatch.undo()
    again = jobs.retry(job.id)
    assert (again.state, again.done, again.failures) == ("queued", 2, ())
    assert work(jobs, again).failures == jobs.get(other.id).failures == ()
    assert len(json.loads(jobs.result(job.id, "json"))["entries"]) == 6
    assert len(json.loads(jobs.result(other.id, "json"))["entries"]) == 2


def test_a_job_at_work_is_neither_retried_nor_deleted(jobs: Jobs) -> None:
    job, _ = jobs.submit(inputs(2))
    for call in (jobs.retry, jobs.delete):
        with pytest.raises(NotPossible):
            call(job.id)


def test_the_queue_is_bounded(settings: Settings, jobs: Jobs) -> None:
    jobs.settings = settings.model_copy(update={"max_jobs": 1})
    job, _ = jobs.submit(inputs(1), idempotency_key="k")
    with pytest.raises(QueueFull):
        jobs.submit(inputs(2))
    assert jobs.submit(inputs(1), idempotency_key="k") == (job, False)


def test_the_queue_is_bounded_for_those_who_send_no_key(settings: Settings, jobs: Jobs) -> None:
    jobs.settings = settings.model_copy(update={"max_jobs": 1})
    jobs.submit(inputs(1))
    with pytest.raises(QueueFull):
        jobs.submit(inputs(2))


def test_a_page_that_ends_its_worker_is_given_up_and_the_others_are_done(settings: Settings, jobs: Jobs) -> None:
    settings = settings.model_copy(update={"shard_attempts": 2})
    job, _ = jobs.submit(inputs(3))
    ledger, execute = Ledger(jobs.engine), Executor(jobs.engine, settings, "here")
    # workers that began and never came to an end; then each that tries the guilty page alone ends too
    for _ in range(3):
        ledger.begin(job.id, 1, 0, "dead")
    for _ in range(2):
        ledger.alone(job.id, 1)
    execute(job.id, 1, 0)
    done = jobs.get(job.id)
    assert (done.state, done.done) == ("done", 3)
    assert [(f.subject, f.type) for f in done.failures] == [("page002.txt", "GivenUp")]


def test_old_jobs_go_with_their_inputs_and_results_and_nothing_else(settings: Settings, jobs: Jobs) -> None:
    old, _ = jobs.submit(inputs(2))
    work(jobs, old)
    young, _ = jobs.submit(inputs(4))
    assert purge(jobs.engine, settings, 1).jobs == 0
    gone = purge(jobs.engine, settings, 0)
    assert (gone.jobs, gone.inputs, gone.results) == (1, 0, 0)
    assert work(jobs, young).state == "done"
    assert purge(jobs.engine, settings, 0).results == 4
    with jobs.engine.connect() as connection:
        assert not connection.execute(select(BLOBS.c.digest)).all()
        assert not connection.execute(select(RESULTS.c.key)).all()


def test_run_shard_is_a_function_of_its_arguments(settings: Settings) -> None:
    pages = [PageInput(f"p{n}", i.name, "file", i.data) for n, i in enumerate(inputs(2))]
    summarizer = build_summarizer(settings)
    assert run_shard(pages, summarizer, settings) == run_shard(pages, summarizer, settings)
