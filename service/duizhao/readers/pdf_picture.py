"""Draws one PDF page: an open pypdfium2 page and its frame in, a grey PNG of it, upright, out."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from duizhao.readers.pdf_frame import Frame

# dots a point: 110 dots an inch, at which body type of 8 points can still be read
SCALE = 110 / 72
# the longer side in dots, however large the sheet says it is
LONGEST = 2600
PNG = b"\x89PNG\r\n\x1a\n"
GREY_8_BIT = (8, 0, 0, 0, 0)


def draw(page: Any, frame: Frame) -> bytes:
    """The page as it is read, as a PNG."""
    scale = min(SCALE, LONGEST / max(frame.width, frame.height, 1.0))
    turn = (frame.turns * 90 - page.get_rotation()) % 360
    pixels = page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()
    # PNG (ISO/IEC 15948): each row of dots stands behind the number of its filter, 0 for none
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels.reshape(height, width, -1)[:, :, 0])
    head = struct.pack(">IIBBBBB", width, height, *GREY_8_BIT)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
