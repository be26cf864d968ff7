"""Nothing in, examples of what is kept out: pages, library, reviews, jobs; of the same invented city."""

from __future__ import annotations

from typing import Any

from duizhao.api.examples import CENTRAL_TEXT, SEGMENTED

MOMENT = "2026-03-12T08:30:00Z"
PAGES: dict[str, Any] = {
    "pages": [
        {
            "id": "p0f3a9c1be27d4c3b9e6f1a20",
            "source": "清泽日报-01.txt",
            "paper": "清泽日报",
            "date": "2026-03-12",
            "articles": 6,
            "version": 1,
            "stored": MOMENT,
        }
    ],
    "next": None,
}
_ARTICLE = SEGMENTED["articles"][0]
ARTICLE: dict[str, Any] = _ARTICLE | {
    "id": "p0f3a9c1be27d4c3b9e6f1a20-a1",
    "page": "p0f3a9c1be27d4c3b9e6f1a20",
    "title": _ARTICLE["headline"]["text"],
    "text": _ARTICLE["paragraphs"][0]["text"],
}
EDITS_IN: dict[str, Any] = {
    "merge": {"operations": [{"op": "merge", "articles": ["a1", "a2"]}]},
    "split": {"operations": [{"op": "split", "article": "a1", "paragraph": 3, "headline": True}]},
    "headline": {"operations": [{"op": "attach", "article": "a2", "spans": [[6, 18]], "role": "headline"}]},
}
LIBRARY_IN: dict[str, Any] = {
    "texts": [{"text": CENTRAL_TEXT, "title": "全国粮食稳产工作会议在京召开", "date": "2026-03-08"}]
}
ENTRY: dict[str, Any] = {
    "id": "t5b1f0c8e2a7d4c3b",
    "title": "全国粮食稳产工作会议在京召开",
    "date": "2026-03-08",
    "level": "central",
    "issuer": None,
    "themes": ["T13"],
    "characters": len(CENTRAL_TEXT),
}
ENTRY_TEXT: dict[str, Any] = ENTRY | {"text": CENTRAL_TEXT}
ADDED: dict[str, Any] = {"entries": [ENTRY], "added": 1}
ENTRIES: dict[str, Any] = {"entries": [ENTRY], "next": None}
HITS: dict[str, Any] = {"hits": [{"entry": ENTRY, "score": 0.0489, "excerpt": "要加强高标准农田建设，完善管护机制。"}]}
REVIEW_IN: dict[str, Any] = {
    "central": {"text": "要加强高标准农田建设，完善管护机制。"},
    "local": {"text": "要新建和改造高标准农田28万亩，同步落实管护人员和经费。"},
    "verdict": "accept",
    "relation": "concretised",
}
REVIEW: dict[str, Any] = {
    "central": "9f" * 32,
    "local": "4c" * 32,
    "verdict": "accept",
    "relation": "concretised",
    "note": "",
    "reviewer": "研究室",
    "created": MOMENT,
}
REVIEWS: dict[str, Any] = {"reviews": [REVIEW], "next": None}
JOB: dict[str, Any] = {
    "id": "019f2b6c8a10-9e6f1a205b1f0c8e",
    "kind": "digest",
    "state": "running",
    "created": MOMENT,
    "updated": MOMENT,
    "total": 16,
    "done": 3,
    "cached": 0,
    "failures": [],
    "attempt": 1,
    "error": None,
}
RECORDS = '{"id": "1", "title": "全市粮食生产工作会议召开", "text": "3月12日，全市粮食生产工作会议召开。"}\n'
DIGEST_MD = "# 要闻摘编\n\n- **全市粮食生产工作会议召开** 确保全年粮食播种面积稳定在610万亩以上。\n"
JOB_OVER: dict[str, Any] = JOB | {
    "state": "done",
    "done": 16,
    "failures": [
        {"subject": "paper.pdf#page=5", "article": None, "stage": "read", "type": "InputRefused", "detail": "no text"},
        {"subject": "0312.txt", "article": "a3", "stage": "summarize", "type": "NotText", "detail": "no words in it"},
    ],
}
COMPARISON: dict[str, Any] = JOB | {"id": "cmp-019f2b6c8d01-5b1f0c8e2a7d4c3b", "kind": "compare", "total": 1, "done": 0}
JOBS: dict[str, Any] = {"jobs": [COMPARISON, JOB], "next": None}
PROGRESS = (
    "id: 1-running-3-16\nevent: progress\n"
    'data: {"id": "019f2b6c8a10-9e6f1a205b1f0c8e", "state": "running", "total": 16, "done": 3, ...}\n\n'
    "id: 1-done-16-16\nevent: end\n"
    'data: {"id": "019f2b6c8a10-9e6f1a205b1f0c8e", "state": "done", "total": 16, "done": 16, ...}\n\n'
)
