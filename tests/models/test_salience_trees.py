from __future__ import annotations

import numpy as np

from duizhao_models import salience_trees


def leaf(value: float) -> dict[str, object]:
    return {"leaf_value": value}


def split(feature: int, threshold: float, left: dict[str, object], right: dict[str, object]) -> dict[str, object]:
    return {"split_feature": feature, "threshold": threshold, "left_child": left, "right_child": right}


TREES = [
    {"tree_structure": split(0, 0.5, leaf(1.0), split(1, 2.0, leaf(2.0), leaf(3.0)))},
    {"tree_structure": leaf(10.0)},
]


def test_each_row_gets_the_sum_of_the_leaves_it_reaches() -> None:
    forest = salience_trees.flatten(TREES)
    rows = np.asarray([[0.5, 9.0], [0.6, 2.0], [0.6, 2.1]])
    assert list(salience_trees.predict(forest, rows)) == [11.0, 12.0, 13.0]


def test_a_tree_of_one_leaf_needs_no_step() -> None:
    forest = salience_trees.flatten(TREES[1:])
    assert int(forest["depth"][0]) == 0
    assert list(salience_trees.predict(forest, np.zeros((2, 1)))) == [10.0, 10.0]
