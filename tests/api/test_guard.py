"""Keys: who is let in, to what, how often; guessing is slowed and right keys are never locked out."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api.guard import needed
from duizhao.api.rates import Rates
from duizhao.stores.keys import Scope, create_key, revoke_key

BODY = {"text": "一句话。"}
WRONG = "dz_" + "0" * 12 + "_" + "A" * 43


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def kind(answer: object) -> str:
    return answer.json()["type"].rpartition(":")[2]  # type: ignore[attr-defined]


def test_once_a_key_exists_only_keys_open_the_interface(client: TestClient, engine: StandIn) -> None:
    assert client.post("/v1/summarize", json=BODY).status_code == 200
    _, token = create_key(engine.database, "office", "read")
    answer = client.post("/v1/summarize", json=BODY)
    assert (answer.status_code, kind(answer)) == (401, "unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.post("/v1/summarize", json=BODY, headers=bearer(token)).status_code == 200


def test_a_revoked_key_opens_nothing_from_the_next_request_on(client: TestClient, engine: StandIn) -> None:
    key, token = create_key(engine.database, "office", "read")
    assert client.get("/v1/models", headers=bearer(token)).status_code == 200
    revoke_key(engine.database, key.id)
    assert client.get("/v1/models", headers=bearer(token)).status_code == 401
    assert client.get("/v1/models").status_code == 401


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/version", "/openapi.json", "/docs", "/static/style.css"])
def test_what_tells_nothing_of_texts_needs_no_key(client: TestClient, engine: StandIn, path: str) -> None:
    create_key(engine.database, "office", "read")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/metrics", "/v1/themes", "/results/x", "/static", "/livez/", "//v1/themes"])
def test_everything_else_does(client: TestClient, engine: StandIn, path: str) -> None:
    create_key(engine.database, "office", "read")
    assert client.get(path).status_code == 401


def test_a_browser_may_give_the_key_as_its_password(client: TestClient, engine: StandIn) -> None:
    _, token = create_key(engine.database, "office", "read")
    assert client.get("/").headers["www-authenticate"].startswith("Basic")
    given = base64.b64encode(f"anyone:{token}".encode()).decode()
    assert client.get("/", headers={"authorization": f"Basic {given}"}).status_code == 200


@pytest.mark.parametrize(
    "scope, method, path, status",
    [
        ("read", "POST", "/v1/library", 403),
        ("read", "PATCH", "/v1/pages/p" + "0" * 24, 403),
        ("read", "POST", "/v1/digests", 403),
        ("write", "DELETE", "/v1/library/t" + "0" * 16, 403),
        ("write", "DELETE", "/v1/pages/p" + "0" * 24, 403),
        ("admin", "DELETE", "/v1/pages/p" + "0" * 24, 404),
        ("write", "DELETE", "/v1/jobs/x", 404),
        ("read", "POST", "/v1/jobs/x/retry", 403),
        ("write", "POST", "/v1/jobs/x/retry", 404),
        ("read", "GET", "/v1/library", 200),
    ],
)
def test_each_scope_opens_its_own_routes(
    client: TestClient, engine: StandIn, scope: Scope, method: str, path: str, status: int
) -> None:
    _, token = create_key(engine.database, "office", scope)
    assert client.request(method, path, headers=bearer(token), json={}).status_code == status


def test_posts_that_leave_nothing_behind_need_only_read() -> None:
    assert {needed("POST", p) for p in ("/v1/segment", "/v1/summarize", "/v1/compare")} == {"read"}
    assert needed("POST", "/v1/compare/") == needed("PUT", "/v1/segment") == "write"


def test_a_key_that_may_only_read_stores_no_page(client: TestClient, engine: StandIn, page: str) -> None:
    for scope, stored in (("read", 0), ("write", 1)):
        _, token = create_key(engine.database, scope, scope)  # type: ignore[arg-type]
        assert client.post("/v1/segment", json={"text": page}, headers=bearer(token)).status_code == 200
        assert len(client.get("/v1/pages", headers=bearer(token)).json()["pages"]) == stored


def test_a_comparison_that_is_kept_needs_more_than_reading(client: TestClient, engine: StandIn) -> None:
    _, token = create_key(engine.database, "office", "read")
    body = {"central": [{"text": "要抓好。"}], "local": [{"text": "要抓牢。"}]}
    assert client.post("/v1/compare", json=body, headers=bearer(token)).status_code == 200
    later = client.post("/v1/compare", json=body, headers={**bearer(token), "prefer": "respond-async"})
    assert (later.status_code, kind(later)) == (403, "forbidden")


def test_wrong_keys_are_slowed_down_and_right_ones_are_not(client: TestClient, engine: StandIn) -> None:
    _, token = create_key(engine.database, "office", "read")
    answers = [client.get("/v1/models", headers=bearer(WRONG)) for _ in range(20)]
    assert [a.status_code for a in answers[:10]] == [401] * 10
    assert {a.status_code for a in answers[10:]} == {429}
    assert int(answers[-1].headers["retry-after"]) >= 1 and kind(answers[-1]) == "too-many-requests"
    assert client.get("/v1/models", headers=bearer(token)).status_code == 200


def test_without_its_database_the_service_is_alive_but_not_ready(
    client: TestClient, engine: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server is gone"))

    with monkeypatch.context() as patch:
        patch.setattr(StandIn, "database", property(gone))
        assert client.get("/livez").status_code == 200
        for path in ("/readyz", "/v1/pages", "/v1/models"):
            answer = client.get(path)
            assert (answer.status_code, kind(answer)) == (503, "not-ready")
            assert int(answer.headers["retry-after"]) >= 1 and "SELECT" not in answer.text


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic !!!", "Digest x", "Bearer x y", "Bearer dz_é"])
def test_a_malformed_header_is_401(client: TestClient, engine: StandIn, header: str) -> None:
    create_key(engine.database, "office", "read")
    assert client.get("/v1/models", headers={"authorization": header.encode()}).status_code == 401


def test_a_key_has_a_rate_and_is_told_when_to_come_back(start: Start, engine: StandIn) -> None:
    client = start(rate_per_minute=5)
    tokens = [create_key(engine.database, name, "read")[1] for name in ("a", "b")]
    answers = [client.get("/v1/models", headers=bearer(tokens[0])) for _ in range(7)]
    assert [a.status_code for a in answers] == [200] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 12
    assert client.get("/v1/models", headers=bearer(tokens[1])).status_code == 200


def test_a_rate_fills_up_again() -> None:
    now = [0.0]
    rates = Rates(60, lambda: now[0])
    assert [rates.take("x") for _ in range(61)] == [0] * 60 + [1]
    now[0] = 2.0
    assert [rates.take("x") for _ in range(3)] == [0, 0, 1]


def test_jobs_of_another_key_are_not_there(client: TestClient, engine: StandIn) -> None:
    mine, other, chief = (
        create_key(engine.database, n, s)[1]
        for n, s in (("a", "write"), ("b", "write"), ("c", "admin"))  # type: ignore[arg-type]
    )
    text = {"content-type": "text/plain"}
    job = client.post("/v1/digests", content="全市会议召开\n要抓落实。\n".encode(), headers=bearer(mine) | text)
    place = job.headers["location"]
    assert [client.get(place, headers=bearer(t)).status_code for t in (mine, other, chief)] == [200, 404, 200]
    assert client.get("/v1/jobs", headers=bearer(other)).json()["jobs"] == []


def test_the_log_names_the_key_and_never_its_secret(
    client: TestClient, engine: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="duizhao.service")
    key, token = create_key(engine.database, "office", "read")
    client.get("/v1/models", headers=bearer(token))
    client.get("/v1/models", headers=bearer(WRONG))
    assert f'"key": "{key.id}"' in caplog.text
    assert token[-20:] not in caplog.text and WRONG[-20:] not in caplog.text
