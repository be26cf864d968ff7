"""What a reviewed workbook carries for its way back: heads, verdicts, and the id of the pair in each row."""

from __future__ import annotations

import json

from duizhao.types.comparisons import Comparison, Unit
from duizhao.types.digests import DigestEntry

REVIEW, REMARK, PAIR = "核对结论", "备注", "配对标识"
VERDICTS = ("同意", "不同意", "待定")
# of a comparison, where the verdict is on a pair: its sheets, its columns, and the relation that the file was made with
LINKS, GAPS = "对照", "未见呼应（待核）"
CENTRAL, LOCAL, DEMAND, NEAREST = "中央表述", "地方表述", "中央要求", "最接近的地方表述"
RELATION, MADE = "呼应方式", "原呼应方式"


def pair_id(c: Comparison, central: Unit | None, local: Unit | None) -> str:
    """The pair of a row as JSON: for each side [document, unit, start, end], nulls where there is no unit.

    It is the same for the same texts, so that the verdicts of a reviewed workbook find their pairs again.
    """
    sides = ((c.central.document, central), (c.local.document, local))
    return _dumps([[d.id, u.id, u.start, u.end] if u else [d.id, None, None, None] for d, u in sides])


def entry_id(e: DigestEntry) -> str:
    """The article of a row as JSON: [page, article]."""
    return _dumps([e.article.page_id, e.article.id])


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
