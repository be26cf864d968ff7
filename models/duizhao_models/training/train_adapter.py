"""Files of `duizhao.training_states` in, the encoder's changes for reading articles and the headline network out.

    python -m duizhao_models.training.train_adapter --headlines runs/headlines --labels runs/labels \
        --kept runs/briefs runs/notes --out models/duizhao_models/checkpoints [--steps 2300] [--resume runs/state.pt]

The upper layers get low-rank changes (Hu et al. 2021); below them the encoder stays, so that its states are read
from files. Three kinds of batches take turns: openings of articles, of which tokens stand in the headline; texts whose
clauses were marked; articles with what an editor kept of their clauses. The clause network that learns beside them is
left behind: `train_clauses` and `train_bounds` learn anew from the changed states. One hour of one core; `--resume`
names a file that keeps the state of the run, from which a run that was cut goes on. Nothing here holds text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from duizhao_models import clause_net, headline_net
from duizhao_models.clause_states import STATE_LENGTH
from duizhao_models.training.changed_layers import Reader
from duizhao_models.training.train_clauses import LEAST_SPREAD, clause_loss

RATE, HEAD_RATE = 5e-4, 8e-4
WARM = 100
# How often each kind of batch is drawn, and how many texts it holds.
MIX = {"headlines": 0.5, "labels": 0.28, "kept": 0.22}
BATCH = {"headlines": 16, "labels": 4, "kept": 8}
HEADLINE_WEIGHT = 3.0
LONGEST = 1200
SAVED_EVERY = 200


@dataclass(frozen=True, slots=True)
class Texts:
    """A file of texts: the columns of each, cut out of the whole by its number."""

    states: Any
    columns: dict[str, Any]
    ends: dict[str, Any]

    def __len__(self) -> int:
        return len(self.ends["states"]) - 1

    def get(self, name: str, number: int) -> Any:
        """One column of one text."""
        whole = self.states if name == "states" else self.columns[name]
        return whole[self.ends[name][number] : self.ends[name][number + 1]]

    def size(self, number: int) -> int:
        """Tokens of a text."""
        return int(self.ends["states"][number + 1] - self.ends["states"][number])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=Path, nargs="+", required=True)
    parser.add_argument("--labels", type=Path, nargs="+", required=True)
    parser.add_argument("--kept", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=2300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--resume", type=Path, help="file of the run's state: written on the way, read where it is there"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    files = {kind: [_open(path) for path in getattr(args, kind)] for kind in MIX}
    reader = train(files, args.steps, args.seed, args.resume)
    save_file(reader.changes(), args.out / clause_net.CHANGES)
    save_file({n: v.half() for n, v in reader.headline.state_dict().items()}, args.out / headline_net.WEIGHTS.name)


def train(files: dict[str, list[Texts]], steps: int, seed: int, resume: Path | None) -> Reader:
    """The reader after so many steps; the same seed draws the same batches."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    cues = np.concatenate([texts.columns["cues"] for texts in files["labels"]])
    mean, scale = cues.mean(0), np.maximum(cues.std(0), LEAST_SPREAD)
    reader = Reader(cues.shape[1]).train()
    layers, heads = list(reader.layers.parameters()), [*reader.headline.parameters(), *reader.clauses.parameters()]
    rates = [{"params": layers, "base": RATE, "weight_decay": 0.0}, {"params": heads, "base": HEAD_RATE}]
    optimizer = torch.optim.AdamW(rates, lr=RATE, weight_decay=0.01)
    batches = {kind: _batches(files[kind], BATCH[kind], chance) for kind in MIX}
    done = _restore(resume, reader, optimizer) if resume else 0
    losses: dict[str, list[float]] = {kind: [] for kind in MIX}
    begun = time.time()
    for step in range(1, steps + 1):
        kind = str(chance.choice(list(MIX), p=list(MIX.values())))
        batch = next(batches[kind])
        if step <= done:
            continue
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, step / WARM) * max(0.02, 1 - step / steps)
        if kind == "headlines":
            loss = HEADLINE_WEIGHT * _headline_loss(reader, batch)
        else:
            loss = _clause_loss(reader, batch, mean, scale, chance)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        losses[kind].append(loss.item())
        if step % SAVED_EVERY == 0 or step == steps:
            print(step, {k: round(float(np.mean(v)), 4) for k, v in losses.items() if v}, round(time.time() - begun))
            losses = {kind: [] for kind in MIX}
            if resume:
                torch.save({"step": step, "reader": reader.state_dict(), "optimizer": optimizer.state_dict()}, resume)
    return reader.eval()


def _headline_loss(reader: Reader, batch: Sequence[tuple[Texts, int]]) -> Tensor:
    states = nn.utils.rnn.pad_sequence(reader.read([t.get("states", n) for t, n in batch]), batch_first=True)
    cues, targets = np.zeros((*states.shape[:2], headline_net.CUES)), np.zeros((*states.shape[:2], 2))
    padding = torch.ones(states.shape[:2], dtype=torch.bool)
    for row, (texts, number) in enumerate(batch):
        own = texts.get("cues", number)
        cues[row, : len(own)], targets[row, : len(own)] = own, texts.get("targets", number)
        padding[row, : len(own)] = False
    scores = reader.headline(states, torch.from_numpy(cues).float(), padding)
    each = binary_cross_entropy_with_logits(scores, torch.from_numpy(targets).float(), reduction="none")
    loss: Tensor = each[~padding].mean()
    return loss


def _clause_loss(reader: Reader, batch: Sequence[tuple[Texts, int]], mean: Any, scale: Any, chance: Any) -> Tensor:
    """Half of the texts lose their title each time."""
    windows, counts = [], []
    for texts, number in batch:
        sizes = texts.get("windows", number) + 2
        own = np.split(texts.get("states", number), np.cumsum(sizes)[:-1])
        title = texts.get("title", number)
        titled = len(title) > 0 and bool(chance.random() < 0.5)
        windows += [*own, *([title] if titled else [])]
        counts.append((len(own), titled))
    read = reader.read(windows)
    states, titles, at = [], [], 0
    for (texts, number), (count, titled) in zip(batch, counts, strict=True):
        places = torch.from_numpy(texts.get("clauses", number))
        states.append(_unit(_means(torch.cat(read[at : at + count]), places, len(texts.get("cues", number)))))
        at += count + titled
        titles.append(_unit(read[at - 1].mean(0)) if titled else torch.zeros(states[0].shape[1]))
    rows = nn.utils.rnn.pad_sequence(states, batch_first=True)
    cues = np.zeros((*rows.shape[:2], len(mean)), np.float32)
    targets = np.full((*rows.shape[:2], len(clause_net.TASKS)), np.nan, np.float32)
    padding = torch.ones(rows.shape[:2], dtype=torch.bool)
    for row, ((texts, number), (_, titled)) in enumerate(zip(batch, counts, strict=True)):
        own = texts.get("cues", number).copy()
        if not titled:
            own[:, -clause_net.TITLE_CUES :] = 0.0
        cues[row, : len(own)], targets[row, : len(own)] = (own - mean) / scale, texts.get("targets", number)
        padding[row, : len(own)] = False
    scores = reader.clauses(rows, torch.from_numpy(cues), torch.stack(titles), padding)
    loss: Tensor = clause_loss(scores, torch.from_numpy(targets))
    return loss


def _means(states: Tensor, places: Tensor, clauses: int) -> Tensor:
    total: Tensor = torch.zeros(clauses, states.shape[1]).index_add(0, places, states)
    return total / torch.bincount(places, minlength=clauses).clamp(min=1)[:, None]


def _unit(states: Tensor) -> Tensor:
    length: Tensor = states.norm(dim=-1, keepdim=True) + 1e-6
    return states * (STATE_LENGTH / length)


def _batches(files: Sequence[Texts], size: int, chance: Any) -> Iterator[list[tuple[Texts, int]]]:
    """Texts of like length together, in an order of chance, without end."""
    texts = [(file, n) for file in files for n in range(len(file)) if file.size(n) <= LONGEST or size < BATCH["kept"]]
    while True:
        order = sorted(range(len(texts)), key=lambda i: texts[i][0].size(texts[i][1]) + 30 * chance.random())
        groups = [order[i : i + size] for i in range(0, len(order) - size + 1, size)]
        for group in chance.permutation(len(groups)):
            yield [texts[i] for i in groups[group]]


def _open(path: Path) -> Texts:
    with np.load(path.with_suffix(".npz")) as stored:
        columns = {name: stored[name] for name in stored.files}
    ends = {
        n.removesuffix(".sizes"): np.concatenate([[0], np.cumsum(v)])
        for n, v in columns.items()
        if n.endswith(".sizes")
    }
    return Texts(np.load(path.with_suffix(".npy"), mmap_mode="r"), columns, ends)


def _restore(path: Path, reader: Reader, optimizer: torch.optim.Optimizer) -> int:
    if not path.is_file():
        return 0
    saved = torch.load(path)
    reader.load_state_dict(saved["reader"])
    optimizer.load_state_dict(saved["optimizer"])
    return int(saved["step"])


if __name__ == "__main__":
    main()
