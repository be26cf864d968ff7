"""Articles of ../shared in, what the default summarizer takes for them out (make bench-summaries).

Warm, all four lengths, one thread: texts of 2,000 and 5,000 characters, alone and beside a second busy process; then
1,000 articles one by one in this process against the same in one call (as `duizhao summarize FILE.jsonl` does it, in
several processes).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time

from bench_summaries import SHARED, read

from duizhao import parallel, pipeline
from duizhao.settings import Settings
from duizhao.types.articles import Document

LENGTHS = (2_000, 5_000)
TEXTS = 15
BUSY = "while True: sum(range(100_000))"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("../shared is not here: there is nothing to measure on")
    settings = Settings()
    summarizer = pipeline.build_summarizer(settings)
    bodies = [row["body"] for row in read(SHARED / "data/train/headlines_dev.jsonl.gz")]
    for length in LENGTHS:
        texts = joined(bodies, length)
        alone = seconds(texts, summarizer, settings)
        with subprocess.Popen([sys.executable, "-c", BUSY]) as busy:
            beside = seconds(texts, summarizer, settings)
            busy.kill()
        print(
            f"{length} characters: median {alone[0]:.2f} s, {alone[1]:.2f} s of one core; beside a busy process "
            f"{beside[0]:.2f} s",
            flush=True,
        )
    documents = [Document(str(n), body, "") for n, body in enumerate(bodies[: args.articles])]
    start = time.perf_counter()
    for document in documents:
        pipeline.summarize_documents([document], summarizer, settings)
    single = time.perf_counter() - start
    start = time.perf_counter()
    parallel.summarize_documents(documents, summarizer, settings)
    batch = time.perf_counter() - start
    print(
        f"{len(documents)} articles: one by one {len(documents) / single:.1f} a second, in one call "
        f"{len(documents) / batch:.1f} a second: {single / batch:.2f} times; {settings.worker_processes} processes"
    )
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "largest other")):
        print(f"peak memory of {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


def joined(bodies: list[str], length: int) -> list[str]:
    """Texts of this many characters, each made of articles one behind the other."""
    flat = "\n".join(bodies)
    return [flat[n * length : (n + 1) * length] for n in range(TEXTS)]


def seconds(texts: list[str], summarizer: object, settings: Settings) -> tuple[float, float]:
    """Median by the clock and by the processor; the first text warms the models."""
    clock, core = [], []
    for number, text in enumerate([texts[0], *texts]):
        start, cpu = time.perf_counter(), time.process_time()
        pipeline.summarize_documents([Document(str(number), text, "")], summarizer, settings)  # type: ignore[arg-type]
        clock.append(time.perf_counter() - start)
        core.append(time.process_time() - cpu)
    return statistics.median(clock[1:]), statistics.median(core[1:])


if __name__ == "__main__":
    main()
