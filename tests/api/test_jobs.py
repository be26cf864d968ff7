"""Jobs over HTTP: accepted with their place, watched, read, cancelled; large comparisons are jobs too."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api.answers_stored import JobOut
from duizhao.errors import InputRefused

TEXT = {"content-type": "text/plain"}
PAGE = "全市会议召开\n要抓落实。\n".encode()
COMPARE = {"central": [{"text": "要抓好粮食。"}], "local": [{"text": "要抓牢粮食。"}]}
LATER = {"prefer": "respond-async"}


def submitted(client: TestClient) -> str:
    answer = client.post("/v1/digests", content=PAGE, headers=TEXT)
    assert answer.status_code == 202
    return answer.headers["location"]


def ended(client: TestClient, place: str) -> dict[str, Any]:
    for _ in range(600):
        job: dict[str, Any] = client.get(place).json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_a_digest_is_accepted_with_its_place(client: TestClient) -> None:
    job = JobOut.model_validate_json(client.get(submitted(client)).content)
    assert (job.kind, job.state, job.total) == ("digest", "queued", 1)
    assert [j["id"] for j in client.get("/v1/jobs").json()["jobs"]] == [job.id]


def test_pages_come_as_files_of_one_form(client: TestClient) -> None:
    files = [("file", (f"{n}.txt", f"第{n}版\n一句话。\n".encode())) for n in range(3)]
    answer = client.post("/v1/digests", files=files)
    assert (answer.status_code, answer.json()["total"]) == (202, 3)


@pytest.mark.parametrize(
    "sent, status",
    [
        ({"content": b"", "headers": TEXT}, 422),
        ({"content": b"{}", "headers": {"content-type": "image/png"}}, 415),
        ({"files": {"other": ("a.txt", PAGE)}}, 422),
    ],
)
def test_what_holds_no_page_is_refused(client: TestClient, sent: dict[str, Any], status: int) -> None:
    answer = client.post("/v1/digests", **sent)
    assert answer.status_code == status


def test_a_result_that_is_not_there_yet_is_409(client: TestClient) -> None:
    answer = client.get(submitted(client) + "/result?format=docx")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duizhao:problem:not-finished")


def test_a_cancelled_job_ends_its_events_and_no_event_comes_twice(client: TestClient) -> None:
    place = submitted(client)
    assert client.delete(place).json()["state"] == "cancelled"
    events = client.get(f"{place}/events").text
    assert events.count("event: end") == 1 and '"state": "cancelled"' in events
    last = next(line for line in events.splitlines() if line.startswith("id:")).removeprefix("id:").strip()
    assert "event:" not in client.get(f"{place}/events", headers={"last-event-id": last}).text


def test_a_comparison_is_answered_later_where_that_is_preferred(client: TestClient) -> None:
    accepted = client.post("/v1/compare", json=COMPARE, headers=LATER)
    assert (accepted.status_code, accepted.headers["preference-applied"]) == (202, "respond-async")
    place = accepted.headers["location"]
    assert ended(client, place)["state"] == "done"
    at_once = client.post("/v1/compare", json=COMPARE).json()
    assert client.get(f"{place}/result").json() == at_once
    for form, start in (("md", b"#"), ("html", b"<!"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert client.get(f"{place}/result?format={form}").content.lstrip().startswith(start)


def test_a_large_comparison_is_answered_later_without_being_asked(start: Start) -> None:
    client = start(max_pairs=1)
    accepted = client.post("/v1/compare", json={**COMPARE, "local": [{"text": "甲。"}, {"text": "乙。"}]})
    assert accepted.status_code == 202 and "preference-applied" not in accepted.headers
    assert ended(client, accepted.headers["location"])["state"] == "done"


def test_a_comparison_that_cannot_be_made_says_why(client: TestClient, engine: StandIn) -> None:
    engine.error = InputRefused("the text has no unit")
    job = ended(client, client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"])
    assert (job["state"], job["error"]) == ("failed", "the text has no unit")


def test_a_comparison_waits_for_a_place_while_requests_fill_the_queue(start: Start, engine: StandIn) -> None:
    client = start(queue_size=1)
    engine.gate = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(client.post, "/v1/summarize", json={"text": "一句话。"})
        assert engine.entered.acquire(timeout=30)
        second = pool.submit(client.post, "/v1/summarize", json={"text": "另一句话。"})
        while not client.app.state.service.worker.waiting:  # type: ignore[attr-defined]
            pass
        place = client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"]
        while client.get(place).json()["state"] == "queued":
            pass
        engine.gate.set()
        assert {first.result(30).status_code, second.result(30).status_code} == {200}
    assert ended(client, place)["state"] == "done"


def test_a_comparison_that_was_cancelled_has_no_result(client: TestClient, engine: StandIn) -> None:
    place = client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"]
    client.delete(place)
    job = ended(client, place)
    assert client.get(f"{place}/result").status_code == (200 if job["state"] == "done" else 409)


def test_too_many_jobs_are_turned_away_with_the_time_to_come_back(start: Start, engine: StandIn) -> None:
    client = start(max_jobs=1, queue_size=1)
    submitted(client)
    engine.gate = threading.Event()
    first = client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"]
    assert engine.entered.acquire(timeout=30)
    assert client.get(first).json()["state"] == "running"
    assert client.post("/v1/compare", json=COMPARE, headers=LATER).status_code == 202
    for answer in (
        client.post("/v1/digests", content=PAGE + PAGE, headers=TEXT),
        client.post("/v1/compare", json=COMPARE, headers=LATER),
    ):
        assert (answer.status_code, answer.json()["type"]) == (429, "urn:duizhao:problem:queue-full")
        assert int(answer.headers["retry-after"]) >= 1


def test_jobs_of_every_kind_are_listed_in_pages(client: TestClient) -> None:
    places = [submitted(client), client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"]]
    places.append(submitted(client))
    ended(client, places[1])
    first = client.get("/v1/jobs?limit=2").json()
    rest = client.get("/v1/jobs", params={"limit": 2, "cursor": first["next"]}).json()
    assert [f"/v1/jobs/{j['id']}" for j in first["jobs"] + rest["jobs"]] == places[::-1]
    assert [j["kind"] for j in first["jobs"]] == ["digest", "compare"] and rest["next"] is None
    assert [j["kind"] for j in client.get("/v1/jobs?state=done").json()["jobs"]] == ["compare"]


def test_a_job_that_is_over_is_queued_again(client: TestClient) -> None:
    place = submitted(client)
    answer = client.post(f"{place}/retry")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duizhao:problem:not-possible")
    client.delete(place)
    answer = client.post(f"{place}/retry")
    assert (answer.status_code, answer.headers["location"]) == (202, place)
    job = JobOut.model_validate_json(answer.content)
    assert (job.state, job.attempt) == ("queued", 2)


def test_a_comparison_that_failed_is_made_by_a_retry(client: TestClient, engine: StandIn) -> None:
    engine.error = InputRefused("the text has no unit")
    place = client.post("/v1/compare", json=COMPARE, headers=LATER).headers["location"]
    assert ended(client, place)["state"] == "failed"
    engine.error = None
    assert client.post(f"{place}/retry").status_code == 202
    job = ended(client, place)
    assert (job["state"], job["attempt"], job["error"]) == ("done", 2, None)
    assert client.get(f"{place}/result").status_code == 200


def test_unknown_jobs_are_404_everywhere(client: TestClient) -> None:
    for name in ("nothing", "cmp-nothing"):
        for path in (f"/v1/jobs/{name}", f"/v1/jobs/{name}/events", f"/v1/jobs/{name}/result"):
            assert client.get(path).status_code == 404
        assert client.delete(f"/v1/jobs/{name}").status_code == 404
        assert client.post(f"/v1/jobs/{name}/retry").status_code == 404


def test_events_are_json_with_the_whole_job(client: TestClient) -> None:
    place = submitted(client)
    client.delete(place)
    data = [x for x in client.get(f"{place}/events").text.splitlines() if x.startswith("data:")]
    assert [JobOut.model_validate(json.loads(x.removeprefix("data:"))).state for x in data] == ["cancelled"]
