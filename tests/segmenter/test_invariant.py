"""Every non-space character of any text lies in exactly one printed field or piece of furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.errors import EmptyInput, InternalError, NotText
from duizhao.readers.plain import lines_of, read_page
from duizhao.segmenter import segment
from duizhao.segmenter.check import check_spans, printed_fields
from duizhao.types.articles import Article, Furniture, SegmentedPage
from duizhao.types.pages import Field, Page, Span

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "pages"
REAL = sorted([*SHARED.glob("*.txt"), *SHARED.glob("generated/*.txt")]) if SHARED.is_dir() else []
PIECES = st.sampled_from(
    [
        "本报讯（记者 周 墨）", "新华社江原3月2日电 ", "（下转7版）", "（上接第一版）", "图为港口。 韩冬 摄", "——",
        "清泽日报", "2024年3月3日 星期日", "公益广告", "一、", "要闻", "2版", "会议指出，", "要抓好落实。",
        "“", "”", "》", "……", "CN 65-0071", " ", "　", "\n", "\n\n", "\r\n", "\r", "\f", "\t", "\x00", "\ufeff",
        "\u2028", "a", "1", "清泽市春耕生产", "字" * 17 + "\n",
    ]
)  # fmt: skip


def of(text: str) -> SegmentedPage:
    return segment(Page(id="p", source="test", text=text, lines=lines_of(text)))


def owners(result: SegmentedPage) -> list[int]:
    count = [0] * len(result.page.text)
    spans = [s for a in result.articles for f in printed_fields(a) for s in f.spans]
    for start, end in spans + [s for f in result.furniture for s in f.spans]:
        for i in range(start, end):
            count[i] += 1
    return count


def holds(result: SegmentedPage) -> bool:
    return all(n == 1 for c, n in zip(result.page.text, owners(result), strict=True) if not c.isspace())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_owned_once(text: str) -> None:
    assert holds(of(text))


@given(st.lists(PIECES, max_size=80).map("".join))
@settings(max_examples=250, deadline=None)
def test_any_mixture_of_page_pieces_is_owned_once(text: str) -> None:
    assert holds(of(text))


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_any_line_structure_is_owned_once(widths: list[int], gap: int) -> None:
    assert holds(of(("\n" * gap).join("清泽春耕，会议。"[w % 5 :] * (w // 5) for w in widths)))


@pytest.mark.skipif(not REAL, reason="../shared/data/pages is not here")
def test_every_shared_page_is_owned_once() -> None:
    for path in REAL:
        try:
            result = segment(read_page(path.read_bytes(), source=path.name, page_id=path.stem))
        except (EmptyInput, NotText) as error:
            pytest.fail(f"{path.name}: {error}")
        assert holds(result), path.name


def page_of(text: str, *fields: Field, furniture: tuple[Furniture, ...] = ()) -> SegmentedPage:
    page = Page(id="p", source="test", text=text, lines=lines_of(text))
    return SegmentedPage(page, (Article(id="a1", page_id="p", paragraphs=fields),), furniture)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ((Field("清泽", (Span(0, 2),)),), "belongs to nothing"),
        ((Field("清泽港", (Span(0, 3),)), Field("港", (Span(2, 3),))), "belongs to 2 fields"),
        ((Field("清泽湾", (Span(0, 3),)),), "not what stands"),
        ((Field("清泽港", (Span(0, 4),)),), "outside"),
    ],
    ids=["lost", "doubled", "changed", "outside"],
)
def test_the_check_at_run_time_names_the_fault(fields: tuple[Field, ...], message: str) -> None:
    with pytest.raises(InternalError, match=message):
        check_spans(page_of("清泽港", *fields))


def test_an_inline_field_owns_nothing() -> None:
    page = page_of("清泽港", Field("清泽港", (Span(0, 3),)))
    byline = Field("清泽", (Span(0, 2),), inline=True)
    check_spans(
        SegmentedPage(
            page.page, (Article(id="a1", page_id="p", byline=byline, paragraphs=page.articles[0].paragraphs),), ()
        )
    )
