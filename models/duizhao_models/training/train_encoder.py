"""Pairs of texts on the same matter (see encoder_pairs) and a half-precision BERT in; the same BERT, trained, out.

    python -m duizhao_models.training.train_encoder --base ../shared/base --pairs pairs.jsonl --out runs/a --steps 320
    python -m duizhao_models.training.train_encoder ... --resume        goes on from the last state under --out
    python -m duizhao_models.training.quantize_encoder --base runs/a --out models/duizhao_models/checkpoints

Contrastive learning with the other texts of the batch as negatives (InfoNCE in both directions and within each side,
as in SimCLR, Chen et al. 2020). A batch holds pairs of one source and of few documents, so that the negatives are
hard; texts of one paragraph and texts of like wording are never negatives of each other. The lower layers and the
word vectors stay as they are: they need no gradients, which saves a third of the time. float32 on a CPU (bf16 is
three times slower where the processor has no instructions for it); on a GPU say --device cuda.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from duizhao_models import encoder
from duizhao_models.training.encoder_batches import Row, alike, batched, read

if TYPE_CHECKING:
    from torch import Tensor

TEMPERATURE = 0.05
WARM_UP = 0.1  # share of the steps
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 1.0
STATE = "state.pt"
MODEL = "model.safetensors"

log = logging.getLogger("train_encoder")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. `share`: how far the result goes from the base to what was learned.

    Half way keeps more of what the base was good at (WiSE-FT, Wortsman et al. 2022): on gold links the bare cosine has
    AP .37 at 0, .72 at .5, .69 at 1 (November 2026).
    """

    steps: int
    pairs_a_batch: int = 48
    trained_layers: int = 6
    rate: float = 1.5e-4
    tokens_a_text: int = 60
    share: float = 0.5
    seed: int = 7
    save_every: int = 15
    measure_every: int = 110
    device: str = "cpu"


class Trainee(encoder.Encoder):
    """The encoder with the weights of a base folder, of which the upper layers learn."""

    def __init__(self, base: Path, plan: Plan) -> None:
        """`base`: config.json, model.safetensors, spiece.model."""
        import sentencepiece
        from safetensors.torch import load_file

        self.config = json.loads((base / "config.json").read_text(encoding="utf-8"))
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(base / encoder.PIECES))
        self._weights = {k: v.float().to(plan.device) for k, v in load_file(base / MODEL).items()}
        self.dimension = self.config["hidden_size"]
        self._limit = plan.tokens_a_text
        first = self.config["num_hidden_layers"] - plan.trained_layers
        self.learning = {k: v.requires_grad_() for k, v in self._weights.items() if _layer_of(k) >= first}

    def tokens(self, text: str) -> list[int]:
        """As the encoder cuts it, and no longer than a text of the plan."""
        ids = super().tokens(text)
        return ids if len(ids) <= self._limit else [*ids[: self._limit - 1], ids[-1]]

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Rows of unit length that gradients flow through, one a text."""
        import torch

        ids = [self.tokens(text) for text in texts]
        parts, order = [], []
        for batch in encoder._batches([len(i) for i in ids]):
            parts.append(self._forward([ids[i] for i in batch]))
            order += batch
        return torch.cat(parts)[torch.tensor(np.argsort(order))]

    def save(self, base: Path, out: Path, share: float) -> None:
        """Write what quantize_encoder reads: all weights in half precision, configuration, pieces."""
        from safetensors.torch import load_file, save_file

        weights = load_file(base / MODEL)
        for name, learned in self.learning.items():
            weights[name] = weights[name].float().lerp(learned.detach().cpu(), share).half()
        save_file(weights, out / MODEL)
        for name in ("config.json", encoder.PIECES):
            shutil.copyfile(base / name, out / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", type=Path, help="pairs to measure on now and then")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    for name, default in (("pairs-a-batch", 48), ("trained-layers", 6), ("tokens-a-text", 60), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--save-every", type=int, default=15)
    parser.add_argument("--measure-every", type=int, default=110)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--device", default="cpu")
    args = vars(parser.parse_args())
    rest = {name: args.pop(name) for name in ("base", "pairs", "out", "held", "resume", "threads")}
    train(Plan(**args), **rest)


def train(
    plan: Plan, base: Path, pairs: Path, out: Path, *, held: Path | None = None, resume: bool = False, threads: int = 1
) -> None:
    """Train for `plan.steps` steps; leaves the model, the last state and log.jsonl under `out`."""
    import torch

    torch.set_num_threads(threads)
    torch.set_default_device(plan.device)
    torch.manual_seed(plan.seed)
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    network = Trainee(base, plan)
    optimizer = torch.optim.AdamW(network.learning.values(), lr=plan.rate, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, plan.steps))
    done = _restore(out, network, optimizer, schedule) if resume else 0
    batches = batched(read(pairs), plan.pairs_a_batch, plan.seed)
    measured = read(held) if held else []
    with (out / "log.jsonl").open("a" if resume else "w", encoding="utf-8") as record:
        for step in range(done, plan.steps):
            began = time.perf_counter()
            batch = batches[step % len(batches)]
            loss = _learn(network, batch, optimizer, list(network.learning.values()))
            schedule.step()
            seconds = round(time.perf_counter() - began, 2)
            line = {"step": step + 1, "source": batch[0]["source"], "loss": round(loss, 4), "seconds": seconds}
            if (step + 1) % plan.save_every == 0:
                _keep(out, step + 1, network, optimizer, schedule)
            if (step + 1) % plan.measure_every == 0 or step + 1 == plan.steps:
                line |= {name: round(value, 4) for name, value in recall(network, measured).items()}
            record.write(json.dumps(line, ensure_ascii=False) + "\n")
            record.flush()
            log.info(line)
    network.save(base, out, plan.share)


def contrast(left: Tensor, right: Tensor, same: Tensor) -> Tensor:
    """InfoNCE over all texts of both sides (n, width each); `same` (2n, 2n) tells which are no negatives."""
    import torch

    both = torch.cat([left, right])
    count = len(left)
    likeness = both @ both.T / TEMPERATURE
    target = torch.arange(2 * count).roll(count)
    likeness = likeness.masked_fill(same.scatter(1, target[:, None], False), -1e9)
    return torch.nn.functional.cross_entropy(likeness, target)


def recall(network: Trainee, held: Sequence[Row], most: int = 100) -> dict[str, float]:
    """Share of pairs of each source whose other half is the nearest text, out of the first `most` of them."""
    import torch

    sources: dict[str, list[Row]] = defaultdict(list)
    for pair in held:
        sources[pair["source"]].append(pair)
    found = {}
    for source, pairs in sources.items():
        some = pairs[:most]
        with torch.inference_mode():
            left, right = (network.vectors([pair[side] for pair in some]) for side in ("a", "b"))
        count = len(some)
        barred = alike(some)[:count, count:] & ~torch.eye(count, dtype=torch.bool)
        likeness = (left @ right.T).masked_fill(barred, -1)
        right_ones = torch.arange(count)
        hits = (likeness.argmax(1) == right_ones).float().mean() + (likeness.argmax(0) == right_ones).float().mean()
        found[f"recall.{source}"] = float(hits) / 2
    return found


def _learn(network: Trainee, batch: Sequence[Row], optimizer: Any, learning: list[Tensor]) -> float:
    import torch

    vectors = network.vectors([pair[side] for side in ("a", "b") for pair in batch])
    loss = contrast(vectors[: len(batch)], vectors[len(batch) :], alike(batch))
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(learning, LARGEST_GRADIENT)
    optimizer.step()
    return float(loss.detach())


def _share_of_rate(step: int, steps: int) -> float:
    """Linear warm-up, then linear decay to nothing."""
    rising = max(1, round(steps * WARM_UP))
    return min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))


def _layer_of(name: str) -> int:
    parts = name.split(".")
    return int(parts[2]) if parts[0] == "encoder" else -1


def _keep(out: Path, step: int, network: Trainee, optimizer: Any, schedule: Any) -> None:
    """Write the state beside the old one and put it in its place: a run that is stopped loses none."""
    import torch

    state = {
        "step": step,
        "weights": {k: v.detach() for k, v in network.learning.items()},
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    }
    torch.save(state, out / f"{STATE}.new")
    (out / f"{STATE}.new").replace(out / STATE)


def _restore(out: Path, network: Trainee, optimizer: Any, schedule: Any) -> int:
    """Take up the last state under `out`; the number of steps done, 0 when there is none."""
    import torch

    if not (out / STATE).is_file():
        return 0
    state = torch.load(out / STATE, weights_only=True)
    with torch.no_grad():
        for name, weight in state["weights"].items():
            network.learning[name].copy_(weight)
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


if __name__ == "__main__":
    main()
