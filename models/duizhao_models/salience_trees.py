"""Features of candidate lines in, their scores out: boosted regression trees kept as flat arrays (numpy alone).

A forest is six arrays: `feature`, `threshold`, `left`, `right` and `value` of all nodes, and `root` of each tree. A
leaf points to itself, so that walking `depth` steps down from every root ends in leaves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

PARTS = ("feature", "threshold", "left", "right", "value", "root")


def predict(forest: dict[str, Any], features: Any) -> Any:
    """Sum of the leaves that each row of `features` (rows by columns) reaches, one number a row."""
    rows, columns = features.shape
    feature, threshold = forest["feature"].astype(np.intp), forest["threshold"].astype(np.float64)
    below = np.stack([forest["right"], forest["left"]], axis=1).astype(np.intp).ravel()
    flat = np.ascontiguousarray(features, dtype=np.float64).ravel()
    start = (np.arange(rows) * columns)[:, None]
    at = np.repeat(forest["root"][None, :].astype(np.intp), rows, axis=0)
    for _ in range(int(forest["depth"][0])):
        at = below.take(2 * at + (flat.take(start + feature.take(at)) <= threshold.take(at)))
    return forest["value"][at].sum(1)


def flatten(trees: list[dict[str, Any]]) -> dict[str, Any]:
    """The arrays of trees as LightGBM dumps them (`dump_model()["tree_info"]`)."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, depths = [], []

    def add(node: dict[str, Any], depth: int) -> int:
        place = len(nodes)
        depths.append(depth)
        nodes.append((0, 0.0, place, place, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            left, right = add(node["left_child"], depth + 1), add(node["right_child"], depth + 1)
            nodes[place] = (node["split_feature"], float(node["threshold"]), left, right, 0.0)
        return place

    for tree in trees:
        roots.append(add(tree["tree_structure"], 0))
    columns = list(zip(*nodes, strict=True))
    return {
        "feature": np.asarray(columns[0], dtype=np.int16),
        "threshold": np.asarray(columns[1], dtype=np.float32),
        "left": np.asarray(columns[2], dtype=np.int32),
        "right": np.asarray(columns[3], dtype=np.int32),
        "value": np.asarray(columns[4], dtype=np.float16),
        "root": np.asarray(roots, dtype=np.int32),
        "depth": np.asarray([max(depths)], dtype=np.int32),
    }
