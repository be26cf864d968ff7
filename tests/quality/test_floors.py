"""The gate refuses to lower a floor in silence."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def floors():
    spec = importlib.util.spec_from_file_location("floors", Path(__file__).with_name("floors.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["floors"] = module
    spec.loader.exec_module(module)
    return module


def entry(floor: float, reason: str = "first measured") -> dict:
    return {"floor": floor, "reason": reason}


def test_a_figure_below_its_floor_fails(floors):
    (low, high) = floors.judge({"a": 0.5, "b": 0.9}, {"a": [entry(0.6)], "b": [entry(0.9)]})
    assert not low.good
    assert high.good


def test_a_figure_without_a_floor_is_only_shown(floors):
    (verdict,) = floors.judge({"new": 0.1}, {})
    assert verdict.good


def test_raising_a_floor_needs_no_long_reason(floors):
    assert floors.objections({"a": [entry(0.5), entry(0.6, "better")]}, {"a": [entry(0.5)]}) == []


def test_lowering_a_floor_needs_a_written_reason(floors):
    assert floors.objections({"a": [entry(0.6), entry(0.5, "hm")]}, {"a": [entry(0.6)]})
    reason = "the gold was corrected: two paragraphs had been run together"
    assert floors.objections({"a": [entry(0.6), entry(0.5, reason)]}, {"a": [entry(0.6)]}) == []


def test_rewriting_the_history_is_refused(floors):
    assert floors.objections({"a": [entry(0.4)]}, {"a": [entry(0.6)]})


def test_removing_a_floor_is_refused(floors):
    assert floors.objections({}, {"a": [entry(0.6)]})


def test_the_pinned_floors_stand(floors):
    assert floors.objections(floors.load(), floors.committed_before()) == []
