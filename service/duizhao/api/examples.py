"""Nothing in, the examples of the OpenAPI document out: an invented city, its paper and its people."""

from __future__ import annotations

from typing import Any

LOCAL_TEXT = (
    "3月12日上午，全市粮食生产工作会议召开。市委书记周明远讲话。"
    "会议强调，要严格落实粮食安全党政同责，确保全年粮食播种面积稳定在610万亩以上。"
    "要新建和改造高标准农田28万亩，同步落实管护人员和经费。"
)
CENTRAL_TEXT = (
    "新华社北京3月8日电 全国粮食稳产工作会议3月8日在北京召开。"
    "会议强调，要全面落实粮食安全党政同责，稳定粮食播种面积。"
    "要加强高标准农田建设，完善管护机制。"
)
_LINES = (
    "本报讯（记者 林晓舟）3月12日上午，",
    "全市粮食生产工作会议召开。会议强调，",
    "要严格落实粮食安全党政同责，确保全",
    "年粮食播种面积稳定在610万亩以上。",
)
_HEAD = "清泽日报\n\n全市粮食生产工作会议召开\n\n"
PAGE_TEXT = _HEAD + "\n".join(_LINES) + "\n"

PAGE_IN: dict[str, Any] = {"text": PAGE_TEXT, "source": "清泽日报-01.txt"}
SUMMARIZE_IN: dict[str, Any] = {
    "text": {"text": LOCAL_TEXT, "title": "全市粮食生产工作会议召开"},
    "one length": {"text": LOCAL_TEXT, "length": "summary", "max_chars": 80},
    "article": {
        "article": {"id": "a1", "headline": {"text": "全市粮食生产工作会议召开"}, "paragraphs": [{"text": LOCAL_TEXT}]}
    },
}
COMPARE_TEXTS_IN: dict[str, Any] = {
    "central": [{"text": CENTRAL_TEXT, "title": "全国粮食稳产工作会议在京召开", "date": "2026-03-08"}],
    "local": [{"text": LOCAL_TEXT, "title": "全市粮食生产工作会议召开", "date": "2026-03-12"}],
}
COMPARE_LIBRARY_IN: dict[str, Any] = {"central": "library", "local": COMPARE_TEXTS_IN["local"]}
COMPARE_PAGE_IN: dict[str, Any] = {
    "page": "全市粮食生产工作会议强调\n"
    "扛牢粮食安全政治责任 推动农业增产增收\n\n"
    "本报讯（记者 林晓舟）3月12日上午，全市粮\n"
    "食生产工作会议召开，市委书记周明远讲话。\n"
    "会议强调，要严格落实粮食安全党政同责，确\n"
    "保全年粮食播种面积稳定在610万亩以上。要\n"
    "新建和改造高标准农田28万亩，同步落实管护\n"
    "人员和经费。\n\n"
    "全国粮食稳产工作会议强调\n"
    "全面落实粮食安全党政同责\n\n"
    "新华社北京3月8日电 全国粮食稳产工作会议\n"
    "3月8日在北京召开。会议强调，要全面落实粮\n"
    "食安全党政同责，稳定粮食播种面积。要加强\n"
    "高标准农田建设，完善管护机制。\n",
    "date": "2026-03-12",
}

_HEADLINE = {"text": "全市粮食生产工作会议召开", "spans": [[6, 18]]}
_STARTS = [len(_HEAD) + sum(len(line) + 1 for line in _LINES[:n]) for n in range(len(_LINES))]
_BODY = {"text": "".join(_LINES), "spans": [[s, s + len(line)] for s, line in zip(_STARTS, _LINES, strict=True)]}
SEGMENTED: dict[str, Any] = {
    "page": {
        "id": "清泽日报-01",
        "source": "清泽日报-01.txt",
        "text": PAGE_TEXT,
        "paper": "清泽日报",
        "date": None,
        "number": None,
        "columns": None,
    },
    "articles": [
        {
            "id": "a1",
            "kind": "article",
            "genre": "meeting_report",
            "issuer": None,
            "level": "city",
            "evidence": {"genre": None, "level": {"text": "全市", "spans": [[6, 8]]}},
            "column": None,
            "kicker": None,
            "headline": _HEADLINE,
            "subheadline": None,
            "byline": None,
            "dateline": None,
            "continues_on": None,
            "continued_from": None,
            "authors": ["林晓舟"],
            "jump": None,
            "captions": [],
            "paragraphs": [_BODY],
        }
    ],
    "furniture": [{"role": "masthead", "text": "清泽日报", "spans": [[0, 4]]}],
    "warnings": [],
}
THEMES: dict[str, Any] = {
    "themes": [{"id": "T13", "zh": "乡村振兴与三农", "keywords": ["粮食安全", "高标准农田"]}],
}
MODELS: dict[str, Any] = {
    "models": [
        {
            "name": "extractive",
            "kind": "summarizer",
            "method": "extractive",
            "description": "Chooses among checked wordings of the text's own clauses; needs no weights to choose.",
            "licence": "Apache-2.0",
            "needs_weights": False,
            "revision": "1",
            "default": True,
        }
    ],
    "lengths": {"headline": 30, "brief": 60, "summary": 150, "long": 300},
}
SENTENCE: dict[str, Any] = {"text": "3月12日上午，全市粮食生产工作会议召开。", "sources": [[0, 21]]}
SUMMARY: dict[str, Any] = {
    "id": "text",
    "summary": SENTENCE["text"],
    "sentences": [SENTENCE],
    "method": "extractive",
    "model": "extractive",
    "characters_in": len(LOCAL_TEXT),
    "truncated": False,
    "continued": False,
    "replaced_sentences": 0,
    "warnings": [],
}
PROBLEM: dict[str, Any] = {
    "type": "urn:duizhao:problem:empty-input",
    "title": "The input is empty",
    "status": 422,
    "detail": "The input holds nothing printable: give a file with some text in it.",
    "request_id": "5b1f0c8e2a7d4c3b9e6f1a20",
}
EVENTS = (
    "event: sentence\n"
    'data: {"index": 0, "text": "3月12日上午，全市粮食生产工作会议召开。", "sources": [[0, 21]]}\n\n'
    "event: summary\n"
    'data: {"id": "text", "summary": "3月12日上午，全市粮食生产工作会议召开。", ...}\n\n'
)
