"""The service over a stand-in pipeline, called in the same process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api import create_app
from duizhao.settings import Settings

ADDRESS = "http://127.0.0.1:8000"
PAGE = (
    "全国粮食稳产工作会议在京召开\n会议强调，要全面落实粮食安全党政同责。要加强高标准农田建设。\n\n"
    "全市粮食生产工作会议召开\n会议强调，要严格落实粮食安全党政同责。要新建高标准农田28万亩。\n\n"
    "短讯一则\n"
)


@pytest.fixture(autouse=True, scope="session")
def no_files_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Databases go to a folder for temporary files, and models are run in the process of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUIZHAO_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setenv("DUIZHAO_MODEL_PROCESSES", "0")
        yield


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[StandIn]:
    made = StandIn(Settings(data_dir=tmp_path))
    yield made
    made.close()


@pytest.fixture
def start(engine: StandIn, tmp_path: Path) -> Iterator[Start]:
    """Start a service; keyword arguments are settings."""
    with ExitStack() as stack:

        def run(*, base_url: str = ADDRESS, address: str = "127.0.0.1", **settings: Any) -> TestClient:
            made = Settings(**{"data_dir": tmp_path, **settings})
            engine.settings = made
            client = TestClient(create_app(made, engine), base_url=base_url, client=(address, 50000))
            stack.enter_context(client)
            stack.callback(open_gate)
            return client

        def open_gate() -> None:
            if engine.gate is not None:
                engine.gate.set()

        yield run


@pytest.fixture
def client(start: Start) -> TestClient:
    return start()


@pytest.fixture
def page() -> str:
    """A page of three items: central, local, headline only."""
    return PAGE
