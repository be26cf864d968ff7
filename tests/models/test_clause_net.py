from pathlib import Path

import numpy as np
import pytest

from duizhao_models import clause_net, ensemble
from duizhao_models.clause_states import STATE_LENGTH, clause_states, windows
from duizhao_models.encoder import load

CLAUSES = ["会议强调，", "要守住耕地红线，", "新增高标准农田两万亩。", "同日，", "市植物园开放。"]


def readings(title: str = "") -> list[clause_net.Reading]:
    mean = ensemble.networks(clause_net.WEIGHTS, clause_net.build_network)[1]
    return [clause_net.Reading(CLAUSES, np.tile(mean, (len(CLAUSES), 1)).astype(np.float32), title)]


def test_every_clause_gets_a_share_for_each_task() -> None:
    scores = clause_net.scores(readings())[0].tasks
    assert scores.shape == (len(CLAUSES), len(clause_net.TASKS))
    assert (scores > 0).all() and (scores < 1).all()


@pytest.mark.parametrize("title", ["", "全市耕地保护会议召开"])
def test_clauses_are_told_apart_with_and_without_a_title(title: str) -> None:
    scores = clause_net.scores(readings(title))[0].tasks
    assert np.ptp(scores[:, 0]) > 0.01


def test_a_text_without_clauses_has_no_scores() -> None:
    empty = clause_net.Reading([], np.zeros((0, 40), dtype=np.float32))
    assert clause_net.scores([empty])[0].tasks.shape == (0, len(clause_net.TASKS))


def test_a_text_is_weighed_alike_alone_and_among_others() -> None:
    empty = clause_net.Reading([], np.zeros((0, 40), dtype=np.float32), "无文")
    (alone,) = clause_net.scores(readings("全市耕地保护会议召开"))
    _, among, _ = clause_net.scores([empty, *readings("全市耕地保护会议召开"), *readings()])
    np.testing.assert_allclose(alone.tasks, among.tasks, atol=0.02)


def test_a_clause_is_read_in_its_context() -> None:
    encoder = load()
    one, all_ = clause_states(encoder, [CLAUSES[1:2], CLAUSES])
    alone, among = one.mean[0], all_.mean[1]
    assert np.linalg.norm(alone) == pytest.approx(STATE_LENGTH, rel=1e-3)
    assert 0.2 < alone @ among / STATE_LENGTH**2 < 0.999


def test_windows_hold_neighbours_and_never_too_many_tokens() -> None:
    assert windows([3, 4, 5, 9, 1], most=8) == [[0, 1], [2], [3], [4]]
    assert windows([]) == []


def test_without_the_file_the_network_is_not_there(tmp_path: Path) -> None:
    assert not clause_net.available(tmp_path / "clauses.safetensors")
