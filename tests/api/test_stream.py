"""Server-sent events of /v1/summarize: sentences in order, then the summary or the problem."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from api.test_limits import scope
from duizhao.api import create_app, routes_summarize, waiting
from duizhao.api.answers import ProblemOut, SummaryOut
from duizhao.settings import Settings

STREAM = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_sentences_come_in_order_and_the_whole_summary_last(client: TestClient) -> None:
    body = {"text": "要稳定面积。要提高单产。\n要加强管护。"}
    answer = client.post("/v1/summarize", json=body, headers=STREAM)
    assert answer.headers["content-type"].startswith("text/event-stream")
    *sentences, (last, summary) = events(answer.text)
    assert [name for name, _ in sentences] == ["sentence"] * 3
    assert [s["index"] for _, s in sentences] == [0, 1, 2]
    assert last == "summary"
    assert SummaryOut.model_validate(summary).sentences[2].text == sentences[2][1]["text"] == "要加强管护。"
    assert summary == client.post("/v1/summarize", json=body).json()


def test_an_error_in_the_stream_is_an_event_with_problem_details(client: TestClient) -> None:
    answer = client.post("/v1/summarize", json={"text": " \n"}, headers={**STREAM, "x-request-id": "r-1"})
    (name, value), *rest = events(answer.text)
    assert (answer.status_code, name, rest) == (200, "error", [])
    problem = ProblemOut.model_validate(value)
    assert (problem.status, problem.request_id) == (422, "r-1")


def test_an_unexpected_error_in_the_stream_is_told_without_its_message(client: TestClient, engine: StandIn) -> None:
    engine.error = ValueError("不该出现的原文")
    answer = client.post("/v1/summarize", json={"text": "一句话。"}, headers=STREAM)
    assert events(answer.text)[0][1]["type"] == "urn:duizhao:problem:internal-error"
    assert "不该出现" not in answer.text


def test_a_wrong_request_is_refused_before_the_stream_begins(client: TestClient) -> None:
    assert client.post("/v1/summarize", json={"text": 1}, headers=STREAM).status_code == 422


def test_the_connection_is_kept_alive_while_the_work_goes_on(
    client: TestClient, engine: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PING_SECONDS", 0.01)
    engine.gate = gate = threading.Event()

    async def pings(*args: Any) -> AsyncIterator[None]:
        async for ping in waiting.pings(*args):
            yield ping
            gate.set()

    monkeypatch.setattr(routes_summarize, "pings", pings)
    answer = client.post("/v1/summarize", json={"text": "一句话。"}, headers=STREAM)
    assert answer.text.startswith(": ping\n\n")
    assert events(answer.text)[-1][0] == "summary"


def test_a_stream_over_the_time_limit_ends_with_a_problem(start: Start, engine: StandIn) -> None:
    engine.gate = threading.Event()
    client = start(request_seconds=0.6)
    answer = client.post("/v1/summarize", json={"text": "一句话。"}, headers=STREAM)
    assert events(answer.text) == [("error", events(answer.text)[0][1])]
    assert events(answer.text)[0][1]["status"] == 504


def test_a_client_that_leaves_its_stream_abandons_the_work(engine: StandIn, tmp_path: Path) -> None:
    async def run() -> int:
        app = create_app(Settings(data_dir=tmp_path), engine)
        worker = app.state.service.worker
        worker.start(engine.load)
        engine.gate = threading.Event()
        left = asyncio.Event()
        bodies = [{"type": "http.request", "body": json.dumps({"text": "一句。"}).encode(), "more_body": False}]

        async def receive() -> dict[str, Any]:
            if bodies:
                return bodies.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            assert message["type"] == "http.response.start", "nothing can be sent while the work goes on"

        asked = scope(content_type="application/json", accept="text/event-stream")
        hold = worker.submit(lambda ticket: engine.gate.wait(30))
        call = asyncio.create_task(app(asked | {"path": "/v1/summarize", "raw_path": b"/v1/summarize"}, receive, send))
        while not worker.waiting or not hold.started:
            await asyncio.sleep(0.001)
        left.set()
        await call
        waiting: int = worker.waiting
        engine.gate.set()
        worker.stop()
        return waiting

    assert asyncio.run(run()) == 0
    assert engine.calls == []
