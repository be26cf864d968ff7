"""Results of the start page in, kept in memory for a while under names that cannot be guessed."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class Kept:
    """The latest results, at most `count`, each for `seconds`; nothing is written to disk."""

    def __init__(self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.count = count
        self.seconds = seconds
        self._clock = clock
        self._items: OrderedDict[str, tuple[float, Any]] = OrderedDict()

    @staticmethod
    def new_name() -> str:
        """A name of 128 random bits."""
        return secrets.token_urlsafe(16)

    def put(self, name: str, item: Any) -> None:
        """Keep an item under a new name; the oldest one goes when there is no room."""
        self._drop_old()
        while len(self._items) >= self.count:
            self._items.popitem(last=False)
        self._items[name] = (self._clock() + self.seconds, item)

    def get(self, name: str) -> Any | None:
        """The item of this name, while it is kept."""
        self._drop_old()
        found = self._items.get(name)
        return found[1] if found else None

    def _drop_old(self) -> None:
        now = self._clock()
        while self._items and next(iter(self._items.values()))[0] <= now:
            self._items.popitem(last=False)
