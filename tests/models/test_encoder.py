"""The shipped encoder: exact tokens, unit vectors, the same as the network it was made from."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from duizhao_models import background, encoder
from duizhao_models.base import ModelUnavailable
from duizhao_models.embedders import encoder as back_end
from duizhao_models.training import quantize_encoder, sign

TEXTS = ["要严守耕地红线。", "新建水库三座", "好", "加强基层应急能力建设，完善监测预警体系。" * 40]


@pytest.fixture(scope="module")
def network() -> encoder.Encoder:
    return encoder.Encoder(exact=True)


def test_the_fast_arithmetic_of_some_processors_gives_the_same_vectors(network: encoder.Encoder) -> None:
    assert np.sum(network.embed(TEXTS) * encoder.load().embed(TEXTS), axis=1).min() > 0.999


def test_the_files_are_those_that_were_shipped() -> None:
    assert encoder.verify() == [], "after a change of weights: python -m duizhao_models.training.sign"


def test_every_file_of_weights_is_signed(tmp_path: Path) -> None:
    shutil.copy(encoder.CHECKPOINT / encoder.MANIFEST, tmp_path / encoder.MANIFEST)
    for name in (encoder.PIECES, "new.safetensors", "cohort.txt", "MODEL_CARD.md"):
        (tmp_path / name).write_bytes(b"1")
    sign.sign(tmp_path)
    assert encoder.verify(tmp_path) == []
    (tmp_path / "new.safetensors").write_bytes(b"2")
    (tmp_path / "MODEL_CARD.md").write_bytes(b"2")
    assert [str(tmp_path / "new.safetensors") in line for line in encoder.verify(tmp_path)] == [True]


def test_the_weights_file_stays_small() -> None:
    assert (encoder.CHECKPOINT / encoder.WEIGHTS).stat().st_size < 30_000_000


def test_damage_and_loss_are_named(tmp_path: Path) -> None:
    assert "missing" in encoder.verify(tmp_path)[0]
    for name in (encoder.MANIFEST, encoder.PIECES):
        shutil.copy(encoder.CHECKPOINT / name, tmp_path / name)
    (tmp_path / encoder.PIECES).write_bytes(b"damaged")
    problems = "\n".join(encoder.verify(tmp_path))
    assert f"{encoder.PIECES} differs" in problems and f"{encoder.WEIGHTS} is missing" in problems


def test_a_folder_without_weights_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="char_ngrams"):
        encoder.Encoder(tmp_path)


def test_tokens_are_piece_numbers_between_the_special_ones(network: encoder.Encoder) -> None:
    ids = network.tokens("耕地红线")
    assert ids[0] == 0 and ids[-1] == 2
    assert "".join(network._pieces.id_to_piece(i) for i in ids[1:-1]).replace("▁", " ").strip() == "query: 耕地红线"
    assert len(network._weights["embeddings.word_embeddings.weight"]) == network._pieces.get_piece_size()


def test_long_texts_are_cut_at_the_last_position(network: encoder.Encoder) -> None:
    assert len(network.tokens(TEXTS[3] * 9)) == network.config["max_position_embeddings"]


def test_vectors_have_unit_length_and_do_not_depend_on_their_batch(network: encoder.Encoder) -> None:
    together = network.embed(TEXTS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    for text, row in zip(TEXTS, together, strict=True):
        assert network.embed([text])[0] == pytest.approx(row, abs=1e-5)


def test_near_demands_are_nearer_than_far_ones(network: encoder.Encoder) -> None:
    demand, near, far = network.embed(["守住耕地红线", "严格保护耕地", "举办马拉松比赛"])
    assert demand @ near > demand @ far


def test_a_text_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = back_end.build()
    first = embedder.embed(["修渠引水", "修渠引水", "植树"])
    monkeypatch.setattr(encoder.Encoder, "embed", lambda *_: pytest.fail("worked out again") if _[1] else [])
    assert embedder.embed(["植树", "修渠引水"]) == pytest.approx(first[[2, 0]])


def test_the_vectors_on_file_are_those_of_the_background_sentences(network: encoder.Encoder) -> None:
    sentences = list(background.cohort()[:3])
    on_file = back_end.build().embed(sentences)
    assert np.sum(on_file * network.embed(sentences), axis=1) == pytest.approx(np.ones(3), abs=1e-3)


def test_int8_rows_keep_the_direction_of_the_vectors(shared: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    quantize_encoder.quantize(shared / "base", tmp_path)
    short, full = encoder.Encoder(tmp_path, exact=True), encoder.Encoder(tmp_path, exact=True)
    full._weights = {name: value.float() for name, value in load_file(shared / "base" / "model.safetensors").items()}
    with torch.inference_mode():
        agreement = np.sum(full.embed(TEXTS) * short.embed(TEXTS), axis=1)
    assert agreement.min() > 0.999


def test_the_forward_pass_is_that_of_transformers(network: encoder.Encoder) -> None:
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(**{**network.config, "hidden_act": "gelu"})
    model = BertModel(config, add_pooling_layer=False).eval()
    assert model.load_state_dict(network._weights, strict=False).missing_keys == []
    with torch.inference_mode():
        states = model(torch.tensor([network.tokens(TEXTS[0])])).last_hidden_state.mean(dim=1)
    expected = torch.nn.functional.normalize(states, dim=1)[0].numpy()
    assert network.embed(TEXTS[:1])[0] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("要守住红线，", ["要", "守", "住", "红", "线", "，"]),
        ("鿍河２万亩", ["鿍", "河", "２", "万", "亩"]),
    ],
)
def test_pieces_are_found_again_in_the_text(network: encoder.Encoder, text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in network.spans(text)] == words
    assert len(network.spans(text)) == len(network.pieces(text))
