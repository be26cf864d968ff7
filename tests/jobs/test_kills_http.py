"""A digest that was asked for over HTTP goes on, whatever is killed: the server, or the server with its worker."""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from duizhao.jobs import Jobs
from duizhao.settings import Settings

from .conftest import inputs
from .killing import check_whole, environment_of, wait_for

pytestmark = pytest.mark.slow
PAGES, KILLS = 80, 3
COMMAND = [sys.executable, "-c", "from duizhao.cli import main; main()"]
BODY = b"".join(
    json.dumps({"id": Path(i.name).stem, "page": i.data.decode()}, ensure_ascii=False).encode() + b"\n"
    for i in inputs(PAGES)
)
HEADERS = {"Content-Type": "application/x-ndjson", "Idempotency-Key": "the-one"}
Start = Callable[..., "Command"]


class Command:
    """A `duizhao` command that runs; what it says goes to a file."""

    def __init__(self, words: list[str], settings: Settings, log: Path) -> None:
        self._log = log
        environment = environment_of(settings) | {"DUIZHAO_EMBEDDER": "char_ngrams", "DUIZHAO_MODEL_PROCESSES": "0"}
        with log.open("wb") as stream:
            self.process = subprocess.Popen([*COMMAND, *words], env=environment, stderr=stream)

    def port(self) -> int:
        """Where it serves, as soon as it does."""
        wait_for(lambda: b":" in self._log.read_bytes().partition(b"http://127.0.0.1")[2].partition(b"/")[0])
        found = re.search(rb"http://127\.0\.0\.1:(\d+)/", self._log.read_bytes())
        assert found
        return int(found[1])

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def start(durable: Settings, tmp_path: Path) -> Iterator[Start]:
    running: list[Command] = []

    def run(*words: str) -> Command:
        running.append(Command(list(words), durable, tmp_path / f"log{len(running)}"))
        return running[-1]

    yield run
    for each in running:
        each.kill()


def asked(port: int, method: str, path: str, body: bytes | None = None) -> Any:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, HEADERS if body else {})
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status in (200, 202), content
        return json.loads(content)


def test_the_server_is_killed_while_it_is_asked_and_while_the_worker_works(kept: Jobs, start: Start) -> None:
    server = start("serve", "--port", "0")
    with closing(socket.create_connection(("127.0.0.1", server.port()))) as half:
        head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
        half.sendall(
            f"POST /v1/digests HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(BODY)}\r\n\r\n".encode()
        )
        half.sendall(BODY[: len(BODY) // 2])
        server.kill()
    assert kept.list().jobs == ()
    server = start("serve", "--port", "0")
    job = asked(server.port(), "POST", "/v1/digests", BODY)
    server.kill()
    server = start("serve", "--port", "0")
    assert asked(server.port(), "POST", "/v1/digests", BODY) == job
    start("worker", "--processes", "1")
    wait_for(lambda: kept.get(job["id"]).done > 0)
    server.kill()
    seen = kept.get(job["id"]).done
    assert seen < PAGES
    wait_for(lambda: kept.get(job["id"]).done > seen)
    port = start("serve", "--port", "0").port()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as watching:
        watching.request("GET", f"/v1/jobs/{job['id']}/events", headers={"Last-Event-ID": "1-running-0-80"})
        events = watching.getresponse().read().decode()
    assert events.count("event: end") == 1
    assert [j["id"] for j in asked(port, "GET", "/v1/jobs")["jobs"]] == [job["id"]]
    check_whole(kept, kept.get(job["id"]), PAGES, kills=0)
    assert asked(port, "GET", f"/v1/jobs/{job['id']}/result") == json.loads(kept.result(job["id"], "json"))


def test_server_and_worker_are_killed_together_again_and_again(kept: Jobs, start: Start) -> None:
    commands = [start("serve", "--port", "0"), start("worker", "--processes", "1")]
    job = asked(commands[0].port(), "POST", "/v1/digests", BODY)["id"]
    dice, kills = random.Random(13), 0
    while kills < KILLS:
        before = kept.get(job).done
        wait_for(lambda before=before: kept.get(job).done > before)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 0.1))
        assert not kept.get(job).over, "too few pages for so many kills"
        for command in dice.sample(commands, 2):
            command.kill()
        commands = [start("serve", "--port", "0"), start("worker", "--processes", "1")]
        kills += 1
    port = commands[0].port()
    wait_for(lambda: asked(port, "GET", f"/v1/jobs/{job}")["state"] == "done")
    assert [j["id"] for j in asked(port, "GET", "/v1/jobs")["jobs"]] == [job]
    check_whole(kept, kept.get(job), PAGES, kills)
