"""Nothing in, the example of a comparison out: one demand and the measure that answers it."""

from __future__ import annotations

from typing import Any

_CENTRAL = "要加强高标准农田建设，完善管护机制。"
_LOCAL = "要新建和改造高标准农田28万亩，同步落实管护人员和经费。"
_SHARED = ("高标准农田", "管护")


def _side(name: str, title: str, date: str, level: str, text: str) -> dict[str, Any]:
    unit = {"id": name, "start": 0, "end": len(text), "text": text, "kind": "demand", "themes": ["T13"]}
    known = {"id": title, "title": title, "date": date, "text": text, "issuer": None, "level": level}
    return {**known, "units": [unit]}


def _quote(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _phrase(words: str) -> dict[str, Any]:
    places = {side: _quote(text, words) for side, text in (("central", _CENTRAL), ("local", _LOCAL))}
    return {"text": words, **{side: [place["start"], place["end"]] for side, place in places.items()}}


COMPARISON: dict[str, Any] = {
    "central": _side("c1", "全国粮食稳产工作会议在京召开", "2026-03-08", "central", _CENTRAL),
    "local": _side("l1", "全市粮食生产工作会议召开", "2026-03-12", "city", _LOCAL),
    "alignments": [
        {
            "central": "c1",
            "local": "l1",
            "score": 0.87,
            "linked": True,
            "band": "linked",
            "relation": "concretised",
            "specificity": 2,
            "central_quote": _quote(_CENTRAL, "加强高标准农田建设"),
            "local_quote": _quote(_LOCAL, "新建和改造高标准农田28万亩"),
            "shared_phrases": [_phrase(words) for words in _SHARED],
        }
    ],
    "coverage": {"central_demands": 1, "echoed": 1, "not_found": 0},
    "not_found": [],
    "local_only": [],
    "themes": [{"id": "T13", "zh": "乡村振兴与三农", "central": 1, "local": 1, "links": 1, "status": "echoed"}],
    "warnings": [],
    "method": "logistic model of shared wording, likeness of meaning and agreement of themes, measured against chance",
    "model": "char_ngrams + encoder",
    "thresholds": {"linked": 0.5, "review": 0.35},
}
