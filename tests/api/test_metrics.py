"""Metrics: what was done is counted, under the names of routes and without a word of a text."""

from __future__ import annotations

from starlette.testclient import TestClient

from duizhao.api.metrics import Metrics
from duizhao.types.digests import Failure
from duizhao.types.summaries import Summary


def value(text: str, name: str) -> float:
    return next(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))


def test_pages_summaries_queue_and_model_seconds_are_told(client: TestClient, page: str) -> None:
    client.post("/v1/segment", json={"text": page})
    client.post("/v1/summarize", json={"text": "一句话。"})
    answer = client.get("/metrics")
    text = answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert value(text, "duizhao_pages_total") == 1
    assert value(text, "duizhao_summaries_total") == 1
    assert value(text, "duizhao_queue_depth") == 0
    assert value(text, "duizhao_model_jobs_total") == 2
    assert value(text, "duizhao_model_seconds_total") > 0
    assert value(text, "duizhao_models_ready") == 1
    assert 'duizhao_requests_total{route="/v1/segment",status="200"} 1.0' in text
    assert "会议" not in text


def test_unknown_paths_make_no_names(client: TestClient) -> None:
    client.get("/v1/不该出现")
    assert "不该出现" not in client.get("/metrics").text and 'route="other"' in client.get("/metrics").text


def test_truncations_and_replaced_sentences_are_counted() -> None:
    metrics = Metrics()
    made = Summary("x", {}, (), "abstractive", "m", 9, truncated=True, replaced_sentences=2)
    metrics.summaries([made, made, Failure("y", "summarize", "EmptyInput", "")])
    text = metrics.text({"queued": 3, "pages": 7}).decode()
    assert value(text, "duizhao_truncations_total") == 2
    assert value(text, "duizhao_replaced_sentences_total") == 4
    assert value(text, 'duizhao_jobs{state="queued"}') == 3
    assert value(text, "duizhao_job_pages") == 7
