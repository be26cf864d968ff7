"""Simple ways to cut a page into articles, to measure ours against: texts or PDFs in, articles for the scorer out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

OPENING = re.compile(r"本报(?:讯|记者)|[（(]\s*(?:本报)?记者|[\u4e00-\u9fff]{2,12}[0-9]{1,2}月[0-9]{1,2}日(?:电|讯)")
# A headline is set so much larger than the text.
LARGER = 1.25
# Lines and characters of one text block nearer than this are one (pdfminer's own unit, its default being .5).
LINE_MARGIN = 0.4
HEAD = 40


def blank_lines(text: str) -> dict[str, Any]:
    """What blank lines part is a paragraph; a short one without a stop is a headline and begins an article."""
    return _articles(_stretches(text), lambda paragraph: False, heads=True)


def openings(text: str) -> dict[str, Any]:
    """An article begins with 本报讯, a dateline or a reporter's name, and with the short line above it."""
    return _articles(_stretches(text), lambda paragraph: OPENING.search(paragraph[:HEAD]) is not None, heads=False)


def pdftotext(data: bytes) -> str:
    """The text of a PDF as poppler prints it."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode("utf-8")


def pdfplumber(data: bytes) -> str:
    """The text of a PDF as pdfplumber prints it."""
    import pdfplumber as library

    with library.open(io.BytesIO(data)) as document:
        return "\f".join(page.extract_text() or "" for page in document.pages)


def pdfminer_blocks(data: bytes) -> dict[str, Any]:
    """pdfminer's text boxes in its reading order; a box in larger type begins an article."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    boxes = [
        box for page in extract_pages(io.BytesIO(data), laparams=LAParams(line_margin=LINE_MARGIN)) for box in page
    ]
    blocks = [(_joined(box.get_text()), size) for box in boxes if (size := _size(box)) is not None]
    body = median(size for text, size in blocks for _ in text) if blocks else 0.0
    articles: list[dict[str, Any]] = []
    for text, size in blocks:
        if size >= LARGER * body and articles and not articles[-1]["paragraphs"]:
            articles[-1]["title"] += text
        elif size >= LARGER * body or not articles:
            articles.append({"title": text, "paragraphs": []})
        else:
            articles[-1]["paragraphs"].append(text)
    return _named(articles)


def of_pdfs() -> dict[str, Callable[[bytes], dict[str, Any]]]:
    """The ways for PDFs whose tools are installed."""
    found: dict[str, Callable[[bytes], dict[str, Any]]] = {}
    try:
        import pdfplumber as _  # noqa: F401
    except ImportError:
        pass
    else:
        found["pdfminer blocks"] = pdfminer_blocks
        found["pdfplumber, blank"] = lambda data: blank_lines(pdfplumber(data))
        found["pdfplumber, open."] = lambda data: openings(pdfplumber(data))
    if shutil.which("pdftotext"):
        found["pdftotext, blank"] = lambda data: blank_lines(pdftotext(data))
        found["pdftotext, open."] = lambda data: openings(pdftotext(data))
    return found


def _size(box: Any) -> float | None:
    sizes = [char.size for line in _lines(box) for char in line if hasattr(char, "size")]
    return median(sizes) if sizes else None


def _lines(box: Any) -> Iterator[Any]:
    return iter(box) if hasattr(box, "get_text") and hasattr(box, "__iter__") else iter(())


def _stretches(text: str) -> list[str]:
    return [_joined(part) for part in re.split(r"\n\s*\n|\f", text) if part.strip()]


def _joined(text: str) -> str:
    return "".join(text.split("\n"))


def _articles(parts: list[str], opens: Callable[[str], bool], *, heads: bool) -> dict[str, Any]:
    articles: list[dict[str, Any]] = []
    short_above = False
    for part in parts:
        short = len(part) <= HEAD and not part.rstrip().endswith(("。", "！", "？", "；", "，"))
        if heads and short:
            articles.append({"title": part, "paragraphs": []})
        elif opens(part) or not articles:
            above = articles[-1]["paragraphs"] if articles and short_above else []
            articles.append({"title": above.pop() if above else "", "paragraphs": [part]})
        else:
            articles[-1]["paragraphs"].append(part)
        short_above = short
    return _named(articles)


def _named(articles: list[dict[str, Any]]) -> dict[str, Any]:
    return {"articles": [{"id": f"a{k}", **a} for k, a in enumerate(articles)], "furniture": []}
