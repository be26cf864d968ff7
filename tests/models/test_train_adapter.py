"""The encoder's changes are learned from files, and a run that was cut goes on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from duizhao_models import clause_net, headline_net
from duizhao_models.encoder import Encoder
from duizhao_models.training import train_adapter
from duizhao_models.training.changed_layers import FROZEN

CUES = 5


def write(path: Path, *, headline: bool) -> None:
    """Three texts of chance, two windows each where clauses count."""
    chance = np.random.default_rng(len(path.name))
    parts: dict[str, list[np.ndarray]] = {}
    for tokens in (9, 12, 15):
        one = {"states": chance.normal(size=(tokens + 2, 384)).astype(np.float16)}
        if headline:
            one |= {"cues": chance.normal(size=(tokens, headline_net.CUES)), "targets": chance.random((tokens, 2))}
        else:
            one["states"] = chance.normal(size=(tokens + 4, 384)).astype(np.float16)
            one |= {"windows": np.array([4, tokens - 4]), "clauses": np.arange(tokens) // 3, "title": one["states"][:6]}
            clauses = (tokens + 2) // 3
            one |= {
                "cues": chance.normal(size=(clauses, CUES)),
                "targets": chance.random((clauses, len(clause_net.TASKS))),
            }
        for name, values in one.items():
            parts.setdefault(name, []).append(values)
            parts.setdefault(f"{name}.sizes", []).append(np.array([len(values)]))
    np.save(path.with_suffix(".npy"), np.concatenate(parts.pop("states")))
    np.savez(path.with_suffix(".npz"), **{n: np.concatenate(v) for n, v in parts.items()})  # type: ignore[arg-type]


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> dict[str, torch.Tensor]:
    paths = {kind: folder / kind for kind in ("headlines", "labels", "kept")}
    for kind, path in paths.items():
        write(path, headline=kind == "headlines")
    monkeypatch.setattr(train_adapter, "BATCH", dict.fromkeys(train_adapter.BATCH, 2))
    monkeypatch.setattr(train_adapter, "SAVED_EVERY", 2)
    given = [text for kind, path in paths.items() for text in (f"--{kind}", str(path))]
    monkeypatch.setattr("sys.argv", ["train_adapter", *given, "--out", str(folder), *more])
    train_adapter.main()
    return load_file(folder / clause_net.CHANGES)


def test_the_upper_layers_change_and_the_lower_ones_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = run(tmp_path, monkeypatch, "--steps", "4")
    assert {int(name.split(".")[2]) for name in changes} == set(range(FROZEN, 8))
    assert any(t.abs().max() > 0 for name, t in changes.items() if name.endswith(".b"))
    encoder = Encoder(exact=True)
    changed = encoder.adapted(tmp_path / clause_net.CHANGES)
    ids = [encoder.pieces("会议强调，要守住耕地红线。")]
    for layers, same in ((FROZEN, True), (8, False)):
        before, after = (e.layer_states(ids, layers)[0] for e in (encoder, changed))
        assert torch.equal(before, after) == same


def test_a_run_that_was_cut_goes_on_as_if_it_had_not_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state.pt"
    run(tmp_path, monkeypatch, "--steps", "4", "--resume", str(state))
    saved = torch.load(state)
    assert saved["step"] == 4
    steps = []
    monkeypatch.setattr(torch.optim.AdamW, "step", lambda *_: steps.append(1))
    run(tmp_path, monkeypatch, "--steps", "6", "--resume", str(state))
    assert len(steps) == 2
