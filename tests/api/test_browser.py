"""The start page in a browser: paste a page, read the result, with and without scripts; nothing from outside."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from api.stand_in import StandIn
from duizhao.api import create_app
from duizhao.settings import Settings

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1280, 360, 320)
REFUSED = "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    settings = Settings()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(settings, StandIn(settings)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Any]:
    """Opens the start page; afterwards there must be no request to elsewhere and no complaint on the console."""
    complaints: list[str] = []

    def run(width: int = 1280, *, scripts: bool = True) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts).new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else complaints.append(r.url))
        page.goto(address)
        return page

    yield run
    for context in browser.contexts:
        context.close()
    # the browser itself remarks on an error page
    assert [c for c in complaints if c != REFUSED] == []


def submit(page: Page, text: str) -> None:
    page.get_by_label("粘贴版面文字").fill(text)
    page.get_by_role("button", name="开始处理").click()
    page.wait_for_url("**/results/*")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_pasted_page_is_read_in_articles_summaries_and_comparison(opened: Any, page: str, width: int) -> None:
    shown = opened(width)
    submit(shown, page)
    assert shown.get_by_role("heading", name="全市粮食生产工作会议召开").count() >= 1
    assert shown.get_by_role("list", name="摘要").count() == 2
    assert shown.get_by_text("原文呼应", exact=True).first.is_visible()
    assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_a_sentence_marks_its_source_and_only_that(opened: Any, page: str) -> None:
    shown = opened()
    submit(shown, page)
    shown.get_by_role("link", name="要新建高标准农田28万亩。").click()
    assert shown.locator(".from.on").all_inner_texts() == ["要新建高标准农田28万亩。"]
    shown.get_by_role("link", name="要加强高标准农田建设。").press("Enter")
    assert shown.locator(".from.on").all_inner_texts() == ["要加强高标准农田建设。"]
    assert shown.locator(".from.on").first.is_visible()


def test_everything_works_with_scripts_off(opened: Any, page: str) -> None:
    shown = opened(scripts=False)
    submit(shown, page)
    shown.get_by_role("link", name="要新建高标准农田28万亩。").click()
    assert re.search("#a2-s1$", shown.url)
    shown.get_by_role("link", name="打开完整对照报告").evaluate("link => { link.target = '_self'; }")
    shown.get_by_role("link", name="打开完整对照报告").click()
    shown.wait_for_url("**/reports/*")
    assert shown.get_by_role("heading", name="表述呼应对照").count() == 1


def test_a_file_can_be_chosen_and_dropped(opened: Any, page: str) -> None:
    shown = opened()
    file = {"name": "江原晚报.txt", "mimeType": "text/plain", "buffer": page.encode("gb18030")}
    shown.get_by_label("选择版面文件").set_input_files(file)
    shown.get_by_role("button", name="开始处理").click()
    shown.wait_for_url("**/results/*")
    shown.go_back()
    transfer = shown.evaluate_handle(
        "text => { const t = new DataTransfer(); t.items.add(new File([text], '晚报.txt')); return t; }", page
    )
    shown.dispatch_event("body", "drop", {"dataTransfer": transfer})
    assert shown.evaluate("document.getElementById('file').files[0].name") == "晚报.txt"


def test_the_form_can_be_used_by_keyboard_alone(opened: Any, page: str) -> None:
    shown = opened()
    names = []
    for _ in range(9):
        shown.keyboard.press("Tab")
        names.append(shown.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert names[0] == "跳到正文"
    wanted = [n for n in names if n in ("file", "page", "submit")]
    assert wanted == ["file", "page", "submit"]


def test_an_error_takes_the_focus(opened: Any) -> None:
    shown = opened()
    with shown.expect_navigation():
        shown.get_by_role("button", name="开始处理").click()
    assert shown.evaluate("document.activeElement.id") == "error"
    assert shown.get_by_role("alert").is_visible()


def test_script_in_a_headline_does_not_run(opened: Any) -> None:
    shown = opened()
    submit(shown, "全市<img src=x onerror=document.title='bad'><script>document.title='bad'</script>\n要抓落实。\n")
    assert "bad" not in shown.title()
    assert shown.locator("main img").count() == 0


def test_the_page_of_the_interface_works_without_a_network(opened: Any) -> None:
    shown = opened()
    shown.get_by_role("link", name="接口文档").click()
    shown.get_by_text("/v1/summarize", exact=True).first.wait_for()
    shown.get_by_text("/v1/summarize", exact=True).first.click()
    shown.get_by_text("Request body").first.wait_for()
