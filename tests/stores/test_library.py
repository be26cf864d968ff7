"""The library: each text once, found by its words and its meaning, narrowed by date, theme and level."""

from collections.abc import Sequence

import numpy as np
import pytest
from sqlalchemy import Engine

from duizhao.documents import identified
from duizhao.stores.library import add_texts, document_of, list_entries, remove_text
from duizhao.stores.library_search import Filter, central_texts, search
from duizhao.types.articles import Document
from duizhao_models.base import ModelCard

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
def library(database: Engine) -> Engine:
    """A database with two texts in its library."""
    add_texts(database, [identified(GRAIN), identified(REFORM)], None)
    return database


def titles(library: Engine, query: str, **wanted: str) -> list[str]:
    return [hit.entry.title for hit in search(library, query, None, Filter(**wanted))]


@pytest.mark.parametrize("query", ["改革", "新质生产力", "科技创新", "生产力", "意见 改革"])
def test_short_chinese_words_are_found(library: Engine, query: str) -> None:
    assert titles(library, query) == [REFORM.title]


def test_the_same_text_twice_is_one_entry(library: Engine) -> None:
    ((_, new),) = add_texts(library, [identified(GRAIN)], None)
    assert not new and len(list_entries(library, 10)) == 2


def test_hits_are_narrowed_by_date_and_level(library: Engine) -> None:
    assert titles(library, "会议 改革", date_from="2026-01-01") == [GRAIN.title]
    assert titles(library, "会议 改革", date_to="2025-12-31") == [REFORM.title]
    assert titles(library, "粮食", level="city") == []


def test_an_excerpt_shows_the_place(library: Engine) -> None:
    (hit,) = search(library, "高标准农田", None)
    assert "高标准农田" in hit.excerpt


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", "NEAR(", "*", "a AND", "", "。", "words:x", "%"])
def test_no_query_breaks_the_index(library: Engine, query: str) -> None:
    search(library, query, None)


def test_the_central_text_that_a_local_one_answers_to_comes_first_and_is_never_younger(library: Engine) -> None:
    assert next(d.title for d in central_texts(library, LOCAL, None)) == GRAIN.title
    assert central_texts(library, LOCAL, None, date_to="2024-01-01") == []


def test_a_removed_text_is_found_no_more(library: Engine) -> None:
    (hit,) = search(library, "改革", None)
    document = document_of(library, hit.entry.id)
    assert document and document.text == REFORM.text
    assert remove_text(library, hit.entry.id) and not remove_text(library, hit.entry.id)
    assert search(library, "改革", None) == []


def test_pages_of_the_list_follow_one_another(library: Engine) -> None:
    ((first, cursor),) = list_entries(library, 1)
    ((second, _),) = list_entries(library, 1, cursor)
    assert (first.title, second.title) == (GRAIN.title, REFORM.title)


def test_texts_are_found_by_meaning_where_an_encoder_is_set(database: Engine) -> None:
    encoder = Meanings()
    add_texts(database, [identified(GRAIN), identified(REFORM)], encoder)
    assert search(database, "农业", encoder)[0].entry.title == GRAIN.title
    assert search(database, "创业", encoder)[0].entry.title == REFORM.title
    assert search(database, "农业", None) == []


class Meanings:
    """Knows two meanings: of the land, and of anything else."""

    card = ModelCard(name="two", kind="embedder", method="embedding", description="", licence="")

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        land = [any(word in text for word in ("农", "粮")) for text in texts]
        return np.array([(1.0, 0.0) if each else (0.0, 1.0) for each in land], dtype=np.float32)
