"""Reads a text file: bytes in, the decoded text (or a `Page` of lines) and warnings out.

The text is never changed after decoding: only a byte order mark is taken off, and offsets count in what is left.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice

from charset_normalizer import from_bytes

from duizhao.errors import EmptyInput, NotText
from duizhao.text import strip_span
from duizhao.types.pages import Line, Page

# A line ends at any of these; all of them are white space, so that no printed character is lost between lines.
LINE = re.compile("[^\n\r\f\v\x85\u2028\u2029]+")

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x89PNG", "an image, which needs text recognition (OCR)"),
    (b"\xff\xd8\xff", "an image, which needs text recognition (OCR)"),
    (b"GIF8", "an image, which needs text recognition (OCR)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
REPLACEMENT = "\ufffd"
# A damaged text may lose this share of its characters and still be taken for text (one in two hundred).
DAMAGE = 0.005
# Text holds next to no control characters; binary data that happens to decode holds many.
CONTROLS = 0.02
SAMPLE = 1 << 16


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decoded text and warnings.

    Tried in this order: byte order mark, UTF-8, UTF-16 by its zero bytes, GB18030, the same with a few replaced
    characters (the warning says how many), charset-normalizer.

    Raises:
        EmptyInput: nothing but white space.
        NotText: binary data.
    """
    if not data.strip():
        raise EmptyInput("The input is empty: give a file with some text in it.")
    _refuse_signatures(data)
    text, warnings = _decode(data)
    if not any(_printable(c) for c in text):
        if any(unicodedata.category(c) == "Cc" and not c.isspace() for c in islice(text, SAMPLE)):
            raise NotText("The input is binary data, not text: only control characters are in it.")
        raise EmptyInput("The input holds nothing printable: give a file with some text in it.")
    if _control_share(text) > CONTROLS:
        raise NotText("The input is binary data, not text: give a text file in UTF-8, UTF-16 or GB18030.")
    return text, warnings


def read_page(data: bytes, *, source: str, page_id: str) -> Page:
    """A page whose lines are the non-blank lines of the text, without the white space at their ends."""
    text, warnings = decode(data)
    return Page(id=page_id, source=source, text=text, lines=lines_of(text), warnings=warnings)


def lines_of(text: str) -> tuple[Line, ...]:
    """The non-blank lines of a text; together they hold every non-space character."""
    spans = (strip_span(text, *match.span()) for match in LINE.finditer(text))
    return tuple(Line(s, e) for s, e in spans if s < e)


def _refuse_signatures(data: bytes) -> None:
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"The input is {what}, not text: give a text, PDF, .docx or .html file.")


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with_replacements(data[len(mark) :], encoding)
    strict = _strict(data, "utf-8")
    zeros = _utf16_order(data)
    if zeros and (strict is None or "\x00" in strict):
        return _with_replacements(data, zeros)
    if strict is not None:
        return strict, ()
    chinese = _strict(data, "gb18030")
    if chinese is not None and _looks_chinese(chinese):
        return chinese, ()
    return _damaged(data) or _guessed(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_replacements(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    strict = _strict(data, encoding)
    if strict is not None:
        return strict, ()
    text = data.decode(encoding, errors="replace")
    lost = text.count(REPLACEMENT)
    return text, (
        f"{lost} broken {'character' if lost == 1 else 'characters'} in the {encoding} text: shown as U+FFFD",
    )


def _utf16_order(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: its newlines, digits and spaces have a zero byte on one side.

    Few characters (一 is one) have it on the other.
    """
    sample = data[:SAMPLE]
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if len(data) % 2 or max(high, low) < max(1, len(sample) // 200) or min(high, low) * 3 > max(high, low):
        return None
    encoding = "utf-16-le" if high > low else "utf-16-be"
    text = _strict(data, encoding)
    return encoding if text is not None and (_looks_chinese(text) or text[:SAMPLE].isascii()) else None


def _damaged(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    for encoding in ("utf-8", "gb18030"):
        text, warnings = _with_replacements(data, encoding)
        if text.count(REPLACEMENT) <= max(1, DAMAGE * len(text)) and _looks_chinese(text):
            return text, warnings
    return None


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    best = from_bytes(data[:SAMPLE]).best()
    if best is not None and _control_share(str(best)) <= CONTROLS and not best.encoding.startswith("utf"):
        text = _strict(data, best.encoding)
        if text is not None and _reads_well(text):
            return text, (f"the encoding was guessed: {best.encoding}",)
    raise NotText("The input is not text in a known encoding: save it as UTF-8 or GB18030 and try again.")


def _looks_chinese(text: str) -> bool:
    """Most characters beyond ASCII are common Chinese ones (level 1 of GB 2312) or Chinese punctuation."""
    beyond = [c for c in text[:SAMPLE] if ord(c) > 127]
    return not beyond or sum(map(_common, beyond)) >= 0.6 * len(beyond)


def _reads_well(text: str) -> bool:
    """Nearly all characters are letters, digits, white space or punctuation, and not mostly the latter."""
    sample = text[:SAMPLE]
    letters = sum(c.isalnum() or c.isspace() for c in sample)
    cjk = sum("\u3040" <= c <= "\u9fff" for c in sample)
    return letters >= 0.8 * len(sample) and (cjk >= 0.3 * len(sample) or sample.isascii())


def _common(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u2027":
        return True
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and code[0] <= 0xD7


def _printable(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Cn")


def _control_share(text: str) -> float:
    sample = text[:SAMPLE]
    controls = sum(unicodedata.category(c) == "Cc" and not c.isspace() for c in sample)
    return controls / max(1, len(sample))
