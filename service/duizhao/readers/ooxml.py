"""Opens an Office file: bytes in, a checked zip archive and the XML events of one of its parts out.

Nothing outside the file is read: no document type, no external entity, no network. Limits stand before the work.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from duizhao.errors import EmptyInput, InputRefused, NotText, TooLarge

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A Word file of a thousand pages has some hundred entries and 30 MB of XML, packed 10 to 30 times.
MAX_ENTRIES = 10_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_PART = 128 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 250, 32 * 1024 * 1024
MAIN_RELATION = "/officeDocument"
RELATIONS = "_rels/.rels"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def open_package(data: bytes, *, what: str) -> zipfile.ZipFile:
    """The archive; `what` names the kind of file in messages.

    Raises:
        EmptyInput: no bytes.
        NotText: not an Office file of this kind.
        InputRefused: encrypted.
        TooLarge: over a limit, such as a zip bomb.
    """
    if not data:
        raise EmptyInput(f"The input is empty: give a {what} file.")
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise InputRefused(f"The {what} file is protected by a password: save it without one and try again.")
        raise NotText(f"The input is an old Office file (.doc, .xls), not {what}: save it in the new format.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise NotText(f"The input is not a {what} file, or it is damaged ({error}).") from error
    _check(archive, what)
    return archive


def main_part(archive: zipfile.ZipFile, *, default: str, what: str) -> str:
    """Name of the main part, as the relations of the package tell it."""
    names = set(archive.namelist())
    if RELATIONS in names:
        for _, element in events(archive, RELATIONS, what=what):
            target: str = posixpath.normpath(element.get("Target", "").lstrip("/"))
            if element.get("Type", "").endswith(MAIN_RELATION) and target in names:
                return target
    if default in names:
        return default
    raise NotText(f"The input is a zip archive without {default}: it is not a {what} file.")


def events(archive: zipfile.ZipFile, name: str, *, what: str) -> Iterator[tuple[str, Any]]:
    """Start and end events of a part with their elements; the caller may clear an element at its end.

    Raises:
        InputRefused: damaged, not well-formed, nested beyond the limit of the parser (2,048), or with a document type.
    """
    try:
        # Lifting the parser's limits (huge_tree) also lifts its guard against entities, so a document type, the only
        # place where they can be declared, is looked for first, with the guard up and no further than the root.
        for _, root in _parse(archive, name, huge=False):
            if root.getroottree().docinfo.internalDTD is not None:
                raise InputRefused(f"The {what} file declares a document type in {name}: such files are refused.")
            break
        yield from _parse(archive, name, huge=True)
    except etree.XMLSyntaxError as error:
        raise InputRefused(f"The {what} file is damaged: {name} is not readable XML ({error.msg}).") from error
    except DAMAGE as error:
        raise InputRefused(f"The {what} file is damaged: {name} cannot be unpacked ({error}).") from error


def _parse(archive: zipfile.ZipFile, name: str, *, huge: bool) -> Iterator[tuple[str, Any]]:
    with archive.open(name) as stream:
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=huge,
            remove_comments=True,
            remove_pis=True,
        )


def _check(archive: zipfile.ZipFile, what: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise TooLarge(f"The {what} file has {len(entries)} parts; at most {MAX_ENTRIES} are read.")
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MAX_UNPACKED or any(e.file_size > MAX_PART and e.filename.endswith(".xml") for e in entries):
        raise TooLarge(f"The {what} file unpacks to {unpacked} bytes: split it, or take pictures out.")
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed:
        raise TooLarge(
            f"The {what} file unpacks to {unpacked // max(packed, 1)} times its size: it looks like a zip bomb."
        )
    if any(e.flag_bits & 1 for e in entries):
        raise InputRefused(f"The {what} file is protected by a password: save it without one and try again.")
