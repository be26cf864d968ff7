"""Small networks and the mean and scale of their cues, as one file: stored and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import nn


@lru_cache(maxsize=4)
def networks(
    weights: Path, build: Callable[[int, int], nn.Module]
) -> tuple[list[nn.Module], NDArray[Any], NDArray[Any]]:
    """The networks of a file (`0.NAME`, `1.NAME`, ...; `build` makes one from its columns of states and of cues), and
    mean and scale of the cues."""
    from safetensors.torch import load_file

    stored = {name: tensor.float() for name, tensor in load_file(weights).items()}
    mean, scale = stored.pop("cues.mean").numpy(), stored.pop("cues.scale").numpy()
    found = []
    for seed in sorted({name.partition(".")[0] for name in stored}):
        own = {name.partition(".")[2]: t for name, t in stored.items() if name.partition(".")[0] == seed}
        network = build(own["state.weight"].shape[1], len(mean))
        network.load_state_dict(own)
        found.append(network.eval())
    return found, mean, scale


def save(weights: Path, trained: Sequence[nn.Module], mean: NDArray[Any], scale: NDArray[Any]) -> None:
    """Write networks as `networks` reads them, in half precision."""
    import torch
    from safetensors.torch import save_file

    stored = {"cues.mean": torch.tensor(mean).float(), "cues.scale": torch.tensor(scale).float()}
    for seed, network in enumerate(trained):
        stored |= {f"{seed}.{name}": value.half() for name, value in network.state_dict().items()}
    save_file(stored, weights)
