"""Each endpoint: what it takes, and the documented shape that it gives."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api.stand_in import StandIn
from duizhao import __version__
from duizhao.api.answers import SegmentedOut, SummaryOut
from duizhao.api.answers_compare import ComparisonOut, ComparisonsOut, GroupsOut

CENTRAL = {"text": "要全面落实粮食安全党政同责。要加强高标准农田建设。", "title": "全国会议", "date": "2026-03-08"}
LOCAL = {"text": "要落实粮食安全党政同责。要新建高标准农田28万亩。", "title": "全市会议", "date": "2026-03-12"}


def test_a_page_as_plain_text_comes_back_as_articles(client: TestClient, page: str) -> None:
    answer = client.post("/v1/segment", content=page.encode(), headers={"content-type": "text/plain; charset=utf-8"})
    assert answer.status_code == 200
    value = SegmentedOut.model_validate(answer.json())
    assert value.page.text == page
    assert [a.headline.text for a in value.articles if a.headline] == [b.split("\n")[0] for b in page.split("\n\n")]
    assert all(f.text == page[f.spans[0][0] : f.spans[0][1]] for a in value.articles for f in [a.headline] if f)


def test_a_page_as_json_keeps_its_text_to_the_character(client: TestClient) -> None:
    text = "\ufeff标题\n正文\u3000一句。\r\n\x0b尾"
    answer = client.post("/v1/segment", json={"text": text, "source": "../样张/清泽日报-01.txt"})
    assert answer.json()["page"]["text"] == text
    assert answer.json()["page"]["source"] == "清泽日报-01.txt"


def test_json_text_is_never_taken_for_another_encoding(client: TestClient) -> None:
    text = "a\x00" * 40
    answer = client.post("/v1/segment", json={"text": text})
    assert answer.status_code == 422 or answer.json()["page"]["text"] == text


def test_an_uploaded_file_is_decoded_and_named_without_folders(client: TestClient, page: str) -> None:
    file = ("C:\\样张\\清泽日报.txt", page.encode("gb18030"), "text/plain")
    answer = client.post("/v1/segment", files={"file": file})
    assert answer.json()["page"]["text"] == page
    assert answer.json()["page"]["source"] == "清泽日报.txt"


def test_a_text_is_summarized_in_all_lengths_unless_one_is_named(client: TestClient) -> None:
    text = "要稳定面积。要提高单产。"
    four = client.post("/v1/summarize", json={"text": text, "title": "会议", "id": "t7"}).json()
    assert SummaryOut.model_validate(four).id == "t7"
    assert {"headline", "brief", "summary", "long"} <= set(four)
    one = client.post(
        "/v1/summarize", json={"text": text, "length": "brief", "max_chars": 20, "with_text": True}
    ).json()
    assert "brief" in one and "headline" not in one
    assert one["text"] == text
    assert [text[s:e] for x in one["sentences"] for s, e in x["sources"]] == ["要稳定面积。", "要提高单产。"]


def test_an_article_of_the_segmenter_is_summarized_as_it_came(client: TestClient, page: str) -> None:
    article = client.post("/v1/segment", json={"text": page}).json()["articles"][1]
    answer = client.post("/v1/summarize", json={"article": article, "with_text": True})
    assert answer.status_code == 200
    assert answer.json()["id"] == "a2"
    assert answer.json()["text"] == "\n".join(p["text"] for p in article["paragraphs"])


def test_the_named_model_does_the_work(client: TestClient) -> None:
    assert client.post("/v1/summarize", json={"text": "一句话。", "model": "lead"}).json()["model"] == "lead"


@pytest.mark.parametrize("shape, central, local", [(ComparisonOut, 1, 1), (ComparisonsOut, 1, 2), (GroupsOut, 2, 1)])
def test_texts_are_compared_in_the_shape_of_their_number(
    client: TestClient, shape: type, central: int, local: int
) -> None:
    body = {"central": [CENTRAL] * central, "local": [LOCAL] * local}
    answer = client.post("/v1/compare", json=body)
    assert answer.status_code == 200
    TypeAdapter(shape).validate_python(answer.json())


def test_compared_texts_are_named_and_dated_as_given(client: TestClient) -> None:
    body = {"central": [CENTRAL | {"id": "中1"}], "local": [LOCAL]}
    value = client.post("/v1/compare", json=body).json()
    assert (value["central"]["id"], value["local"]["id"]) == ("中1", "local1")
    assert (value["central"]["date"], value["local"]["title"]) == ("2026-03-08", "全市会议")
    assert value["central"]["text"] == CENTRAL["text"]


def test_a_page_is_compared_within_itself_and_its_warnings_are_told(client: TestClient, page: str) -> None:
    value = client.post("/v1/compare", json={"page": page, "date": "2026-03-12"}).json()
    assert ComparisonOut.model_validate(value)
    assert value["central"]["title"] == "全国粮食稳产工作会议在京召开"
    assert value["local"]["date"] == "2026-03-12"
    assert "一篇文章层级未标明" in value["warnings"]


def test_themes_and_models_are_listed(client: TestClient) -> None:
    themes = client.get("/v1/themes").json()["themes"]
    assert len(themes) >= 26 and all(t["id"] and t["zh"] for t in themes)
    models = client.get("/v1/models").json()
    assert {(m["kind"], m["name"]) for m in models["models"]} >= {("summarizer", "lead"), ("embedder", "char_ngrams")}
    assert [m["name"] for m in models["models"] if m["default"] and m["kind"] == "summarizer"] == ["extractive"]
    assert models["lengths"]["summary"] == 150


def test_models_that_need_a_path_or_an_endpoint_are_not_offered(client: TestClient) -> None:
    names = {m["name"] for m in client.get("/v1/models").json()["models"]}
    assert not names & {"seq2seq", "causal", "openai"}
    for name in ("openai", "seq2seq"):
        answer = client.post("/v1/summarize", json={"text": "一句话。", "model": name})
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:duizhao:problem:unknown-model")


def test_health_and_version_answer(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready", "waiting": 0, "queue_size": 32}
    assert client.get("/version").json() == {"name": "duizhao", "version": __version__, "api": "v1"}


def test_the_models_are_loaded_once_when_the_service_starts(client: TestClient, engine: StandIn, page: str) -> None:
    for _ in range(3):
        client.post("/v1/summarize", json={"text": "一句话。"})
    client.post("/v1/compare", json={"page": page})
    assert engine.loads == 1


def test_answers_are_utf_8_json_without_escapes(client: TestClient) -> None:
    answer = client.post("/v1/summarize", json={"text": "粮食安全。"})
    assert "粮食安全" in answer.content.decode()
    assert json.loads(answer.content) == answer.json()
    assert answer.headers["content-type"] == "application/json"
