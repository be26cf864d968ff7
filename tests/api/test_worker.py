"""The worker behind its queue, alone and under the routes: full queues, time limits, clients that go away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from api.test_limits import scope
from duizhao.api import create_app
from duizhao.api.errors import Problem
from duizhao.api.worker import Abandoned, Ticket, Together, Worker
from duizhao.settings import Settings
from duizhao.types.pages import Page

BODY = {"text": "一句话。"}


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(queue_size=2)
    made.start(lambda: None)
    yield made
    made.stop()


def hold(worker: Worker) -> threading.Event:
    """Keep the worker busy until the event is set."""
    gate, entered = threading.Event(), threading.Event()

    def work(ticket: Ticket) -> None:
        entered.set()
        gate.wait(30)

    worker.submit(work)
    assert entered.wait(30)
    return gate


def test_jobs_run_in_the_order_they_came(worker: Worker) -> None:
    gate, done = hold(worker), []
    jobs = [worker.submit(lambda ticket, n=n: done.append(n)) for n in range(2)]
    gate.set()
    for job in jobs:
        job.future.result(30)
    assert done == [0, 1]


def test_a_full_queue_turns_work_away_and_says_when_to_come_back(worker: Worker) -> None:
    gate = hold(worker)
    for _ in range(2):
        worker.submit(lambda ticket: None)
    with pytest.raises(Problem) as caught:
        worker.submit(lambda ticket: None)
    gate.set()
    assert caught.value.status_code == 503
    assert 1 <= int((caught.value.headers or {})["Retry-After"]) <= 60


def test_an_abandoned_job_leaves_the_queue_at_once_and_never_runs(worker: Worker) -> None:
    gate, ran = hold(worker), []
    jobs = [worker.submit(lambda ticket: ran.append(1)) for _ in range(2)]
    worker.abandon(jobs[0])
    assert worker.waiting == 1
    last = worker.submit(lambda ticket: "done")
    gate.set()
    assert last.future.result(30) == "done"
    assert ran == [1]


def test_running_work_learns_that_nobody_waits(worker: Worker) -> None:
    entered, told = threading.Event(), threading.Event()

    def work(ticket: Ticket) -> None:
        entered.set()
        while not ticket.abandoned.wait(30):
            pass
        told.set()
        ticket.check()

    job = worker.submit(work)
    assert entered.wait(30)
    worker.abandon(job)
    assert told.wait(30)
    with pytest.raises(Abandoned):
        job.future.result(30)
    assert worker.submit(lambda ticket: 5).future.result(30) == 5


def test_an_error_in_the_work_does_not_end_the_worker(worker: Worker) -> None:
    job = worker.submit(lambda ticket: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        job.future.result(30)
    assert worker.submit(lambda ticket: 5).future.result(30) == 5


def test_stopping_turns_away_what_waits_and_what_comes() -> None:
    worker = Worker(queue_size=2)
    worker.start(lambda: None)
    gate = hold(worker)
    waiting = worker.submit(lambda ticket: None)
    threading.Timer(0.05, gate.set).start()
    worker.stop()
    for turned_away in (waiting.future.result, lambda: worker.submit(lambda ticket: None)):
        with pytest.raises(Problem) as caught:
            turned_away()
        assert caught.value.status_code == 503


def test_readiness_waits_for_the_models_and_tells_why_they_failed(start: Start, engine: StandIn) -> None:
    loading = threading.Event()
    engine.load = lambda: loading.wait(30)  # type: ignore[method-assign]
    client = start()
    answer = client.get("/readyz")
    assert (answer.status_code, client.get("/livez").status_code) == (503, 200)
    assert answer.headers["retry-after"] == "2"
    loading.set()
    assert client.post("/v1/summarize", json=BODY).status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_service_without_models_is_alive_but_not_ready(start: Start, engine: StandIn) -> None:
    def fail() -> None:
        raise OSError("encoder.safetensors is missing")

    engine.load = fail  # type: ignore[method-assign]
    client = start()
    client.post("/v1/segment", json=BODY)
    assert client.get("/livez").status_code == 200
    assert "encoder.safetensors is missing" in client.get("/readyz").json()["detail"]


def test_requests_over_the_queue_are_503_with_retry_after_and_the_others_are_answered(
    start: Start, engine: StandIn
) -> None:
    client = start(queue_size=3)
    engine.gate = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(client.post, "/v1/summarize", json=BODY)
        assert engine.entered.acquire(timeout=30)
        others = [pool.submit(client.post, "/v1/summarize", json=BODY) for _ in range(7)]
        refused = list(islice(as_completed(others, timeout=30), 4))
        engine.gate.set()
        answers = [f.result(30) for f in others]
    assert {f.result().status_code for f in refused} == {503}
    assert sorted(a.status_code for a in answers) == [200] * 3 + [503] * 4
    assert first.result().status_code == 200
    for answer in answers:
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) >= 1
            assert answer.json()["type"] == "urn:duizhao:problem:busy"


def test_work_over_the_time_limit_is_504_and_a_turn_that_never_comes_is_503(start: Start, engine: StandIn) -> None:
    client = start(request_seconds=0.6)
    engine.gate = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(client.post, "/v1/summarize", json=BODY)
        assert engine.entered.acquire(timeout=30)
        waiting = pool.submit(client.post, "/v1/summarize", json=BODY)
        assert (running.result(30).status_code, waiting.result(30).status_code) == (504, 503)
    assert int(waiting.result().headers["retry-after"]) >= 1
    engine.gate.set()
    engine.gate = None
    assert client.post("/v1/summarize", json=BODY).status_code == 200


def test_clients_that_go_away_do_not_wedge_the_worker(engine: StandIn, tmp_path: Path) -> None:
    async def run() -> tuple[int, list[str]]:
        app = create_app(Settings(data_dir=tmp_path), engine)
        worker = app.state.service.worker
        worker.start(engine.load)
        engine.gate = threading.Event()
        sent: list[int] = []
        bodies = [{"type": "http.request", "body": b'{"text": "\xe5\x8f\xa5"}', "more_body": False}]
        gone = {"type": "http.disconnect"}

        async def call(messages: list[dict[str, Any]], left: asyncio.Event | None) -> None:
            queue = list(messages)

            async def receive() -> dict[str, Any]:
                if queue:
                    return queue.pop(0)
                await (left or asyncio.Event()).wait()
                return gone

            async def send(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    sent.append(message["status"])

            wanted = {**scope(content_type="application/json"), "path": "/v1/summarize", "raw_path": b"/v1/summarize"}
            await app(wanted, receive, send)

        left = asyncio.Event()
        tasks = [asyncio.create_task(call(bodies, left))]
        # those that wait when the first is taken would be done together with it
        for reached in (lambda: engine.calls, lambda: worker.waiting == 3):
            while not reached():
                assert not any(task.done() for task in tasks), sent
                await asyncio.sleep(0.001)
            tasks += [asyncio.create_task(call(bodies, left)) for _ in range(4 - len(tasks))]
        left.set()
        await asyncio.gather(*tasks)
        waiting = worker.waiting
        engine.gate.set()
        await call(bodies, None)
        worker.stop()
        assert sent == [499] * 4 + [200]
        return waiting, engine.calls

    waiting, calls = asyncio.run(run())
    assert waiting == 0
    # the one that was running and the last one; the three that waited never ran
    assert calls == ["summarize", "summarize"]


def test_each_of_32_concurrent_clients_gets_its_own_answer(client: TestClient) -> None:
    def ask(n: int) -> list[bool]:
        found = []
        for turn in range(4):
            name = f"c{n}-{turn}"
            body = {"id": name, "text": f"第{n}号第{turn}次要抓好落实。", "with_text": True}
            answer = client.post("/v1/summarize", json=body, headers={"x-request-id": name})
            while answer.status_code == 503:
                assert int(answer.headers["retry-after"]) >= 1
                answer = client.post("/v1/summarize", json=body, headers={"x-request-id": name})
            value = answer.json()
            own = (value["id"], value["text"], value["summary"], answer.headers["x-request-id"])
            found.append(own == (name, body["text"], body["text"], name))
        return found

    with ThreadPoolExecutor(32) as pool:
        assert all(all(found) for found in pool.map(ask, range(32)))


def together(key: object, item: int, seen: list[list[int]], most: int = 8) -> Together:
    def work(items: Sequence[int]) -> list[int]:
        seen.append(list(items))
        return [n * 10 for n in items]

    return Together(key, item, work, most)


def test_jobs_that_wait_and_go_together_are_one_batch_and_each_gets_its_own_result() -> None:
    worker = Worker(queue_size=20)
    worker.start(lambda: None)
    gate, seen = hold(worker), list[list[int]]()
    jobs = [worker.submit(lambda _: -1, together("odd" if n % 2 else "even", n, seen, most=3)) for n in range(8)]
    gate.set()
    assert [job.future.result(30) for job in jobs] == [0, 10, 20, 30, 40, 50, -1, -1]
    assert seen == [[0, 2, 4], [1, 3, 5]]
    assert (worker.done, worker.batches) == (9, 5)
    worker.stop()


def test_an_exception_among_the_results_belongs_to_its_job_alone() -> None:
    worker = Worker(queue_size=4)
    worker.start(lambda: None)
    gate = hold(worker)
    both = [Together("k", n, lambda items: [ValueError(), 7], 2) for n in range(2)]
    jobs = [worker.submit(lambda _: 0, each) for each in both]
    gate.set()
    with pytest.raises(ValueError):
        jobs[0].future.result(30)
    assert jobs[1].future.result(30) == 7
    worker.stop()


def test_as_many_jobs_run_at_a_time_as_there_are_threads() -> None:
    worker = Worker(queue_size=4, count=2)
    worker.start(lambda: None)
    barrier = threading.Barrier(2)
    jobs = [worker.submit(lambda _: barrier.wait(30)) for _ in range(2)]
    assert sorted(job.future.result(30) for job in jobs) == [0, 1]
    worker.stop()


def test_equal_texts_that_wait_together_are_summarized_once(start: Start, engine: StandIn) -> None:
    client = start()
    engine.gate = threading.Event()
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(client.post, "/v1/summarize", json={"text": "先来的。"})
        assert engine.entered.acquire(timeout=30)
        bodies = [{"text": "大家都要的一句话。", "id": f"n{n}"} for n in range(5)]
        others = [pool.submit(client.post, "/v1/summarize", json=body) for body in bodies]
        while client.app.state.service.worker.waiting < 5:  # type: ignore[attr-defined]
            pass
        engine.gate.set()
        values = [f.result(30).json() for f in others]
    assert first.result().status_code == 200
    assert [v["id"] for v in values] == [b["id"] for b in bodies]
    assert {v["headline"] for v in values} == {"大家都要的一句话。"}
    assert engine.calls == ["summarize", "summarize"]


def test_a_pdf_that_takes_long_to_read_holds_nobody_else(client: TestClient, engine: StandIn) -> None:
    gate, entered = threading.Event(), threading.Event()

    def read(data: bytes, source: str) -> list[Page]:
        entered.set()
        gate.wait(30)
        return [Page("p", source, "标题\n一句话。", ())]

    engine.read = read  # type: ignore[method-assign]
    with ThreadPoolExecutor(1) as pool:
        pdf = pool.submit(client.post, "/v1/segment", files={"file": ("a.pdf", b"%PDF-1.7 ...")})
        assert entered.wait(30)
        assert client.post("/v1/summarize", json=BODY).status_code == 200
        gate.set()
        assert pdf.result(30).status_code == 200
