"""Commands, formats, exit codes: each bad input ends in one sentence, never in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

TEXT = (
    "本报讯（记者 周一鸣）3月5日，清泽市召开春耕生产工作会议，部署今年农业生产。\n"
    "会议指出，要稳定粮食播种面积，全年粮食播种面积保持在320万亩以上。\n"
    "会议强调，要加强农资供应，严厉打击制售假冒伪劣农资行为。"
)


def records(*values: object) -> bytes:
    return "\n".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values).encode()


def test_one_text_gives_all_four_lengths(duizhao, tmp_path: Path):
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = duizhao("summarize", str(file), "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    value = json.loads(done.stdout)
    assert {"headline", "brief", "summary", "long"} <= value.keys()
    assert value["id"] == "text"
    assert value["characters_in"] == len(TEXT)
    for sentence in value["sentences"]:
        assert sentence["sources"]


def test_records_come_back_in_order_and_a_bad_line_keeps_its_place(duizhao, tmp_path: Path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(
        records({"id": "a", "text": TEXT}, "{broken", {"id": "b", "title": "x"}, {"id": "c", "body": TEXT})
    )
    done = duizhao("summarize", str(file), "--length", "brief", "--with-text")
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert [line["id"] for line in lines] == ["a", "line 2", "b", "c"]
    assert "error" in lines[1] and "error" in lines[2]
    assert lines[0]["text"] == TEXT
    assert len(lines[0]["brief"]) <= 60
    assert "long" not in lines[0]


def test_a_budget_is_never_exceeded(duizhao, tmp_path: Path):
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = duizhao("summarize", str(file), "--length", "summary", "--max-chars", "40", "--format", "json")
    assert len(json.loads(done.stdout)["summary"]) <= 40


def test_a_page_is_compared_within_itself(duizhao, sample: Path):
    done = duizhao("compare", str(sample), "--model", "char_ngrams")
    assert done.returncode == 0, done.stderr.decode()
    value = json.loads(done.stdout)
    assert value["central"]["units"]
    assert value["documents"]


def test_two_texts_are_compared_and_written_to_a_file(duizhao, tmp_path: Path):
    (tmp_path / "central.txt").write_text("会议强调，要稳定粮食播种面积，加强高标准农田建设。", encoding="utf-8")
    (tmp_path / "local.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "report.html"
    done = duizhao(
        *("compare", "--central", str(tmp_path / "central.txt"), "--local", str(tmp_path / "local.txt")),
        *("--model", "char_ngrams", "--format", "html", "--out", str(out)),
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "稳定粮食播种面积" in out.read_text(encoding="utf-8")


def test_a_reviewed_workbook_goes_back_in(duizhao, tmp_path: Path):
    (tmp_path / "central.txt").write_text("会议强调，要稳定粮食播种面积，加强高标准农田建设。", encoding="utf-8")
    (tmp_path / "local.txt").write_text(TEXT, encoding="utf-8")
    files = ("--central", str(tmp_path / "central.txt"), "--local", str(tmp_path / "local.txt"))
    call = ("compare", *files, "--model", "char_ngrams")
    out = tmp_path / "review.xlsx"
    assert duizhao(*call, "--format", "xlsx", "--out", str(out)).returncode == 0
    untouched = duizhao(*call, "--review", str(out))
    assert untouched.returncode == 0 and "no verdict is filled in" in untouched.stderr.decode()
    book = load_workbook(out)
    sheet = book["对照"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("核对结论") + 1).value = "无呼应"
    book.save(out)
    found = json.loads(duizhao(*call, "--review", str(out)).stdout)
    assert found["coverage"]["echoed"] == 0
    assert [a["review"]["linked"] for a in found["alignments"] if "review" in a] == [False]
    (tmp_path / "local.txt").write_text("会议强调，要修桥铺路。", encoding="utf-8")
    other = duizhao(*call, "--review", str(out))
    assert other.returncode == 3 and "none of its 1 verdicts fits these texts" in other.stderr.decode()
    wrong = duizhao(*call, "--review", str(tmp_path / "local.txt"))
    assert wrong.returncode == 3 and "no Excel workbook" in wrong.stderr.decode()


def test_several_local_texts_share_the_central_one(duizhao, tmp_path: Path):
    for name in ("central", "one", "two"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    done = duizhao(
        *("compare", "--central", str(tmp_path / "central.txt"), "--local", str(tmp_path / "one.txt")),
        *(str(tmp_path / "two.txt"), "--model", "char_ngrams"),
    )
    assert done.returncode == 0, done.stderr.decode()
    value = json.loads(done.stdout)
    assert [d["local"]["id"] for d in value["documents"]] == ["one", "two"]
    assert set(value["matrix"][0]["documents"]) == {"one", "two"}


@pytest.mark.parametrize("format", ["json", "md", "html"])
def test_a_page_can_be_segmented_into_each_format(duizhao, sample: Path, format: str):
    done = duizhao("segment", str(sample), "--format", format)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout) > 1000


def test_a_page_comes_in_on_standard_input(duizhao, sample: Path):
    done = duizhao("segment", "-", stdin=sample.read_bytes())
    assert json.loads(done.stdout)["articles"]


def test_one_bad_page_does_not_stop_the_others(duizhao, sample: Path, tmp_path: Path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = duizhao("segment", str(sample), str(tmp_path / "empty.txt"))
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 1
    assert "empty.txt" in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read(duizhao, encoding: str):
    done = duizhao("summarize", "-", "--length", "headline", stdin=TEXT.encode(encoding))
    assert done.returncode == 0, done.stderr.decode()
    assert "春耕" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("segment", "-"), b"", 3),
        (("segment", "-"), b" \n\t\r\n", 3),
        (("segment", "-"), bytes(range(256)) * 64, 3),
        (("segment", "no-such-file.txt"), b"", 2),
        (("segment",), b"", 2),
        (("segment", "-", "--format", "doc"), b"x", 2),
        (("summarize", "-"), b"", 3),
        (("summarize", "-", "--max-chars", "50"), TEXT.encode(), 2),
        (("summarize", "-", "--model", "no-such-model"), TEXT.encode(), 2),
        (("summarize", "-", "--model", "causal:/no/such/folder"), TEXT.encode(), 4),
        (("compare", "-"), "没有任何要求的一句话。".encode(), 3),
        (("compare",), b"", 2),
        (("compare", "--central", "-"), b"x", 2),
    ],
)
def test_refusals_are_one_sentence_with_the_documented_code(duizhao, arguments, stdin, code):
    done = duizhao(*arguments, stdin=stdin)
    errors = done.stderr.decode()
    assert done.returncode == code, errors
    assert errors.strip()
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "text",
    ["国", "没有文章的一页\n2024年3月5日\n第2版", "字" * 1_700_000, "行\n" * 300_000, "a" * 5_000_000],
    ids=["one character", "no article", "5 MB line", "300,000 lines", "5 MB of Latin"],
)
def test_odd_pages_give_a_result(duizhao, text: str):
    done = duizhao("segment", "-", stdin=text.encode())
    assert done.returncode == 0, done.stderr.decode()[:500]
    assert json.loads(done.stdout)["page"]["text"] == text


def test_doctor_and_models_tell_what_is_there(duizhao):
    assert duizhao("doctor").returncode == 0
    listed = json.loads(duizhao("models", "list", "--format", "json").stdout)
    names = {card["name"] for card in listed}
    assert {"extractive", "lead", "seq2seq", "causal", "openai", "encoder", "char_ngrams"} <= names


def test_a_local_text_that_cannot_be_read_is_named_and_the_others_are_compared(duizhao, tmp_path: Path):
    (tmp_path / "central.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "local.txt").write_text("会议强调，要加强农资供应，稳定粮食播种面积。", encoding="utf-8")
    (tmp_path / "blank.txt").write_bytes(b" \n")
    given = ("compare", "--central", "central.txt", "--model", "char_ngrams", "--local")
    done = duizhao(*given, "local.txt", "blank.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "blank.txt" in done.stderr.decode()
    assert json.loads(done.stdout)["local"]["id"] == "local"
    assert duizhao(*given, "blank.txt", cwd=tmp_path).returncode == 3


@pytest.mark.parametrize("day", ["2024-13-45", "yesterday", "2024-00"])
def test_what_is_no_date_is_wrong_usage(duizhao, tmp_path: Path, day: str):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = duizhao("compare", "--central", "a.txt", "--local", "a.txt", "--local-date", day, cwd=tmp_path)
    assert done.returncode == 2 and day in done.stderr.decode()


def test_a_text_that_is_not_read_to_its_end_is_named_on_standard_error(duizhao, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("清泽市召开会议，部署防汛。" * 6_000, encoding="utf-8")
    done = duizhao("summarize", "long.txt", "--length", "brief", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert "文本过长，只摘要了前60000字" in done.stderr.decode()
    assert "文本过长" not in done.stdout.decode()
