"""Back ends by file name: a module of a package with `build(**options)` and a `CARD` is a back end."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from duizhao_models.base import ModelCard

PACKAGES = {"summarizer": "duizhao_models.summarizers", "embedder": "duizhao_models.embedders"}


class UnknownBackEnd(LookupError):
    """No back end has this name; the message lists those that there are."""


def names(kind: str) -> list[str]:
    """Names of the back ends of a kind, sorted. Modules that begin with an underscore are helpers."""
    package = importlib.import_module(PACKAGES[kind])
    return sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))


def card(kind: str, name: str) -> ModelCard:
    """The card of a back end, without building it."""
    found: ModelCard = _module(kind, name).CARD
    return found


def build(kind: str, name: str, **options: Any) -> Any:
    """Build a back end. torch is imported only by those that need it."""
    return _module(kind, name).build(**options)


def _module(kind: str, name: str) -> Any:
    known = names(kind)
    if name not in known:
        raise UnknownBackEnd(f"no {kind} is called {name!r}; there are: {', '.join(known)}")
    return importlib.import_module(f"{PACKAGES[kind]}.{name}")
