"""Model processes: work is done apart from the server, which outlives whatever happens to them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from duizhao.api import create_app
from duizhao.api.model_process import WorkFailed
from duizhao.api.processes import ModelProcess, RemoteEngine
from duizhao.api.worker import Abandoned
from duizhao.errors import EmptyInput, InternalError
from duizhao.settings import Settings
from duizhao.types.articles import Document

TEXT = "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩。"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("processes")
    return Settings(model_processes=1, embedder="char_ngrams", data_dir=folder)


@pytest.fixture(scope="module")
def process(settings: Settings) -> Iterator[ModelProcess]:
    made = ModelProcess(settings)
    yield made
    made.kill()


def test_results_and_errors_come_back_as_they_were(process: ModelProcess) -> None:
    (made,) = process.call("summarize", ([Document("x", TEXT)],))
    assert made.id == "x" and "粮食" in made.texts["summary"]
    with pytest.raises(EmptyInput, match="is empty"):
        process.call("segment", (b" ", "a.txt"))


def test_an_unexpected_error_comes_back_without_its_message(process: ModelProcess) -> None:
    with pytest.raises(WorkFailed) as caught:
        process.call("summarize", ("不该出现的原文",))
    assert "不该出现" not in str(caught.value) and "AttributeError" in str(caught.value)


def test_a_process_that_died_is_started_again(process: ModelProcess) -> None:
    process.call("load")
    assert process._process
    os.kill(process._process.pid, 9)
    process._process.wait()
    assert process.call("segment", ("标题\n一句话。\n".encode(), "a.txt"))


def test_a_model_process_takes_one_core_however_many_there_are(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    made = ModelProcess(settings)
    made.call("load")
    assert made._process
    environment = Path(f"/proc/{made._process.pid}/environ").read_bytes().split(b"\0")
    made.kill()
    assert b"OMP_NUM_THREADS=1" in environment


def test_a_process_that_dies_in_its_work_is_an_error_of_that_request_alone(process: ModelProcess) -> None:
    process.call("load")
    running = process._process
    assert running
    threading.Timer(0.3, running.kill).start()
    with pytest.raises(InternalError, match="started again"):
        process.call("summarize", ([Document(f"{n}", TEXT * 60) for n in range(200)],))
    assert process.call("segment", ("标题\n一句话。\n".encode(), "a.txt"))


def test_work_that_nobody_waits_for_is_ended(process: ModelProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.api.processes.GRACE", 0.0)
    monkeypatch.setattr("duizhao.api.processes.LOOK", 0.05)
    process.call("load")
    with pytest.raises(Abandoned):
        process.call("summarize", ([Document(f"{n}", TEXT * 60) for n in range(200)],), give_up=lambda: True)
    assert process.call("segment", ("标题\n一句话。\n".encode(), "a.txt"))


def test_the_service_over_processes_answers_as_over_threads(settings: Settings) -> None:
    bodies = ("/v1/summarize", {"text": TEXT}), ("/v1/segment", {"text": f"标题\n{TEXT}\n"})
    answers = []
    for count in (0, 1):
        app = create_app(settings.model_copy(update={"model_processes": count}))
        assert isinstance(app.state.service.engine, RemoteEngine) == bool(count)
        with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
            answers.append([client.post(path, json=body).json() for path, body in bodies])
            library = {"texts": [{"text": "新华社北京电 全国粮食会议强调，要落实党政同责。", "title": "全国会议"}]}
            assert client.post("/v1/library", json=library).status_code == 201
            assert client.get("/v1/library/search", params={"q": "党政同责"}).json()["hits"]
    assert answers[0] == answers[1]
