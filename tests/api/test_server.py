"""`duizhao serve` as a process: addresses, early refusal of uploads, nothing but loopback, a clean end."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from duizhao.api.server import bound, check
from duizhao.errors import UsageError
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.keys import create_key

COMMAND = [sys.executable, "-c", "from duizhao.cli import main; main()", "serve"]
OFFLINE = Path(__file__).parents[1] / "end_to_end/offline_site"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.4", "duizhao.example", ""])
def test_an_address_that_others_reach_is_refused_until_there_is_a_key(host: str, tmp_path: Path) -> None:
    settings = Settings(host=host, data_dir=tmp_path)
    with pytest.raises(UsageError, match="duizhao keys create"):
        check(settings)
    database = open_database(database_url(settings))
    create_key(database, "office", "read")
    database.dispose()
    check(settings)


def test_a_database_that_cannot_be_opened_is_told_before_anything_is_served(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for settings in (
        Settings(data_dir=tmp_path / "file" / "below"),
        Settings(database_url=f"postgresql://nobody@/none?host={tmp_path}"),
    ):
        with pytest.raises(UsageError, match="database cannot be"):
            check(settings)


def test_a_port_that_is_taken_is_refused_in_one_sentence() -> None:
    with bound("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="another --port"):
        bound("127.0.0.1", taken.getsockname()[1])


def test_the_parts_of_an_answer_do_not_wait_for_each_other() -> None:
    with bound("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_command_refuses_an_open_address_with_exit_code_2(tmp_path: Path) -> None:
    environment = os.environ | {"DUIZHAO_DATA_DIR": str(tmp_path)}
    command = [*COMMAND, "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
    assert done.returncode == 2
    assert "duizhao keys create" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server without torch, cut off from the network; it must end by itself at SIGTERM and log no text."""
    environment = {
        "PYTHONPATH": f"{OFFLINE}:{os.environ.get('PYTHONPATH', '')}",
        "DUIZHAO_EMBEDDER": "char_ngrams",
        "DUIZHAO_MAX_BODY_BYTES": "4000000",
        "DUIZHAO_MODEL_PROCESSES": "1",
        "DUIZHAO_DATA_DIR": str(folder),
    }
    command = [*COMMAND, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | environment) as process:
        assert process.stderr
        try:
            line = process.stderr.readline().decode()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            assert found, line + process.stderr.read().decode()
            yield int(found[1]), process
            process.send_signal(signal.SIGTERM)
            log = process.communicate(timeout=30)[1].decode()
        finally:
            process.kill()
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in log and "NETWORK" not in log
    assert "粮食" not in log
    assert '"route": "/v1/s' in log


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(tmp_path_factory.mktemp("data")) as (found, _):
        yield found


def test_a_request_in_work_is_answered_before_the_server_ends(tmp_path: Path) -> None:
    text = "会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩，落实管护人员和经费。" * 300
    with served(tmp_path) as (found, process), connected(found) as connection:
        body = json.dumps({"text": text}).encode()
        connection.request("POST", "/v1/summarize", body, {"Content-Type": "application/json"})
        with connected(found) as other:
            while True:
                other.request("GET", "/metrics")
                busy = re.search(
                    r"^duizhao_busy_seconds ([0-9.e-]+)$", other.getresponse().read().decode(), re.MULTILINE
                )
                if busy and float(busy[1]) > 0:
                    break
                # each request is a line of a log that nobody reads yet
                time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert connection.getresponse().status == 200


def test_a_200_megabyte_upload_is_answered_before_it_is_sent(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        head = f"POST /v1/segment HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: text/plain\r\n"
        connection.sendall(f"{head}Content-Length: {200 << 20}\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"application/problem+json" in answer


def test_a_chunked_upload_over_the_limit_is_cut_off(port: int) -> None:
    chunks = (b"a" * 65536 for _ in range(3200))
    with connected(port) as connection:
        try:
            connection.request("POST", "/v1/segment", chunks, {"Content-Type": "text/plain"}, encode_chunked=True)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            assert connection.getresponse().status == 413
    with connected(port) as connection:
        connection.request("GET", "/livez")
        assert connection.getresponse().status == 200


def test_a_page_is_served_by_the_real_pipeline(port: int) -> None:
    text = "全市粮食生产工作会议召开\n\n　　本报讯 3月12日，全市粮食生产工作会议召开。\n"
    with connected(port) as connection:
        connection.request("POST", "/v1/segment", text.encode(), {"Content-Type": "text/plain"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.getheader("server") is None
        assert "全市粮食生产工作会议召开" in answer.read().decode()


def connected(port: int) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60))
