"""Pairs to learn from: one matter each, nothing of what is measured on."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from duizhao_models.training import encoder_pairs
from duizhao_models.training.encoder_pairs import Paragraph, fold, pairs, paragraphs, shingles, within

REPORT = """清泽市人民政府工作报告
（一）扎实推进城市内涝治理。改造老旧排水管网两百公里，打通城区河道断点三十处。新建雨水泵站六座，配备移动泵车二十四台。
（二）加快发展现代海洋渔业。建设深远海养殖平台三座，扶持渔民转产转业。改造渔港四个，培育冷链加工企业十二家。"""
CENTRAL = "会议强调，要扎实推进城市内涝治理，加强排水管网建设改造。要加快发展现代海洋渔业，建设海洋牧场。"
GOLD = "会议要求，各级各部门务必在主汛期到来之前完成全部水库的除险加固检查。"


def written(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two local reports (one to measure on), a central text, headlines and a gold text."""
    learned = next(name for name in map(str, range(99)) if fold(name))
    measured = next(name for name in map(str, range(99)) if not fold(name))
    written(
        tmp_path / "library/local.jsonl.gz",
        [{"id": i, "date": "2024-01", "text": REPORT.replace("清泽", i)} for i in (learned, measured)],
    )
    written(tmp_path / "library/central.jsonl.gz", [{"id": "c-2023", "date": "2023-12-12", "text": CENTRAL}])
    news = {
        "id": "n",
        "title": "清泽部署防汛工作",
        "body": "本报讯（记者 林知秋）清泽市昨天召开防汛工作会议，部署汛期任务。",
    }
    leaked = {"id": "g", "title": "清泽检查水库安全", "body": GOLD}
    written(tmp_path / "train/headlines.jsonl.gz", [news, leaked])
    written(tmp_path / "train/headlines_dev.jsonl.gz", [news | {"title": "另一个标题"}])
    written(tmp_path / "summaries/official_dev.jsonl", [{"text": "前言。" + GOLD}])
    return tmp_path


def test_an_opening_and_its_measures_make_a_paragraph() -> None:
    first = next(iter(paragraphs({"id": "q", "text": REPORT})))
    assert first.opening == "扎实推进城市内涝治理。"
    assert first.rest[0].startswith("改造老旧排水管网")
    (pair,) = within(Paragraph("q", "q/1", first.opening, first.rest[:1]), random.Random(1))
    assert (pair.a, pair.b) == (first.opening, first.rest[0])


def test_learning_and_measuring_never_share_a_report_or_a_headline(data: Path) -> None:
    learned = pairs(data, random.Random(1))
    held = pairs(data, random.Random(1), held=True)
    assert {p.group for p in learned if p.source in ("topic", "cross")} <= {"c-2023"} | {
        str(i) for i in range(99) if fold(str(i))
    }
    assert all(fold(p.group) == 0 for p in held if p.source == "topic")
    assert {p.a for p in learned if p.source == "title"}.isdisjoint({p.a for p in held})


def test_a_central_sentence_meets_the_measures_below_an_opening_of_like_wording(data: Path) -> None:
    crossed = [p for p in pairs(data, random.Random(1)) if p.source == "cross"]
    assert crossed
    for pair in crossed:
        assert ("内涝" in pair.a) == any(word in pair.b for word in ("管网", "河道", "泵站"))


def test_texts_that_are_measured_on_are_left_out_by_their_words(data: Path) -> None:
    found = [p for p in pairs(data, random.Random(1)) if p.source == "title"]
    assert [p.a for p in found] == ["清泽部署防汛工作"]
    assert "林知秋" not in found[0].b


def test_shingles_see_through_marks_and_spaces() -> None:
    assert shingles(["一二三四五六七八，九十 甲乙丙丁戊己"]) == {"一二三四五六七八九十甲乙丙丁戊己"}
    assert shingles(["太短"]) == set()


def test_the_shared_stretch_is_cut_out_only_where_enough_is_left() -> None:
    cut = encoder_pairs._without_shared
    assert cut("深入推进城市内涝治理，新建泵站六座", "加快城市内涝治理步伐") == "深入推进，新建泵站六座"
    assert cut("城市内涝治理", "城市内涝治理") == "城市内涝治理"
