"""Reading PDFs: lines with their geometry, what is left out is told, and bad input ends in one clear refusal."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib

import pypdfium2
import pytest

from duizhao.errors import EmptyInput, InputRefused, TooLarge
from duizhao.readers import pdf_process
from duizhao.readers.pdf import Limits, is_pdf, read_pages
from duizhao.segmenter import segment
from duizhao.types.pages import Page
from pdf_pages import Sheet, encrypted, newspaper_page, raw_pdf, report, stream

LINE = "清泽市研究春耕备耕工作"
UNMAPPED_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Foo/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/ABCDEF+Foo/DW 1000/FontDescriptor 6 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
)
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/ABCDEF+Foo/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
    b"/Descent -200/CapHeight 700/StemV 80>>"
)


def read(data: bytes, limits: Limits | None = None, *, picture: bool = False) -> list[Page]:
    return list(read_pages(data, source="test.pdf", page_id="test", limits=limits, picture=picture))


def shown_turned(data: bytes, angle: int) -> bytes:
    """The same document with every page shown turned by so many degrees."""
    document, out = pypdfium2.PdfDocument(data), io.BytesIO()
    for page in document:
        page.set_rotation(angle)
    document.save(out)
    document.close()
    return out.getvalue()


def dots(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a grey picture whose rows are not filtered."""
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    data = zlib.decompress(png[41 : 41 + length])
    return width, height, [data[(width + 1) * y + 1 : (width + 1) * (y + 1)] for y in range(height)]


def one_page() -> Sheet:
    sheet = Sheet()
    sheet.text(40, 50, LINE, 12)
    sheet.text(40, 70, "第二行文字在它下面", 12)
    return sheet


def lines(page: Page) -> list[str]:
    return [page.text[line.start : line.end] for line in page.lines]


def test_a_line_carries_its_place_size_and_text() -> None:
    (page,) = read(one_page().done())
    assert lines(page) == [LINE, "第二行文字在它下面"]
    box, size = page.lines[0].box, page.lines[0].size
    assert size == 12
    assert box is not None
    assert [round(v) for v in box] == [40, 50, 40 + 12 * len(LINE), 62]
    assert (page.width, page.height, page.warnings) == (600, 800, ())


def test_the_text_of_a_page_is_its_lines_joined_by_newlines() -> None:
    (page,) = read(one_page().done())
    assert page.text == "\n".join(lines(page))
    assert all(a.end + 1 == b.start for a, b in zip(page.lines, page.lines[1:], strict=False))


def test_the_size_comes_from_the_matrix_not_from_the_font_size_alone() -> None:
    (page,) = read(raw_pdf(b"BT /F1 1 Tf 18 0 0 18 40 200 Tm (Big words) Tj ET"))
    assert lines(page) == ["Big words"]
    assert page.lines[0].size == 18


def test_pages_are_numbered_when_there_are_several() -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.text(40, 50, report(number, 1))
        sheet.turn()
    assert [page.id for page in read(sheet.done())] == ["test-1", "test-2", "test-3"]
    assert [page.id for page in read(one_page().done())] == ["test"]


def test_stacked_characters_are_one_vertical_line() -> None:
    sheet = one_page()
    sheet.vertical(500, 100, "青禾区春耕忙", 30)
    sheet.vertical(540, 110, "全市动员部署", 20)
    (page,) = read(sheet.done())
    assert [lines(page)[i] for i, line in enumerate(page.lines) if line.vertical] == ["青禾区春耕忙", "全市动员部署"]


def test_characters_drawn_one_by_one_in_a_font_that_no_machine_needs_to_have_are_read() -> None:
    sheet = Sheet()
    for place, char in enumerate(LINE):
        sheet.text(40 + 12 * place, 50, char, 12)
    sheet.text(40, 90, "。", 12)
    (page,) = read(sheet.done())
    assert lines(page) == [LINE, "。"]
    assert page.lines[0].box == pytest.approx((40, 50, 40 + 12 * len(LINE), 62), abs=0.1)


def test_a_page_that_is_drawn_too_reads_alike() -> None:
    data = newspaper_page()
    (plain,), (drawn,) = read(data), read(data, picture=True)
    assert plain.text == drawn.text
    for one, other in zip(plain.lines, drawn.lines, strict=True):
        assert one.box == pytest.approx(other.box, abs=0.5)


def test_a_line_drawn_from_right_to_left_reads_as_it_is_seen() -> None:
    sheet = Sheet()
    sheet.text(40, 50, "上面一行照常印出", 12)
    for place in reversed(range(len(LINE))):
        sheet.text(40 + 12 * place, 90, LINE[place], 12)
    (page,) = read(sheet.done())
    assert lines(page) == ["上面一行照常印出", LINE]


def test_numbers_under_one_another_are_no_vertical_line() -> None:
    sheet = Sheet()
    for row in range(6):
        sheet.text(40, 50 + 14 * row, str(row + 1))
        sheet.text(80, 50 + 14 * row, "改造完成的项目名称")
    (page,) = read(sheet.done())
    assert not any(line.vertical for line in page.lines)


def test_columns_side_by_side_stay_apart() -> None:
    sheet = Sheet()
    for row in range(5):
        sheet.text(40, 50 + 14 * row, "左栏文字十二个字排满一行")
        sheet.text(175, 50 + 14 * row, "右栏文字十二个字排满一行")
    (page,) = read(sheet.done())
    assert len(page.lines) == 10


def test_pieces_of_a_line_that_are_drawn_apart_are_one_line() -> None:
    sheet = Sheet()
    sheet.text(40, 50, "全年完成投资", 10)
    sheet.text(40, 64, "比上年有所增长的部分", 10)
    sheet.text(100, 50, "亿元以上的项目", 10)
    (page,) = read(sheet.done())
    assert sorted(lines(page)) == sorted(["全年完成投资亿元以上的项目", "比上年有所增长的部分"])


def test_rules_boxes_and_pictures_are_given() -> None:
    sheet = one_page()
    sheet.rule(40, 100, 560, 100)
    sheet.box(40, 120, 200, 300)
    sheet.box(300, 120, 400, 200, fill=True)
    (page,) = read(sheet.done())
    found = {(shape.kind, tuple(round(v) for v in shape.box)) for shape in page.shapes}
    assert found == {("rule", (40, 100, 560, 100)), ("box", (40, 120, 200, 300)), ("fill", (300, 120, 400, 200))}


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_runs_sideways_is_turned_upright(angle: int) -> None:
    sheet = Sheet()
    sheet.canvas.translate(300, 400)
    sheet.canvas.rotate(angle)
    sheet.canvas.setFont("STSong-Light", 12)
    sheet.canvas.drawString(0, 0, LINE)
    sheet.canvas.drawString(0, -20, "第二行文字在它下面")
    (page,) = read(sheet.done())
    assert lines(page) == [LINE, "第二行文字在它下面"]
    above, below = (line.box for line in page.lines)
    assert above is not None
    assert below is not None
    assert round(below.top - above.top) == 20
    assert round(below.left - above.left) == 0


def test_a_turned_page_reads_as_it_is_seen() -> None:
    (page,) = read(raw_pdf(b"BT /F1 12 Tf 0 1 -1 0 300 20 Tm (Hello world) Tj ET", page=b"/Rotate 90"))
    assert lines(page) == ["Hello world"]
    assert (page.width, page.height) == (300, 400)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_shown_turned_gives_the_same_lines_shapes_and_articles(angle: int) -> None:
    (upright,), (page,) = read(newspaper_page()), read(shown_turned(newspaper_page(), angle))
    assert lines(page) == lines(upright)
    assert [line.box for line in page.lines] == [line.box for line in upright.lines]
    assert (page.shapes, page.width, page.height) == (upright.shapes, upright.width, upright.height)
    assert segment(page).articles == segment(upright).articles


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pieces_inside_a_form_keep_their_order_on_a_page_shown_turned(angle: int) -> None:
    sheet = Sheet()
    sheet.canvas.beginForm("frame")
    for n, char in enumerate(LINE):
        sheet.text(40 + 12 * n, 50, char, 12)
    sheet.text(40, 70, "第二行文字在它下面", 12)
    sheet.canvas.endForm()
    sheet.canvas.doForm("frame")
    (page,) = read(shown_turned(sheet.done(), angle))
    assert lines(page) == [LINE, "第二行文字在它下面"]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [0, 90, 180, 270])
def test_the_picture_stands_upright_with_ink_where_the_lines_are(angle: int, drawn: int) -> None:
    sheet = Sheet(500, 700)
    sheet.canvas.translate(*{0: (0, 0), 90: (600, 0), 180: (500, 700), 270: (0, 500)}[drawn])
    sheet.canvas.rotate(drawn)
    sheet.height = 300
    sheet.text(40, 50, LINE, 30)
    sheet.text(40, 100, "第二行短", 20)
    (page,) = read(shown_turned(sheet.done(), angle), picture=True)
    assert page.picture is not None
    width, height, rows = dots(page.picture)
    assert (width > height) == (drawn in (90, 270))
    scale = width / page.width
    ink = [(x / scale, y / scale) for y, row in enumerate(rows) for x, dot in enumerate(row) if dot < 128]
    boxes = [line.box for line in page.lines if line.box]
    assert len(boxes) == 2
    for box in boxes:
        halves = [(box.left, (box.left + box.right) / 2), ((box.left + box.right) / 2, box.right)]
        for left, right in halves:
            assert any(left <= x <= right and box.top <= y <= box.bottom for x, y in ink)
    outside = [
        p
        for p in ink
        if not any(b.left - 3 <= p[0] <= b.right + 3 and b.top - 3 <= p[1] <= b.bottom + 3 for b in boxes)
    ]
    assert not outside


def test_a_second_layer_of_the_same_text_is_read_once_and_told() -> None:
    sheet = one_page()
    for _ in range(2):
        for row in range(6):
            sheet.text(40, 120 + 20 * row, report(row, 1)[:30])
    (page,) = read(sheet.done())
    assert len(page.lines) == 8
    assert any("second layer" in warning for warning in page.warnings)


def test_hidden_text_under_printed_text_is_left_out() -> None:
    sheet = one_page()
    hidden = sheet.canvas.beginText(40, 800 - 50 - 0.88 * 12)
    hidden.setTextRenderMode(3)
    hidden.textOut("清译市研充春耕备耕工作")
    sheet.canvas.drawText(hidden)
    (page,) = read(sheet.done())
    assert lines(page) == [LINE, "第二行文字在它下面"]
    assert any("second layer" in warning for warning in page.warnings)


def test_double_letters_are_not_taken_for_a_second_layer() -> None:
    (page,) = read(raw_pdf(b"BT /F1 12 Tf 40 200 Td (All will fill the hall) Tj ET"))
    assert lines(page) == ["All will fill the hall"]


def test_text_outside_the_page_and_type_without_size_are_left_out_and_told() -> None:
    sheet = one_page()
    sheet.text(700, 50, "印厂标记")
    sheet.text(40, 200, "看不见的字", 0.01)
    (page,) = read(sheet.done())
    assert lines(page) == [LINE, "第二行文字在它下面"]
    assert any(warning.startswith("4 characters outside") for warning in page.warnings)


def test_a_page_without_text_beside_one_with_text_is_told() -> None:
    sheet = Sheet()
    sheet.box(40, 40, 500, 500, fill=True)
    sheet.turn()
    sheet.text(40, 50, LINE)
    empty, full = read(sheet.done())
    assert empty.text == ""
    assert "OCR" in empty.warnings[0]
    assert lines(full) == [LINE]


def test_unmapped_characters_are_counted_and_not_printed_as_junk() -> None:
    content = b"BT /F1 12 Tf 40 200 Td <123412351236> Tj ET"
    with pytest.raises(InputRefused, match="ToUnicode"):
        read(raw_pdf(content, font=UNMAPPED_FONT, more=[DESCRIPTOR]))


def test_scripts_and_attachments_are_not_looked_at() -> None:
    catalogue = (
        b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>/Names<</EmbeddedFiles<</Names[(a.txt)"
        b"<</Type/Filespec/F(a.txt)/EF<</F 6 0 R>>>>]>>>>"
    )
    attachment = stream(b"attached words", b"/Type/EmbeddedFile")
    (page,) = read(raw_pdf(b"BT /F1 12 Tf 40 200 Td (Printed) Tj ET", catalogue=catalogue, more=[attachment]))
    assert page.text == "Printed"


def test_ten_thousand_tiny_text_objects_are_read() -> None:
    sheet = Sheet()
    for n in range(10_000):
        sheet.text(5 + 5.9 * (n % 100), 5 + 7.9 * (n // 100), "字", 2)
    (page,) = read(sheet.done())
    assert page.text.count("字") == 10_000


def test_a_page_of_too_many_objects_is_read_and_told() -> None:
    content = b"BT /F1 12 Tf 40 200 Td " + b"(hello) Tj 0 0 Td " * 400_001 + b"ET"
    (page,) = read(raw_pdf(content))
    assert page.text == "hello"
    assert any("too many objects" in warning for warning in page.warnings)


def test_a_pdf_without_text_asks_for_ocr() -> None:
    sheet = Sheet()
    sheet.box(40, 40, 500, 500, fill=True)
    with pytest.raises(InputRefused, match="OCR"):
        read(sheet.done())


def test_a_pdf_that_wants_a_password_is_refused_and_one_that_does_not_is_read() -> None:
    with pytest.raises(InputRefused, match="password"):
        read(encrypted("secret"))
    assert read(encrypted(""))[0].text.startswith("青禾区")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.8])
def test_a_truncated_pdf_is_refused(kept: float) -> None:
    data = one_page().done()
    with pytest.raises(InputRefused, match="damaged"):
        read(data[: int(kept * len(data))])


def test_a_pdf_with_a_damaged_table_of_contents_is_read() -> None:
    assert lines(read(one_page().done().replace(b"xref", b"xxxx"))[0])[0] == LINE


def test_junk_behind_the_signature_is_refused() -> None:
    with pytest.raises(InputRefused, match="damaged"):
        read(b"%PDF-1.7\n" + bytes(range(256)) * 40)


def test_what_is_no_pdf_is_refused() -> None:
    assert not is_pdf(b"plain text")
    with pytest.raises(InputRefused, match="not a PDF"):
        read(b"plain text")
    with pytest.raises(EmptyInput):
        read(b" \n")


def test_too_many_pages_are_refused() -> None:
    sheet = Sheet()
    for _ in range(4):
        sheet.text(40, 50, LINE)
        sheet.turn()
    with pytest.raises(TooLarge, match="4 pages"):
        read(sheet.done(), Limits(pages=3))


def test_a_decompression_bomb_ends_at_the_memory_limit() -> None:
    packer = zlib.compressobj(1)
    block = b" " * (1 << 20)
    bomb = b"".join(packer.compress(block) for _ in range(500)) + packer.flush()
    data = raw_pdf(stream(bomb, b"/Filter/FlateDecode"))
    with pytest.raises(InputRefused, match="memory"):
        read(data, Limits(memory=400 * 1024 * 1024))


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = ["sleep", "60"]
    pdf_process._waiting.close()
    monkeypatch.setattr(
        pdf_process,
        "_start",
        lambda: subprocess.Popen(silent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0),
    )
    with pytest.raises(InputRefused, match="too long"):
        read(one_page().done(), Limits(page_seconds=0.1))
    pdf_process._waiting.close()


def test_one_process_waits_for_the_next_document_and_none_reads_two() -> None:
    data = one_page().done()
    for _ in range(3):
        assert lines(read(data)[0])[0] == LINE
    ready = pdf_process._waiting._process
    assert ready is not None
    assert ready.poll() is None
    read(data)
    assert pdf_process._waiting._process is not ready
    assert ready.poll() is not None


def test_a_process_that_died_while_it_waited_is_replaced() -> None:
    data = one_page().done()
    read(data), read(data)
    ready = pdf_process._waiting._process
    assert ready is not None
    ready.kill()
    ready.wait()
    assert lines(read(data)[0])[0] == LINE


def test_a_reader_that_stops_early_leaves_no_process_behind() -> None:
    sheet = Sheet()
    for number in range(30):
        sheet.text(40, 50, report(number, 1))
        sheet.turn()
    pages = read_pages(sheet.done(), source="test.pdf")
    assert next(pages).id == "page-1"
    pages.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(pages)


# What it took most is told by the process itself; a shell stands between, because a process that is started by a large
# one is counted as large as that at first.
STREAMED = """
import resource, sys
from duizhao.readers.pdf import read_pages
pages = sum(1 for _ in read_pages(sys.stdin.buffer.read(), source="test.pdf"))
print(pages, max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


@pytest.mark.slow
def test_a_hundred_pages_are_streamed_in_bounded_memory() -> None:
    pytest.importorskip("resource")
    sheet = Sheet()
    for number in range(100):
        for column in range(3):
            sheet.flow([report(number + n) for n in range(7)], [(40 + 170 * column, 40, 50)])
        sheet.turn()
    command = ["sh", "-c", '"$0" -c "$1"; true', sys.executable, STREAMED]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(command, input=sheet.done(), capture_output=True, env=environment, check=True)
    pages, kilobytes = map(int, done.stdout.split())
    assert pages == 100
    assert kilobytes < 600 * 1024
