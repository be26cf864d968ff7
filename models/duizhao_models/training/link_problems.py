"""The possible links of a training page and weights in, the best assignment out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Array = NDArray[np.float64]
Links = dict[int, int]

MODES = ("before", "after", "last", "mixed", "plain")
PLAIN, BODIES = "plain", "bodies"
SCOPES = ("page", PLAIN, BODIES)
KINDS = ("goes_on", "together", "heads")
NEVER = -1e6


@dataclass
class Problem:
    """As `duizhao.segmenter.links.Problem`, with the truth."""

    name: str
    paragraphs: int
    goes_on: Array
    together: Array
    heads: Array
    idle: Array
    teaser: NDArray[np.bool_]
    mode: str
    choice: Array
    links: Links

    @property
    def scope(self) -> str:
        """Continuations are weighed alike in all modes of whole pages."""
        return scope_of(self.mode)

    @property
    def modes(self) -> tuple[str, ...]:
        """Its own mode; for a whole page also the one that looks both ways."""
        return (self.mode, "mixed") if self.mode in ("before", "after", "last") else (self.mode,)


class Weights:
    """`goes_on` for each scope; `together` and `heads` for each mode; `costs` (unheaded, idle) for each scope."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.table: dict[tuple[str, str], Array] = {}
        for scope in SCOPES:
            self.table["goes_on", scope] = np.zeros(sizes["goes_on"])
            self.table["costs", scope] = np.array([3.0, 1.0])
        for mode in (*MODES, BODIES):
            self.table["together", mode] = np.zeros(sizes["together"])
            self.table["heads", mode] = np.zeros(sizes["heads"])

    def copy(self) -> Weights:
        """Weights of their own with the same values."""
        other = Weights.__new__(Weights)
        other.table = {key: value.copy() for key, value in self.table.items()}
        return other


def load(path: Path) -> Problem:
    """A problem from its file."""
    z = np.load(path)
    arrays: dict[str, Any] = {n: z[n] for n in ("goes_on", "together", "heads", "idle", "teaser", "choice")}
    links = {int(i): int(j) for i, j in z["links"]}
    return Problem(name=path.stem, paragraphs=int(z["paragraphs"]), mode=str(z["mode"]), links=links, **arrays)


def solve(problem: Problem, weights: Weights, mode: str, margin: float = 0.0) -> tuple[float, Links]:
    """The best assignment, or with a margin the one that is most wrongly preferred."""
    p, d = problem.paragraphs, len(problem.idle)
    n = p + d
    scope = scope_of(mode)
    unheaded, idle = weights.table["costs", scope]
    score = np.full((n, 2 * n), NEVER)
    score[np.arange(n), n + np.arange(n)] = np.concatenate([np.zeros(p), -idle * problem.idle])
    if p:
        goes_on = problem.goes_on @ weights.table["goes_on", scope] + unheaded
        score[np.arange(p - 1), np.arange(1, p)] = goes_on
    if p and d:
        heads = problem.heads @ weights.table["heads", mode] + unheaded
        score[p:, :p] = np.where(problem.teaser[:, None], NEVER, heads)
    adjacent = np.flatnonzero(problem.together[:, 0])
    score[p + adjacent, p + adjacent + 1] = problem.together[adjacent] @ weights.table["together", mode]
    if margin:
        score[score > NEVER / 2] += margin
        for row in range(n):
            score[row, problem.links.get(row, n + row)] -= margin
    rows, columns = linear_sum_assignment(score, maximize=True)
    links = {int(r): int(c) for r, c in zip(rows, columns, strict=True) if c < n and score[r, c] > NEVER / 2}
    return float(score[rows, columns].sum()), links


def counted(problem: Problem, links: Links) -> dict[str, Array]:
    """The features of a set of links, summed."""
    p = problem.paragraphs
    sums = {kind: np.zeros(getattr(problem, kind).shape[-1]) for kind in KINDS} | {"costs": np.zeros(2)}
    sums["costs"][1] = -sum(idle for k, idle in enumerate(problem.idle) if p + k not in links)
    for i, j in links.items():
        sums["costs"][0] += j < p
        if i < p:
            sums["goes_on"] += problem.goes_on[i]
        elif j < p:
            sums["heads"] += problem.heads[i - p, j]
        else:
            sums["together"] += problem.together[i - p]
    return sums


def scope_of(mode: str) -> str:
    return mode if mode in (PLAIN, BODIES) else "page"
