"""Stored weights in, the matrices that the encoder multiplies with out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def matrix_type(exact: bool) -> torch.dtype:
    """bfloat16 where the processor multiplies it in hardware (2-3 times as fast as float32), else float32."""
    import torch

    fast = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
    return torch.bfloat16 if fast and not exact else torch.float32


def expand(stored: dict[str, Tensor], matrices: torch.dtype) -> dict[str, Tensor]:
    """Weights from int8 rows and their scales (`NAME.scale`); what has no scale is only widened.

    The matrices of the layers and what is added to their products become `matrices`; all else is float32.
    """
    expanded = {
        name: tensor.float() * stored[f"{name}.scale"][:, None] if f"{name}.scale" in stored else tensor.float()
        for name, tensor in stored.items()
        if not name.endswith(".scale")
    }
    return {
        name: tensor.to(matrices) if name.startswith("encoder.layer.") and "LayerNorm" not in name else tensor
        for name, tensor in expanded.items()
    }


def merge(weights: dict[str, Tensor], changes: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights with low-rank changes: `NAME.a` (rank by columns) and `NAME.b` (rows by rank) of each changed."""
    merged = dict(weights)
    for name in (key.removesuffix(".a") for key in changes if key.endswith(".a")):
        change = changes[f"{name}.b"].float() @ changes[f"{name}.a"].float()
        merged[name] = (weights[name].float() + change).to(weights[name].dtype)
    return merged
