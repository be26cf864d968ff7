"""Segmenting printed pages: what stands where decides which headline, columns and pictures belong together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.readers.pdf import read_pages
from duizhao.segmenter import segment
from duizhao.segmenter.geometry import layout_of
from duizhao.types.articles import Article, SegmentedPage
from duizhao.types.pages import Box, Line, Page, Shape
from pdf_pages import Sheet, report

MEASURE, PITCH = 14, 160


def segmented(sheet: Sheet) -> SegmentedPage:
    (page,) = read_pages(sheet.done(), source="test.pdf", page_id="test")
    return segment(page)


def by_headline(result: SegmentedPage) -> dict[str, Article]:
    return {article.headline.text if article.headline else "": article for article in result.articles}


def bodies(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def column(n: int) -> float:
    """Left edge of column n."""
    return 40 + PITCH * n


def item(
    sheet: Sheet, title: str, texts: list[str], left: int, top: float, columns: int, rows: int, size: float = 22
) -> None:
    """A headline centred over its columns, and the body under it."""
    sheet.centred(column(left), column(left + columns - 1) + 140, top, title, size)
    sheet.flow(texts, [(column(left + n), top + 2 * size, rows) for n in range(columns)], MEASURE)


def test_a_paragraph_goes_on_over_a_column_break() -> None:
    sheet = Sheet()
    texts = [report(n) for n in range(4)]
    item(sheet, "青禾区启动老旧小区改造", texts, 0, 60, 3, 9)
    (article,) = segmented(sheet).articles
    assert bodies(article) == texts


def test_articles_side_by_side_are_told_apart() -> None:
    sheet = Sheet(width=760)
    left, right = [report(n) for n in range(3)], [report(n) for n in range(5, 8)]
    item(sheet, "春耕备耕有序推进", left, 0, 60, 2, 10)
    item(sheet, "路网升级按期完成", right, 2, 60, 2, 10)
    found = by_headline(segmented(sheet))
    assert bodies(found["春耕备耕有序推进"]) == left
    assert bodies(found["路网升级按期完成"]) == right


def test_the_order_of_drawing_does_not_matter() -> None:
    sheet = Sheet()
    upper, lower = [report(n) for n in range(3)], [report(n) for n in range(5, 8)]
    sheet.flow(lower, [(column(n), 404, 8) for n in range(3)], MEASURE)
    sheet.flow(upper, [(column(n), 104, 8) for n in range(3)], MEASURE)
    sheet.centred(40, 500, 60, "冬季供暖准备就绪", 22)
    sheet.centred(40, 500, 360, "河道治理进入尾声", 22)
    found = by_headline(segmented(sheet))
    assert bodies(found["冬季供暖准备就绪"]) == upper
    assert bodies(found["河道治理进入尾声"]) == lower


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        ("保障外来务工人", "员工资按时发放", "保障外来务工人员工资按时发放"),
        ("全市粮食产", "量再创新高", "全市粮食产量再创新高"),
        ("全市港口通过", "量达九千万吨", "全市港口通过量达九千万吨"),
        ("青禾区建成7", "座养老服务站", "青禾区建成7座养老服务站"),
        ("守住良田，", "种好粮食", "守住良田，种好粮食"),
        ("统筹做好防汛抗旱", "和粮食生产", "统筹做好防汛抗旱和粮食生产"),
        ("守住千亩良田", "种好万斤粮食", "守住千亩良田 种好万斤粮食"),
        ("Green Fields", "Gold Harvest", "Green Fields Gold Harvest"),
    ],
)
def test_a_headline_over_two_lines_has_a_space_only_between_phrases(above: str, below: str, shown: str) -> None:
    sheet = Sheet()
    sheet.centred(40, 500, 40, above, 28)
    sheet.centred(40, 500, 72, below, 28)
    sheet.flow([report(n) for n in range(3)], [(column(n), 120, 8) for n in range(3)], MEASURE)
    (article,) = segmented(sheet).articles
    assert article.headline is not None
    assert article.headline.text == shown


def test_kicker_headline_and_subheadline_are_told_by_their_size() -> None:
    sheet = Sheet()
    sheet.centred(40, 500, 40, "全市重点工作推进会议召开", 13)
    sheet.centred(40, 500, 58, "以实干开新局", 28)
    sheet.centred(40, 500, 92, "——会议部署下一阶段任务", 14)
    sheet.flow([report(n) for n in range(3)], [(column(n), 120, 8) for n in range(3)], MEASURE)
    (article,) = segmented(sheet).articles
    fields = (article.kicker, article.headline, article.subheadline)
    assert [f.text if f else None for f in fields] == [
        "全市重点工作推进会议召开",
        "以实干开新局",
        "——会议部署下一阶段任务",
    ]


def test_a_vertical_headline_heads_the_columns_beside_it() -> None:
    sheet = Sheet()
    sheet.vertical(80, 60, "石桥乡里书声新", 30)
    texts = [report(n) for n in range(4)]
    sheet.flow(texts, [(column(1), 60, 17), (column(2), 60, 17)], MEASURE)
    (article,) = segmented(sheet).articles
    assert article.headline is not None
    assert article.headline.text == "石桥乡里书声新"
    assert bodies(article) == texts


def test_a_headline_inset_over_the_right_columns_heads_the_first_column() -> None:
    sheet = Sheet()
    texts = [report(n) for n in range(4)]
    sheet.centred(column(1), column(2) + 140, 62, "防汛抗旱早安排", 26)
    sheet.flow(texts, [(column(0), 60, 14), (column(1), 116, 10), (column(2), 116, 10)], MEASURE)
    (article,) = segmented(sheet).articles
    assert article.headline is not None
    assert bodies(article) == texts


def test_text_that_flows_round_a_headline_changes_its_measure() -> None:
    sheet = Sheet()
    texts = [report(n, 4) for n in range(3)]
    sheet.text(44, 70, "园区建设", 26)
    sheet.text(44, 102, "提速增效", 26)
    sheet.flow(texts, [(180, 60, 6), (40, 144, 20)], [16, 30])
    (article,) = segmented(sheet).articles
    assert article.headline is not None
    assert article.headline.text.split() == ["园区建设", "提速增效"]
    assert bodies(article) == texts


def test_an_article_that_runs_round_another_keeps_its_columns() -> None:
    sheet = Sheet(width=760)
    outer, inner = [report(n) for n in range(6)], [report(n) for n in range(7, 9)]
    sheet.centred(column(0), column(3) + 140, 40, "全市重点项目集中开工", 30)
    sheet.flow(outer, [(column(0), 90, 18), (column(1), 90, 18), (column(2), 90, 6), (column(3), 90, 6)], MEASURE)
    item(sheet, "石桥乡里书声新", inner, 2, 196, 2, 7, 20)
    found = by_headline(segmented(sheet))
    assert bodies(found["全市重点项目集中开工"]) == outer
    assert bodies(found["石桥乡里书声新"]) == inner


def test_an_article_in_two_bands_goes_on_under_the_picture_between_them() -> None:
    sheet = Sheet()
    texts = [report(n) for n in range(8)]
    sheet.centred(40, 500, 40, "全市重点项目集中开工", 30)
    sheet.flow(texts, [(column(n), 90, 10) for n in range(3)] + [(column(n), 360, 9) for n in range(3)], MEASURE)
    sheet.box(40, 236, 500, 336, fill=True)
    sheet.text(40, 340, "图为开工现场。 本报记者 林晓舟 摄", 9)
    (article,) = segmented(sheet).articles
    assert bodies(article) == texts
    assert len(article.captions) == 1


def test_articles_in_different_measures_stand_one_over_the_other() -> None:
    sheet = Sheet()
    upper, lower = [report(n) for n in range(4)], [report(n, 4) for n in range(4, 7)]
    item(sheet, "春耕备耕有序推进", upper, 0, 60, 3, 9)
    sheet.centred(40, 500, 250, "路网升级按期完成", 22)
    sheet.flow(lower, [(40, 290, 13), (275, 290, 13)], 22)
    found = by_headline(segmented(sheet))
    assert bodies(found["春耕备耕有序推进"]) == upper
    assert bodies(found["路网升级按期完成"]) == lower


def test_a_headline_under_its_text_is_not_given_to_the_article_below_the_rule() -> None:
    sheet = Sheet()
    upper, lower = [report(n) for n in range(4)], [report(n) for n in range(5, 8)]
    sheet.flow(upper, [(column(n), 40, 10) for n in range(3)], MEASURE)
    sheet.centred(40, 500, 190, "冬季供暖准备就绪", 26)
    sheet.rule(40, 230, 500, 230)
    item(sheet, "河道治理进入尾声", lower, 0, 244, 3, 8)
    found = by_headline(segmented(sheet))
    assert bodies(found["冬季供暖准备就绪"]) == upper
    assert bodies(found["河道治理进入尾声"]) == lower


def test_verses_in_the_middle_of_a_column_are_lines_of_their_own() -> None:
    sheet = Sheet()
    opening, closing = report(1), report(2)
    sheet.centred(40, 320, 40, "新春走基层", 24)
    sheet.flow([opening], [(40, 80, 4)], 28)
    verses = ("春风过石桥，", "麦浪接云霄。", "河水向东去，", "灯火照归桡。")
    for n, verse in enumerate(verses):
        sheet.centred(40, 320, 80 + 14 * (4 + n), verse, 10)
    sheet.flow([closing], [(40, 80 + 14 * 8, 4)], 28)
    (article,) = segmented(sheet).articles
    assert bodies(article) == [opening, *verses, closing]


def test_what_is_framed_is_an_article_of_its_own() -> None:
    sheet = Sheet(width=760)
    outer, inner = [report(n) for n in range(4)], [report(n) for n in range(5, 7)]
    item(sheet, "学前教育扩容提质", outer, 0, 60, 3, 10)
    sheet.box(column(3) - 8, 56, column(3) + 148, 300)
    sheet.centred(column(3), column(3) + 140, 64, "短评", 20)
    sheet.flow(inner, [(column(3), 104, 13)], MEASURE)
    found = by_headline(segmented(sheet))
    assert bodies(found["学前教育扩容提质"]) == outer
    assert bodies(found["短评"]) == inner


def test_a_picture_with_its_caption_belongs_to_the_article_above_it() -> None:
    sheet = Sheet()
    upper, lower = [report(n) for n in range(3)], [report(n) for n in range(5, 8)]
    item(sheet, "春耕备耕有序推进", upper, 0, 60, 3, 8)
    sheet.box(column(1), 230, column(2) + 140, 330, fill=True)
    sheet.text(column(1), 334, "图为农技人员在田间。 本报记者 林晓舟 摄", 9)
    sheet.rule(40, 356, 500, 356)
    item(sheet, "冬季供暖准备就绪", lower, 0, 370, 3, 8)
    found = by_headline(segmented(sheet))
    assert [c.text for c in found["春耕备耕有序推进"].captions] == ["图为农技人员在田间。 本报记者 林晓舟 摄"]
    assert not found["冬季供暖准备就绪"].captions


def test_a_caption_beside_its_picture_is_a_caption() -> None:
    sheet = Sheet()
    item(sheet, "北港村修通入户路", [report(n) for n in range(3)], 0, 60, 3, 8)
    sheet.box(40, 240, 340, 380, fill=True)
    for n, line in enumerate(("图为施工人员在", "北港村铺设路面。", "本报记者 韩冬 摄")):
        sheet.text(346, 340 + 12 * n, line, 9)
    (article,) = segmented(sheet).articles
    assert [c.text for c in article.captions] == ["图为施工人员在北港村铺设路面。本报记者 韩冬 摄"]


def test_a_jump_mark_ends_its_article() -> None:
    sheet = Sheet(width=760)
    texts = [report(n) for n in range(3)]
    item(sheet, "春耕备耕有序推进", texts, 0, 60, 2, 11)
    sheet.text(column(1) + 80, 60 + 44 + 14 * 10, "（下转3版）", 10)
    item(sheet, "路网升级按期完成", [report(n) for n in range(5, 8)], 2, 60, 2, 11)
    found = by_headline(segmented(sheet))
    article = found["春耕备耕有序推进"]
    assert article.continues_on is not None
    assert article.continues_on.text == "（下转3版）"
    assert article.jump is not None
    assert article.jump.page == 3


def test_teasers_in_a_frame_are_headlines_of_their_own() -> None:
    sheet = Sheet(width=760)
    item(sheet, "学前教育扩容提质", [report(n) for n in range(4)], 0, 60, 3, 10)
    sheet.box(column(3) - 8, 56, column(3) + 148, 240)
    sheet.centred(column(3), column(3) + 140, 64, "今日导读", 14)
    for n, title in enumerate(("全市消防演练举行", "公交线路调整三条")):
        sheet.text(column(3), 100 + 60 * n, title, 16)
        sheet.text(column(3) + 80, 120 + 60 * n, f"（详见{n + 2}版）", 9)
    result = segmented(sheet)
    kinds = {title: article.kind for title, article in by_headline(result).items()}
    assert kinds["全市消防演练举行"] == kinds["公交线路调整三条"] == "headline_only"
    assert [f.text for f in result.furniture] == ["今日导读"]


def test_the_page_head_and_foot_are_furniture_and_date_the_page() -> None:
    sheet = Sheet()
    sheet.text(40, 20, "清泽日报", 40)
    sheet.text(260, 24, "2026年3月2日 星期一", 12)
    sheet.text(260, 42, "国内统一连续出版物号 CN 37-0010", 9)
    sheet.rule(40, 66, 560, 66)
    item(sheet, "河道治理进入尾声", [report(n) for n in range(3)], 0, 80, 3, 8)
    sheet.rule(40, 770, 560, 770)
    sheet.text(300, 776, "责任编辑：韩冬 版式设计：苏一鸣", 9)
    result = segmented(sheet)
    assert {f.role for f in result.furniture} == {"masthead", "date", "cn_number", "editors"}
    assert (result.page.paper, result.page.date) == ("清泽日报", "2026-03-02")
    assert len(result.articles) == 1


def test_an_advertisement_that_says_so_is_furniture() -> None:
    sheet = Sheet()
    item(sheet, "河道治理进入尾声", [report(n) for n in range(3)], 0, 80, 3, 8)
    sheet.box(40, 400, 300, 500)
    sheet.centred(40, 300, 430, "节约每一滴水", 22)
    sheet.text(250, 486, "公益广告", 8)
    result = segmented(sheet)
    assert [f.role for f in result.furniture] == ["advertisement", "advertisement"]
    assert len(result.articles) == 1


def test_a_page_of_one_table_loses_nothing() -> None:
    sheet = Sheet()
    for row in range(40):
        for cell in range(6):
            sheet.text(30 + 90 * cell, 40 + 14 * row, f"项目{row}{cell}", 8)
        sheet.rule(30, 52 + 14 * row, 570, 52 + 14 * row)
    result = segmented(sheet)
    assert sum(len(f.text) for f in result.furniture) + sum(visible(a) for a in result.articles) > 0


def test_a_page_of_so_many_scraps_that_it_is_no_print_is_still_segmented() -> None:
    words = [f"字{n}" for n in range(3200)]
    page = printed([(w, 5 + 40 * (n % 14), 5 + 3 * (n // 14), 2.5) for n, w in enumerate(words)])
    assert segment(page).page.text == page.text


def visible(article: Article) -> int:
    fields = (article.headline, article.kicker, article.subheadline, *article.paragraphs, *article.captions)
    return sum(len(f.text) for f in fields if f)


def printed(lines: list[tuple[str, float, float, float]], shapes: tuple[Shape, ...] = ()) -> Page:
    """A page of lines (text, left, top, size)."""
    at, found = 0, []
    for text, left, top, size in lines:
        box = Box(left, top, left + size * len(text), top + size)
        found.append(Line(at, at + len(text), box, size, font="Song"))
        at += len(text) + 1
    text = "\n".join(line[0] for line in lines)
    return Page("p", "test", text, tuple(found), shapes=shapes, width=600.0, height=800.0)


coordinates = st.floats(min_value=-20, max_value=820, allow_nan=False).map(lambda v: round(v, 1))
words = st.sampled_from(
    ["会议强调", "。", "（下转3版）", "图为现场。", "本报讯（记者 韩冬）", "清泽日报", "3版", "——", "要抓好落实，"]
)
sizes = st.sampled_from([0.5, 8.0, 10.0, 10.2, 13.0, 22.0, 40.0])
boxes = st.builds(lambda a, b, c, d: Box(min(a, c), min(b, d), max(a, c), max(b, d)), *[coordinates] * 4)
shapes = st.builds(Shape, st.sampled_from(["rule", "box", "fill", "image"]), boxes)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(words, coordinates, coordinates, sizes), min_size=1, max_size=30), st.lists(shapes, max_size=6)
)
def test_every_character_lands_in_one_place_wherever_it_stands(
    lines: list[tuple[str, float, float, float]], drawn: list[Shape]
) -> None:
    # segment checks the rule itself and raises where it is broken
    page = printed(lines, tuple(drawn))
    assert segment(page).page.text == page.text


def test_columns_narrower_than_a_hair_lead_to_no_endless_search() -> None:
    page = printed([("3版", 656.1, 300.8, 0.5), ("3版", 362.4, 300.8, 0.5), ("3版", 656.1, 300.8, 40.0)])
    assert segment(page).page.text == page.text


def test_the_number_of_columns_is_told() -> None:
    sheet = Sheet()
    item(sheet, "河道治理进入尾声", [report(n) for n in range(3)], 0, 80, 3, 8)
    assert segmented(sheet).page.columns == 3


def test_paragraphs_parted_by_space_instead_of_indents_are_one_article() -> None:
    sheet = Sheet()
    texts = [report(n)[:66] + "。" for n in range(3)]
    sheet.text(40, 40, "关于做好防汛工作的通知", 20)
    top = 80
    for text in texts:
        for n in range(0, len(text), 30):
            sheet.text(40, top, text[n : n + 30], 12)
            top += 18
        top += 18
    (article,) = segmented(sheet).articles
    assert bodies(article) == texts


def test_a_page_in_one_size_of_type_is_left_to_the_text_front_end() -> None:
    page = printed([(report(n, 1)[:20], 40, 40 + 30 * n, 10) for n in range(5)])
    assert layout_of(page) is None
    assert segment(page).page.text == page.text


def test_a_headline_over_a_picture_heads_the_column_left_of_the_picture() -> None:
    sheet = Sheet(width=760)
    texts = [report(n) for n in range(5)]
    sheet.centred(40, 660, 40, "青禾区湿地公园开园", 26)
    sheet.box(column(1), 90, column(2) + 140, 90 + 8 * 14, fill=True)
    frames = [(column(0), 90, 16), (column(1), 90 + 9 * 14, 7), (column(2), 90 + 9 * 14, 7), (column(3), 90, 16)]
    sheet.flow(texts, frames, MEASURE)
    (article,) = segmented(sheet).articles
    assert article.headline is not None
    assert article.headline.text == "青禾区湿地公园开园"
    assert bodies(article) == texts


def test_a_table_takes_no_line_of_the_column_beside_it_and_stays_with_its_article() -> None:
    sheet = Sheet(width=760)
    left, right = [report(n) for n in range(2)], [report(n) for n in range(3, 7)]
    item(sheet, "项目清单公布", left, 0, 60, 2, 7)
    item(sheet, "路网升级按期完成", right, 2, 60, 2, 14)
    for row in range(4):
        for place, cell in enumerate(("北港村", f"{row + 3}", f"{row + 20}亿元")):
            sheet.text(column(0) + 90 * place, 60 + 44 + 14 * 8 + 14 * row, cell, 9)
    found = by_headline(segmented(sheet))
    assert bodies(found["路网升级按期完成"]) == right
    assert bodies(found["项目清单公布"])[:2] == left
    assert len(bodies(found["项目清单公布"])) == 6


def test_a_page_of_tables_only_keeps_every_cell_in_its_row() -> None:
    sheet = Sheet()
    for row in range(12):
        for place, cell in enumerate(("云麓县", f"第{row + 1}号", f"{row + 20}亩", "已验收")):
            sheet.text(60 + 120 * place, 60 + 18 * row, cell, 10)
    result = segmented(sheet)
    rows = [text for article in result.articles for text in bodies(article)]
    assert [f"云麓县第{row + 1}号{row + 20}亩已验收" for row in range(12)] == ["".join(text.split()) for text in rows]


def test_a_page_of_advertisements_only_has_no_article_of_theirs() -> None:
    sheet = Sheet()
    for number in range(3):
        top = 60 + 200 * number
        sheet.box(60, top, 500, top + 150)
        sheet.text(80, top + 20, "青禾春茶上市", 28)
        sheet.text(80, top + 80, f"订购电话 555010{number}", 12)
        sheet.text(440, top + 130, "广告", 9)
    result = segmented(sheet)
    assert not result.articles
    assert len(result.furniture) >= 3
    assert {piece.role for piece in result.furniture} == {"advertisement"}
