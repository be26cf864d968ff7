"""The start page without scripts: forms in, escaped pages and reports out."""

from __future__ import annotations

import re
import threading
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from api.stand_in import StandIn, Start
from duizhao.api.kept import Kept
from duizhao.api.routes_pages import style_hashes
from duizhao.types.pages import Span
from duizhao.types.summaries import SourcedSentence
from duizhao.web.outcome import paragraphs

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


class Document(HTMLParser):
    """Tags with their attributes, ids, and the visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)
        self.ids = [a["id"] for _, a in self.tags if "id" in a]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def test_the_form_has_a_label_for_every_field(client: TestClient) -> None:
    page = Document(client.get("/").text)
    labelled = {a.get("for") for a in page.all("label")}
    fields = [a for a in page.all("input", "textarea") if a.get("type") != "radio"]
    assert {f["id"] for f in fields} == labelled - {None}
    assert {a["name"] for a in page.all("input", "textarea")} == {"file", "page", "length"}
    assert page.all("html") == [{"lang": "zh-CN"}]
    assert len(page.all("h1")) == 1
    described = [i for a in page.all("input", "textarea", "form") for i in a.get("aria-describedby", "").split()]
    assert set(described) <= set(page.ids)


def test_the_sample_can_be_filled_in_without_scripts(client: TestClient) -> None:
    assert "　" in Document(client.get("/?sample=true").text).text or "本报讯" in client.get("/?sample=true").text


def test_a_pasted_page_leads_to_its_articles_summaries_and_comparison(client: TestClient, page: str) -> None:
    answer = client.post("/", data={"page": page.replace("\n", "\r\n")}, follow_redirects=False)
    assert answer.status_code == 303
    found = client.get(answer.headers["location"])
    shown = Document(found.text)
    for part in (
        "清泽日报",
        "全国粮食稳产工作会议在京召开",
        "短讯一则",
        "仅标题",
        "中央",
        "市级",
        "原文呼应",
        "层级未标明",
    ):
        assert part in shown.text
    report = client.get(found.text.partition('href="/reports/')[2].partition('"')[0].join(["/reports/", ""]))
    assert "表述呼应对照" in report.text


def test_an_uploaded_file_goes_before_the_pasted_text(client: TestClient, page: str) -> None:
    files = {"file": ("江原晚报.txt", page.encode("gb18030"))}
    answer = client.post("/", data={"page": "别的", "length": "long"}, files=files)
    assert "全市粮食生产工作会议召开" in answer.text


def test_every_link_inside_a_result_leads_somewhere(client: TestClient, page: str) -> None:
    shown = Document(client.post("/", data={"page": page}).text)
    inner = [a["href"][1:] for a in shown.all("a") if a.get("href", "").startswith("#")]
    assert len(inner) > 6
    assert set(inner) <= set(shown.ids)
    assert len(shown.ids) == len(set(shown.ids))


def test_each_sentence_points_to_its_source_in_the_article(client: TestClient, page: str) -> None:
    text = client.post("/", data={"page": page}).text
    assert re.search(
        r'<span class="anchor" id="a1-s1"></span><span class="from" data-sentences="1">要加强高标准农田建设。</span>',
        text,
    )


def test_script_in_a_page_stays_text(client: TestClient) -> None:
    page = f"全国{ATTACK}\n要{ATTACK}。\n\n全市{ATTACK}\n要{ATTACK}。\n"
    answer = client.post("/", data={"page": page})
    report = client.get("/reports/" + str(answer.url).rpartition("/")[2])
    for shown in (answer, report, client.post("/", data={"page": page + "\x00" * 500})):
        document = Document(shown.text)
        assert ATTACK in document.text
        assert "img" not in {tag for tag, _ in document.tags}
        assert [a for a in document.all("script") if a.get("src") != "/static/app.js"] == []
        assert not [k for _, attributes in document.tags for k in attributes if k.startswith("on")]


def test_a_file_name_cannot_bring_script_or_folders(client: TestClient, page: str) -> None:
    answer = client.post("/", files={"file": (f"../../{ATTACK}.txt", page.encode())})
    assert "<img" not in answer.text


@pytest.mark.parametrize("data", [{"page": ""}, {"page": " \r\n"}, {}, {"page": "\x00\x01"}])
def test_nothing_to_work_on_is_told_in_the_form(client: TestClient, data: dict[str, str]) -> None:
    answer = client.post("/", data=data, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and "：请" in answer.text
    assert 'name="page"' in answer.text


def test_after_an_error_the_text_is_still_in_the_form(start: Start) -> None:
    answer = start(max_page_characters=10).post("/", data={"page": "十一个字的版面放不进去了", "length": "long"})
    assert answer.status_code == 413
    assert "十一个字的版面放不进去了</textarea>" in answer.text
    assert re.search(r'value="long" checked', answer.text)


def test_other_content_types_are_refused_in_the_form(client: TestClient) -> None:
    assert client.post("/", json={"page": "x"}).status_code == 415


def test_a_full_queue_is_told_in_the_form_with_retry_after(start: Start, engine: StandIn, page: str) -> None:
    engine.gate = threading.Event()
    client = start(request_seconds=0.6)
    assert client.post("/", data={"page": page}).status_code == 504
    answer = client.post("/", data={"page": page})
    assert answer.status_code == 503 and "排队的人太多" in answer.text
    assert int(answer.headers["retry-after"]) >= 1


def test_a_page_without_two_sides_has_a_result_without_report(client: TestClient) -> None:
    answer = client.post("/", data={"page": "全市会议召开\n要抓落实。\n"})
    assert answer.status_code == 200
    assert "没有可以比对的中央与地方文章" in answer.text
    assert client.get("/reports/" + str(answer.url).rpartition("/")[2]).status_code == 404


def test_a_page_with_too_much_to_compare_still_has_its_articles(start: Start, page: str) -> None:
    answer = start(max_request_characters=20).post("/", data={"page": page})
    assert answer.status_code == 200
    assert "文章太多，没有生成对照" in answer.text and "全市粮食生产工作会议召开" in answer.text


def test_an_unknown_result_is_404_in_chinese(client: TestClient) -> None:
    for path in ("/results/x", "/reports/x"):
        answer = client.get(path)
        assert (answer.status_code, "结果已不在" in answer.text) == (404, True)


def test_the_report_may_use_only_its_own_style(client: TestClient, page: str) -> None:
    answer = client.post("/", data={"page": page})
    report = client.get("/reports/" + str(answer.url).rpartition("/")[2])
    policy = report.headers["content-security-policy"]
    assert "script" not in policy and "unsafe-inline" not in policy
    assert style_hashes(report.text) in policy and "sha256-" in policy


def test_results_are_kept_for_a_while_and_the_oldest_goes_first() -> None:
    now = 0.0
    kept = Kept(2, 60, clock=lambda: now)
    names = [kept.new_name() for _ in range(3)]
    for name in names:
        kept.put(name, name)
    assert [kept.get(n) for n in names] == [None, names[1], names[2]]
    now = 61.0
    assert kept.get(names[2]) is None


def test_paragraphs_are_cut_at_sources_and_lose_nothing() -> None:
    text = "甲乙丙丁。\n\n戊己。庚"
    sentences = (SourcedSentence("x", (Span(1, 3), Span(7, 10))), SourcedSentence("y", (Span(2, 8),)))
    found = paragraphs(text, sentences)
    assert ["".join(s.text for s in p) for p in found] == ["甲乙丙丁。", "戊己。庚"]
    assert [(s.text, s.sentences, s.fresh) for p in found for s in p] == [
        ("甲", (), ()),
        ("乙", (0,), (0,)),
        ("丙", (0, 1), (1,)),
        ("丁。", (1,), ()),
        ("戊", (0, 1), ()),
        ("己。", (0,), ()),
        ("庚", (), ()),
    ]
