"""Half-precision BERT weights in; the int8 checkpoint that ships, its tokenizer and its manifest out.

python -m duizhao_models.training.quantize_encoder --base DIRECTORY --out models/duizhao_models/checkpoints
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from duizhao_models.encoder import MANIFEST, PIECES, WEIGHTS

if TYPE_CHECKING:
    from torch import Tensor

KEPT = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "max_position_embeddings",
    "layer_norm_eps",
    "vocab_size",
    "bos_token_id",
    "pad_token_id",
    "eos_token_id",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    quantize(args.base, args.out)


def quantize(base: Path, out: Path) -> None:
    """Write WEIGHTS, PIECES and MANIFEST of `base` (config.json, model.safetensors, spiece.model) under `out`."""
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True, exist_ok=True)
    stored: dict[str, Tensor] = {}
    for name, tensor in sorted(load_file(base / "model.safetensors").items()):
        stored |= _rows(name, tensor) if tensor.dim() == 2 else {name: tensor.half()}
    save_file(stored, out / WEIGHTS)
    shutil.copyfile(base / "spiece.model", out / PIECES)
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    manifest = {
        "config": {key: config[key] for key in KEPT},
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (WEIGHTS, PIECES)},
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _rows(name: str, tensor: Tensor) -> dict[str, Tensor]:
    """Each row as int8 with one scale, so that its largest magnitude is 127."""
    import torch

    rows = tensor.float()
    scale = rows.abs().amax(dim=1).clamp_min(1e-12) / 127
    return {name: (rows / scale[:, None]).round().to(torch.int8).contiguous(), f"{name}.scale": scale}


if __name__ == "__main__":
    main()
