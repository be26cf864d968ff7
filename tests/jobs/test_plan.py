"""What the pages of a job are: files, archives, PDFs and lines of JSON taken apart."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from duizhao.errors import EmptyInput, InputRefused, TooLarge
from duizhao.jobs import Input, Options
from duizhao.jobs.paths import read_paths
from duizhao.jobs.plan import Plan, plan
from duizhao.settings import Settings
from pdf_pages import Sheet

from .conftest import page_text


def planned(*inputs: Input, **settings: int) -> Plan:
    return plan(inputs, Settings(**settings), Options(), lambda digest, data: None)  # type: ignore[arg-type]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_pdf_gives_a_page_of_the_job_for_each_of_its_own() -> None:
    sheet = Sheet()
    for n in range(3):
        sheet.text(50, 50, f"第{n}页的文字")
        sheet.canvas.showPage()
    sheet.canvas.save()
    made = planned(Input("in/paper.pdf", sheet.buffer.getvalue()))
    assert [(p.id, p.source, p.part) for p in made.pages] == [
        ("paper-1", "in/paper.pdf#page=1", 1),
        ("paper-2", "in/paper.pdf#page=2", 2),
        ("paper-3", "in/paper.pdf#page=3", 3),
    ]


def test_an_archive_gives_its_files_and_names_what_cannot_be_read() -> None:
    data = zipped(
        **{"a.txt": page_text(1).encode(), "b.txt": page_text(2).encode(), "c.txt": b"", "d.zip": zipped(x=b"y")}
    )
    made = planned(Input("in.zip", data))
    assert [p.source for p in made.pages] == ["in.zip/a.txt", "in.zip/b.txt"]
    assert {(f.subject, f.type) for f in made.failures} == {
        ("in.zip/c.txt", "EmptyInput"),
        ("in.zip/d.zip", "InputRefused"),
    }


def test_lines_of_json_are_pages_and_a_bad_one_is_named() -> None:
    lines = [
        json.dumps({"id": "x", "page": page_text(1)}),
        "{",
        json.dumps({"custom_id": "x", "body": {"text": "正文。"}}),
    ]
    made = planned(Input("in.jsonl", "\n".join(lines).encode()))
    assert [p.id for p in made.pages] == ["x", "x~2"]
    assert [f.subject for f in made.failures] == ["in.jsonl#line=2"]


def test_the_same_page_twice_is_read_once_and_told() -> None:
    made = planned(Input("a/1.txt", b"page"), Input("b/1.txt", b"page"), Input("c/1.txt", b"other"))
    assert [p.id for p in made.pages] == ["1", "1~2"]
    assert made.warnings == ["b/1.txt: the same page as a/1.txt, read once"]


def test_the_key_of_a_result_hangs_on_page_and_model() -> None:
    one, same = (planned(Input(name, b"page")).pages[0].key for name in ("a.txt", "b.txt"))
    other = plan([Input("a.txt", b"page")], Settings(), Options(model="lead"), lambda digest, data: None).pages[0].key
    assert one == same != other


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(EmptyInput):
        planned()
    with pytest.raises(EmptyInput, match=r"a\.txt"):
        planned(Input("a.txt", b" \n"))
    with pytest.raises(TooLarge, match="more than 2 pages"):
        planned(*(Input(f"{n}.txt", page_text(n).encode()) for n in range(3)), max_job_pages=2)
    with pytest.raises(InputRefused, match="points outside"):
        planned(Input("in.zip", zipped(**{"../x.txt": b"x"})))


def test_a_file_that_cannot_be_taken_in_says_why(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * 20)
    (tmp_path / "note.xyz").write_bytes(b"x")
    (tmp_path / "page.txt").write_bytes(b"page")
    passed: list[str] = []
    made = planned(*read_paths([str(tmp_path)], 10, passed.append))
    assert [p.id for p in made.pages] == ["page"]
    assert [(f.type, f.detail[:14]) for f in made.failures] == [("InputRefused", "larger than 10")]
    assert len(passed) == 1 and "note.xyz" in passed[0]
