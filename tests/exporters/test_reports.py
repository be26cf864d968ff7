"""Markdown, HTML and JSON: golden files (make them anew with REGENERATE=1), escaping, facts kept."""

from __future__ import annotations

import html as entities
import json as plain_json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.exporters import html, json, markdown, rows
from duizhao.types.articles import Document, SegmentedPage
from duizhao.types.pages import Field, Page, Span

GOLDEN = Path(__file__).with_name("golden")
SCRIPT = '<script>alert("1")</script>|*_#'


def matches_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("REGENERATE"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; look, then REGENERATE=1 if it is meant"


def test_the_comparison_in_markdown_is_as_it_was(comparison):
    matches_golden("comparison.md", markdown.comparison([comparison]))


def test_the_digest_in_markdown_is_as_it_was(digest):
    matches_golden("digest.md", markdown.digest(digest))


def test_the_comparison_in_html_is_as_it_was(comparison):
    text = html.comparison([comparison])
    matches_golden("comparison.html", text[text.index("<main>") :])


def test_the_digest_in_html_is_as_it_was(digest):
    text = html.digest(digest)
    matches_golden("digest.html", text[text.index("<main>") :])


def test_the_comparison_in_json_is_as_it_was(comparison):
    matches_golden("comparison.json", json.dumps(json.comparison(comparison)) + "\n")


def test_every_linked_quote_stands_in_the_html(comparison):
    page = html.comparison([comparison])
    text = entities.unescape(re.sub(r"<[^>]+>", "", page))
    linked = [a for a in comparison.alignments if a.linked]
    assert linked
    for alignment in linked:
        assert alignment.central_quote.text in text
        assert alignment.local_quote.text in text


def test_every_jump_in_the_html_has_its_target(comparison):
    page = html.comparison([comparison, comparison])
    targets = re.findall(r'id="([^"]+)"', page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(targets)
    assert len(targets) == len(set(targets))


def test_markup_in_texts_stays_text(comparison_of, digest):
    hostile = comparison_of(SCRIPT + "要办好养老服务。", SCRIPT + "办好养老服务。")
    assert "<script" not in html.comparison([hostile])
    assert "<script" not in markdown.comparison([hostile])
    entry = digest.entries[0]
    article = replace(entry.article, headline=Field(SCRIPT, ()))
    hostile_digest = replace(digest, entries=(replace(entry, article=article),))
    assert "<script" not in html.digest(hostile_digest)
    assert "<script" not in markdown.digest(hostile_digest)


def test_a_pipe_in_a_text_does_not_break_the_table(comparison_of):
    table = markdown.comparison([comparison_of("要办好|养老服务。", "办好养老|服务。")])
    (row,) = [line for line in table.splitlines() if line.startswith("| 要办好")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 6


def test_marks_never_change_the_text_of_a_unit(comparison):
    assert rows.link_rows(comparison)
    for row in rows.link_rows(comparison):
        assert "".join(p.text for p in row.pieces) == row.unit.text
        for item in row.locals:
            assert "".join(p.text for p in item.pieces) == item.unit.text


def test_the_foot_of_a_page_inside_a_unit_is_not_printed_with_it(comparison_of):
    c = comparison_of("要加快病险水库\n— 15 —\n除险加固。", "加快病险水库\n第 7 页\n除险加固。")
    local = replace(c.local.units[0], id="u2")
    c = replace(c, local=replace(c.local, units=(*c.local.units, local)), local_only=("u2",))
    for text in (markdown.comparison([c]), html.comparison([c]).split("全文</h3>")[0]):
        assert "病险水库" in text and "— 15 —" not in text and "第 7 页" not in text
    assert "— 15 —" in html.comparison([c])


def test_the_full_text_is_shown_whole(comparison):
    side = comparison.local
    document = Document("x", side.document.text + "余下的话。")
    shown = rows.anchors(document.text, side.units)
    assert "".join(a.text for a in shown) == document.text
    assert [a.unit for a in shown if a.unit] == [u.id for u in side.units]


def test_several_local_texts_make_a_matrix(comparison):
    other = replace(
        comparison, local=replace(comparison.local, document=replace(comparison.local.document, id="other"))
    )
    value = json.comparisons([comparison, other])
    assert set(value["matrix"][0]["documents"]) == {"local", "other"}
    assert "central" not in value["documents"][0]


def test_several_central_articles_make_a_list(comparison):
    assert len(json.page_comparison([[comparison], [comparison]])["comparisons"]) == 2


@pytest.mark.parametrize("exporter", [markdown, html])
def test_a_segmented_page_shows_every_field(exporter, digest):
    text = "清泽日报\n部署百企技改行动\n市委常委会3月4日召开会议。"
    page = Page("p1", "x.txt", text, ())
    furniture = SegmentedPage(page, tuple(e.article for e in digest.entries), (), ("一条提示",))
    shown = exporter.segmented([furniture])
    for entry in digest.entries:
        assert entry.article.headline.text in shown
        assert entry.article.paragraphs[0].text in shown


def test_a_lone_surrogate_can_be_written(comparison_of):
    damaged = comparison_of("要办好\ud800养老服务。", "办好养老服务。")
    assert plain_json.loads(json.dumps(json.comparison(damaged)))
    json.dumps(json.comparison(damaged)).encode("utf-8")
    html.comparison([damaged]).encode("utf-8")


def test_spans_are_lists_of_two_numbers(digest):
    value = json.digest(digest)
    assert value["entries"][0]["summary"]["sentences"][0]["sources"][0] == list(
        digest.entries[0].summary.sentences[0].sources[0]
    )
    assert isinstance(Span(1, 2), tuple)
