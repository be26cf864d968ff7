"""`duizhao digest`: folders to reports, failures named, exit codes; workers that end are replaced."""

from __future__ import annotations

import json
from pathlib import Path

TEXT = (
    "清泽日报\n2026年3月5日　第{n}版\n\n清泽市部署第{n}批改造\n"
    "本报讯（记者 周一鸣）清泽市昨日召开会议，部署第{n}批老旧小区改造。会议强调，要压实责任。\n"
)


def make_pages(folder: Path, count: int) -> None:
    folder.mkdir()
    for n in range(1, count + 1):
        (folder / f"p{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")


def test_a_folder_becomes_reports_and_the_second_time_costs_nothing(duizhao, tmp_path: Path):
    make_pages(tmp_path / "in", 3)
    done = duizhao("digest", "in", "--out", "out", cwd=tmp_path, DUIZHAO_DATA_DIR="data")
    assert done.returncode == 0, done.stderr.decode()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        f"digest.{f}" for f in ("docx", "html", "json", "md", "xlsx")
    ]
    again = duizhao("digest", "in", "--out", "out", "--resume", cwd=tmp_path, DUIZHAO_DATA_DIR="data")
    assert again.returncode == 0 and "其中 3 版沿用已有结果" in again.stderr.decode()
    assert not done.stdout and not again.stdout


def test_a_page_that_fails_is_named_and_the_others_are_done(duizhao, tmp_path: Path):
    make_pages(tmp_path / "in", 2)
    (tmp_path / "in" / "bad.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "in" / "note.xyz").write_bytes(b"?")
    done = duizhao("digest", "in", "--out", "out", cwd=tmp_path, DUIZHAO_DATA_DIR="data")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "in/bad.txt（读取）" in told and "note.xyz" in told
    assert len(json.loads((tmp_path / "out" / "digest.json").read_text())["pages"]) == 2


def test_what_cannot_be_read_at_all_is_refused(duizhao, tmp_path: Path):
    (tmp_path / "in").mkdir()
    assert duizhao("digest", "in", "--out", "out", cwd=tmp_path).returncode == 3
    assert duizhao("digest", "none", "--out", "out", cwd=tmp_path).returncode == 2
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    done = duizhao("digest", "bad.zip", "--out", "out", cwd=tmp_path)
    assert done.returncode == 3 and "bad.zip" in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_a_database_that_is_not_there_is_told_by_the_doctor(duizhao, tmp_path: Path):
    done = duizhao("doctor", DUIZHAO_DATABASE_URL=f"sqlite:////proc/none/{tmp_path.name}.sqlite")
    assert done.returncode == 4 and "Traceback" not in done.stderr.decode()
