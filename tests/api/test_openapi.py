"""The OpenAPI document: a golden copy, examples that hold, and answers that keep to it.

Regenerate the copy with DUIZHAO_REGENERATE=1 after a wanted change.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from api.stand_in import Loopback, StandIn
from duizhao.api import create_app, examples, examples_compare, examples_stored
from duizhao.api.answers import ModelsOut, ProblemOut, SegmentedOut, SentenceOut, SummaryOut, ThemesOut
from duizhao.api.answers_compare import ComparisonOut
from duizhao.api.answers_stored import (
    AddedOut,
    EntriesOut,
    EntryTextOut,
    HitsOut,
    JobOut,
    JobsOut,
    PagesOut,
    ReviewOut,
    ReviewsOut,
    StoredArticleOut,
)
from duizhao.api.schemas import CompareIn, PageIn, SummarizeIn
from duizhao.api.schemas_stored import EditsIn, LibraryIn, ReviewIn
from duizhao.settings import Settings

GOLDEN = Path(__file__).with_name("openapi.golden.json")
WORK = ("/v1/segment", "/v1/summarize", "/v1/compare", "/v1/digests")
FACTS = ("/v1/themes", "/v1/models", "/livez", "/readyz", "/version", "/metrics")
KEPT = {
    "/v1/jobs": ("GET",),
    "/v1/jobs/{job_id}": ("GET", "DELETE"),
    "/v1/jobs/{job_id}/events": ("GET",),
    "/v1/jobs/{job_id}/result": ("GET",),
    "/v1/jobs/{job_id}/retry": ("POST",),
    "/v1/pages": ("GET",),
    "/v1/pages/{page_id}": ("GET", "PATCH", "DELETE"),
    "/v1/articles/{article_id}": ("GET",),
    "/v1/library": ("GET", "POST"),
    "/v1/library/search": ("GET",),
    "/v1/library/{entry_id}": ("GET", "DELETE"),
    "/v1/reviews": ("GET", "POST"),
}
CASES = (
    [(path, "POST", mode) for path in WORK for mode in GenerationMode]
    + [(path, method, mode) for path, methods in KEPT.items() for method in methods for mode in GenerationMode]
    + [(path, "GET", GenerationMode.POSITIVE) for path in FACTS]
)
load_all_checks()
# A text that fits the schema may still hold nothing to work on: that is a 422 with its reason.
LEFT_OUT = [check for check in CHECKS.get_all() if check.__name__ == "positive_data_acceptance"]


@pytest.fixture(scope="module")
def schema() -> Any:
    made = Settings(allowed_hosts="testserver")
    return schemathesis.openapi.from_asgi("/openapi.json", Loopback(create_app(made, StandIn(made))))


@cache
def described() -> dict[str, Any]:
    made = create_app(Settings(), StandIn(Settings())).openapi()
    return made | {"info": made["info"] | {"version": "-"}}


def test_the_document_is_the_golden_one() -> None:
    text = json.dumps(described(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("DUIZHAO_REGENERATE"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_route_is_described_with_a_summary_and_its_problems() -> None:
    document = described()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {*WORK, *FACTS, *KEPT}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"] and operation["description"]
            answers = set(operation["responses"])
            assert answers & {"200", "201", "202", "204"} and {"401", "403", "421", "429", "500", "503"} <= answers
            assert path not in WORK or {"413", "415", "422", "504"} <= answers
            assert "{" not in path or {"404", "422"} <= answers


def test_every_body_has_an_example_that_is_accepted() -> None:
    PageIn.model_validate(examples.PAGE_IN)
    for example in examples.SUMMARIZE_IN.values():
        SummarizeIn.model_validate(example)
    for example in (examples.COMPARE_TEXTS_IN, examples.COMPARE_PAGE_IN, examples.COMPARE_LIBRARY_IN):
        TypeAdapter(CompareIn).validate_python(example)
    for example in examples_stored.EDITS_IN.values():
        EditsIn.model_validate(example)
    LibraryIn.model_validate(examples_stored.LIBRARY_IN)
    ReviewIn.model_validate(examples_stored.REVIEW_IN)
    for path in WORK[:3]:
        content = described()["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        named = content["schema"].get("$ref", "").rpartition("/")[2]
        schema = described()["components"]["schemas"].get(named, {})
        assert "example" in content or "examples" in content or "examples" in schema


def examples_in(value: Any, seen: tuple[str, ...] = ()) -> bool:
    """Whether there is an example in this part of the document, or in a schema that it names."""
    if isinstance(value, list):
        return any(examples_in(each, seen) for each in value)
    if not isinstance(value, dict):
        return False
    name = value.get("$ref", "").rpartition("/")[2]
    if name in described()["components"]["schemas"] and name not in seen:
        return examples_in(described()["components"]["schemas"][name], (*seen, name))
    return bool({"example", "examples"} & set(value)) or any(examples_in(each, seen) for each in value.values())


def test_every_route_has_an_example_of_what_it_takes_and_gives() -> None:
    for path, operations in described()["paths"].items():
        for operation in operations.values():
            good = [answer for status, answer in operation["responses"].items() if status in ("200", "201", "202")]
            assert all(map(examples_in, good)), path
            assert "requestBody" not in operation or examples_in(operation["requestBody"]), path


def test_the_examples_of_answers_keep_their_shape_and_spans() -> None:
    for kind, example in (
        (SummaryOut, examples.SUMMARY),
        (PagesOut, examples_stored.PAGES),
        (AddedOut, examples_stored.ADDED),
        (EntriesOut, examples_stored.ENTRIES),
        (HitsOut, examples_stored.HITS),
        (ReviewsOut, examples_stored.REVIEWS),
        (JobsOut, examples_stored.JOBS),
        (JobOut, examples_stored.JOB),
        (JobOut, examples_stored.JOB_OVER),
        (ReviewOut, examples_stored.REVIEW),
        (EntryTextOut, examples_stored.ENTRY_TEXT),
        (StoredArticleOut, examples_stored.ARTICLE),
        (ThemesOut, examples.THEMES),
        (ModelsOut, examples.MODELS),
        (ComparisonOut, examples_compare.COMPARISON),
    ):
        kind.model_validate(example)
    SentenceOut.model_validate(examples.SENTENCE)
    ProblemOut.model_validate(examples.PROBLEM)
    page = SegmentedOut.model_validate(examples.SEGMENTED)
    text = page.page.text
    for article in page.articles:
        for field in (article.headline, article.evidence.level, *article.paragraphs):
            assert field and field.text == "".join(text[s:e] for s, e in field.spans)
    owned = [
        *(s for a in page.articles for f in (a.headline, *a.paragraphs) if f for s in f.spans),
        *(s for f in page.furniture for s in f.spans),
    ]
    assert sum(e - s for s, e in owned) == len(text.replace("\n", ""))
    start, end = examples.SENTENCE["sources"][0]
    assert examples.LOCAL_TEXT[start:end] == examples.SENTENCE["text"]


def check(schema: Any, path: str, method: str, mode: GenerationMode, count: int) -> None:
    operation = schema[path][method]

    checks = list(HealthCheck)

    @settings(max_examples=count, deadline=None, database=None, derandomize=True, suppress_health_check=checks)
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps_to_the_document(case: Any) -> None:
        case.call_and_validate(excluded_checks=LEFT_OUT)

    keeps_to_the_document()


@pytest.mark.parametrize("path, method, mode", CASES)
def test_answers_keep_to_the_document(schema: Any, path: str, method: str, mode: GenerationMode) -> None:
    check(schema, path, method, mode, 12 if path in WORK else 4)


@pytest.mark.slow
@pytest.mark.parametrize("path, method, mode", CASES)
def test_many_answers_keep_to_the_document(schema: Any, path: str, method: str, mode: GenerationMode) -> None:
    check(schema, path, method, mode, 400 if path in WORK else 100)
