"""Pages, answers, verdicts and comparisons in a database of either kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from duizhao.documents import segment_pages
from duizhao.exporters import json
from duizhao.segmenter.edits import Split, edit
from duizhao.stores import comparisons
from duizhao.stores.answers import claim, keep, release
from duizhao.stores.database import moment
from duizhao.stores.pages import (
    Changed,
    content_ids,
    delete_older,
    delete_page,
    list_pages,
    page_of,
    replace_page,
    store_pages,
)
from duizhao.stores.reviews import Review, add_review, latest, list_reviews, unit_hash
from duizhao.types.articles import SegmentedPage

TEXT = "全市粮食生产工作会议召开\n　　会议强调，要抓好春耕。\n\n春耕备耕扎实推进\n　　会议要求，抓好农资供应。\x00\n"


def page(text: str = TEXT) -> SegmentedPage:
    (made,) = content_ids(text.encode(), "a.txt", list(segment_pages(text.encode(), "a.txt")))
    return made


def test_a_page_comes_back_as_it_was_and_is_kept_once(database: Engine) -> None:
    store_pages(database, [page(), page()])
    stored = page_of(database, page().page.id)
    assert stored and json.segmented(stored.page) == json.segmented(page())
    assert len(list_pages(database, 10)) == 1


def test_of_two_edits_of_one_version_the_second_is_told(database: Engine) -> None:
    store_pages(database, [page()])
    stored = page_of(database, page().page.id)
    assert stored
    done = replace_page(database, stored, edit(stored.page, [Split("a1", 1)]))
    assert done.version == 2 and done.etag != stored.etag
    with pytest.raises(Changed):
        replace_page(database, stored, stored.page)


def test_pages_are_listed_newest_first_one_after_another_and_deleted(database: Engine) -> None:
    names = []
    for n in range(3):
        store_pages(database, [page(f"第{n}版\n一句话。\n")])
        names.append(page(f"第{n}版\n一句话。\n").page.id)
    first = list_pages(database, 2)
    rest = list_pages(database, 2, (first[-1].stored.isoformat(), first[-1].id))
    assert {r.id for r in (*first, *rest)} == set(names) and len(rest) == 1
    assert delete_page(database, names[0]) and not delete_page(database, names[0])
    assert delete_older(database, -1) == 2 and list_pages(database, 9) == []


def test_a_key_is_claimed_by_one_request_until_it_is_released(database: Engine) -> None:
    assert claim(database, "me", "k", "hash") is None
    second = claim(database, "me", "k", "hash")
    assert second and second.status is None
    assert claim(database, "you", "k", "hash") is None
    keep(database, "me", "k", 200, {"etag": '"x"'}, b"\x00\xff")
    kept = claim(database, "me", "k", "other")
    assert kept and (kept.request, kept.status, kept.headers, kept.body) == ("hash", 200, {"etag": '"x"'}, b"\x00\xff")
    release(database, "me", "k")
    assert claim(database, "me", "k", "other") is None


def test_verdicts_are_found_by_either_unit(database: Engine) -> None:
    one, two = unit_hash("要抓好。"), unit_hash("要 抓好。\n")
    assert one == two != unit_hash("要抓牢。")
    review = Review(one, unit_hash("x"), "accept", "verbatim", "好", "研究室", moment())
    add_review(database, review)
    add_review(database, replace(review, central="0" * 64, verdict="reject"))
    assert [r.verdict for r, _ in list_reviews(database, 9)] == ["accept", "reject"]
    ((found, cursor),) = list_reviews(database, 9, central=one)
    assert found == review
    assert [r.verdict for r, _ in list_reviews(database, 9, cursor)] == ["reject"]


def test_the_last_verdict_on_a_pair_counts(database: Engine) -> None:
    review = Review(unit_hash("甲"), unit_hash("乙"), "accept", None, "", "研究室", moment())
    for verdict, local in (("accept", "乙"), ("reject", "乙"), ("accept", "丙")):
        add_review(database, replace(review, verdict=verdict, local=unit_hash(local)))
    found = latest(database, [unit_hash("甲")], [unit_hash("乙"), unit_hash("丁")])
    assert [(r.verdict, r.local) for r in found] == [("reject", unit_hash("乙"))]


def silent(database: Engine, name: str) -> None:
    """As if the runner of this comparison had died a while ago."""
    table = comparisons.COMPARISONS
    past = datetime(2026, 1, 1) - timedelta(days=1)
    with database.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == name).values(updated=past))


def test_a_comparison_is_taken_by_one_runner_and_again_when_that_one_died(database: Engine) -> None:
    row = comparisons.add(database, "{}", "me")
    assert [r and r.id for r in (comparisons.take(database), comparisons.take(database))] == [row.id, None]
    for _ in range(comparisons.MOST_ATTEMPTS - 1):
        silent(database, row.id)
        assert comparisons.take(database)
    silent(database, row.id)
    assert comparisons.take(database) is None
    failed = comparisons.find(database, row.id)
    assert failed and failed.state == "failed" and failed.error


def test_a_comparison_that_was_cancelled_keeps_no_report(database: Engine) -> None:
    row = comparisons.add(database, "{}", "me")
    comparisons.take(database)
    comparisons.cancel(database, row.id)
    assert not comparisons.beat(database, row.id)
    comparisons.finish(database, row.id, {"json": b"{}"})
    assert comparisons.report(database, row.id, "json") is None
    assert comparisons.counts(database) == {"cancelled": 1}


def test_reports_are_kept_and_deleted_with_their_comparison(database: Engine) -> None:
    row = comparisons.add(database, "{}", "me")
    comparisons.take(database)
    comparisons.finish(database, row.id, {"json": b"{}", "docx": b"PK"})
    assert comparisons.report(database, row.id, "docx") == b"PK"
    comparisons.delete_older(database, 1)
    assert comparisons.find(database, row.id)
    silent(database, row.id)
    comparisons.delete_older(database, 1)
    assert comparisons.find(database, row.id) is None and comparisons.report(database, row.id, "docx") is None
