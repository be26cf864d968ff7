"""Body elements in, a Word file in the layout of GB/T 9704 out: page, styles, fonts, page numbers.

All lengths in twentieths of a point unless a name says otherwise. Official fonts are named, none is shipped: the
font table tells Word which fonts may stand in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duizhao.exporters._opc import OFFICE, word_package
from duizhao.exporters._wordml import Element, W, element, paragraph, run

MM = 1440 / 25.4
TEXT_WIDTH = 8845  # 156 mm
LINE = 579  # 225 mm / 22 lines = 28.99 pt, rounded down so that 22 lines fit
# 28 characters of 16 pt are 5.8 pt wider than 156 mm: each is set closer by a quarter of a point. A character grid
# (docGrid linesAndChars) would do the same in Word, but LibreOffice gives each character two cells of such a grid.
CLOSER = -5
BODY_SIZE = 32  # half points: 三号


TITLE_FONT, BODY, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
# font: names that may stand in, PANOSE number (what Word compares where no name is found)
FONTS = {
    TITLE_FONT: ("方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体", ""),
    BODY: ("仿宋,FangSong,方正仿宋_GBK,华文仿宋", "02010609060101010101"),
    HEI: ("SimHei,方正黑体_GBK,微软雅黑", "02010609060101010101"),
    KAI: ("楷体,KaiTi,方正楷体_GBK,华文楷体", "02010609060101010101"),
    SONG: ("SimSun,新宋体", "02010600030101010101"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: East Asian font, size in half points, first-line indent in characters, exact line height."""

    id: str
    name: str
    font: str
    half_points: int = BODY_SIZE
    bold: bool = False
    align: str = "left"
    indent: int = 0
    line: int = LINE
    before: int = 0
    after: int = 0
    keep_next: bool = False
    level: int | None = None


STYLES = (
    Style("Title", "Title", TITLE_FONT, 44, align="center", line=700, after=200, keep_next=True),
    Style("Subtitle", "Subtitle", KAI, align="center", after=300),
    Style("Heading1", "heading 1", HEI, indent=2, keep_next=True, level=0),
    Style("Heading2", "heading 2", KAI, indent=2, keep_next=True, level=1),
    Style("Heading3", "heading 3", BODY, bold=True, indent=2, keep_next=True, level=2),
    Style("Heading4", "heading 4", BODY, indent=2, keep_next=True, level=3),
    Style("BodyText", "Body Text", BODY, indent=2),
    Style("Source", "Source", KAI, 28, indent=2, line=500),
    Style("Notice", "Notice", KAI, 28, indent=2, line=500),
    Style("Closing", "Closing Note", KAI, 28, indent=2, line=500, before=400),
    Style("TableHead", "Table Head", HEI, 18, align="center", line=280, before=20, after=20),
    Style("TableText", "Table Text", BODY, 18, line=260),
    Style("TableNumber", "Table Number", BODY, 18, align="center", line=260),
    Style("TableNote", "Table Note", KAI, 21, line=340, before=80, after=160),
    Style("Footer", "footer", SONG, 28, line=340),
)
OWN_STYLES = {"Source", "Notice", "Closing", "TableHead", "TableText", "TableNumber", "TableNote"}


def build(body: Iterable[Element], *, title: str) -> bytes:
    """The file; `title` goes into its properties."""
    parts = {
        "document": element("document", element("body", *body, _section())),
        "styles": _styles(),
        "settings": _settings(),
        "fontTable": _fonts(),
        "footer1": _footer("right"),
        "footer2": _footer("left"),
    }
    return word_package(parts, title=title)


def _section() -> Element:
    """A4, margins of 37, 26, 35 and 28 mm, 22 lines of 28 characters; odd and even page numbers apart."""
    footers = [element("footerReference", type=kind) for kind in ("default", "even")]
    for reference, name in zip(footers, ("footer1", "footer2"), strict=True):
        reference.set(f"{{{OFFICE}}}id", f"r{name}")
    return element(
        "sectPr",
        *footers,
        element("pgSz", w=11906, h=16838),
        element(
            "pgMar",
            top=round(37 * MM),
            right=11906 - round(28 * MM) - TEXT_WIDTH,
            bottom=round(35 * MM),
            left=round(28 * MM),
            header=round(15 * MM),
            footer=round(22 * MM),  # the number stands 7 mm under the type area
            gutter=0,
        ),
        element("docGrid", type="lines", linePitch=LINE),
    )


def _styles() -> Element:
    fonts = element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=BODY, cs=LATIN)
    language = element("lang", val="en-US", eastAsia="zh-CN")
    base = element(
        "rPr", fonts, element("kern", val=2), element("sz", val=BODY_SIZE), element("szCs", val=BODY_SIZE), language
    )
    normal = element(
        "style",
        element("name", val="Normal"),
        element("qFormat"),
        element(
            "pPr",
            element("widowControl", val=0),
            element("spacing", line=LINE, lineRule="exact"),
            # not justified: LibreOffice 7.4 loses marks at the ends of justified lines (124 in 110,000 characters)
            element("jc", val="left"),
        ),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    defaults = element("docDefaults", element("rPrDefault", base), element("pPrDefault"))
    return element("styles", defaults, normal, *(_style(s) for s in STYLES), *_table_styles())


def _style(s: Style) -> Element:
    layout = element("pPr")
    if s.keep_next:
        layout.append(element("keepNext"))
    spacing = element("spacing", before=s.before, after=s.after, line=s.line, lineRule="exact")
    # only what is as large as the body can stand on the grid of the body
    layout.extend([element("snapToGrid", val=int(s.half_points == BODY_SIZE)), spacing])
    if s.indent:
        layout.append(element("ind", firstLineChars=s.indent * 100, firstLine=s.indent * s.half_points * 10))
    layout.append(element("jc", val=s.align))
    if s.level is not None:
        layout.append(element("outlineLvl", val=s.level))
    look = element("rPr", element("rFonts", eastAsia=s.font))
    if s.bold:
        look.append(element("b"))
    if s.half_points == BODY_SIZE:
        look.append(element("spacing", val=CLOSER))
    look.extend([element("sz", val=s.half_points), element("szCs", val=s.half_points)])
    following = "BodyText" if s.level is not None else s.id
    parts = (
        element("name", val=s.name),
        element("basedOn", val="Normal"),
        element("next", val=following),
        element("qFormat"),
    )
    made = element("style", *parts, layout, look, type="paragraph", styleId=s.id)
    if s.id in OWN_STYLES:
        made.set(f"{{{W}}}customStyle", "1")
    return made


def _table_styles() -> tuple[Element, Element]:
    margins = (
        element(side, w=width, type="dxa")
        for side, width in (("top", 20), ("left", 100), ("bottom", 20), ("right", 100))
    )
    plain = element(
        "style",
        element("name", val="Normal Table"),
        element("tblPr", element("tblInd", w=0, type="dxa"), element("tblCellMar", *margins)),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (element(side, val="single", sz=4, space=0, color="404040") for side in sides)
    ruled = element(
        "style",
        element("name", val="Ruled"),
        element("basedOn", val="TableNormal"),
        element("tblPr", element("tblBorders", *borders)),
        type="table",
        customStyle=1,
        styleId="Ruled",
    )
    return plain, ruled


def _settings() -> Element:
    mode = element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation"),
        element("compat", element("useFELayout"), mode),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _fonts() -> Element:
    made = element("fonts")
    for name, (others, panose) in FONTS.items():
        font = element("font", element("altName", val=others), name=name)
        if panose:
            font.append(element("panose1", val=panose))
        font.extend([element("charset", val="86"), element("family", val="auto"), element("pitch", val="variable")])
        made.append(font)
    return made


def _footer(side: str) -> Element:
    """— 1 — with one character free on the outer side."""
    line = paragraph("Footer", run("— "), element("fldSimple", run("1"), instr=" PAGE "), run(" —"))
    layout = line[0]
    outer = {f"{side}Chars": 100, side: 280}
    layout.extend([element("ind", **outer), element("jc", val=side)])
    return element("ftr", line)
