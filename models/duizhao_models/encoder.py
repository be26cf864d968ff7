"""The Chinese encoder that ships with the project: texts in, one vector of unit length a text out.

The network is BERT (12 layers, 384 wide) with mean pooling, kept as int8 per row and expanded at load. The forward
pass is written with torch functions: importing transformers alone takes twice as long as loading these weights.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from duizhao_models.base import ModelUnavailable
from duizhao_models.matrices import expand, matrix_type, merge

if TYPE_CHECKING:
    from torch import Tensor

CHECKPOINT = Path(__file__).parent / "checkpoints"
MANIFEST = "encoder.json"
WEIGHTS = "encoder.safetensors"
PIECES = "spiece.model"

# The base model was trained with this word before every text; the same word on both sides of a pair ranks
# policy sentences better than its "query: " / "passage: " split (AP .60 against .40 on gold links).
PREFIX = "query: "

# Tokens of one forward pass, padding included. Small batches stay in the cache of one core: 256 was the fastest
# of 128-1024 (November 2026, one thread of a server CPU with AVX-512, 72 sentences of 60 characters).
BATCH_TOKENS = 256


class Encoder:
    """The encoder in memory. Build it with `load`, which keeps one for each directory."""

    def __init__(self, directory: Path = CHECKPOINT, *, exact: bool = False) -> None:
        """Read tokenizer and weights from `directory`; raises ModelUnavailable. `exact`: always float32."""
        import sentencepiece
        from safetensors.torch import load_file

        _require(directory)
        self.config: dict[str, Any] = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))["config"]
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(directory / PIECES))
        self._weights = expand(load_file(directory / WEIGHTS), matrix_type(exact))
        self.dimension: int = self.config["hidden_size"]
        self._space = self._pieces.piece_to_id("▁")

    def tokens(self, text: str) -> list[int]:
        """Ids of a text: <s>, prefix and text, </s>; at most `max_position_embeddings`. Row i belongs to piece i."""
        limit = self.config["max_position_embeddings"] - 2
        ids = self._pieces.encode(PREFIX + text)[:limit]
        return [self.config["bos_token_id"], *ids, self.config["eos_token_id"]]

    def pieces(self, text: str) -> list[int]:
        """Ids of the pieces of a stretch of running text, without marks for its beginning and end."""
        ids: list[int] = self._pieces.encode(text)
        return ids[1:] if len(ids) > 1 and ids[0] == self._space else ids

    def weight(self, name: str) -> Tensor:
        """A matrix or vector of the network by its name in the checkpoint."""
        return self._weights[name]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in `text` the pieces of `pieces(text)` stand, which are made of its NFKC form without white space."""
        origin = [n for n, char in enumerate(text) for c in normalize("NFKC", char) if not c.isspace()]
        found, at = [], 0
        names: list[str] = self._pieces.encode(text, out_type=str)
        for name in names[-len(self.pieces(text)) :] if origin else ():
            size = len(name.replace("▁", ""))
            first, last = (min(n, len(origin) - 1) for n in (at, at + max(size, 1) - 1))
            found.append((origin[first], origin[last] + 1))
            at += size
        return found

    def adapted(self, changes: Path) -> Encoder:
        """This encoder with a file of low-rank changes added to its matrices (Hu et al. 2021, "LoRA").

        The file holds `NAME.a` (rank by columns) and `NAME.b` (rows by rank) for each matrix that changes.
        """
        from safetensors.torch import load_file

        other = copy(self)
        other._weights = merge(self._weights, load_file(changes))
        return other

    def layer_states(self, sequences: Sequence[list[int]], layers: int, *, marks: bool = False) -> list[Tensor]:
        """States of stretches of running text after so many layers, tokens by width each, in the order given.

        Each is read by itself, with marks for its beginning and end (left out, if not asked for); short ones are
        multiplied together, unpadded.
        """
        import torch

        found: list[Tensor] = []
        for pack in _packs([len(s) + 2 for s in sequences]):
            marked = [[self.config["bos_token_id"], *sequences[i], self.config["eos_token_id"]] for i in pack]
            sizes = [len(ids) for ids in marked]
            places = torch.cat([torch.arange(size) for size in sizes])
            states = self._embeddings(torch.tensor([[i for ids in marked for i in ids]]), places)
            for layer in range(layers):
                states = self._layer(f"encoder.layer.{layer}.", states, partial(_each, sizes))
            found += [(part if marks else part[1:-1]).float() for part in torch.split(states[0], sizes)]
        return found

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, one row a text in the order given. Equal texts are worked out once."""
        import torch

        different = list(dict.fromkeys(texts))
        ids = [self.tokens(text) for text in different]
        vectors = np.zeros((len(different), self.dimension), dtype=np.float32)
        with torch.inference_mode():
            for batch in _batches([len(i) for i in ids]):
                vectors[batch] = self._forward([ids[i] for i in batch]).numpy()
        place = {text: row for row, text in enumerate(different)}
        return vectors[[place[text] for text in texts]] if texts else vectors

    def _forward(self, batch: list[list[int]]) -> Tensor:
        import torch
        from torch.nn.functional import normalize as unit
        from torch.nn.functional import scaled_dot_product_attention

        longest = max(len(ids) for ids in batch)
        padded = [ids + [self.config["pad_token_id"]] * (longest - len(ids)) for ids in batch]
        mask = torch.tensor([[k < len(ids) for k in range(longest)] for ids in batch])
        states = self._embeddings(torch.tensor(padded), torch.arange(longest))
        seen = mask[:, None, None, :]
        for layer in range(self.config["num_hidden_layers"]):
            states = self._layer(
                f"encoder.layer.{layer}.",
                states,
                lambda q, k, v: scaled_dot_product_attention(q, k, v, attn_mask=seen),
            )
        total = (states * mask[..., None]).sum(1)
        return unit(total / mask.sum(1, keepdim=True), dim=1)

    def _embeddings(self, ids: Tensor, positions: Tensor) -> Tensor:
        words = self._weights["embeddings.word_embeddings.weight"][ids]
        places = self._weights["embeddings.position_embeddings.weight"][positions]
        return self._norm(
            "embeddings.LayerNorm", words + places + self._weights["embeddings.token_type_embeddings.weight"][0]
        )

    def _layer(self, name: str, states: Tensor, attend: Callable[[Tensor, Tensor, Tensor], Tensor]) -> Tensor:
        from torch.nn.functional import gelu

        rows, length, width = states.shape
        heads = self.config["num_attention_heads"]
        query, key, value = (
            self._linear(f"{name}attention.self.{part}", states).view(rows, length, heads, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = attend(query, key, value).transpose(1, 2).reshape(rows, length, width)
        seen = self._linear(f"{name}attention.output.dense", seen)
        states = self._norm(f"{name}attention.output.LayerNorm", states + seen)
        inner = gelu(self._linear(f"{name}intermediate.dense", states))
        return self._norm(f"{name}output.LayerNorm", states + self._linear(f"{name}output.dense", inner))

    def _linear(self, name: str, states: Tensor) -> Tensor:
        from torch.nn.functional import linear

        weight = self._weights[f"{name}.weight"]
        return linear(states.to(weight.dtype), weight, self._weights[f"{name}.bias"])

    def _norm(self, name: str, states: Tensor) -> Tensor:
        from torch.nn.functional import layer_norm

        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(states.float(), weight.shape, weight, bias, self.config["layer_norm_eps"])


def load(directory: Path = CHECKPOINT, *, threads: int = 1, changes: str = "") -> Encoder:
    """The encoder of a directory, read once a process. `threads` sets torch's threads for the whole process;
    `changes` names a file of the directory for `Encoder.adapted`."""
    import torch

    if torch.get_num_threads() != threads:
        torch.set_num_threads(threads)
    return _load(directory.resolve(), changes)


def verify(directory: Path = CHECKPOINT) -> list[str]:
    """What is wrong with the shipped files, one line each; empty when all have the checksums of the manifest."""
    manifest = directory / MANIFEST
    if not manifest.is_file():
        return [f"{manifest} is missing"]
    problems = []
    for name, digest in json.loads(manifest.read_text(encoding="utf-8"))["sha256"].items():
        if not (directory / name).is_file():
            problems.append(f"{directory / name} is missing")
        elif _digest(directory / name) != digest:
            problems.append(f"{directory / name} differs from the file that was shipped")
    return problems


@cache
def _load(directory: Path, changes: str) -> Encoder:
    return _load(directory, "").adapted(directory / changes) if changes else Encoder(directory)


def _require(directory: Path) -> None:
    missing = [name for name in (MANIFEST, WEIGHTS, PIECES) if not (directory / name).is_file()]
    if missing:
        raise ModelUnavailable(
            f"the encoder cannot be loaded: {directory} lacks {', '.join(missing)}; install the package again, "
            "or choose the embedder char_ngrams, which needs no weights"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packs(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in their order, in packs of at most BATCH_TOKENS tokens (or of one sequence)."""
    pack: list[int] = []
    room = BATCH_TOKENS
    for index, size in enumerate(lengths):
        if pack and size > room:
            yield pack
            pack, room = [], BATCH_TOKENS
        pack.append(index)
        room -= size
    if pack:
        yield pack


def _each(sizes: list[int], query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Attention within each of the sequences that lie one behind the other."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    parts = zip(*(torch.split(each, sizes, 2) for each in (query, key, value)), strict=True)
    return torch.cat([scaled_dot_product_attention(q, k, v) for q, k, v in parts], 2)


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Indices in batches of texts of like length, each of at most BATCH_TOKENS with padding (or of one text)."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[index] * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
