"""Makes small PDF pages for tests: printed text, rules and pictures in, the bytes of a PDF out.

The text is set in a Chinese font that every PDF reader knows by name, so that no font file is needed. Coordinates are
points from the top left corner; all wording is invented.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

SONG = "STSong-Light"
TOPICS = ("春耕备耕", "老旧小区改造", "防汛抗旱", "园区建设", "冬季供暖", "学前教育", "河道治理", "路网升级")
PLACES = ("云麓县", "青禾区", "东浦镇", "南岭街道", "北港村", "石桥乡")
ASCENT = 0.88


class Sheet:
    """One or more pages on which text is put where it is told to stand."""

    def __init__(self, width: float = 600, height: float = 800, **options: Any) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))
        self.buffer = io.BytesIO()
        self.canvas = canvas.Canvas(self.buffer, pagesize=(width, height), **options)
        self.height = height

    def text(self, left: float, top: float, text: str, size: float = 10) -> None:
        """One line."""
        self.canvas.setFont(SONG, size)
        self.canvas.drawString(left, self.height - top - ASCENT * size, text)

    def centred(self, left: float, right: float, top: float, text: str, size: float = 10) -> None:
        """One line in the middle between two edges."""
        self.text((left + right - width_of(text, size)) / 2, top, text, size)

    def vertical(self, left: float, top: float, text: str, size: float = 24) -> None:
        """One line that runs downwards."""
        for n, char in enumerate(text):
            self.text(left, top + 1.06 * size * n, char, size)

    def flow(
        self,
        paragraphs: Sequence[str],
        frames: Sequence[tuple[float, float, int]],
        measure: int | Sequence[int] = 14,
        size: float = 10,
        leading: float = 14,
    ) -> None:
        """Paragraphs set into frames (left, top, rows), each with its measure; first lines are indented."""
        measures = [measure] * len(frames) if isinstance(measure, int) else list(measure)
        set_up = zip(frames, measures, strict=True)
        places = [(left, top + leading * row, m) for (left, top, rows), m in set_up for row in range(rows)]
        at = 0
        for paragraph in paragraphs:
            rest, indent = paragraph, 2
            while rest:
                left, top, room = places[at]
                self.text(left + indent * size, top, rest[: room - indent], size)
                rest, indent, at = rest[room - indent :], 0, at + 1

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """A thin line."""
        self.canvas.line(left, self.height - top, right, self.height - bottom)

    def box(self, left: float, top: float, right: float, bottom: float, *, fill: bool = False) -> None:
        """A frame, or (filled) a picture."""
        self.canvas.setFillGray(0.6)
        self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=int(not fill), fill=int(fill))
        self.canvas.setFillGray(0)

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The PDF."""
        self.canvas.save()
        return self.buffer.getvalue()


def width_of(text: str, size: float) -> float:
    """Width of a line in points (signs of ASCII count one half)."""
    return size * sum(0.5 if c.isascii() else 1.0 for c in text)


def report(number: int, sentences: int = 2) -> str:
    """An invented paragraph; another number gives another text."""
    place, topic = PLACES[number % len(PLACES)], TOPICS[number % len(TOPICS)]
    first = f"{place}今年第{number + 1}次研究{topic}工作，参加人员逐项对照清单，提出了{number + 3}条具体办法。"
    second = f"有关单位表示，将把{topic}列入年度重点任务，定期通报进展，确保{number + 20}个项目按期完成。"
    return (first + second if sentences > 1 else first) * max(1, sentences // 2)


def encrypted(user: str) -> bytes:
    """A page that asks for a password (none for an empty one)."""
    sheet = Sheet(encrypt=pdfencrypt.StandardEncryption(user, "owner"))
    sheet.text(40, 40, report(1, 1))
    return sheet.done()


def raw_pdf(
    content: bytes,
    *,
    font: bytes = b"",
    page: bytes = b"",
    catalogue: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF of one page written by hand; `content` is its content stream, or a whole stream object (`<<...`)."""
    font = font or b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
        + page
        + b">>",
        content if content.startswith(b"<<") else stream(content),
        font,
        *more,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n" % (len(data), entries) + data + b"\nendstream"


def newspaper_page() -> bytes:
    """A page with a central readout and a local meeting, each under its headline."""
    sheet = Sheet()
    sheet.centred(40, 560, 40, "国务院常务会议研究部署粮食生产工作", 24)
    central = (
        "新华社北京3月8日电　国务院3月8日召开常务会议，研究部署粮食生产工作。",
        "会议强调，要全面落实粮食安全党政同责，稳定粮食播种面积，加强高标准农田建设。要健全种粮农民收益保障机制。",
    )
    sheet.flow(central, [(40, 90, 6), (310, 90, 6)], measure=24)
    sheet.rule(40, 200, 560, 200)
    sheet.centred(40, 560, 220, "全市粮食生产工作会议召开", 24)
    local = (
        "本报讯（记者　林晓舟）3月12日上午，全市粮食生产工作会议召开。市委书记周明远讲话。",
        "会议强调，要严格落实粮食安全党政同责，确保全年粮食播种面积稳定在610万亩以上。要新建和改造高标准农田28万亩。",
    )
    sheet.flow(local, [(40, 270, 6), (310, 270, 6)], measure=24)
    return sheet.done()


def printed_report() -> bytes:
    """A report of two pages; a sentence runs over the page break."""
    sheet = Sheet(500, 700)
    sheet.centred(50, 450, 60, "清泽市粮食生产实施方案", 22)
    first = [report(n, 4) for n in range(4)]
    sheet.flow(
        [*first, "要加强高标准农田建设，完善农田灌溉和排水设施，落实农田管护责任，全市年内新建"],
        [(50, 110, 30)],
        measure=40,
    )
    sheet.centred(50, 450, 660, "— 1 —", 9)
    sheet.turn()
    sheet.text(50, 60, "和改造高标准农田28万亩，同步落实管护人员和经费。")
    sheet.flow([report(n, 4) for n in range(4, 9)], [(50, 74, 30)], measure=40)
    sheet.centred(50, 450, 660, "— 2 —", 9)
    return sheet.done()
