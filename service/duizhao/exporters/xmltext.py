"""Text of an article in, text that an XML 1.0 document can hold out."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write: controls, lone surrogates, U+FFFE, U+FFFF."""
    return ILLEGAL.sub("", text)
