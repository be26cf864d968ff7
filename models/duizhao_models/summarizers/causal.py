"""Prompts in, generated summaries out: any decoder checkpoint, safetensors or GGUF, through transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from duizhao_models.base import Draft, ModelCard, Request
from duizhao_models.summarizers import _checkpoints

CARD = ModelCard(
    name="causal",
    kind="summarizer",
    method="abstractive",
    description="A chat or base language model from a local directory, a hub name or a GGUF file; answers a prompt.",
    licence="that of the checkpoint",
    needs_weights=True,
    prompted=True,
)


def build(*, batch: int = 2, **options: Any) -> Causal:
    """Load the checkpoint `path` (with `gguf_file` for GGUF)."""
    model, tokenizer = _checkpoints.load("AutoModelForCausalLM", **{"path": None, **options})
    tokenizer.padding_side = "left"
    return Causal(model, tokenizer, batch)


class Causal:
    """Generates greedily, several prompts at a time; uses the chat template where the tokenizer has one."""

    def __init__(self, model: Any, tokenizer: Any, batch: int) -> None:
        self.model, self.tokenizer, self.batch = model, tokenizer, batch
        self.card = CARD.model_copy(update={"revision": str(model.config._name_or_path)})

    def summarize(self, requests: Sequence[Request]) -> list[Draft]:
        """One draft a request, in order. `truncated` tells that the middle of a prompt was left out."""
        drafts: list[Draft] = []
        for at in range(0, len(requests), self.batch):
            drafts += self._generate(requests[at : at + self.batch])
        return drafts

    def _generate(self, requests: Sequence[Request]) -> list[Draft]:
        import torch

        most = _checkpoints.new_tokens(max(r.max_chars for r in requests))
        room = max(16, _checkpoints.token_limit(self.model, self.tokenizer) - most)
        prompts = [self._tokens(r.prompt or r.text, room) for r in requests]
        inputs = self.tokenizer.pad({"input_ids": [ids for ids, _ in prompts]}, return_tensors="pt").to(
            self.model.device
        )
        with torch.inference_mode():
            output = self.model.generate(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                max_new_tokens=most,
                do_sample=False,
                num_beams=1,
                pad_token_id=self.tokenizer.pad_token_id,
            )
        answers = self.tokenizer.batch_decode(output[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        return [Draft(text=a.strip(), truncated=cut) for a, (_, cut) in zip(answers, prompts, strict=True)]

    def _tokens(self, prompt: str, room: int) -> tuple[list[int], bool]:
        """Token ids of the prompt; of one that is too long the beginning and the end, where the task stands."""
        if self.tokenizer.chat_template:
            prompt = self.tokenizer.apply_chat_template(
                [{"role": "user", "content": prompt}], add_generation_prompt=True, tokenize=False
            )
            ids = self.tokenizer(prompt, add_special_tokens=False)["input_ids"]
        else:
            ids = self.tokenizer(prompt)["input_ids"]
        if len(ids) <= room:
            return ids, False
        tail = min(room // 3, 256)
        return ids[: room - tail] + ids[-tail:], True
