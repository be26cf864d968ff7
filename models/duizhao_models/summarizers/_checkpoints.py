"""A local directory or hub name in, a transformers model and tokenizer out; safetensors only, no code from the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duizhao_models.base import ModelUnavailable

# Tokens that a checkpoint without a stated limit is trusted to read.
DEFAULT_TOKENS = 2048


def load(
    kind: str,
    path: str | Path | None,
    *,
    threads: int = 1,
    revision: str | None = None,
    gguf_file: str | None = None,
    local_files_only: bool = True,
    device: str = "cpu",
) -> tuple[Any, Any]:
    """Model and tokenizer of a checkpoint; `kind` is the name of a transformers auto class.

    Raises ModelUnavailable with what is missing and what to do.
    """
    if not path:
        raise ModelUnavailable("no checkpoint was named; give a local directory or a hub name (DUIZHAO_MODEL_PATH)")
    name = str(path)
    if Path(name).exists():
        _check_directory(Path(name), gguf_file)
    import torch
    import transformers

    torch.set_num_threads(threads)
    common = {"revision": revision, "local_files_only": local_files_only, "trust_remote_code": False}
    if gguf_file:
        common["gguf_file"] = gguf_file
    weights = {} if gguf_file else {"use_safetensors": True}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, **common)
        model = getattr(transformers, kind).from_pretrained(name, **common, **weights)
    except (OSError, ValueError, ImportError, KeyError) as error:
        reason = " ".join(str(error).split())[:300]
        raise ModelUnavailable(
            f"{name} cannot be loaded ({reason}); it must be a complete safetensors checkpoint in a local directory, "
            "or be in the local cache"
        ) from error
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return model.to(device).eval(), tokenizer


def token_limit(model: Any, tokenizer: Any) -> int:
    """How many tokens the model reads: the smallest limit that configuration and tokenizer state."""
    config = model.config
    stated = [getattr(config, key, None) for key in ("max_position_embeddings", "n_positions")]
    stated.append(tokenizer.model_max_length if tokenizer.model_max_length < 10**6 else None)
    known = [int(n) for n in stated if isinstance(n, int) and n > 0]
    return min(known, default=DEFAULT_TOKENS)


def new_tokens(max_chars: int) -> int:
    """Tokens that are surely enough for so many Chinese characters."""
    return max_chars * 3 // 2 + 8


def _check_directory(path: Path, gguf_file: str | None) -> None:
    if gguf_file:
        if not (path / gguf_file).is_file():
            raise ModelUnavailable(f"{path}: there is no {gguf_file} in it")
        return
    if not path.is_dir() or not any(path.glob("*.safetensors")):
        raise ModelUnavailable(
            f"{path}: no *.safetensors file in it; convert the checkpoint, other formats can hold code"
        )
