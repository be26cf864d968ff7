"""Our own script and style: small, for old browsers, readable, and without any address outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duizhao.web.render import STATIC

CSS = (STATIC / "style.css").read_text(encoding="utf-8")
SCRIPT = (STATIC / "app.js").read_text(encoding="utf-8")
# not understood by Chromium 76: nullish and logical assignment, optional chaining, private members, late CSS
TOO_NEW_SCRIPT = r"\?\?|\?\.|\|\|=|&&=|#\w+\s*\(|\.replaceAll|\.at\(|structuredClone|import\s*\(|=>\s*\{?\s*await"
TOO_NEW_STYLE = r":has\(|:is\(|:where\(|:focus-visible|@layer|@container|\binset:|aspect-ratio|\bgap:|color-mix|dvh"


def test_the_script_is_short_and_old_browsers_read_it() -> None:
    assert SCRIPT.count("\n") < 300
    assert re.findall(TOO_NEW_SCRIPT, SCRIPT) == []
    assert "innerHTML" not in SCRIPT and "eval" not in SCRIPT


def test_the_style_is_for_old_browsers() -> None:
    assert re.findall(TOO_NEW_STYLE, CSS) == []


@pytest.mark.parametrize("file", sorted(STATIC.parent.rglob("*.*")), ids=lambda p: Path(p).name)
def test_nothing_is_loaded_from_elsewhere(file: Path) -> None:
    if file.suffix in (".html", ".css", ".js"):
        assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", file.read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    colour = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", CSS))
    grounds = ("paper", "ground", "warm", "quote", "bad")
    text = [(c, g) for c in ("ink", "soft", "blue", "red") for g in grounds] + [("ink", "phrase"), ("amber", "paper")]
    assert {pair: round(contrast(*(colour[c] for c in pair)), 2) for pair in text if _poor(colour, pair, 4.5)} == {}
    edges = [("edge", g) for g in ("paper", "ground")]
    assert [pair for pair in edges if _poor(colour, pair, 3.0)] == []
    assert contrast("#ffffff", colour["red"]) >= 4.5 and contrast("#ffffff", colour["soft"]) >= 4.5


def _poor(colour: dict[str, str], pair: tuple[str, str], least: float) -> bool:
    return contrast(colour[pair[0]], colour[pair[1]]) < least
