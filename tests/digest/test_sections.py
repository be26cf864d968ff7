"""How a digest of many pages is arranged."""

from __future__ import annotations

from duizhao.digest import highlights, is_long, level_counts, merge, reprint_count, sections

from .conftest import STORY, entry, page


def test_sections_go_by_the_first_theme_and_inside_by_level() -> None:
    entries = [
        entry(1, "甲" * 80, "一", "county", ("科技创新",)),
        entry(2, "乙" * 80, "二", "central", ("科技创新", "教育人才")),
        entry(3, "丙" * 80, "三", None),
        entry(4, "丁" * 80, "四", "city", ("教育人才",)),
    ]
    found = sections(merge([page(n) for n in range(1, 5)], entries, [], []))
    assert [(s.theme, s.total, [g.level for g in s.groups]) for s in found] == [
        ("科技创新", 2, ["central", "county"]),
        ("教育人才", 1, ["city"]),
        ("", 1, [None]),
    ]


def test_reprints_are_counted_with_the_article_that_stands_for_them() -> None:
    digest = merge([page(1, "甲报"), page(2, "乙报")], [entry(1, STORY, "甲"), entry(2, STORY, "乙")], [], [])
    assert len(digest.entries) == 1 and reprint_count(digest) == 1
    assert [(r.page_id, r.title) for r in digest.entries[0].reprints] == [("p2", "乙")]
    assert level_counts(digest) == {"central": 0, "province": 0, "city": 1, "county": 0, None: 0}


def test_main_news_is_central_first() -> None:
    entries = [entry(n, f"{n}" * 70, str(n), "central" if n == 13 else "city") for n in range(1, 15)]
    digest = merge([page(n) for n in range(1, 15)], entries, [], [])
    assert is_long(digest)
    assert highlights(digest)[0].article.page_id == "p13" and len(highlights(digest)) == 10


def test_one_page_stays_simple() -> None:
    assert not is_long(merge([page(1)], [entry(1, "甲" * 80, str(n)) for n in range(40)], [], []))
