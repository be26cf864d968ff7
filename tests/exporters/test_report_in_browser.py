"""The report of a comparison in a browser: readable on a phone, and printed with what the screen folds."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from duizhao.exporters import html
from duizhao.types.articles import Document
from duizhao.types.comparisons import Comparison

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture
def report(comparison: Comparison, tmp_path: Path) -> Path:
    """Two local texts side by side, in each a demand with a weak second link, which is folded."""
    weak = replace(comparison.alignments[1], score=0.6)
    one = replace(comparison, alignments=(comparison.alignments[0], weak, *comparison.alignments[2:]))
    other = replace(
        one, local=replace(one.local, document=Document("x", one.local.document.text, "青禾县委常委会会议"))
    )
    path = tmp_path / "report.html"
    path.write_text(html.comparison([one, other]), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, report: Path, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wider = "e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible'"
    assert page.locator("table").count() > 5
    assert page.locator("body *").evaluate_all(f"all => all.filter({wider}).map(e => e.className)") == []
    page.context.close()


def test_folded_links_open_by_keyboard_and_are_printed(browser: Browser, report: Path, tmp_path: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(report.as_uri())
    folded = page.locator(".folded li").first
    assert not folded.is_visible()
    page.locator(".folded input").first.press("Space")
    assert folded.is_visible()
    page.locator(".folded input").first.press("Space")
    page.emulate_media(media="print")
    assert folded.is_visible()
    if shutil.which("pdftotext"):
        page.pdf(path=str(tmp_path / "report.pdf"))
        command = ["pdftotext", "-raw", str(tmp_path / "report.pdf"), "-"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "另有1条呼应" in re.sub(r"\s", "", printed)
    page.context.close()
