"""Files of every format as pages and as single texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.documents import articles_of, dated, is_one_text, printed_document, segment_pages, text_document
from duizhao.errors import TooLarge
from duizhao.exporters import json
from pdf_pages import newspaper_page, printed_report


def test_a_printed_report_is_one_text_in_paragraphs_without_page_numbers() -> None:
    pages = list(segment_pages(printed_report(), "方案.pdf"))
    assert is_one_text(pages)
    document = printed_document(pages, "方案.pdf", date="2026-03-12")
    assert document == text_document(printed_report(), "方案.pdf", date="2026-03-12")
    assert (document.id, document.title, document.date) == ("方案", "清泽市粮食生产实施方案", "2026-03-12")
    assert "全市年内新建和改造高标准农田28万亩，同步落实管护人员和经费。\n" in document.text
    assert "—" not in document.text


def test_a_newspaper_page_is_not_one_text() -> None:
    assert not is_one_text(list(segment_pages(newspaper_page(), "a.pdf")))


def test_articles_of_several_pages_have_ids_of_their_own() -> None:
    pages = list(segment_pages(printed_report(), "r.pdf"))
    ids = [document.id for _, document in articles_of(pages)]
    assert ids == ["r-1-a1", "r-2-a1"]
    assert [document.id for _, document in articles_of(pages[:1])] == ["a1"]


def test_several_pages_are_a_list_and_one_is_itself() -> None:
    pages = list(segment_pages(printed_report(), "r.pdf"))
    assert [value["page"]["id"] for value in json.segmented_pages(pages)] == ["r-1", "r-2"]
    assert json.segmented_pages(pages[:1])["page"]["id"] == "r-1"


def test_a_page_with_too_many_characters_is_refused_before_it_is_cut() -> None:
    with pytest.raises(TooLarge, match="longer than 3"):
        list(segment_pages("四个字符".encode(), "a.txt", most_characters=3))


def test_the_main_job_on_a_pdf_writes_every_file(duizhao, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(newspaper_page())
    done = duizhao("demo", "page.pdf", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    made = {file.name for file in (tmp_path / "out").iterdir()}
    assert {f"comparison.{form}" for form in ("json", "md", "html", "docx", "xlsx")} <= made
    assert {f"digest.{form}" for form in ("md", "html", "docx", "xlsx")} <= made
    coloured = (tmp_path / "out/articles.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in coloured and '<rect class="t1"' in coloured


def test_a_pdf_can_be_the_central_text_and_a_text_the_local_one(duizhao, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(printed_report())
    (tmp_path / "local.txt").write_text("会议强调，要加强高标准农田建设，改造高标准农田28万亩。", encoding="utf-8")
    done = duizhao("compare", "--central", "plan.pdf", "--local", "local.txt", "--model", "char_ngrams", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert "高标准农田" in done.stdout.decode()


def test_a_pdf_of_articles_gives_one_summary_an_article(duizhao, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(newspaper_page())
    done = duizhao("summarize", "page.pdf", "--length", "summary", "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.decode().strip().split("\n")) == 2


def test_an_article_without_headline_is_called_by_what_it_says_first() -> None:
    page = "本报讯（记者　林晓舟）3月12日，市政府召开会议，研究粮食生产工作。\n会议强调，要稳定粮食播种面积。"
    ((_, document),) = articles_of(segment_pages(page.encode(), "a.txt"))
    assert document.name.startswith("3月12日，市政府召开会议")


@pytest.mark.parametrize(
    ("printed", "given", "days"),
    [
        ("2025年3月12日", None, ["2025-03-10", "2025-03-05"]),
        ("2025年1月2日", None, ["2025-01-02", "2025-01-02"]),
        ("2025年2月31日", None, ["2025-02-31", "2025-02-31"]),
        ("2025年3月12日", "2024-01-01", ["2024-01-01", "2024-01-01"]),
    ],
)
def test_an_article_has_the_day_that_it_names_itself(printed: str, given: str | None, days: list[str]) -> None:
    text = (
        f"云溪日报\n{printed} 星期三\n\n国务院召开春季农业生产会议\n新华社北京3月10日电 会议强调，要抓好春耕备耕。\n\n"
        "市委常委会召开会议\n本报讯（记者 丁一）3月5日，市委常委会召开会议。会议指出，要抓好春耕。\n"
    )
    pages = [dated(page, given) for page in segment_pages(text.encode(), "page.txt")]
    assert [document.date for _, document in articles_of(pages)] == days
