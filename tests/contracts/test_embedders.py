"""What every embedding back end must do, whichever it is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import issparse

from duizhao_models import registry
from duizhao_models.base import Embedder, ModelCard

TEXTS = ["要严守耕地红线。", "新建水库三座", "要严守耕地红线。", "a", "好" * 2000]


@pytest.fixture(params=registry.names("embedder"))
def embedder(request: pytest.FixtureRequest) -> Embedder:
    built: Embedder = registry.build("embedder", request.param)
    return built


def dense(rows: object) -> np.ndarray:
    return np.asarray(rows.toarray() if issparse(rows) else rows)  # type: ignore[attr-defined]


def test_there_are_the_two_that_ship() -> None:
    assert {"encoder", "char_ngrams"} <= set(registry.names("embedder"))


@pytest.mark.parametrize("name", registry.names("embedder"))
def test_the_card_can_be_read_without_building(name: str) -> None:
    card = registry.card("embedder", name)
    assert isinstance(card, ModelCard)
    assert (card.name, card.kind, card.method) == (name, "embedder", "embedding")
    assert card.description and card.licence and card.revision


def test_one_row_of_unit_length_a_text_in_order(embedder: Embedder) -> None:
    rows = dense(embedder.embed(TEXTS))
    assert rows.shape[0] == len(TEXTS)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)
    assert np.allclose(rows[0], rows[2])
    assert rows[0] @ rows[1] < 0.999


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape[0] == 0


def test_the_same_text_gives_the_same_row_again(embedder: Embedder) -> None:
    assert np.allclose(dense(embedder.embed(TEXTS[:2])), dense(embedder.embed(TEXTS[:2])))


def test_texts_of_marks_and_odd_characters_are_no_error(embedder: Embedder) -> None:
    rows = dense(embedder.embed(["。", "", "\x00", "😀", "\u3000"]))
    assert np.isfinite(rows).all()
