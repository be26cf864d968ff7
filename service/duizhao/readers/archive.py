"""The bytes of a zip archive in, its files as (name, bytes or why not) out; nothing is ever written to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao.errors import EmptyInput, InputRefused, TooLarge

SIGNATURE = (b"PK\x03\x04", b"PK\x05\x06")
OFFICE = "[Content_Types].xml"
# what file managers add
JUNK = ("__MACOSX/", "Thumbs.db", "desktop.ini")
ENCRYPTED, UTF8 = 0x1, 0x800
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold: files, bytes of one file and of all unpacked, how far a large file may be packed.

    Text packs 3 to 10 times, an Office file or PDF hardly; a file of zeros 1,000 times.
    """

    files: int = 10_000
    file_bytes: int = 64 * 1024 * 1024
    bytes: int = 1024 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 1024 * 1024


def is_archive(data: bytes) -> bool:
    """Whether these are the bytes of a zip archive that is no Office file."""
    if not data.startswith(SIGNATURE):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return OFFICE not in archive.namelist()
    except DAMAGE:
        return True


def members(data: bytes, source: str, limits: Limits | None = None) -> Iterator[tuple[str, bytes | InputRefused]]:
    """The files of an archive by name, in the order of their names; one that cannot be read comes with its error.

    Raises:
        InputRefused: damaged, or hostile: names that point outside, more or larger files than allowed (`TooLarge`).
        EmptyInput: no file in it.
    """
    limits = limits or Limits()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise InputRefused(f"{source}: the zip archive is damaged; pack it again") from error
    with archive:
        named = sorted((_name(i), i) for i in archive.infolist() if not i.is_dir())
        files = [(name, info) for name, info in named if not _is_junk(name)]
        if not files:
            raise EmptyInput(f"{source}: the zip archive holds no file")
        _check(files, source, limits)
        for name, info in files:
            try:
                yield name, _read(archive, info, name, limits)
            except InputRefused as error:
                yield name, error


def _check(files: list[tuple[str, zipfile.ZipInfo]], source: str, limits: Limits) -> None:
    """Refuse the whole archive before anything is unpacked."""
    if len(files) > limits.files:
        raise TooLarge(f"{source}: {len(files)} files in one archive, more than the {limits.files} allowed")
    if sum(info.file_size for _, info in files) > limits.bytes:
        raise TooLarge(f"{source}: more than {limits.bytes} bytes when unpacked")
    for name, info in files:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
            raise InputRefused(f"{source}: a file name in the archive points outside of it; pack it again")
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
            raise TooLarge(f"{source}: {name} is packed more than {limits.ratio} times, as a zip bomb is")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise InputRefused(f"{name}: encrypted; pack it without a password")
    if info.file_size > limits.file_bytes:
        raise TooLarge(f"{name}: larger than {limits.file_bytes} bytes")
    try:
        with archive.open(info) as stream:
            # the size that is told may be a lie
            data = stream.read(limits.file_bytes + 1)
    except DAMAGE as error:
        raise InputRefused(f"{name}: damaged in the archive; pack it again") from error
    if len(data) > limits.file_bytes:
        raise TooLarge(f"{name}: larger than {limits.file_bytes} bytes")
    if is_archive(data):
        raise InputRefused(f"{name}: an archive inside an archive; unpack it first")
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """Windows packs Chinese names in GBK without saying so."""
    if info.flag_bits & UTF8 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _is_junk(name: str) -> bool:
    last = name.replace("\\", "/").split("/")[-1]
    return name.startswith(JUNK[0]) or last in JUNK[1:] or (last.startswith(".") and last.strip(".") != "")
