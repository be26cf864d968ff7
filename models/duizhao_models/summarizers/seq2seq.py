"""Texts in, generated summaries out: any encoder-decoder checkpoint (T5, mT5, BART, Pegasus) through transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duizhao_models.base import Draft, ModelCard, Request
from duizhao_models.summarizers import _checkpoints

CARD = ModelCard(
    name="seq2seq",
    kind="summarizer",
    method="abstractive",
    description="An encoder-decoder checkpoint from a local directory or a hub name; reads the text without a prompt.",
    licence="that of the checkpoint",
    needs_weights=True,
)


def build(*, batch: int = 8, prefix: str = "", **options: Any) -> Seq2Seq:
    """Load the checkpoint `path`; `prefix` goes before each text (T5: "summarize: ")."""
    model, tokenizer = _checkpoints.load("AutoModelForSeq2SeqLM", **{"path": None, **options})
    return Seq2Seq(model, tokenizer, batch, prefix)


class Seq2Seq:
    """Generates greedily, several texts at a time."""

    def __init__(self, model: Any, tokenizer: Any, batch: int, prefix: str) -> None:
        self.model, self.tokenizer, self.batch, self.prefix = model, tokenizer, batch, prefix
        self.card = CARD.model_copy(update={"revision": str(model.config._name_or_path)})

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order. `truncated` tells that not all of the text was read."""
        drafts: list[Draft] = []
        for at in range(0, len(requests), self.batch):
            drafts += self._generate(requests[at : at + self.batch])
        return drafts

    def _generate(self, requests: Sequence[Request]) -> list[Draft]:
        import torch

        limit = _checkpoints.token_limit(self.model, self.tokenizer)
        texts = [self.prefix + r.text for r in requests]
        sizes = [len(ids) for ids in self.tokenizer(texts)["input_ids"]]
        inputs = self.tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=limit)
        inputs = inputs.to(self.model.device)
        most = _checkpoints.new_tokens(max(r.max_chars for r in requests))
        with torch.inference_mode():
            output = self.model.generate(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                max_new_tokens=most,
                do_sample=False,
                num_beams=1,
            )
        answers = self.tokenizer.batch_decode(output, skip_special_tokens=True)
        return [Draft(text=a.strip(), truncated=n > limit) for a, n in zip(answers, sizes, strict=True)]
