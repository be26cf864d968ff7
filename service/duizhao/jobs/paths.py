"""Paths of files and folders in, the inputs of a job out, read one by one; what is passed over is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from duizhao.errors import UsageError
from duizhao.jobs.records import Input

# of a folder; a file that is named itself is always read. Pictures are read too, so that they are named as failures.
KINDS = (".txt", ".md", ".pdf", ".docx", ".html", ".htm", ".zip", ".jsonl", ".ndjson", ".png", ".jpg", ".jpeg")


def read_paths(paths: Sequence[str], most_bytes: int, passed: Callable[[str], None]) -> Iterator[Input]:
    """The files of these paths, folders with all that is below them, in the order of their names.

    A file that cannot be read or is larger than `most_bytes` comes with the reason.

    Raises:
        UsageError: there is nothing at a path.
    """
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"{path}: there is no such file or folder")
    for path in paths:
        for file in _files(Path(path), passed):
            yield _read(file, most_bytes)


def _files(path: Path, passed: Callable[[str], None]) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if name.lower().endswith(KINDS):
                yield Path(folder) / name
            else:
                passed(f"{Path(folder) / name}: passed over, its name does not tell a page")


def _read(file: Path, most_bytes: int) -> Input:
    try:
        with file.open("rb") as stream:
            data = stream.read(most_bytes + 1)
    except OSError as error:
        return Input(str(file), b"", error.strerror or str(error))
    if len(data) > most_bytes:
        return Input(str(file), b"", f"larger than {most_bytes} bytes; split it, or raise DUIZHAO_MAX_BYTES")
    return Input(str(file), data)
