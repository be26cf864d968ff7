"""Bigrams of many lines at once against a plain count."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duizhao_models.lines import Lines, bucket, buckets, found, numbered


@given(st.lists(st.text(alphabet="甲乙a1𠀀", max_size=6), max_size=6))
def test_sums_go_over_the_different_bigrams_of_each_line(lines: list[str]) -> None:
    read = Lines.of(lines)
    plain = [{line[i : i + 2] for i in range(len(line) - 1)} for line in lines]
    assert read.count.tolist() == [len(grams) for grams in plain]
    values = buckets(read.grams)
    assert read.sums(values).tolist() == [sum(bucket(*g) for g in grams) for grams in plain]
    ends = [(numbered(line)[0], numbered(line)[-1]) if len(line) > 1 else (-1, -1) for line in lines]
    assert list(zip(read.first, read.last, strict=True)) == ends


def test_what_a_table_lacks_gets_the_other_value() -> None:
    table, values = np.asarray([2, 5]), np.asarray([0.2, 0.5])
    assert found(np.asarray([1, 2, 5, 9]), table, values, -1.0).tolist() == [-1.0, 0.2, 0.5, -1.0]
    assert found(np.asarray([3]), table[:0], values[:0]).tolist() == [0.0]
