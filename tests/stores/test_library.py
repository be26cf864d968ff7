"""The library: each text once, found by its words and its meaning, narrowed by date, theme and level."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from duizhao.documents import identified
from duizhao.stores.database import open_database
from duizhao.stores.library import add_texts, document_of, list_entries, remove_text
from duizhao.stores.library_search import Filter, central_texts, search
from duizhao.types import Document

GRAIN = Document(
    "g",
    "新华社北京3月8日电 全国粮食稳产工作会议8日在北京召开。会议强调，要全面落实粮食安全党政同责，加强高标准农田建设。",
    "全国粮食稳产工作会议在京召开",
    "2026-03-08",
)
REFORM = Document(
    "r", "国务院办公厅印发意见。意见要求，深化改革，培育新质生产力，推进科技创新。", "国务院印发改革意见", "2025-01-05"
)
LOCAL = Document(
    "l",
    "3月12日，全市粮食生产工作会议召开。会议强调，要严格落实粮食安全党政同责，新建高标准农田28万亩。",
    "",
    "2026-03-12",
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'library.sqlite'}")
    add_texts(engine, [identified(GRAIN), identified(REFORM)], None)
    yield engine
    engine.dispose()


def titles(database: Engine, query: str, **wanted: str) -> list[str]:
    return [hit.entry.title for hit in search(database, query, None, Filter(**wanted))]


@pytest.mark.parametrize("query", ["改革", "新质生产力", "科技创新", "生产力", "意见 改革"])
def test_short_chinese_words_are_found(database: Engine, query: str) -> None:
    assert titles(database, query) == [REFORM.title]


def test_the_same_text_twice_is_one_entry(database: Engine) -> None:
    ((_, new),) = add_texts(database, [identified(GRAIN)], None)
    assert not new and len(list_entries(database, 10)) == 2


def test_hits_are_narrowed_by_date_and_level(database: Engine) -> None:
    assert titles(database, "会议 改革", date_from="2026-01-01") == [GRAIN.title]
    assert titles(database, "会议 改革", date_to="2025-12-31") == [REFORM.title]
    assert titles(database, "粮食", level="city") == []


def test_an_excerpt_shows_the_place(database: Engine) -> None:
    (hit,) = search(database, "高标准农田", None)
    assert "高标准农田" in hit.excerpt


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", "NEAR(", "*", "a AND", "", "。", "words:x", "%"])
def test_no_query_breaks_the_index(database: Engine, query: str) -> None:
    search(database, query, None)


def test_the_central_text_that_a_local_one_answers_to_comes_first_and_is_never_younger(database: Engine) -> None:
    assert next(d.title for d in central_texts(database, LOCAL, None)) == GRAIN.title
    assert central_texts(database, LOCAL, None, date_to="2024-01-01") == []


def test_a_removed_text_is_found_no_more(database: Engine) -> None:
    (hit,) = search(database, "改革", None)
    document = document_of(database, hit.entry.id)
    assert document and document.text == REFORM.text
    assert remove_text(database, hit.entry.id) and not remove_text(database, hit.entry.id)
    assert search(database, "改革", None) == []


def test_pages_of_the_list_follow_one_another(database: Engine) -> None:
    ((first, cursor),) = list_entries(database, 1)
    ((second, _),) = list_entries(database, 1, cursor)
    assert (first.title, second.title) == (GRAIN.title, REFORM.title)
