"""One suite over every summarizing back end that there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from duizhao.errors import ModelNotAvailable
from duizhao.summarize import summarize
from duizhao.types.articles import Document
from duizhao.types.digests import Failure
from duizhao.types.summaries import BUDGETS, Summary
from duizhao_models import registry
from duizhao_models.base import ModelCard, ModelUnavailable, Piece, Request

TEXT = (
    "4月12日，清泽市召开全市防汛工作会议，审议通过《清泽市防汛应急预案》。市长何文澜出席会议并讲话。\n"
    "会议指出，全市共有水库十二座，今年新建堤防30公里。要加强值班值守，落实巡查责任。\n"
    "会议强调，要备足抢险物资，确保群众转移安置到位。"
)
PIECES = (
    Piece("清泽市召开防汛工作会议，审议通过预案。", 9.0, 0, 0, True),
    Piece("清泽市召开防汛工作会议。", 8.0, 0, 0, True),
    Piece("市长何文澜出席会议并讲话。", 3.0, 1, 1),
    Piece("全市共有水库十二座。", 4.0, 2, 2),
)


def options(name: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    if name in ("seq2seq", "causal"):
        return {"path": request.getfixturevalue(f"{name}_checkpoint")}
    if name == "openai":
        return {"url": request.getfixturevalue("endpoint").url, "model": "tiny"}
    return {}


@pytest.fixture(params=registry.names("summarizer"))
def back_end(request: pytest.FixtureRequest) -> Any:
    return registry.build("summarizer", request.param, **options(request.param, request))


def ask(count: int = 3, max_chars: int = 40) -> list[Request]:
    return [Request(TEXT, PIECES, max_chars, f"请写摘要：\n{TEXT}") for _ in range(count)]


def test_the_card_names_the_file_and_a_summarizer(back_end: Any) -> None:
    assert isinstance(back_end.card, ModelCard)
    assert back_end.card.kind == "summarizer"
    assert back_end.card.name in registry.names("summarizer")
    assert registry.card("summarizer", back_end.card.name).name == back_end.card.name


def test_one_draft_a_request_in_order(back_end: Any) -> None:
    assert len(back_end.summarize(ask(3))) == 3
    assert back_end.summarize([]) == []


def test_extractive_drafts_choose_pieces_that_fit_and_others_give_text(back_end: Any) -> None:
    draft = back_end.summarize(ask(1))[0]
    if back_end.card.method == "extractive":
        assert draft.chosen
        assert list(draft.chosen) == sorted(set(draft.chosen))
        assert sum(len(PIECES[i].text) for i in draft.chosen) <= 40
        assert len({PIECES[i].slot for i in draft.chosen}) == len(draft.chosen)
    else:
        assert draft.chosen == ()
        assert isinstance(draft.text, str)


def test_the_same_request_gets_the_same_draft_alone_and_in_a_batch(back_end: Any) -> None:
    alone = back_end.summarize(ask(1))[0]
    assert all(d == alone for d in back_end.summarize(ask(3)))


def test_what_is_printed_never_exceeds_the_budget_and_has_sources(back_end: Any) -> None:
    result = summarize([Document("a", TEXT)], model=back_end)[0]
    assert isinstance(result, Summary)
    assert set(result.texts) == set(BUDGETS)
    assert all(0 < len(text) <= BUDGETS[length] for length, text in result.texts.items())
    assert all(s.sources and all(0 <= a < b <= len(TEXT) for a, b in s.sources) for s in result.sentences)
    assert result.method == back_end.card.method


def test_a_bad_text_between_good_ones_becomes_a_failure(back_end: Any) -> None:
    results = summarize(
        [Document("a", TEXT), Document("b", " \n"), Document("c", TEXT)], model=back_end, lengths=["headline"]
    )
    assert isinstance(results[0], Summary)
    assert isinstance(results[1], Failure)
    assert results[1].type == "EmptyInput"
    assert isinstance(results[2], Summary)


def test_an_unknown_option_is_refused() -> None:
    for name in registry.names("summarizer"):
        with pytest.raises(TypeError):
            registry.build("summarizer", name, no_such_option=1)


@pytest.mark.parametrize("name", ["seq2seq", "causal"])
def test_a_checkpoint_that_is_not_there_is_unavailable(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no checkpoint was named"):
        registry.build("summarizer", name)
    with pytest.raises(ModelUnavailable, match="safetensors"):
        registry.build("summarizer", name, path=tmp_path)
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        registry.build("summarizer", name, path="nobody/no-such-checkpoint")


def test_pickled_weights_are_not_loaded(causal_checkpoint: Path, tmp_path: Path) -> None:
    for file in causal_checkpoint.iterdir():
        name = "pytorch_model.bin" if file.suffix == ".safetensors" else file.name
        (tmp_path / name).write_bytes(file.read_bytes())
    with pytest.raises(ModelUnavailable, match="safetensors"):
        registry.build("summarizer", "causal", path=tmp_path)


def test_a_text_longer_than_the_model_reads_is_told(seq2seq_checkpoint: Path) -> None:
    model = registry.build("summarizer", "seq2seq", path=seq2seq_checkpoint)
    short, long = model.summarize([Request("防汛。", (), 20), Request(TEXT * 20, (), 20)])
    assert not short.truncated
    assert long.truncated


def test_a_long_prompt_keeps_its_beginning_and_its_end(causal_checkpoint: Path) -> None:
    model = registry.build("summarizer", "causal", path=causal_checkpoint)
    draft = model.summarize([Request(TEXT, (), 20, "请写摘要。" + TEXT * 40 + "摘要：")])[0]
    assert draft.truncated


def test_a_chat_template_is_used_where_there_is_one(causal_checkpoint: Path) -> None:
    model = registry.build("summarizer", "causal", path=causal_checkpoint)
    plain, _ = model._tokens("防汛工作", 500)
    model.tokenizer.chat_template = "{% for m in messages %}要求{{ m.content }}{% endfor %}"
    templated, _ = model._tokens("防汛工作", 500)
    assert model.tokenizer.decode(templated).replace(" ", "").startswith("要求")
    assert templated != plain


def test_the_endpoint_gets_the_prompt_and_its_answer_is_checked(endpoint: Any) -> None:
    model = registry.build("summarizer", "openai", url=endpoint.url, model="tiny")
    endpoint.text = "清泽市召开全市防汛工作会议，审议通过《清泽市防汛应急预案》。江原市新建堤防300公里。"
    result = summarize([Document("a", TEXT)], model=model, lengths=["summary"])[0]
    assert isinstance(result, Summary)
    assert "《清泽市防汛应急预案》" in result.texts["summary"]
    assert "300" not in result.texts["summary"]
    assert result.replaced_sentences == 1
    assert result.prompt_digest is not None
    content = endpoint.seen[0]["messages"][0]["content"]
    assert TEXT.split("\n")[0] in content
    assert endpoint.seen[0]["temperature"] == 0


def test_a_busy_endpoint_is_asked_again(endpoint: Any) -> None:
    endpoint.statuses = [503, 429]
    model = registry.build("summarizer", "openai", url=endpoint.url, model="tiny")
    assert model.summarize(ask(1))[0].text == endpoint.text
    assert len(endpoint.seen) == 3


def test_a_redirect_is_not_followed(endpoint: Any) -> None:
    endpoint.statuses = [307]
    endpoint.elsewhere = endpoint.url + "/elsewhere"
    model = registry.build("summarizer", "openai", url=endpoint.url, model="tiny")
    with pytest.raises(ModelUnavailable, match="307"):
        model.summarize(ask(1))
    assert len(endpoint.seen) == 1


def test_a_refused_key_fails_the_text_with_a_clear_type(endpoint: Any) -> None:
    endpoint.statuses = [401] * 8
    model = registry.build("summarizer", "openai", url=endpoint.url, model="tiny")
    result = summarize([Document("a", TEXT)], model=model, lengths=["brief"])[0]
    assert isinstance(result, Failure)
    assert result.type == ModelNotAvailable.__name__
    assert "401" in result.detail


def test_an_endpoint_needs_an_address_and_a_model() -> None:
    with pytest.raises(ModelUnavailable, match="DUIZHAO_ENDPOINT_URL"):
        registry.build("summarizer", "openai")
    with pytest.raises(ModelUnavailable, match="http"):
        registry.build("summarizer", "openai", url="ftp://x", model="m")
