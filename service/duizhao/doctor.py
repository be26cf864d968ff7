"""Nothing in, a list of findings out: is everything that the main job needs in place?"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib import metadata

from duizhao.demo import sample_page
from duizhao_models import registry
from duizhao_models.base import ModelCard

PACKAGES = ("torch", "transformers", "sentencepiece", "numpy", "scipy", "pydantic")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what, whether it is in order, and the details."""

    name: str
    good: bool
    detail: str


def examine() -> tuple[Finding, ...]:
    """Every check, quick ones first."""
    found = [Finding("Python", sys.version_info >= (3, 11), platform.python_version())]
    found += [_package(name) for name in PACKAGES]
    found.append(Finding("样例版面", bool(sample_page()), "samples/sample_page.txt"))
    found.append(weights())
    return tuple(found)


def weights() -> Finding:
    """The shipped weights against their checksums."""
    from duizhao_models.encoder import verify

    problems = verify()
    return Finding("模型权重", not problems, "; ".join(problems) or "校验一致")


def cards() -> tuple[ModelCard, ...]:
    """The cards of all back ends."""
    return tuple(registry.card(kind, name) for kind in registry.PACKAGES for name in registry.names(kind))


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, False, "没有安装")
