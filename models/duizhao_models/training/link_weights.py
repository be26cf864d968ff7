"""Possible links of training pages in (`duizhao.segmenter.training_links`), the weights of the segmenter out (JSON).

    python -m duizhao_models.training.link_weights --problems DIR --out service/duizhao/segmenter/weights.json

Logistic regression on single links first; then a structured perceptron with margin over the assignment, averaged
(Collins 2002); then a softmax for the choice of the mode. One page in eight is kept aside, and its F1 is printed
before and after. Takes some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from duizhao_models.training.link_problems import (
    BODIES,
    KINDS,
    MODES,
    SCOPES,
    Array,
    Links,
    Problem,
    Weights,
    counted,
    load,
    scope_of,
    solve,
)

KEPT_ASIDE = 8


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="names of the features; else those of --out are kept")
    parser.add_argument(
        "--keep", action="append", default=[], choices=SCOPES, help="a scope whose weights stay as --names has them"
    )
    parser.add_argument("--epochs", type=int, default=6)
    args = parser.parse_args()
    data = [load(path) for path in sorted(args.problems.glob("*.npz"))]
    names = json.loads((args.names or args.out).read_text("utf-8"))
    aside, train = data[::KEPT_ASIDE], [p for k, p in enumerate(data) if k % KEPT_ASIDE]
    print(len(train), "pages to learn from,", len(aside), "kept aside")
    start = regression(train, kept(names, args.keep))
    print("regression", report(aside, start))
    weights = perceptron([p for p in train if p.scope not in args.keep], start, epochs=args.epochs)
    print("perceptron", report(aside, weights))
    total, choice = mode_choice([p for p in train if len(p.choice)], weights)
    seen = [p for p in aside if len(p.choice)]
    right = sum(choose(p, weights, total, choice) == p.mode for p in seen)
    print(f"mode right on {right} of {len(seen)} pages")
    args.out.write_text(json.dumps(tables(names, start, weights, total, choice, args.keep), indent=1) + "\n", "utf-8")


def kept(names: dict[str, Any], scopes: list[str]) -> dict[tuple[str, str], Array]:
    """The weights of some scopes as a file has them."""
    table = {}
    for mode in (m for m in names["modes"] if scope_of(m) in scopes):
        known = names["modes"][mode]
        table["goes_on", scope_of(mode)] = np.array(list(known["goes_on"].values()))
        table["costs", scope_of(mode)] = np.array([known["unheaded"], known["idle"]])
        for kind in ("together", "heads"):
            table[kind, mode] = np.array(list(known[kind].values()))
    return table


def regression(train: list[Problem], known: dict[tuple[str, str], Array]) -> Weights:
    """Every link by itself: is it right? What is learned (or known) of whole pages is the prior for all others."""
    weights = Weights({kind: getattr(train[0], kind).shape[-1] for kind in KINDS})
    table = weights.table
    table.update(known)
    for scope in (scope for scope in SCOPES if ("goes_on", scope) not in known):
        own = [p for p in train if p.scope == scope]
        table["goes_on", scope] = _logistic([(p.goes_on, _right(p)) for p in own], table["goes_on", "page"])
        for mode in (m for m in (*MODES, BODIES) if scope_of(m) == scope):
            table["together", mode] = _logistic([_together(p) for p in own], table["together", "before"])
            prior = table["heads", "before"] if scope != "page" else np.zeros_like(table["heads", mode])
            table["heads", mode] = _logistic([_headed(p) for p in train if mode in p.modes], prior)
    return weights


def perceptron(train: list[Problem], start: Weights, *, epochs: int, rate: float = 0.05, pull: float = 1e-3) -> Weights:
    """Weights that set the true assignment above all others by a margin; drawn back to the start, averaged."""
    weights, mean, steps = start.copy(), start.copy(), 1
    order, rnd = list(train), random.Random(5)
    for epoch in range(epochs):
        rnd.shuffle(order)
        for problem in order:
            for mode in problem.modes:
                _, found = solve(problem, weights, mode, margin=1.0)
                if found != problem.links:
                    _update(problem, weights, mode, found, rate / (1 + epoch / 2))
            steps += 1
            for key, value in weights.table.items():
                value += pull * (start.table[key] - value)
                mean.table[key] += (value - mean.table[key]) / steps
    return mean


def _update(problem: Problem, weights: Weights, mode: str, found: Links, rate: float) -> None:
    right, wrong = counted(problem, problem.links), counted(problem, found)
    for kind in (*KINDS, "costs"):
        weights.table[kind, mode if kind in ("together", "heads") else problem.scope] += rate * (
            right[kind] - wrong[kind]
        )


def mode_choice(train: list[Problem], weights: Weights, strength: float = 0.3) -> tuple[float, Array]:
    """Weights of the sum of an assignment and of the page's features (features, modes)."""
    x = np.array([p.choice for p in train])
    t = np.array([_totals(p, weights) for p in train])
    y = np.array([MODES.index(p.mode) for p in train])

    def loss(b: Array) -> tuple[float, Array]:
        v = b[1:].reshape(x.shape[1], len(MODES))
        z = x @ v + b[0] * t
        z -= z.max(axis=1, keepdims=True)
        share = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        value = -np.log(share[np.arange(len(y)), y] + 1e-12).sum() + strength * (v**2).sum() / 2
        share[np.arange(len(y)), y] -= 1
        return value, np.concatenate([[(share * t).sum()], (x.T @ share + strength * v).ravel()])

    b = minimize(loss, np.zeros(1 + x.shape[1] * len(MODES)), jac=True, method="L-BFGS-B").x
    return float(b[0]), b[1:].reshape(x.shape[1], len(MODES))


def choose(problem: Problem, weights: Weights, total: float, choice: Array) -> str:
    """The mode that a page is taken for."""
    return MODES[int((problem.choice @ choice + total * _totals(problem, weights)).argmax())]


def report(pages: list[Problem], weights: Weights) -> dict[str, float]:
    """F1 of the links of each kind, the mode being known."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for problem in pages:
        p = problem.paragraphs
        found = set(solve(problem, weights, problem.mode)[1].items())
        for links, side in ((found, 1), (set(problem.links.items()), 1), (found & set(problem.links.items()), 0)):
            for i, j in links:
                kind = "goes on" if i < p else "head" if j < p else "together"
                counts[f"{problem.name.split('-')[0]} {kind}"][side] += 1
    return {key: round(2 * both / max(1, sides), 3) for key, (both, sides) in sorted(counts.items())}


def tables(
    names: dict[str, Any], start: Weights, weights: Weights, total: float, choice: Array, keep: list[str]
) -> dict[str, Any]:
    """The weights by the names of their features."""
    modes: dict[str, Any] = {}
    for mode in (*MODES, BODIES):
        scope = scope_of(mode)
        if scope in keep:
            modes[mode] = names["modes"][mode]
            continue
        known, cost = names["modes"][mode], weights.table["costs", scope]
        keys = {"goes_on": scope, "together": mode, "heads": mode}
        modes[mode] = {kind: _named(known[kind], weights.table[kind, key]) for kind, key in keys.items()}
        modes[mode] |= {"starts": _named(known["goes_on"], start.table["goes_on", scope])}
        modes[mode] |= {"unheaded": round(float(cost[0]), 3), "idle": round(float(cost[1]), 3)}
    by_mode = {mode: _named(names["choice"][mode], choice[:, k]) for k, mode in enumerate(MODES)}
    return {"modes": modes, "choice": by_mode, "total": round(total, 4)}


def _named(names: dict[str, Any], values: Array) -> dict[str, float]:
    return {name: round(float(v), 3) for name, v in zip(names, values, strict=True)}


def _totals(problem: Problem, weights: Weights) -> Array:
    totals = np.array([solve(problem, weights, mode)[0] for mode in MODES])
    centred: Array = totals - totals.mean()
    return centred


def _right(p: Problem) -> Array:
    return np.array([p.links.get(i) == i + 1 for i in range(len(p.goes_on))], dtype=float)


def _together(p: Problem) -> tuple[Array, Array]:
    adjacent = np.flatnonzero(p.together[:, 0])
    at = p.paragraphs + adjacent
    return p.together[adjacent], np.array([p.links.get(int(k)) == int(k) + 1 for k in at], dtype=float)


def _headed(p: Problem) -> tuple[Array, Array]:
    y = np.zeros(p.heads.shape[:2])
    for i, j in p.links.items():
        if i >= p.paragraphs > j:
            y[i - p.paragraphs, j] = 1
    return p.heads.reshape(-1, p.heads.shape[2]), y.ravel()


def _logistic(rows: list[tuple[Array, Array]], prior: Array, strength: float = 1.0) -> Array:
    """Weights with a penalty on their distance from `prior`, the first, which is the bias, left free."""
    x, y = np.concatenate([x for x, _ in rows]), np.concatenate([y for _, y in rows])
    if not len(y):
        return prior.copy()

    def loss(b: Array) -> tuple[float, Array]:
        z = x @ b
        rest = np.concatenate([[0.0], (b - prior)[1:]])
        value = np.logaddexp(0, -z * (2 * y - 1)).sum() + strength * (rest**2).sum() / 2
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + strength * rest

    result: Array = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return result


if __name__ == "__main__":
    main()
