"""What the contract suites share: tiny random checkpoints made here, and an endpoint on the loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from quality.random_checkpoint import make_tokenizer, save_seq2seq

SENTENCES = [
    "清泽市召开全市防汛工作会议，部署今年汛期各项任务。",
    "会议强调，要加强值班值守，落实责任，确保安全度汛。",
    "江原省发布春耕通知，要求各地抓紧备耕，保障农资供应。",
    "市水务局介绍，全市共有水库十二座，今年新建堤防三十公里。",
    "请写一段摘要，不超过一百五十个字，只写原文里有的内容。",
]


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A unigram tokenizer of a few hundred pieces, trained on the sentences above."""
    text = "\n".join(SENTENCES * 20).encode()
    return make_tokenizer(tmp_path_factory.mktemp("pieces"), text, pieces=160)


@pytest.fixture(scope="session")
def seq2seq_checkpoint(tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random T5 with two narrow layers, saved as safetensors."""
    sizes = {"d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "n_positions": 64}
    return save_seq2seq(tokenizer, tmp_path_factory.mktemp("seq2seq"), **sizes)


@pytest.fixture(scope="session")
def causal_checkpoint(tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Llama with two narrow layers, saved as safetensors."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=640,
        bos_token_id=1,
        eos_token_id=1,
        pad_token_id=0,
    )
    folder = tmp_path_factory.mktemp("causal")
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


class _Answers(BaseHTTPRequestHandler):
    """Answers every chat request with the endpoint's text, or with its status code."""

    def do_POST(self) -> None:
        endpoint: Endpoint = self.server.endpoint  # type: ignore[attr-defined]
        endpoint.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status = endpoint.statuses.pop(0) if endpoint.statuses else 200
        answer = {
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": endpoint.text}, "finish_reason": "stop"}
            ]
        }
        body = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m", **answer}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status in (301, 302, 307, 308):
            self.send_header("Location", endpoint.elsewhere)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Endpoint:
    """A chat endpoint on the loopback: `text` is what it answers, `seen` what it was asked."""

    def __init__(self) -> None:
        self.text = "清泽市召开全市防汛工作会议。"
        self.seen: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.elsewhere = ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
        self.server.endpoint = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A running endpoint that is stopped after the test."""
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()
