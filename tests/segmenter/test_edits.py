"""Edits by hand: nothing printed is lost or doubled, whatever is merged, parted or attached."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.documents import segment_pages
from duizhao.errors import InputRefused
from duizhao.exporters import json
from duizhao.segmenter.check import check_spans
from duizhao.segmenter.edits import Attach, Edit, Merge, Split, edit
from duizhao.stores.page_json import segmented_from
from duizhao.types.articles import SegmentedPage
from duizhao.types.pages import Span

TEXT = (
    "清泽日报\n\n全市粮食生产工作会议召开\n本报讯（记者 林晓舟）3月12日上午，全市粮食生产工作会议召开。\n"
    "会议强调，要严格落实粮食安全党政同责。\n\n春耕备耕扎实推进\n\n"
    "本报讯（记者 高远山）3月13日，春耕现场推进会在临泽县召开。会议要求，抓好农资供应。\n"
)


def page() -> SegmentedPage:
    (made,) = segment_pages(TEXT.encode(), "清泽日报.txt")
    return made


def test_a_page_comes_back_from_its_json_as_it_was() -> None:
    value = json.segmented(page())
    assert json.segmented(segmented_from(value)) == value


def test_merged_articles_are_one_with_all_that_was_printed() -> None:
    before = page()
    ids = tuple(a.id for a in before.articles)
    after = edit(before, [Merge(ids)])
    assert [a.id for a in after.articles] == [ids[0]]
    assert after.articles[0].headline == before.articles[0].headline
    assert len(after.articles[0].text) >= sum(len(a.text) for a in before.articles)


def test_a_split_article_gets_the_next_id_and_its_own_headline() -> None:
    before = page()
    merged = edit(before, [Merge(tuple(a.id for a in before.articles))])
    at = next(n for n, p in enumerate(merged.articles[0].paragraphs) if "春耕备耕" in p.text)
    after = edit(merged, [Split("a1", at, headline=True)])
    first, second = after.articles
    assert second.headline and "春耕备耕扎实推进" in second.headline.text
    assert len(first.paragraphs) == at and second.paragraphs


def test_an_attached_headline_is_taken_from_where_it_was_and_the_old_one_is_kept() -> None:
    before = page()
    start = TEXT.index("春耕备耕扎实推进")
    after = edit(before, [Attach("a1", (Span(start, start + 8),))])
    assert after.articles[0].headline and after.articles[0].headline.text == "春耕备耕扎实推进"
    titles = [a.title for a in after.articles[1:]]
    assert "全市粮食生产工作会议召开" in titles


@pytest.mark.parametrize(
    "wrong",
    [
        Merge(("a1", "a1")),
        Merge(("a1", "a99")),
        Split("a1", 99),
        Split("a1", -1),
        Attach("a1", (Span(0, 10_000),)),
        Attach("a1", (Span(5, 5),)),
        Attach("a9", (Span(0, 4),)),
        Attach("a1", (Span(0, 4), Span(2, 6))),
    ],
)
def test_an_edit_that_cannot_be_is_refused_and_says_why(wrong: Edit) -> None:
    with pytest.raises(InputRefused):
        edit(page(), [wrong])


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda x: Span(min(x), max(x)))
NAMES = st.sampled_from(["a1", "a2", "a3", "a4"])
EDITS = st.one_of(
    st.builds(Merge, st.lists(NAMES, min_size=2, max_size=3).map(tuple)),
    st.builds(Split, NAMES, st.integers(0, 3), st.booleans()),
    st.builds(
        Attach, NAMES, st.lists(SPANS, min_size=1, max_size=2).map(tuple), st.sampled_from(["kicker", "headline"])
    ),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_whatever_is_edited_every_character_keeps_one_owner(edits: list[Edit]) -> None:
    try:
        after = edit(page(), edits)
    except InputRefused:
        return
    check_spans(after)
    assert len({a.id for a in after.articles}) == len(after.articles)
