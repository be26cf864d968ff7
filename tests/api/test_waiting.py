"""Requests that wait for the models: full queues, time limits, clients that go away, equal texts."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from api.test_limits import scope
from duizhao.api import create_app
from duizhao.settings import Settings
from duizhao.types.pages import Page

BODY = {"text": "一句话。"}


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
