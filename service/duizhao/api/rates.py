"""Names of callers in, how long each must wait out: a token bucket for each."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_NAMES = 10_000


class Rates:
    """Each name may do `per_minute` things a minute, up to that many at once; 0 is no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> int:
        """Count one thing; 0 if it is allowed, else the seconds to wait."""
        if not self.per_minute:
            return 0
        left = self._left(name)
        if left < 1:
            return math.ceil((1 - left) * 60 / self.per_minute)
        self._put(name, left - 1)
        return 0

    def wait(self, name: str) -> int:
        """As `take`, but nothing is counted."""
        left = self._left(name)
        return 0 if left >= 1 or not self.per_minute else math.ceil((1 - left) * 60 / self.per_minute)

    def _left(self, name: str) -> float:
        tokens, since = self._buckets.get(name, (float(self.per_minute), self._clock()))
        return min(self.per_minute, tokens + (self._clock() - since) * self.per_minute / 60)

    def _put(self, name: str, tokens: float) -> None:
        self._buckets[name] = (tokens, self._clock())
        self._buckets.move_to_end(name)
        while len(self._buckets) > MOST_NAMES:
            self._buckets.popitem(last=False)
