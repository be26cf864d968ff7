"""Who is served, what every answer carries, and the ids of requests."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api.middleware import is_loopback
from duizhao.stores.keys import create_key

BODY = {"text": "一句话。"}


def kind(answer: object) -> str:
    return answer.json()["type"].rpartition(":")[2]  # type: ignore[attr-defined]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "[::1]:8000", "[::1]"])
def test_the_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get("/livez", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8000", "10.0.0.4", "", "localhost.evil", "::1x"]
)
@pytest.mark.parametrize("path", ["/livez", "/", "/openapi.json", "/static/app.js", "/nowhere"])
def test_other_names_are_refused_against_dns_rebinding(client: TestClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert (answer.status_code, kind(answer)) == (421, "misdirected-request")


def test_a_setting_adds_names(start: Start) -> None:
    client = start(allowed_hosts="duizhao.example, second.example")
    assert client.get("/livez", headers={"host": "Duizhao.example:80"}).status_code == 200
    assert client.get("/livez", headers={"host": "second.example"}).status_code == 200
    assert client.get("/livez", headers={"host": "third.example"}).status_code == 421


@pytest.mark.parametrize("address", ["10.0.0.7", "::ffff:10.0.0.7", "192.168.1.2", "2001:db8::1"])
def test_other_machines_are_refused_as_long_as_there_are_no_keys(start: Start, engine: StandIn, address: str) -> None:
    client = start(address=address)
    for path in ("/livez", "/", "/v1/models"):
        answer = client.get(path)
        assert (answer.status_code, kind(answer)) == (403, "not-served")
    create_key(engine.database, "office", "read")
    assert client.get("/livez").status_code == 200
    assert client.get("/v1/models").status_code == 401


def test_pages_of_other_sites_may_not_send_requests(client: TestClient) -> None:
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        answer = client.post("/v1/summarize", json=BODY, headers=headers)
        assert (answer.status_code, kind(answer)) == (403, "cross-site")
    same = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert client.post("/v1/summarize", json=BODY, headers=same).status_code == 200


def test_cross_origin_reading_is_never_allowed(client: TestClient) -> None:
    for answer in (
        client.get("/livez", headers={"origin": "http://evil.example"}),
        client.options("/v1/summarize", headers={"origin": "http://a.b", "access-control-request-method": "POST"}),
    ):
        assert not [h for h in answer.headers if h.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/livez", "/nowhere", "/docs", "/static/style.css", "/v1/segment"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    script = [d for d in headers["content-security-policy"].split(";") if "script-src" in d]
    assert "unsafe-inline" not in "".join(script)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_a_well_formed_request_id_is_kept(client: TestClient) -> None:
    assert client.get("/livez", headers={"x-request-id": "job-7.a_B"}).headers["x-request-id"] == "job-7.a_B"


@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "<script>", "x;y", "编号".encode()])
def test_any_other_request_id_is_replaced(client: TestClient, given: str | bytes) -> None:
    made = client.get("/livez", headers={"x-request-id": given}).headers["x-request-id"]
    assert len(made) == 24 and made != client.get("/livez").headers["x-request-id"]


def test_loopback_is_told_by_address_not_by_prefix() -> None:
    assert is_loopback("127.8.9.1") and is_loopback("[::1]") and is_loopback("localhost")
    assert not any(map(is_loopback, ("0.0.0.0", "::", "127.0.0.1.nip.example", "localhost.example", "")))
