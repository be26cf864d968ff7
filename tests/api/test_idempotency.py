"""Idempotency keys: the same request again gets the same answer, another request is refused, nothing is done twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn
from duizhao.errors import ModelNotAvailable

BODY = {"text": "一句话。"}
KEY = {"idempotency-key": "k-1"}


def test_the_same_request_again_gets_the_first_answer_without_work(client: TestClient, engine: StandIn) -> None:
    first = client.post("/v1/summarize", json=BODY, headers=KEY)
    again = client.post("/v1/summarize", json=BODY, headers=KEY)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true" and "idempotent-replayed" not in first.headers
    assert engine.calls == ["summarize"]


@pytest.mark.parametrize("path, body", [("/v1/summarize", {"text": "另一句话。"}), ("/v1/segment", BODY)])
def test_another_request_under_the_same_key_is_422(client: TestClient, path: str, body: dict[str, str]) -> None:
    client.post("/v1/summarize", json=BODY, headers=KEY)
    answer = client.post(path, json=body, headers=KEY)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duizhao:problem:key-reused")


def test_a_form_with_another_boundary_is_the_same_request(client: TestClient, engine: StandIn, page: str) -> None:
    answers = [client.post("/v1/segment", files={"file": ("a.txt", page.encode())}, headers=KEY) for _ in range(2)]
    assert answers[0].content == answers[1].content and engine.calls == ["segment"]


def test_a_request_that_came_to_nothing_may_be_sent_again(client: TestClient, engine: StandIn) -> None:
    engine.error = ModelNotAvailable("weights are missing")
    assert client.post("/v1/summarize", json=BODY, headers=KEY).status_code == 503
    engine.error = None
    assert client.post("/v1/summarize", json=BODY, headers=KEY).status_code == 200


def test_while_the_first_request_is_in_work_the_second_is_409(client: TestClient, engine: StandIn) -> None:
    engine.gate = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/summarize", json=BODY, headers=KEY)
        assert engine.entered.acquire(timeout=30)
        second = client.post("/v1/summarize", json=BODY, headers=KEY)
        engine.gate.set()
        assert first.result(30).status_code == 200
    assert second.status_code == 409 and int(second.headers["retry-after"]) >= 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "é"])
def test_a_malformed_key_is_422(client: TestClient, key: str) -> None:
    answer = client.post("/v1/summarize", json=BODY, headers={"idempotency-key": key.encode()})
    assert answer.status_code == 422


def test_a_digest_under_the_same_key_is_the_same_job(client: TestClient) -> None:
    text = {"content-type": "text/plain", **KEY}
    places = [client.post("/v1/digests", content="会议召开\n要抓落实。\n".encode(), headers=text) for _ in range(2)]
    assert places[0].headers["location"] == places[1].headers["location"]
    other = client.post("/v1/digests", content="会议召开\n另一段。\n".encode(), headers=text)
    assert (other.status_code, other.json()["type"]) == (422, "urn:duizhao:problem:key-reused")
