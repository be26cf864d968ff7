"""Themes: the table, its words, and an office's own table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from duizhao.compare import load_themes, themes_of
from duizhao.compare.themes import UNKNOWN, Classifier, classifier
from duizhao.errors import UsageError


def test_the_built_in_table_has_26_themes_and_one_for_none() -> None:
    ids = [theme.id for theme in load_themes()]
    assert sorted(ids) == ["T00", *(f"T{n:02d}" for n in range(1, 27))]
    assert all(theme.zh and theme.definition for theme in load_themes())


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("新建高标准农田八万亩，守住耕地红线。", "T13"),
        ("支持高校与企业共建实验室，加快科技成果转化。", "T01"),
        ("开展病险水库隐患排查，提高防汛抗旱应急救援能力。", "T22"),
        ("对个体工商户推行免申即享，优化营商环境。", "T09"),
        ("团结一致，奋勇向前。", "T00"),
    ],
)
def test_the_rarest_words_decide(text: str, theme: str) -> None:
    assert themes_of(text)[0] == theme


def test_a_text_has_at_most_two_themes() -> None:
    assert len(themes_of("教育、医疗、养老、就业、文化、体育、消费、投资一起抓。")) <= 2


def test_agreement_is_one_for_like_texts_and_unknown_without_words() -> None:
    found = Classifier(load_themes(), None).agreement(["守住耕地红线", "向前走"], ["守住耕地红线", "建设实验室"])
    assert found[0, 0] == pytest.approx(1)
    assert found[0, 1] == pytest.approx(0)
    assert np.all(found[1] == UNKNOWN)


def test_the_model_sees_a_theme_that_no_word_of_the_table_names() -> None:
    text = "新修塘坝沟渠，推广良种良法，让种地的人有账算。"
    assert themes_of(text, load_themes()) == ("T13",)
    close, far = classifier(load_themes()).agreement([text], ["稳住粮食面积和产量。", "支持高校建设实验室。"])[0]
    assert close > far


def test_probabilities_belong_to_the_themes_and_sum_to_one() -> None:
    sorter = classifier(load_themes())
    (named,) = sorter.themes(["新建高标准农田八万亩，守住耕地红线。"])
    assert list(named) == ["T13"] and 0.5 < named["T13"] <= 1
    assert sum(sorter.shares("支持高校建设实验室。").values()) == pytest.approx(1)


def test_chapters_of_a_work_report_take_over_the_words_of_topics() -> None:
    table = load_themes("chapters")
    assert themes_of("新建高标准农田八万亩，守住耕地红线。", table) == ("C07",)
    assert themes_of("支持高校建设实验室。", table) == ("C03",)


def test_two_themes_with_one_id_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "double.toml"
    path.write_text('[[theme]]\nid = "A"\nzh = "甲"\n[[theme]]\nid = "A"\nzh = "乙"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="id of its own"):
        load_themes(path)


def test_an_office_can_put_its_own_table_in_place(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[theme]]\nid = "W1"\nzh = "渔政"\nkeywords = ["渔船", "休渔"]\n', encoding="utf-8")
    table = load_themes(path)
    assert themes_of("加强休渔期渔船管理。", table) == ("W1",)
    assert themes_of("建设公园。", table) == ("T00",)


@pytest.mark.parametrize("content", ["", "[[theme]]\nid = 1\n", "not toml [", "theme = 3"])
def test_a_table_that_is_none_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.toml"):
        load_themes(path)


def test_a_missing_table_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_themes(tmp_path / "none.toml")
