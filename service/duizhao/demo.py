"""One page in, a folder of results out: articles, digest and comparison, with seconds by stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from duizhao import pipeline
from duizhao.documents import segment_pages
from duizhao.errors import NothingToCompare
from duizhao.exporters import docx, html, json, markdown, xlsx
from duizhao.exporters.sayings import saying
from duizhao.settings import Settings
from duizhao.types.articles import SegmentedPage
from duizhao.types.digests import Digest

SAMPLE = "sample_page.txt"


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage made, and how long it took in seconds."""

    name: str
    made: str
    seconds: float


@dataclass(slots=True)
class Demo:
    """The outcome: stages, files written, and what the user should know."""

    stages: list[Stage] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failures: int = 0


def sample_page() -> bytes:
    """The bundled sample page (an invented city)."""
    return resources.files("duizhao").joinpath("samples", SAMPLE).read_bytes()


def run_demo(source: str | None, out: Path, settings: Settings, say: Callable[[str], None]) -> Demo:
    """The main job on one page (the bundled sample if `source` is None); results are written to `out`."""
    demo = Demo()
    with _timed(demo, "分篇", say) as made:
        data = sample_page() if source is None else pipeline.read_bytes(source, settings)
        pages = list(segment_pages(data, source or SAMPLE, picture=True))
        made.append(f"{len(pages)} 版 {sum(len(p.articles) for p in pages)} 篇")
    out.mkdir(parents=True, exist_ok=True)
    _write(demo, out / "articles.json", json.dumps(json.segmented_pages(pages)) + "\n")
    _write(demo, out / "articles.html", html.segmented(pages))
    with _timed(demo, "摘要", say) as made:
        digest = pipeline.digest_pages(pages, pipeline.build_summarizer(settings), settings)
        made.append(f"{len(digest.entries)} 篇")
    _write_digest(demo, out, digest)
    _compare(demo, pages, out, settings, say)
    demo.warnings += [saying(w) for page in pages for w in page.warnings]
    demo.failures = len(digest.failures)
    return demo


def _compare(
    demo: Demo, pages: Sequence[SegmentedPage], out: Path, settings: Settings, say: Callable[[str], None]
) -> None:
    with _timed(demo, "模型", say) as made:
        comparer = pipeline.build_comparer(settings)
        made.append("、".join(e.card.name for e in comparer.embedders))
    try:
        with _timed(demo, "比对", say) as made:
            found = pipeline.compare_pages(pages, pages, comparer)
            comparisons = [c for group in found.groups for c in group]
            links = sum(a.linked for c in comparisons for a in c.alignments)
            made.append(f"{len(comparisons)} 组，{links} 对呼应")
    except NothingToCompare as error:
        demo.warnings += [*error.warnings, f"没有生成比对：{saying(str(error))}"]
        for old in out.glob("comparison.*"):
            old.unlink()
        return
    demo.warnings += found.warnings
    _write(demo, out / "comparison.json", json.dumps(json.page_comparison(found.groups)) + "\n")
    _write(demo, out / "comparison.md", markdown.comparison(comparisons))
    _write(demo, out / "comparison.html", html.comparison(comparisons))
    _write(demo, out / "comparison.docx", docx.comparison(comparisons))
    _write(demo, out / "comparison.xlsx", xlsx.comparison(comparisons))


def _write_digest(demo: Demo, out: Path, digest: Digest) -> None:
    _write(demo, out / "digest.md", markdown.digest(digest))
    _write(demo, out / "digest.html", html.digest(digest))
    _write(demo, out / "digest.docx", docx.digest(digest))
    _write(demo, out / "digest.xlsx", xlsx.digest(digest))


def _write(demo: Demo, path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    demo.files.append(path)


@contextmanager
def _timed(demo: Demo, name: str, say: Callable[[str], None]) -> Iterator[list[str]]:
    say(name)
    made: list[str] = []
    start = time.perf_counter()
    yield made
    demo.stages.append(Stage(name, "".join(made), time.perf_counter() - start))
