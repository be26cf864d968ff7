"""Nothing in, a font of a few hundred bytes out in which every character is one filled full-width cell.

    python -m duizhao_models.training.cell_font service/duizhao/readers/fonts/cells.ttf

pdfium drops a text object without extent, and a Chinese character that no font on the machine can print has none. Given
this font, it reads PDFs whose Chinese fonts are not embedded alike on every machine.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import cmap_format_13

UNITS, ASCENT, DESCENT = 1000, 880, -120
GLYPHS = (".notdef", "cell")
# Code pages that the font says it covers, as bits of OS/2: Japanese, simplified Chinese, Korean, traditional Chinese.
CODE_PAGES = (17, 18, 19, 20, 21)
FIRST, LAST = 0x21, 0xFFFD


def main(path: Path) -> None:
    """Write the font."""
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap({})
    builder.setupGlyf({name: _cell() for name in GLYPHS})
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (UNITS, 0)))
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "Duizhao Cells", "styleName": "Regular"})
    builder.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=DESCENT,
        usWinAscent=ASCENT,
        usWinDescent=-DESCENT,
        ulCodePageRange1=sum(1 << bit for bit in CODE_PAGES),
    )
    builder.setupPost()
    builder.font["cmap"].tables = [_one_glyph_for_all()]
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(path)


def _cell() -> Any:
    pen = TTGlyphPen(None)
    corners = ((0, DESCENT), (0, ASCENT), (UNITS, ASCENT), (UNITS, DESCENT))
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def _one_glyph_for_all() -> Any:
    """A character map of format 13, in which a whole range shares one glyph."""
    table = cmap_format_13(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.reserved = table.length = table.nGroups = 0
    table.cmap = dict.fromkeys(range(FIRST, LAST), GLYPHS[1])
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]))
