"""Where a printed sentence may begin and end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from duizhao.documents import identified
from duizhao.summarize.batch import summarize
from duizhao.summarize.clause_cues import clauses_of
from duizhao.summarize.outline import outline
from duizhao.summarize.salience import Salience, weigh
from duizhao.types.articles import Document
from duizhao.types.summaries import Summary
from duizhao_models import bounds_net
from duizhao_models.clause_states import clause_states
from duizhao_models.encoder import load
from duizhao_models.training import train_bounds

TEXT = (
    "4月12日，清泽市召开防汛工作会议，部署今年汛期工作，要求守住安全底线。"
    "为了保证城区供水，市水务局新建三座水库，并完成旧水库的加固。"
    "通过一块橡皮大小的感应装置，值班人员能看到河道的水位，及时发出预警。"
)


def known() -> tuple[Salience, dict[str, int]]:
    read = outline(identified(Document("a", TEXT, "")), 1_000)
    (salience,) = weigh([read], threads=1)
    return salience, {TEXT[c.start : c.end]: c.start for _, _, _, c in clauses_of(read)}


@pytest.mark.parametrize("clause", ["4月12日", "为了保证城区供水", "通过一块橡皮大小的感应装置"])
def test_no_sentence_ends_before_its_predicate(clause: str) -> None:
    salience, starts = known()
    assert salience.bounds[starts[clause]][bounds_net.ENDS] < 0.2


@pytest.mark.parametrize("clause", ["清泽市召开防汛工作会议", "市水务局新建三座水库"])
def test_a_sentence_ends_and_begins_with_what_says_who_did_what(clause: str) -> None:
    salience, starts = known()
    begins, ends = salience.bounds[starts[clause]]
    assert begins > 0.1 and ends > 0.5


def test_no_sentence_begins_with_a_leftover() -> None:
    salience, starts = known()
    assert salience.bounds[starts["并完成旧水库的加固"]][bounds_net.BEGINS] < 0.1


def test_a_sentence_of_the_source_is_told_to_its_own_end() -> None:
    text = "清泽市图书馆新馆开馆，市民周一禾说很方便。馆内有书百万册。"
    (made,) = summarize([Document("a", text)], lengths=["summary"])
    assert isinstance(made, Summary)
    assert made.texts["summary"] == text


def test_nothing_is_said_of_no_clauses() -> None:
    (none,) = clause_states(load(), [[]])
    assert bounds_net.bounds(none, np.zeros((0, 40), dtype=np.float32)).shape == (0, 2)


def test_marks_are_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    chance = np.random.default_rng(0)
    states, marks = chance.normal(0, 3, (400, 16)).astype(np.float16), np.zeros((400, 2), dtype=np.float32)
    marks[:, 0], marks[:, 1] = states[:, 0] > 0, states[:, 1] > 0
    parts = {"cues": chance.normal(size=(400, 3)), "text": np.arange(400) // 4, "edges": np.zeros((400, 2), dtype=bool)}
    np.savez(tmp_path / "m.npz", states=states, marks=marks, **parts)  # type: ignore[arg-type]
    out = tmp_path / "bounds.safetensors"
    monkeypatch.setattr(
        "sys.argv", ["train_bounds", "--marked", str(tmp_path / "m.npz"), "--out", str(out), "--folds", "2"]
    )
    train_bounds.main()
    printed = capsys.readouterr().out
    assert all(float(line.split("'area': ")[1].split("}")[0]) > 0.8 for line in printed.splitlines()[:2]), printed
    assert out.is_file()
