"""What is kept: pages and articles, edits by hand, the library, reviews."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api.answers import SegmentedOut
from duizhao.stores.pages import delete_older

CENTRAL = {
    "title": "全国粮食稳产工作会议在京召开",
    "date": "2026-03-08",
    "text": "新华社北京3月8日电 全国粮食稳产工作会议8日在北京召开。会议强调，要全面落实粮食安全党政同责。",
}
LOCAL = {"text": "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责。", "date": "2026-03-12"}


@pytest.fixture
def stored(client: TestClient, page: str) -> str:
    """The id of a stored page."""
    return str(client.post("/v1/segment", json={"text": page, "source": "清泽日报.txt"}).json()["page"]["id"])


def edit(client: TestClient, name: str, *operations: dict[str, object], **headers: str) -> object:
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return client.patch(f"/v1/pages/{name}", json={"operations": operations}, headers=named)


def test_a_segmented_page_is_kept_once_however_often_it_is_sent(client: TestClient, page: str, stored: str) -> None:
    again = client.post("/v1/segment", json={"text": page, "source": "清泽日报.txt"}).json()
    assert again["page"]["id"] == stored
    rows = client.get("/v1/pages").json()["pages"]
    assert [(r["id"], r["source"], r["articles"]) for r in rows] == [(stored, "清泽日报.txt", 3)]
    assert client.get(f"/v1/pages/{stored}").json() == again


def test_a_page_is_not_kept_where_that_is_not_wanted(start: Start, page: str) -> None:
    client = start(page_days=0)
    assert client.post("/v1/segment", json={"text": page}).json()["page"]["id"] == "page"
    client = start()
    client.post("/v1/segment?store=false", json={"text": page})
    assert client.get("/v1/pages").json()["pages"] == []


def test_an_etag_saves_the_page_from_being_sent_again(client: TestClient, stored: str) -> None:
    tag = client.get(f"/v1/pages/{stored}").headers["etag"]
    answer = client.get(f"/v1/pages/{stored}", headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    edit(client, stored, {"op": "merge", "articles": ["a1", "a2"]})
    assert client.get(f"/v1/pages/{stored}", headers={"if-none-match": tag}).status_code == 200


def test_an_edit_holds_and_only_the_version_that_was_read_is_edited(client: TestClient, stored: str) -> None:
    tag = client.get(f"/v1/pages/{stored}").headers["etag"]
    done = edit(client, stored, {"op": "merge", "articles": ["a1", "a2"]}, if_match=tag)
    value = SegmentedOut.model_validate(done.json())  # type: ignore[attr-defined]
    assert [a.id for a in value.articles] == ["a1", "a3"]
    late = edit(client, stored, {"op": "merge", "articles": ["a1", "a3"]}, if_match=tag)
    assert late.status_code == 412  # type: ignore[attr-defined]
    assert client.get(f"/v1/pages/{stored}").json() == done.json()  # type: ignore[attr-defined]


def test_of_several_edits_all_are_done_or_none(client: TestClient, stored: str) -> None:
    before = client.get(f"/v1/pages/{stored}").json()
    answer = edit(
        client, stored, {"op": "merge", "articles": ["a1", "a2"]}, {"op": "split", "article": "a9", "paragraph": 0}
    )
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert client.get(f"/v1/pages/{stored}").json() == before


def test_a_headline_is_attached_by_hand(client: TestClient, page: str, stored: str) -> None:
    start = page.index("短讯一则")
    span = [start, start + len("短讯一则")]
    value = edit(client, stored, {"op": "attach", "article": "a2", "spans": [span]}).json()  # type: ignore[attr-defined]
    assert {a["id"]: a["headline"]["text"] for a in value["articles"]}["a2"] == "短讯一则"


def test_a_stored_article_is_read_and_summarized_by_its_id(client: TestClient, stored: str) -> None:
    article = client.get(f"/v1/articles/{stored}-a1")
    value, tag = article.json(), {"if-none-match": article.headers["etag"]}
    assert (value["page"], value["title"]) == (stored, "全国粮食稳产工作会议在京召开")
    assert client.get(f"/v1/articles/{stored}-a1", headers=tag).status_code == 304
    summary = client.post("/v1/summarize", json={"id": f"{stored}-a1", "with_text": True}).json()
    assert (summary["id"], summary["text"]) == (f"{stored}-a1", value["text"])
    for missing in (f"{stored}-a3", f"{stored}-a9", "x"):
        assert client.post("/v1/summarize", json={"id": missing}).status_code == 404


def test_a_deleted_page_is_gone_with_its_articles(client: TestClient, stored: str) -> None:
    assert client.delete(f"/v1/pages/{stored}").status_code == 204
    assert [client.get(p).status_code for p in (f"/v1/pages/{stored}", f"/v1/articles/{stored}-a1")] == [404, 404]
    assert client.delete(f"/v1/pages/{stored}").status_code == 404


def test_pages_over_their_days_are_deleted(client: TestClient, engine: StandIn, stored: str) -> None:
    assert delete_older(engine.database, 1) == 0
    assert delete_older(engine.database, -1) == 1
    assert client.get(f"/v1/pages/{stored}").status_code == 404


def test_lists_are_read_page_by_page(client: TestClient) -> None:
    for n in range(5):
        client.post("/v1/segment", json={"text": f"第{n}版\n一句话。\n"})
    seen, cursor = [], ""
    while True:
        value = client.get(f"/v1/pages?limit=2{cursor}").json()
        seen += [r["id"] for r in value["pages"]]
        if value["next"] is None:
            break
        cursor = f"&cursor={value['next']}"
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("path", ["/v1/pages", "/v1/library", "/v1/reviews", "/v1/jobs"])
@pytest.mark.parametrize("cursor", ["x", "MTtEUk9Q", "!", "A" * 300])
def test_a_made_up_cursor_is_422(client: TestClient, path: str, cursor: str) -> None:
    assert client.get(path, params={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/x", "p0", "p" + "0" * 24 + "'--", "a\\b", "%00"]
)
@pytest.mark.parametrize("folder", ["pages", "articles", "jobs", "library"])
def test_a_path_in_the_place_of_an_id_leads_nowhere(client: TestClient, folder: str, name: str) -> None:
    answer = client.get(f"/v1/{folder}/{name}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_texts_of_the_library_are_added_once_found_read_and_removed(client: TestClient) -> None:
    first = client.post("/v1/library", json={"texts": [CENTRAL]})
    assert (first.status_code, first.json()["added"]) == (201, 1)
    assert client.post("/v1/library", json={"texts": [CENTRAL]}).json()["added"] == 0
    name = first.json()["entries"][0]["id"]
    (hit,) = client.get("/v1/library/search", params={"q": "粮食安全"}).json()["hits"]
    assert hit["entry"]["id"] == name and "粮食" in hit["excerpt"]
    entry = client.get(f"/v1/library/{name}")
    assert entry.json()["text"] == CENTRAL["text"]
    assert client.get(f"/v1/library/{name}", headers={"if-none-match": entry.headers["etag"]}).status_code == 304
    assert [client.delete(f"/v1/library/{name}").status_code for _ in range(2)] == [204, 404]
    assert client.get("/v1/library").json()["entries"] == []


def test_search_is_narrowed(client: TestClient) -> None:
    client.post("/v1/library", json={"texts": [CENTRAL]})
    for more, count in ({"date_from": "2026-03-09"}, 0), ({"level": "central"}, 1), ({"theme": "T99"}, 0):
        assert len(client.get("/v1/library/search", params={"q": "粮食", **more}).json()["hits"]) == count
    assert client.get("/v1/library/search").status_code == 422


def test_a_local_text_is_compared_with_the_best_central_texts_of_the_library(client: TestClient) -> None:
    client.post("/v1/library", json={"texts": [CENTRAL]})
    value = client.post("/v1/compare", json={"central": "library", "local": [LOCAL]}).json()
    assert value["central"]["title"] == CENTRAL["title"]
    older = {**LOCAL, "date": "2026-01-01"}
    answer = client.post("/v1/compare", json={"central": "library", "local": [older]})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duizhao:problem:nothing-to-compare")


def test_long_texts_of_the_library_are_compared_later(start: Start) -> None:
    client = start(max_request_characters=120)
    client.post("/v1/library", json={"texts": [{**CENTRAL, "text": CENTRAL["text"] * 2}]})
    body = {"central": "library", "local": [LOCAL]}
    answer = client.post("/v1/compare", json=body)
    assert answer.status_code == 413 and "respond-async" in answer.json()["detail"]
    assert client.post("/v1/compare", json=body, headers={"prefer": "respond-async"}).status_code == 202


def test_a_verdict_is_kept_under_the_texts_of_both_units(client: TestClient) -> None:
    body = {"central": {"text": "要抓 好粮食。"}, "local": {"text": "要抓牢粮食。"}, "verdict": "reject"}
    made = client.post("/v1/reviews", json=body)
    assert made.status_code == 201
    value = made.json()
    same = client.get("/v1/reviews", params={"central": value["central"]}).json()["reviews"]
    assert same == [value] and value["reviewer"] == "local"
    by_hash = {**body, "central": {"hash": value["central"]}, "verdict": "accept", "relation": "verbatim"}
    assert client.post("/v1/reviews", json=by_hash).json()["central"] == value["central"]
    assert [r["verdict"] for r in client.get("/v1/reviews").json()["reviews"]] == ["reject", "accept"]
