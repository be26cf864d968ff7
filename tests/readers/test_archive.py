"""Zip archives: what is in them comes out, what is hostile is refused before it is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from duizhao.errors import EmptyInput, InputRefused, TooLarge
from duizhao.readers.archive import Limits, is_archive, members


def packed(**files: bytes) -> bytes:
    return packed_as(files)


def packed_as(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_come_out_by_name_without_what_file_managers_add() -> None:
    data = packed_as(
        {"b/2.txt": b"two", "a.txt": b"one", "__MACOSX/a.txt": b"x", "b/.DS_Store": b"x", "Thumbs.db": b"x"}
    )
    assert list(members(data, "a.zip")) == [("a.txt", b"one"), ("b/2.txt", b"two")]


def test_an_office_file_is_no_archive() -> None:
    assert not is_archive(packed_as({"[Content_Types].xml": b"<Types/>"}))
    assert is_archive(packed_as({"a.txt": b"x"}))
    assert not is_archive(b"text")


def test_names_that_windows_packs_in_gbk_are_read() -> None:
    data = packed_as({"x" * 8: b"page"}).replace(b"x" * 8, "清泽版面".encode("gbk"))
    assert [name for name, _ in members(data, "a.zip")] == ["清泽版面"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "..\\a.txt", "C:/a.txt"])
def test_a_name_that_points_outside_refuses_the_archive(name: str) -> None:
    with pytest.raises(InputRefused, match="points outside"):
        list(members(packed_as({name: b"x", "good.txt": b"y"}), "a.zip"))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge, match="zip bomb"):
        list(members(packed_as({"zeros.txt": bytes(20_000_000)}), "a.zip"))


def test_too_many_or_too_large_files_are_refused() -> None:
    data = packed_as({f"{n}.txt": b"x" * 10 for n in range(5)})
    with pytest.raises(TooLarge, match="5 files"):
        list(members(data, "a.zip", Limits(files=4)))
    with pytest.raises(TooLarge, match="unpacked"):
        list(members(data, "a.zip", Limits(bytes=49)))
    found = dict(members(data, "a.zip", Limits(file_bytes=9)))
    assert len(found) == 5 and all(isinstance(error, TooLarge) for error in found.values())


def test_an_archive_inside_an_archive_is_named_and_the_others_are_read() -> None:
    found = dict(members(packed_as({"inner.zip": packed_as({"a.txt": b"x"}), "page.txt": b"page"}), "a.zip"))
    assert found["page.txt"] == b"page"
    assert isinstance(found["inner.zip"], InputRefused) and "inside" in str(found["inner.zip"])


def test_an_encrypted_file_is_named_and_the_others_are_read() -> None:
    data = bytearray(packed_as({"a.txt": b"x", "b.txt": b"y"}))
    # the flag of the first file, in its own head and in the directory
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = dict(members(bytes(data), "a.zip"))
    assert isinstance(found["a.txt"], InputRefused) and "password" in str(found["a.txt"])
    assert found["b.txt"] == b"y"


def test_a_damaged_file_is_named_and_a_damaged_archive_is_refused() -> None:
    data = bytearray(packed_as({"a.txt": b"some words that are packed"}))
    data[45] ^= 0xFF
    assert isinstance(dict(members(bytes(data), "a.zip"))["a.txt"], InputRefused)
    with pytest.raises(InputRefused, match="damaged"):
        list(members(b"PK\x03\x04 and no more", "a.zip"))


def test_an_archive_without_files_is_empty() -> None:
    with pytest.raises(EmptyInput):
        list(members(packed_as({}), "a.zip"))
