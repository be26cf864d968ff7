"""Limits of bodies, texts and time: what is over a limit is refused early, with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api import create_app
from duizhao.settings import Settings

TEXT = {"content-type": "text/plain"}
TOO_LARGE = "urn:duizhao:problem:too-large"
Sent = list[dict[str, Any]]


def scope(**headers: str) -> dict[str, Any]:
    given = {"host": "127.0.0.1:8000", "content-type": "text/plain"} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/segment",
        "raw_path": b"/v1/segment",
        "query_string": b"",
        "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }


def drive(settings: Settings, engine: StandIn, scope: dict[str, Any], bodies: AsyncIterator[bytes]) -> tuple[int, Sent]:
    """Number of body messages that were read, and the messages of the answer."""
    read, sent = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": await anext(bodies), "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(create_app(settings, engine)(scope, receive, send))
    return read, sent


async def endless(size: int = 1 << 20) -> AsyncIterator[bytes]:
    while True:
        yield b"a" * size


async def never() -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


def test_a_200_megabyte_upload_is_refused_before_a_byte_of_it_is_read(engine: StandIn) -> None:
    read, sent = drive(Settings(), engine, scope(content_length=str(200 << 20)), endless())
    assert read == 0
    assert sent[0]["status"] == 413
    assert TOO_LARGE.encode() in sent[1]["body"]


def test_an_upload_without_a_length_is_cut_off_at_the_limit(engine: StandIn) -> None:
    read, sent = drive(Settings(max_body_bytes=5 << 20), engine, scope(transfer_encoding="chunked"), endless())
    assert read == 6
    assert sent[0]["status"] == 413


def test_a_form_is_cut_off_at_the_limit_too(engine: StandIn) -> None:
    async def form() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        async for part in endless(1 << 16):
            yield part

    kind = "multipart/form-data; boundary=x"
    read, sent = drive(Settings(max_body_bytes=1 << 20), engine, scope(content_type=kind), form())
    assert read == 17
    assert sent[0]["status"] == 413


@pytest.mark.parametrize("length", ["9" * 5000, "33554433"])
def test_a_length_over_the_limit_is_refused_however_long_the_number(engine: StandIn, length: str) -> None:
    read, sent = drive(Settings(), engine, scope(content_length=length), endless())
    assert (read, sent[0]["status"]) == (0, 413)


def test_a_body_that_does_not_arrive_in_time_is_408(engine: StandIn) -> None:
    _, sent = drive(Settings(body_seconds=0.02), engine, scope(), never())
    assert sent[0]["status"] == 408


def test_more_open_requests_than_the_limit_are_503_with_retry_after(engine: StandIn) -> None:
    async def run() -> list[int]:
        app = create_app(Settings(max_open_requests=2, body_seconds=5), engine)
        statuses: list[int] = []
        hold = asyncio.Event()
        entered = 0

        async def receive() -> dict[str, Any]:
            nonlocal entered
            entered += 1
            await hold.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                assert message["status"] != 503 or b"retry-after" in dict(message["headers"])

        held = [asyncio.create_task(app(scope(), receive, send)) for _ in range(2)]
        while entered < 2:
            await asyncio.sleep(0.001)
        await app(scope(), receive, send)
        found = list(statuses)
        hold.set()
        await asyncio.gather(*held, return_exceptions=True)
        return found

    assert asyncio.run(run()) == [503]


def test_a_page_or_text_over_the_limit_of_characters_is_413(start: Start) -> None:
    client = start(max_page_characters=50, max_request_characters=60, max_documents=3)
    long = "长" * 61
    answers = [
        client.post("/v1/segment", content=long.encode(), headers=TEXT),
        client.post("/v1/segment", content=long.encode("gb18030"), headers=TEXT),
        client.post("/v1/summarize", json={"text": long}),
        client.post("/v1/compare", json={"page": long}),
        client.post("/v1/compare", json={"central": [{"text": "长"}], "local": [{"text": "长"}] * 3}),
    ]
    client = start(max_request_characters=60)
    far_over = {"central": [{"text": "长" * 601}], "local": [{"text": "长" * 600}]}
    answers.append(client.post("/v1/compare", json=far_over))
    assert [(a.status_code, a.json()["type"]) for a in answers] == [(413, TOO_LARGE)] * len(answers)
    client = start(max_page_characters=50)
    assert client.post("/v1/segment", content=("长" * 50).encode(), headers=TEXT).status_code == 200


def test_three_hundred_thousand_lines_are_refused_without_work(client: TestClient, engine: StandIn) -> None:
    answer = client.post("/v1/segment", content="行\n".encode() * 300_000, headers=TEXT)
    assert answer.status_code == 413


def test_a_streamed_body_within_the_limits_is_served(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield "全市会议".encode()
        yield "召开\n要抓落实。".encode()

    assert client.post("/v1/segment", content=parts(), headers=TEXT).status_code == 200
