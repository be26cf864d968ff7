"""The service over the real pipeline and the bundled sample: answers have the documented shapes and true spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from api.stand_in import Loopback
from duizhao.api import create_app, examples
from duizhao.api.answers import SegmentedOut, SummaryOut
from duizhao.api.answers_compare import ComparisonOut, ComparisonsOut, GroupsOut
from duizhao.settings import Settings
from pdf_pages import newspaper_page, printed_report

SHAPES: TypeAdapter[Any] = TypeAdapter(ComparisonOut | ComparisonsOut | GroupsOut)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    # character n-grams alone: this starts without torch
    app = create_app(Settings(embedder="char_ngrams"))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as made:
        yield made


@pytest.fixture(scope="module")
def sample() -> str:
    from duizhao.demo import sample_page

    return sample_page().decode()


def test_a_pdf_is_segmented_as_a_file_or_as_the_body(client: TestClient) -> None:
    data = newspaper_page()
    sent = (
        client.post("/v1/segment", files={"file": ("a.pdf", data)}),
        client.post("/v1/segment", content=data, headers={"content-type": "application/pdf"}),
    )
    for answer in sent:
        value = SegmentedOut.model_validate(answer.json())
        assert len(value.articles) == 2


def test_a_pdf_of_several_pages_gives_a_list(client: TestClient) -> None:
    answer = client.post("/v1/segment", files={"file": ("r.pdf", printed_report())})
    ids = [SegmentedOut.model_validate(value).page.id for value in answer.json()]
    assert [name.rpartition("-")[2] for name in ids] == ["1", "2"]
    assert [client.get(f"/v1/pages/{name}").status_code for name in ids] == [200, 200]


def test_a_pdf_of_too_many_pages_is_too_large() -> None:
    app = create_app(Settings(embedder="char_ngrams", max_pages=1))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        assert client.post("/v1/segment", files={"file": ("r.pdf", printed_report())}).status_code == 413


def test_the_start_page_takes_a_pdf_of_several_pages(client: TestClient) -> None:
    answer = client.post("/", files={"file": ("r.pdf", printed_report())})
    assert answer.status_code == 200
    assert 'id="p1-a1"' in answer.text and 'id="p2-a1"' in answer.text and "共 2 版" in answer.text


def test_a_damaged_pdf_is_told_in_chinese_on_the_start_page(client: TestClient) -> None:
    answer = client.post("/", files={"file": ("r.pdf", printed_report()[:600])})
    assert answer.status_code == 422
    assert "PDF已损坏" in answer.text


def test_the_sample_is_segmented_with_every_character_in_its_place(client: TestClient, sample: str) -> None:
    value = SegmentedOut.model_validate(client.post("/v1/segment", json={"text": sample}).json())
    assert value.page.text == sample
    assert len(value.articles) >= 4
    assert {a.level for a in value.articles} >= {"central", "city"}


def test_each_article_is_summarized_with_sources_in_its_text(client: TestClient, sample: str) -> None:
    articles = client.post("/v1/segment", json={"text": sample}).json()["articles"]
    for article in articles:
        if article["paragraphs"]:
            answer = client.post("/v1/summarize", json={"article": article, "with_text": True})
            value = SummaryOut.model_validate(answer.json())
            assert value.id == article["id"] and value.text
            assert value.summary and len(value.summary) <= 150
            assert all(0 <= s < e <= len(value.text) for x in value.sentences for s, e in x.sources)


def test_the_sample_is_compared_within_itself(client: TestClient, sample: str) -> None:
    answer = client.post("/v1/compare", json={"page": sample})
    assert answer.status_code == 200, answer.text
    SHAPES.validate_python(answer.json())


def test_a_reviewers_verdict_stands_in_every_later_comparison(client: TestClient) -> None:
    body = examples.COMPARE_TEXTS_IN
    before = client.post("/v1/compare", json=body).json()
    link = next(a for a in before["alignments"] if a["linked"])
    verdict = {
        side: {"text": next(u["text"] for u in before[side]["units"] if u["id"] == link[side])}
        for side in ("central", "local")
    }
    for told, linked in (("reject", False), ("accept", True)):
        sent = {**verdict, "verdict": told, "note": "已核"}
        assert client.post("/v1/reviews", json=sent).status_code == 201
        answer = client.post("/v1/compare", json=body)
        SHAPES.validate_python(answer.json())
        pair = (link["central"], link["local"])
        (found,) = [a for a in answer.json()["alignments"] if (a["central"], a["local"]) == pair]
        assert found["linked"] is linked and found["review"]["remark"] == "已核"


def test_the_examples_of_the_document_are_answered(client: TestClient) -> None:
    for path, bodies in {
        "/v1/segment": [examples.PAGE_IN],
        "/v1/summarize": list(examples.SUMMARIZE_IN.values()),
        "/v1/compare": [examples.COMPARE_TEXTS_IN, examples.COMPARE_PAGE_IN],
    }.items():
        for body in bodies:
            answer = client.post(path, json=body)
            assert answer.status_code == 200, (path, answer.text)


def test_the_start_page_does_the_whole_path(client: TestClient, sample: str) -> None:
    answer = client.post("/", data={"page": sample.replace("\n", "\r\n"), "length": "long"})
    assert answer.status_code == 200
    assert answer.text.count('<ul class="summary"') >= 4
    assert client.get("/reports/" + str(answer.url).rpartition("/")[2]).status_code == 200


BINARY = bytes(range(256)) * 99


@pytest.mark.parametrize("data", [b"\x00" * 1000, b"%PDF-1.7\n%%EOF", b"PK\x03\x04", BINARY, "字".encode() * 300_000])
def test_bad_files_are_refused_in_both_places(client: TestClient, data: bytes) -> None:
    answer = client.post("/v1/segment", files={"file": ("x.txt", data)})
    assert answer.status_code in (413, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.post("/", files={"file": ("x.txt", data)}).status_code in (413, 422)


def test_a_page_with_more_pairs_than_the_limit_is_refused_before_they_are_compared(sample: str) -> None:
    app = create_app(Settings(embedder="char_ngrams", max_pairs=1))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        assert client.post("/v1/compare", json={"page": sample}).status_code == 413


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/v1/segment", "/v1/summarize", "/v1/compare"])
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_real_pipeline_keeps_to_the_document(path: str, mode: GenerationMode) -> None:
    made = Settings(embedder="char_ngrams", allowed_hosts="testserver")
    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", Loopback(create_app(made)))
    operation = schema[path]["POST"]

    @settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps_to_the_document(case: Any) -> None:
        left_out = [c for c in schemathesis.checks.CHECKS.get_all() if c.__name__ == "positive_data_acceptance"]
        case.call_and_validate(excluded_checks=left_out)

    keeps_to_the_document()
