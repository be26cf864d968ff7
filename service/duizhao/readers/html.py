"""Reads a web page (.html): bytes in, its visible text (or a `Page` of lines) and warnings out; nothing is fetched.

A block element (paragraph, heading, cell, list item, line break) is a line. The text is read as events, not as a
tree, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import re

from lxml import etree

from duizhao.errors import EmptyInput, InputRefused
from duizhao.readers import plain
from duizhao.types.pages import Page

# Where a page says its encoding; browsers look at the first kilobyte, some pages have long comments before it
DECLARED = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?\bcharset|\?xml\b[^<>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
DECLARED_WITHIN = 4096
ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    # what pages call gb2312 often holds characters of its supersets
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5hkscs"),
}
# So many characters beyond ASCII are not valid UTF-8 by chance
SURELY_UTF8 = 16
BLOCKS = set(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "  # noqa: SIM905
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
UNSEEN = set(
    "audio canvas datalist head iframe noframes noscript object rp rt script style svg template video".split()  # noqa: SIM905
)
UNSEEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.I)
STYLE_WITHIN = 4096
BLANKS = re.compile(r"[ \t\n\r\f]+")
TITLE_SHOWN = 100
TITLE_PARTS = re.compile(r"[_|｜–—-]+")


def read_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text and warnings; the title of the window is named in a warning where the text does not hold it.

    Raises:
        EmptyInput: no visible text.
        NotText: binary data.
        InputRefused: the parser gives up.
    """
    source, warnings = _decode(data)
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True, no_network=True)
    try:
        parser.feed(source.replace("\x00", ""))
        parser.close()
    except etree.LxmlError as error:
        raise InputRefused(f"The HTML file cannot be read ({error}).") from error
    text = "\n".join(reader.lines)
    if not text.strip():
        raise EmptyInput("The HTML file holds no visible text: save the page itself, not its frame or its loader.")
    if reader.title and not _holds(text, reader.title):
        warnings = (*warnings, f"the title is not part of the text: {reader.title[:TITLE_SHOWN]}")
    return text, warnings


def read_page(data: bytes, *, source: str, page_id: str) -> Page:
    """A page whose lines are the lines of the text."""
    text, warnings = read_text(data)
    return Page(id=page_id, source=source, text=text, lines=plain.lines_of(text), warnings=warnings)


class _Reader:
    """Takes parser events, gives the lines that a browser would show."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._title: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._in_title = False
        self._unseen = 0
        self._pre = 0

    @property
    def title(self) -> str:
        """The title of the window."""
        return _collapsed("".join(self._title))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        unseen = tag in UNSEEN or _hidden(tag, attributes)
        self._in_title = tag == "title" and bool(self._open) and self._open[-1][0] == "head"
        self._open.append((tag, unseen))
        self._unseen += unseen
        self._pre += tag == "pre"
        if tag in BLOCKS:
            self._end_line()

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in BLOCKS:
            self._end_line()
        self._in_title = False
        if self._open:
            name, unseen = self._open.pop()
            self._unseen -= unseen
            self._pre -= name == "pre"

    def data(self, text: str) -> None:
        """A stretch of text."""
        if self._unseen:
            if self._in_title:
                self._title.append(text)
        elif self._pre:
            first, *others = text.split("\n")
            self._line.append(first)
            for line in others:
                self._end_line()
                self._line.append(line)
        else:
            self._line.append(text)

    def close(self) -> _Reader:
        """The end of the file."""
        self._end_line()
        return self

    def _end_line(self) -> None:
        line = _collapsed("".join(self._line))
        self._line.clear()
        if line.strip():
            self.lines.append(line)


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """A byte order mark, then what the page declares if it holds, then what the bytes look like."""
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    if declared is None or data.startswith(tuple(mark for mark, _ in plain.MARKS)):
        return plain.decode(data)
    name = declared[1].decode("ascii", "replace").lower()
    encoding = ENCODINGS.get(name)
    if encoding is not None:
        text = _strict(data, encoding)
        as_utf8 = text if encoding == "utf-8" else _strict(data, "utf-8")
        mislabelled = encoding != "utf-8" and as_utf8 is not None and sum(c > "\x7f" for c in as_utf8) >= SURELY_UTF8
        if text is not None and "\x00" not in text and not mislabelled:
            return text, ()
    text, warnings = plain.decode(data)
    return text, (*warnings, f"the page says that it is {name}, which its bytes are not") if encoding else warnings


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _hidden(tag: str, attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style", "")[:STYLE_WITHIN]
    return bool(style) and UNSEEN_STYLE.search(style) is not None


def _collapsed(text: str) -> str:
    """Blanks as a browser shows them: one for a run, none for a line broken between Chinese characters."""
    text = text.strip(" \t\n\r\f")

    def shown(match: re.Match[str]) -> str:
        between = _wide(text[match.start() - 1]) and _wide(text[match.end()])
        return "" if between and "\n" in match[0] else " "

    return BLANKS.sub(shown, text)


def _wide(char: str) -> bool:
    return char >= "\u2e80" or char in "“”‘’…—"


def _holds(text: str, title: str) -> bool:
    """Whether the title, or one of its parts (headline, channel, site), stands in the text."""
    bare = re.sub(r"\s", "", text)
    parts = TITLE_PARTS.split(re.sub(r"\s", "", title))
    return any(part in bare for part in parts if len(part) > 1)
