"""Links between blocks, and pages that an extractor has cut to pieces."""

from __future__ import annotations

from duizhao.readers.plain import read_page
from duizhao.segmenter import segment
from duizhao.segmenter.links import link
from duizhao.segmenter.reading import bigrams, reading_of
from duizhao.types.articles import SegmentedPage
from printed import INVENTED, column, lines, page

WATER = "市水务局日前召开专题会议，研究小型水库除险加固和汛期巡查工作。" + INVENTED[3] + INVENTED[2] + INVENTED[1]
HARBOUR = "清泽港集装箱码头二期工程日前投入运营，泊位总数达到二十三个。" + INVENTED[5] + INVENTED[4] + INVENTED[0]


def segmented(text: str) -> SegmentedPage:
    return segment(read_page(text.encode(), source="test.txt", page_id="p"))


def test_nothing_links_to_nothing() -> None:
    assert link(reading_of([])) == {}


def test_bigrams_do_not_cross_punctuation() -> None:
    assert bigrams("清泽，港 口") == {"清泽"}


def test_heads_at_the_end_of_the_page_find_their_bodies_in_order() -> None:
    items = {
        "小型水库除险加固全面推进": [WATER, "水库大坝的白蚁防治也已经列入除险加固计划。" + INVENTED[3], INVENTED[1]],
        "集装箱码头二期投入运营": [HARBOUR, "码头的自动化泊位已经开始装卸集装箱。" + INVENTED[5], INVENTED[4]],
        "中小学图书馆延长开放时间": [
            "全市中小学图书馆从本周起延长开放时间。" + INVENTED[0],
            "图书馆里的读书会很受学生欢迎。" + INVENTED[2],
        ],
    }
    bodies = [f"{column(paragraphs, 17)}\n\n（下转3版）" for paragraphs in items.values()]
    result = segmented(page(*bodies, *items))
    found = {a.headline.text: [p.text for p in a.paragraphs] for a in result.articles if a.headline}
    assert found == items


def test_a_column_cut_by_another_article_is_put_together() -> None:
    water, harbour = lines(WATER * 2, 17), lines(HARBOUR * 2, 17)
    cut = next(n for n in range(6, len(water)) if water[n - 1][-1] not in "，。；、：")
    short = column([INVENTED[0], INVENTED[5], INVENTED[3]], 17, blank=False)
    text = page(
        "清泽港集装箱码头二期投入运营\n" + "\n".join(harbour) + "\n" + short,
        "小型水库除险加固全面推进\n" + "\n".join(water[:cut]),
        "\n".join(water[cut:]),
    )
    paragraphs = [p.text for a in segmented(text).articles for p in a.paragraphs]
    assert WATER * 2 in paragraphs
