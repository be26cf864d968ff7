"""Prompts in, generated summaries out: any OpenAI-compatible endpoint (vLLM, Ollama, Xinference, llama.cpp)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from duizhao_models.base import Draft, ModelCard, ModelUnavailable, Request

CARD = ModelCard(
    name="openai",
    kind="summarizer",
    method="abstractive",
    description="A chat model behind an OpenAI-compatible endpoint; texts leave this machine only for that address.",
    licence="that of the model",
    needs_weights=False,
    prompted=True,
)


def build(
    *,
    url: str | None = None,
    model: str | None = None,
    key: str | None = None,
    timeout: float = 60.0,
    attempts: int = 3,
    concurrency: int = 4,
) -> Endpoint:
    """Make the client; nothing is sent before the first text."""
    if not url or not model:
        raise ModelUnavailable("no endpoint was named; set DUIZHAO_ENDPOINT_URL and DUIZHAO_ENDPOINT_MODEL")
    if not url.startswith(("http://", "https://")):
        raise ModelUnavailable(f"{url}: an endpoint begins with http:// or https://")
    return Endpoint(url, model, key, timeout, attempts, concurrency)


class Endpoint:
    """Asks one endpoint, follows no redirect and no proxy, and tries again when it is busy or silent."""

    def __init__(self, url: str, model: str, key: str | None, timeout: float, attempts: int, concurrency: int) -> None:
        import openai

        self.url, self.model, self.attempts, self.concurrency = url, model, attempts, concurrency
        client = openai.DefaultHttpxClient(follow_redirects=False, trust_env=False, timeout=timeout)
        self.client = openai.OpenAI(
            base_url=url, api_key=key or "none", max_retries=0, timeout=timeout, http_client=client
        )
        self.card = CARD.model_copy(update={"revision": model})

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order. Raises ModelUnavailable where the endpoint cannot be used."""
        with ThreadPoolExecutor(max_workers=max(1, self.concurrency)) as pool:
            return list(pool.map(self._ask, requests))

    def complete(self, prompt: str, max_tokens: int, schema: Mapping[str, Any] | None = None) -> str:
        """The answer to one prompt; with `schema` (JSON schema) the endpoint is asked to keep to it.

        Raises ModelUnavailable where the endpoint cannot be used.
        """
        import openai
        import stamina

        busy = (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError)
        try:
            for attempt in stamina.retry_context(on=busy, attempts=self.attempts, wait_initial=0.2, wait_max=5.0):
                with attempt:
                    return self._answer(prompt, max_tokens, schema)
        except openai.APIStatusError as error:
            raise ModelUnavailable(f"{self.url} answered {error.status_code}: {_short(error)}") from error
        except openai.OpenAIError as error:
            raise ModelUnavailable(
                f"{self.url} cannot be used: {_short(error)}; check address, key and model name"
            ) from error
        raise ModelUnavailable(f"{self.url} gave no answer")

    def _ask(self, request: Request) -> Draft:
        return Draft(text=self.complete(request.prompt or request.text, request.max_chars * 2 + 64))

    def _answer(self, prompt: str, max_tokens: int, schema: Mapping[str, Any] | None) -> str:
        form: dict[str, Any] = {}
        if schema is not None:
            described = {"name": "answer", "schema": dict(schema)}
            form = {"response_format": {"type": "json_schema", "json_schema": described}}
        answer: Any = self.client.chat.completions.create(
            model=self.model,
            messages=[{"role": "user", "content": prompt}],
            temperature=0,
            max_tokens=max_tokens,
            **form,
        )
        choices = getattr(answer, "choices", None)
        if not choices or choices[0].message is None:
            raise ModelUnavailable(f"{self.url} answered something that is no chat completion")
        return (choices[0].message.content or "").strip()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
