"""The main job, from bytes to files, in a process that cannot reach a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FILES = {
    "articles.json",
    "articles.html",
    "digest.md",
    "digest.html",
    "digest.docx",
    "digest.xlsx",
    "comparison.json",
    "comparison.md",
    "comparison.html",
    "comparison.docx",
    "comparison.xlsx",
}


@pytest.fixture(scope="module")
def made(duizhao, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    done = duizhao("demo", "--out", "results", cwd=folder)
    return done, folder / "results"


def test_the_main_job_runs_without_a_network(made):
    done, out = made
    assert done.returncode == 0, done.stderr.decode()
    assert b"NETWORK" not in done.stderr
    assert {f.name for f in out.iterdir()} == FILES


def test_the_terminal_shows_counts_and_seconds(made):
    done, _ = made
    table = done.stdout.decode()
    for stage in ("分篇", "摘要", "比对"):
        assert stage in table


def test_every_character_of_the_page_has_one_owner(made):
    _, out = made
    result = json.loads((out / "articles.json").read_text(encoding="utf-8"))
    owners = [0] * len(result["page"]["text"])
    printed = ("column", "kicker", "headline", "subheadline", "byline", "dateline", "continues_on", "continued_from")
    for article in result["articles"]:
        fields = [article[name] for name in printed] + article["paragraphs"] + article["captions"]
        for field in fields:
            if field and not field.get("inline"):
                for start, end in field["spans"]:
                    for i in range(start, end):
                        owners[i] += 1
    for item in result["furniture"]:
        for start, end in item["spans"]:
            for i in range(start, end):
                owners[i] += 1
    assert all(n == 1 for c, n in zip(result["page"]["text"], owners, strict=True) if not c.isspace())


def test_every_quote_of_a_link_stands_at_its_place(made):
    _, out = made
    result = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    links = 0
    for document in result.get("documents", [result]):
        for alignment in document["alignments"]:
            for side, text in (("central", result["central"]["text"]), ("local", document["local"]["text"])):
                quote = alignment[f"{side}_quote"]
                assert text[quote["start"] : quote["end"]] == quote["text"]
            links += alignment["linked"]
    assert links


def test_the_reports_need_no_script_and_no_network(made):
    _, out = made
    for name in ("digest.html", "comparison.html"):
        page = (out / name).read_text(encoding="utf-8")
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_any_other_page_can_be_given(duizhao, tmp_path: Path, root: Path):
    page = root / "service/duizhao/samples/sample_county.txt"
    done = duizhao("demo", str(page), "--out", str(tmp_path / "out"), DUIZHAO_EMBEDDER="char_ngrams")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out/digest.html").is_file()
