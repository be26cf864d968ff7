"""The coloured page: each character and each printed line with the article that owns it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duizhao.documents import segment_pages
from duizhao.exporters import html, places
from pdf_pages import newspaper_page

LINES = (
    "清泽日报",
    "全市粮食生产工作会议召开",
    "",
    "会议强调，要稳定粮食播种面积。",
    "（下转第三版）",
    "责任编辑：林晓舟",
)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=12).filter(any))
def test_every_character_of_a_page_is_shown_once_and_in_order(lines: list[str]) -> None:
    (page,) = segment_pages("\n".join(lines).encode(), "a.txt")
    shown = places.stretches(page)
    assert "".join(s.text for s in shown) == page.page.text
    owned = {a.id: "".join(s.text for s in shown if s.owner == a.id) for a in page.articles}
    for article in page.articles:
        for paragraph in article.paragraphs:
            for start, end in paragraph.spans:
                assert page.page.text[start:end] in owned[article.id]


def test_lines_of_a_pdf_have_the_colour_of_their_article() -> None:
    (page,) = segment_pages(newspaper_page(), "a.pdf")
    found = places.patches(page)
    upper = {p.owner for p in found if p.box.bottom < 200}
    lower = {p.owner for p in found if p.box.top > 200}
    assert len(upper) == len(lower) == 1 and upper != lower
    assert len({p.tint for p in found}) == 2
    assert sum(p.first for p in found) == 2


def test_without_a_picture_the_places_are_shown_alone() -> None:
    pages = list(segment_pages(newspaper_page(), "a.pdf"))
    assert "<image" not in html.segmented(pages) and "<rect" in html.segmented(pages)
