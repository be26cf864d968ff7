"""Every error is told as problem details (RFC 9457) with the id of the request."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from api.stand_in import StandIn
from duizhao.api.answers import ProblemOut
from duizhao.api.errors import problem_of
from duizhao.errors import ModelNotAvailable, UsageError

TEXT = {"content-type": "text/plain"}
JSON = {"content-type": "application/json"}


def told(answer: Response, status: int, kind: str) -> ProblemOut:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = ProblemOut.model_validate(answer.json())
    assert problem.type == f"urn:duizhao:problem:{kind}"
    assert problem.status == status
    assert problem.title and problem.detail
    assert problem.request_id == answer.headers["x-request-id"] != ""
    return problem


def test_an_unknown_path_is_404(client: TestClient) -> None:
    told(client.get("/v1/nothing"), 404, "not-found")


def test_a_wrong_method_is_405_and_names_the_right_one(client: TestClient) -> None:
    answer = client.get("/v1/segment")
    told(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/v1/segment", "/v1/summarize", "/v1/compare"])
@pytest.mark.parametrize("kind", ["application/xml", "text/csv", "application/octet-stream", "", "*/*; q"])
def test_a_content_type_that_is_not_served_is_415(client: TestClient, path: str, kind: str) -> None:
    told(client.post(path, content=b'{"text": "x"}', headers={"content-type": kind}), 415, "unsupported-media-type")


@pytest.mark.parametrize("path", ["/v1/summarize", "/v1/compare"])
def test_plain_text_is_415_where_only_json_is_read(client: TestClient, path: str) -> None:
    told(client.post(path, content="一句话。".encode(), headers=TEXT), 415, "unsupported-media-type")


@pytest.mark.parametrize("body", [b"", b"{", b"[1,2]", b'"text"', b"\xff\xfe", b'{"text": "\xff"}', b"nul", b"NaN"])
@pytest.mark.parametrize("path", ["/v1/segment", "/v1/summarize", "/v1/compare"])
def test_broken_json_is_refused(client: TestClient, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers=JSON)
    assert answer.status_code in (400, 422)
    told(answer, answer.status_code, "bad-request" if answer.status_code == 400 else "invalid-request")


@pytest.mark.parametrize("path", ["/v1/segment", "/v1/summarize", "/v1/compare"])
def test_json_nested_a_hundred_thousand_deep_is_refused(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b'{"text":' + b"[" * 100_000, headers=JSON)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "body, place",
    [
        ({}, "body"),
        ({"text": ""}, "body/text"),
        ({"text": 7}, "body/text"),
        ({"text": "一句。", "article": {"paragraphs": [{"text": "x"}]}}, "body"),
        ({"text": "一句。", "length": "huge"}, "body/length"),
        ({"text": "一句。", "max_chars": 20}, "body"),
        ({"text": "一句。", "length": "brief", "max_chars": 0}, "body/max_chars"),
        ({"text": "一句。", "length": "brief", "max_chars": True}, "body/max_chars"),
        ({"text": "一句。", "date": "2026-02-30"}, "body/date"),
        ({"text": "一句。", "model": "../x"}, "body/model"),
        ({"text": "一句。", "unknown": 1}, "body/unknown"),
        ({"article": {"paragraphs": []}}, "body/article/paragraphs"),
    ],
)
def test_an_invalid_summary_request_names_the_place(client: TestClient, body: dict[str, Any], place: str) -> None:
    problem = told(client.post("/v1/summarize", json=body), 422, "invalid-request")
    assert problem.errors and problem.errors[0].at == place


def test_an_invalid_request_is_told_without_its_text(client: TestClient) -> None:
    answer = client.post("/v1/summarize", json={"text": "不该出现的原文", "model": 3})
    assert "不该出现" not in answer.text


def test_an_empty_text_is_422_with_the_reason(client: TestClient) -> None:
    told(client.post("/v1/summarize", json={"text": " \n "}), 422, "empty-input")
    told(client.post("/v1/segment", content=b" \n ", headers=TEXT), 422, "empty-input")
    told(client.post("/v1/segment", content=b"", headers=TEXT), 422, "empty-input")


def test_binary_data_is_422_not_text(client: TestClient) -> None:
    told(client.post("/v1/segment", files={"file": ("a.txt", bytes(range(256)) * 40)}), 422, "not-text")


def test_a_form_without_a_file_is_422(client: TestClient) -> None:
    multipart = {"content-type": "multipart/form-data; boundary=x"}
    body = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--x--\r\n'
    told(client.post("/v1/segment", content=body, headers=multipart), 422, "invalid-request")


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_broken_form_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/v1/segment", content=b"--y\r\nbroken", headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_page_with_one_side_only_has_nothing_to_compare(client: TestClient) -> None:
    told(client.post("/v1/compare", json={"page": "全市会议召开\n要抓落实。\n"}), 422, "nothing-to-compare")


def test_two_texts_of_one_name_are_refused(client: TestClient) -> None:
    one = {"id": "x", "text": "要抓落实。"}
    problem = told(client.post("/v1/compare", json={"central": [one], "local": [one]}), 422, "invalid-request")
    assert "x" in problem.detail


def test_what_is_not_kept_is_told_so(client: TestClient) -> None:
    body = {"central": "library", "local": [{"text": "要抓落实。"}]}
    told(client.post("/v1/compare", json=body), 422, "nothing-to-compare")
    told(client.post("/v1/summarize", json={"id": "p1-a1"}), 404, "not-found")


def test_a_missing_model_is_503_and_later_requests_may_try_again(client: TestClient, engine: StandIn) -> None:
    engine.error = ModelNotAvailable("weights are missing")
    answer = client.post("/v1/summarize", json={"text": "一句话。"})
    told(answer, 503, "model-not-available")
    assert int(answer.headers["retry-after"]) > 0
    engine.error = None
    assert client.post("/v1/summarize", json={"text": "一句话。"}).status_code == 200


def test_an_unexpected_error_is_500_without_its_message(client: TestClient, engine: StandIn) -> None:
    engine.error = ValueError("不该出现的原文")
    answer = client.post("/v1/summarize", json={"text": "一句话。"})
    told(answer, 500, "internal-error")
    assert "不该出现" not in answer.text


def test_every_error_of_the_tree_and_of_http_has_a_kind() -> None:
    assert problem_of(UsageError("x")).status_code == 400
    assert problem_of(HTTPException(429, "slowly")).kind == "too-many-requests"
    assert problem_of(HTTPException(410, "gone")).body("r")["type"] == "urn:duizhao:problem:gone"


@pytest.mark.parametrize("path", ["/v1/segment", "/v1/summarize"])
def test_a_lone_surrogate_in_json_is_refused_where_it_stands(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b'{"text": "\\ud800"}', headers=JSON)
    problem = told(answer, 422, "invalid-request")
    assert problem.errors and problem.errors[0].at in ("body/text", "body")
