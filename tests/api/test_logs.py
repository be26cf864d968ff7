"""The log says what happened and never quotes a text."""

from __future__ import annotations

import json
import logging

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn
from duizhao.api import logs

SECRET = "不该出现的原文"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(r.message) for r in caplog.records if r.name == logs.LOGGER.name]


def test_a_request_is_one_line_with_its_facts(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logs.LOGGER.name):
        client.post("/v1/summarize", json={"text": "一句话。"}, headers={"x-request-id": "r-7"})
    (line,) = lines(caplog)
    assert line["event"] == "request"
    assert (line["request_id"], line["method"], line["route"], line["status"]) == ("r-7", "POST", "/v1/summarize", 200)
    assert isinstance(line["ms"], float)


def test_no_text_reaches_the_log_whatever_happens(
    client: TestClient, engine: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    page = f"全国{SECRET}\n{SECRET}一。\n\n全市{SECRET}\n{SECRET}二。\n"
    with caplog.at_level(logging.DEBUG):
        client.post("/v1/segment", json={"text": page})
        client.post("/v1/segment", files={"file": (f"{SECRET}.txt", page.encode())})
        client.post("/v1/compare", json={"page": page})
        client.post("/", data={"page": page})
        client.post("/v1/summarize", json={"text": SECRET, "length": SECRET})
        client.get(f"/v1/{SECRET}?q={SECRET}")
        client.get(f"/results/{SECRET}")
        client.request("POST", "/v1/summarize", content=SECRET.encode(), headers={"content-type": "application/json"})
        engine.error = ValueError(SECRET)
        client.post("/v1/summarize", json={"text": SECRET})
        client.post("/v1/summarize", json={"text": SECRET}, headers={"accept": "text/event-stream"})
        client.post("/", data={"page": page})
    assert len(lines(caplog)) >= 11
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
    assert not [m for m in ours if SECRET in m or SECRET.encode("unicode_escape").decode() in m or "%E4%B8%8D" in m]


def test_an_error_is_logged_with_its_type_and_place(
    client: TestClient, engine: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    engine.error = ValueError(SECRET)
    with caplog.at_level(logging.INFO, logs.LOGGER.name):
        client.post("/v1/summarize", json={"text": "一句话。"})
    (line,) = lines(caplog)
    assert (line["level"], line["error"], line["problem"]) == ("error", "ValueError", "internal-error")
    assert "stand_in.py" in str(line["at"])
