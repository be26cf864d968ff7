"""What the service did in, the text that Prometheus reads out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from duizhao.types.digests import Failure
from duizhao.types.summaries import Summary

if TYPE_CHECKING:
    from duizhao.api.worker import Worker

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        names = ("route", "status")
        self._requests = Counter("duizhao_requests", "Answered requests.", names, registry=self.registry)
        self._seconds = Histogram(
            "duizhao_request_seconds",
            "Time to the end of the answer.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._pages = Counter("duizhao_pages", "Pages that were segmented.", registry=self.registry)
        self._summaries = Counter("duizhao_summaries", "Texts that were summarized.", registry=self.registry)
        self._truncated = Counter("duizhao_truncations", "Texts not read to their end.", registry=self.registry)
        self._replaced = Counter(
            "duizhao_replaced_sentences", "Sentences of a model that did not pass the check.", registry=self.registry
        )

    def request(self, scope: Mapping[str, Any], status: int, seconds: float) -> None:
        """Count an answered request under the pattern of its route."""
        route = getattr(scope.get("route"), "path", None) or "other"
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def pages(self, count: int) -> None:
        """Count segmented pages."""
        self._pages.inc(count)

    def summaries(self, made: Iterable[Summary | Failure]) -> None:
        """Count summaries, what was cut off before them and what was replaced in them."""
        for each in made:
            if isinstance(each, Summary):
                self._summaries.inc()
                self._truncated.inc(each.truncated)
                self._replaced.inc(each.replaced_sentences)

    def watch(self, worker: Worker) -> None:
        """Tell of this worker too."""
        self.registry.register(_WorkerMetrics(worker))

    def text(self, jobs: Mapping[str, int]) -> bytes:
        """All metrics; `jobs` are the numbers of jobs by state."""
        extra = CollectorRegistry()
        extra.register(_JobMetrics(jobs))
        return generate_latest(self.registry) + generate_latest(extra)


class _WorkerMetrics(Collector):
    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def collect(self) -> Iterator[Metric]:
        """Read off the worker when Prometheus asks."""
        worker = self._worker
        yield GaugeMetricFamily("duizhao_queue_depth", "Requests that wait for the models.", worker.waiting)
        yield GaugeMetricFamily("duizhao_queue_size", "Requests that may wait.", worker.queue_size)
        yield GaugeMetricFamily("duizhao_models_ready", "Whether the models are loaded.", float(worker.ready))
        yield GaugeMetricFamily("duizhao_busy_seconds", "Age of the oldest work that runs.", worker.busy_seconds)
        yield CounterMetricFamily("duizhao_model_seconds", "Time that the models worked.", worker.seconds)
        yield CounterMetricFamily("duizhao_model_jobs", "Requests that the models worked on.", worker.done)
        yield CounterMetricFamily("duizhao_model_batches", "Batches of such requests.", worker.batches)


class _JobMetrics(Collector):
    def __init__(self, jobs: Mapping[str, int]) -> None:
        self._jobs = jobs

    def collect(self) -> Iterator[Metric]:
        """The numbers that were handed over."""
        states = GaugeMetricFamily("duizhao_jobs", "Durable jobs by state.", labels=["state"])
        for state, number in self._jobs.items():
            if state != "pages":
                states.add_metric([state], number)
        yield states
        yield GaugeMetricFamily(
            "duizhao_job_pages", "Pages that jobs still have before them.", self._jobs.get("pages", 0)
        )
