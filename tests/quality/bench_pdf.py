"""Generated PDF pages in, milliseconds a page and the memory of a long document out."""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from duizhao.documents import segment_pages

PAGES = Path(__file__).resolve().parents[3] / "shared/data/pages/generated"
LONG = 100


def main() -> None:
    """Print the table."""
    files = sorted(PAGES.glob("*.pdf"))
    if not files:
        sys.exit("../shared is not here: there are no PDF pages to measure")
    seconds = []
    for file in files:
        data, start = file.read_bytes(), time.perf_counter()
        list(segment_pages(data, file.name))
        seconds.append(time.perf_counter() - start)
    print(f"{len(files)} documents of one page, with the start of their process")
    print(f"median {1000 * statistics.median(seconds):.0f} ms, slowest {1000 * max(seconds):.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        _join(files, path)
        data, start = path.read_bytes(), time.perf_counter()
        count = sum(1 for _ in segment_pages(data, path.name))
        elapsed = time.perf_counter() - start
    print(f"one document of {count} pages: {1000 * elapsed / count:.0f} ms a page")
    for name, who in (("this process", resource.RUSAGE_SELF), ("the reading process", resource.RUSAGE_CHILDREN)):
        print(f"most memory of {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


def _join(files: list[Path], out: Path) -> None:
    whole = pypdfium2.PdfDocument.new()
    for number in range(LONG):
        whole.import_pages(pypdfium2.PdfDocument(files[number % len(files)]))
    whole.save(out)


if __name__ == "__main__":
    main()
