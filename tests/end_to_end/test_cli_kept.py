"""Commands over what is kept: keys, the library, stored pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from duizhao.cli import app
from duizhao.documents import segment_pages
from duizhao.errors import InputRefused, UsageError
from duizhao.settings import Settings
from duizhao.stores.database import database_url, open_database
from duizhao.stores.keys import key_of
from duizhao.stores.pages import content_ids, store_pages

Run = Callable[..., Result]
CENTRAL = "新华社北京3月8日电 全国粮食稳产工作会议召开。会议强调，要全面落实粮食安全党政同责，加强高标准农田建设。"
LOCAL = "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩。"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DUIZHAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DUIZHAO_EMBEDDER", "char_ngrams")
    monkeypatch.setenv("COLUMNS", "160")

    def call(*words: str, fails: type[Exception] | None = None) -> Result:
        result = CliRunner().invoke(app, list(words))
        if fails:
            assert isinstance(result.exception, fails), result.output
        elif result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Path:
    """A folder with one central text of records and one local text file; the central one is in the library."""
    folder = tmp_path / "texts"
    folder.mkdir()
    record = {"id": "c", "title": "全国粮食稳产工作会议在京召开", "date": "2026-03-08", "text": CENTRAL}
    (folder / "central.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "local.txt").write_text(LOCAL, encoding="utf-8")
    run("library", "add", str(folder))
    return tmp_path


def test_a_key_is_printed_once_listed_without_its_secret_and_revoked(run: Run, tmp_path: Path) -> None:
    token = run("keys", "create", "研究室", "--scope", "read").stdout.strip()
    key = key_of(open_database(database_url(Settings(data_dir=tmp_path / "data"))), token)
    assert key and key.scope == "read"
    listed = run("keys", "list").stdout
    assert key.id in listed and "研究室" in listed and token[-20:] not in listed
    run("keys", "revoke", key.id)
    assert "撤销" in run("keys", "list").stdout
    run("keys", "revoke", key.id, fails=UsageError)


def test_texts_of_a_folder_are_found_listed_and_removed(run: Run, library: Path) -> None:
    hits = json.loads(run("library", "search", "高标准农田", "--format", "json").stdout)
    assert [h["entry"]["title"] for h in hits] == ["全国粮食稳产工作会议在京召开"]
    name = hits[0]["entry"]["id"]
    assert name in run("library", "list").stdout
    run("library", "remove", name)
    assert json.loads(run("library", "list", "--format", "json").stdout) == []
    run("library", "remove", name, fails=UsageError)


def test_what_cannot_be_read_is_named_and_the_rest_is_added(run: Run, library: Path) -> None:
    (library / "texts" / "bad.docx").write_bytes(b"PK\x03\x04broken")
    result = run("library", "add", str(library / "texts"))
    assert result.exit_code == 1 and "bad.docx" in re.sub(r"\s", "", result.stderr)


def test_a_local_text_is_compared_with_the_library(run: Run, library: Path) -> None:
    local = str(library / "local.txt")
    value = json.loads(run("compare", "--central", "library", "--local", local, "--local-date", "2026-03-12").stdout)
    assert value["central"]["title"] == "全国粮食稳产工作会议在京召开"
    assert value["alignments"][0]["linked"]
    run("compare", "--central", "library", "--local", local, "--local-date", "2025-01-01", fails=InputRefused)


def test_stored_pages_are_listed_deleted_and_purged(run: Run, tmp_path: Path) -> None:
    database = open_database(database_url(Settings(data_dir=tmp_path / "data")))
    ids = []
    for n in range(2):
        data = f"第{n}版\n一句话。\n".encode()
        pages = content_ids(data, "清泽日报.txt", list(segment_pages(data, "清泽日报.txt")))
        store_pages(database, pages)
        ids += [p.page.id for p in pages]
    assert all(name in run("stored", "list").stdout for name in ids)
    run("stored", "delete", ids[0])
    run("stored", "delete", ids[0], fails=UsageError)
    assert "已删除1个版面" in run("stored", "purge", "--days", "0").stderr
