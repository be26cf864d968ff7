"""Reports of a digest of many pages: every article once, every jump with its target, nothing that runs."""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from duizhao.exporters import docx, html, json, markdown, xlsx
from duizhao.exporters.digest_facts import overview, reprinted
from duizhao.types.articles import Article, Identity
from duizhao.types.digests import Digest, DigestEntry, Failure, Reprint
from duizhao.types.pages import Field, Page

from .conftest import summary

BODY = "会议提出，今年安排{}个项目。会议强调，要压实责任。"


@pytest.fixture
def long() -> Digest:
    levels = ("central", "province", "city", "county", None)
    pages = tuple(Page(f"p{n}", f"in/p{n}.txt", "", (), f"报{n % 3}", f"2026-03-0{n % 9 + 1}", n) for n in range(1, 15))
    entries = []
    for n, page in enumerate(pages, 1):
        article = Article(
            "a1",
            page.id,
            headline=Field(f"<b>第{n}号</b>标题", ()),
            paragraphs=(Field(BODY.format(n), ()),),
            identity=Identity(level=levels[n % 5]),  # type: ignore[arg-type]
        )
        entries.append(DigestEntry(article, summary("a1", f"提要{n}", BODY.format(n)), ("科技创新",) if n % 2 else ()))
    again = (Reprint("p2", "a2", "又"), Reprint("p3", "a2", "又"), Reprint("p4", "a2", "又"))
    entries[0] = replace(entries[0], reprints=again)
    failure = Failure("in/bad.txt", "read", "NotText", "乱码")
    return Digest(pages, tuple(entries), (failure,), ())


def test_each_article_stands_in_the_html_once_and_every_jump_has_its_target(long: Digest) -> None:
    text = html.digest(long, links={"p1": "../in/p1.txt"})
    for n in range(1, 15):
        assert text.count(f"<h4>&lt;b&gt;第{n}号&lt;/b&gt;标题</h4>") == 1
    targets = set(re.findall(r' id="([^"]+)"', text))
    jumps = set(re.findall(r'href="#([^"]+)"', text))
    assert jumps and jumps <= targets
    assert "<b>第" not in text and "<script" not in text
    assert 'href="../in/p1.txt"' in text and "in/bad.txt" in text


def test_the_chart_has_a_table_with_the_same_counts(long: Digest) -> None:
    text = entities.unescape(html.digest(long))
    assert 'role="img"' in text
    table = text[text.index("<table>") : text.index("</table>")]
    assert re.findall(r'<td class="number">(\d+)</td></tr>', table) == ["7", "7", "14"]


def test_reprints_name_other_papers_and_other_pages_of_the_same_one(long: Digest) -> None:
    pages = {p.id: p for p in long.pages}
    told = reprinted(long.entries[0], pages)
    assert told.startswith("转载2家：报2 2026年3月3日 第2版、报0") and "另见：报1 2026年3月5日 第4版" in told
    assert "另有3篇为转载" in overview(long)


def test_the_other_formats_hold_every_article(long: Digest) -> None:
    text = markdown.digest(long)
    assert all(text.count(f"第{n}号") >= 1 for n in range(1, 15)) and "| 科技创新 |" in text
    values = json.digest(long)
    assert values["counts"] == {"pages": 14, "entries": 14, "reprints": 3, "failures": 1}
    assert sum(len(level["entries"]) for s in values["sections"] for level in s["levels"]) == 14


def test_the_workbook_counts_themes_and_names_reprints(long: Digest, tmp_path) -> None:
    file = tmp_path / "d.xlsx"
    file.write_bytes(xlsx.digest(long))
    book = load_workbook(file)
    rows = list(book["主题"].iter_rows(values_only=True))
    assert [(r[1], r[-1]) for r in rows[1:]] == [("科技创新", 7), ("其他", 7)]
    heads = [c.value for c in book["摘要"][1]]
    assert "转载2家" in book["摘要"].cell(2, heads.index("转载") + 1).value
    assert book["摘要"].cell(2, heads.index("主题") + 1).value == "科技创新"


def test_the_word_file_has_a_heading_an_article(long: Digest, tmp_path) -> None:
    from docx import Document

    file = tmp_path / "d.docx"
    file.write_bytes(docx.digest(long, title="每日要闻"))
    document = Document(str(file))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 3"]
    assert len(heads) == 14
    assert document.paragraphs[0].text == "每日要闻"
