"""Training on a tiny random network: it learns where it should, and a run that is taken up again ends the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from duizhao_models import encoder
from duizhao_models.training import measure_encoder, quantize_encoder
from duizhao_models.training.encoder_batches import alike, batched
from duizhao_models.training.train_encoder import Plan, contrast, train

SUBJECTS = ("防汛", "耕地", "学校", "医院", "渔业", "桥梁", "图书馆", "泵站")
PAIRS = [
    {"source": source, "group": f"d{n % 2}", "topic": f"{source}{n}", "a": f"加强{word}建设", "b": f"新建{word}三处"}
    for source in ("topic", "echo")
    for n, word in enumerate(SUBJECTS)
]
PLAN = Plan(steps=3, pairs_a_batch=4, trained_layers=1, rate=1e-3, save_every=2, measure_every=3)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two thin layers with random weights, in the form of the base model."""
    from safetensors.numpy import save_file

    folder = tmp_path_factory.mktemp("base")
    shipped = json.loads((encoder.CHECKPOINT / encoder.MANIFEST).read_text(encoding="utf-8"))["config"]
    config = shipped | {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    draw = np.random.default_rng(1)
    save_file({k: draw.normal(0, 0.1, v).astype(np.float16) for k, v in shapes(config)}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(encoder.CHECKPOINT / encoder.PIECES, folder / encoder.PIECES)
    return folder


@pytest.fixture(scope="module")
def files(base: Path) -> dict[str, Path]:
    lines = base / "pairs.jsonl"
    lines.write_text("".join(json.dumps(pair) + "\n" for pair in PAIRS), encoding="utf-8")
    return {"base": base, "pairs": lines}


def shapes(config: dict[str, int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of the weights of a BERT without a pooling layer."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    for name, count in (("word", "vocab_size"), ("position", "max_position_embeddings")):
        yield f"embeddings.{name}_embeddings.weight", (config[count], width)
    yield "embeddings.token_type_embeddings.weight", (2, width)
    norms, linear = ["embeddings.LayerNorm"], {}
    for number in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{number}"
        square = [f"attention.self.{part}" for part in ("query", "key", "value")] + ["attention.output.dense"]
        linear |= {f"{layer}.{name}": (width, width) for name in square}
        linear |= {f"{layer}.intermediate.dense": (inner, width), f"{layer}.output.dense": (width, inner)}
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    for name, shape in linear.items():
        yield f"{name}.weight", shape
        yield f"{name}.bias", shape[:1]
    for name in norms:
        yield f"{name}.weight", (width,)
        yield f"{name}.bias", (width,)


def weights(folder: Path) -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    return load_file(folder / "model.safetensors")


def test_only_the_upper_layers_learn_and_the_log_tells_of_every_step(files: dict[str, Path], tmp_path: Path) -> None:
    train(PLAN, **files, out=tmp_path, held=files["pairs"])
    before, after = weights(files["base"]), weights(tmp_path)
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert changed and all(name.startswith("encoder.layer.1.") for name in changed)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3]
    assert {"recall.topic", "recall.echo"} <= set(lines[-1])


def test_a_run_that_is_taken_up_again_ends_where_an_unbroken_one_does(files: dict[str, Path], tmp_path: Path) -> None:
    train(PLAN, **files, out=tmp_path)
    unbroken = weights(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    train(PLAN, **files, out=tmp_path, resume=True)  # from the state of step 2
    again = weights(tmp_path)
    assert all(np.array_equal(unbroken[name], again[name]) for name in unbroken)
    steps = [json.loads(line)["step"] for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert steps == [1, 2, 3, 3]


def test_what_was_trained_becomes_a_checkpoint_that_loads(files: dict[str, Path], tmp_path: Path) -> None:
    train(PLAN, **files, out=tmp_path / "run")
    quantize_encoder.quantize(tmp_path / "run", tmp_path / "shipped")
    vectors = encoder.Encoder(tmp_path / "shipped").embed(["修渠引水", "植树"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(2), abs=1e-5)
    assert encoder.verify(tmp_path / "shipped") == []


def test_batches_are_of_one_source_and_hold_every_pair_once() -> None:
    batches = batched(PAIRS, 4, 7)
    assert all(len({pair["source"] for pair in batch}) == 1 and len(batch) <= 4 for batch in batches)
    assert sorted(pair["topic"] for batch in batches for pair in batch) == sorted(pair["topic"] for pair in PAIRS)
    assert batches == batched(PAIRS, 4, 7)


def test_texts_of_one_topic_or_of_like_wording_are_no_negatives() -> None:
    batch = [
        {"topic": "1", "a": "守住耕地红线", "b": "整治撂荒土地"},
        {"topic": "1", "a": "培育农业良种", "b": "修建渠道"},
        {"topic": "2", "a": "严守耕地红线", "b": "举办马拉松比赛"},
    ]
    same = alike(batch).numpy()
    assert same[0, 1] and same[0, 2] and same[0, 0] and not same[0, 5]
    assert (same == same.T).all()


def test_the_loss_falls_when_the_halves_of_a_pair_come_together() -> None:
    import torch

    one, other = torch.eye(4)[:2], torch.eye(4)[2:]
    nothing = torch.eye(4, dtype=torch.bool)
    assert contrast(one, one, nothing) < contrast(one, other, nothing)
    excused = torch.ones(4, 4, dtype=torch.bool)
    assert float(contrast(one, other, excused)) == pytest.approx(0.0)


def test_hubs_and_hits_are_counted() -> None:
    corners = np.eye(30)
    assert measure_encoder.recall(corners, corners) == 1.0
    assert measure_encoder.recall(corners, np.roll(corners, 1, axis=0)) == 0.0
    crowd = np.ones((30, 30)) + np.eye(30) * 3
    figures = measure_encoder.spread(crowd / np.linalg.norm(crowd, axis=1, keepdims=True))
    assert figures["chance.mean"] > 0.7 and figures["chance.sigma"] == pytest.approx(0, abs=1e-6)


def test_themes_that_lie_apart_are_told_apart() -> None:
    labels = np.tile(np.arange(3), 20)
    vectors = np.eye(4)[labels] + 0.01 * np.arange(60)[:, None] % 0.05
    parts = np.repeat([2, 1, 0], 20)
    told = measure_encoder.sort_themes(measure_encoder.kernel(vectors, parts), labels, parts)
    assert told["top1"] == told["top3"] == 1.0
