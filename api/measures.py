"""What the service counts of itself, for Prometheus: one registry an application, labels from closed sets.

Counted as it happens: requests and what they take in. Asked at each scrape: how the stores and what follows them stand.
"""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from api.services import Ingest
from ingest.report import Report
from ingest.shapes import Raw

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ASKED = {
    "pentad_neo4j_up": ("Whether Neo4j answered this scrape, 1 or 0.", ()),
    "pentad_redis_up": ("Whether Redis answered this scrape, 1 or 0.", ()),
    "pentad_neo4j_breaker_open": ("1 while reads are refused at once because Neo4j was just found away.", ()),
    "pentad_gate_change": ("Change number: batches committed so far.", ()),
    "pentad_projection_lag": ("Committed batches that a projection has not followed yet.", ("projection",)),
    "pentad_jobs": ("Jobs remembered, by state.", ("state",)),
    "pentad_llm_calls_today": ("Questions to the language model today (UTC), of all processes.", ("outcome",)),
    "pentad_llm_tokens_today": ("Tokens of the language model today (UTC), of all processes.", ("direction",)),
    "pentad_llm_tokens_left": ("Tokens of today's budget that are left.", ()),
    "pentad_llm_cost_today": ("What they cost by the prices that are set.", ()),
}
"""What is asked at a scrape: help and labels. A figure that cannot be had is left out, not told as 0."""


class Measures:
    """All that one application counts."""

    def __init__(self, version: str) -> None:
        own = self.registry = CollectorRegistry()
        self._requests = Counter(
            "pentad_http_requests", "Requests answered.", ("method", "route", "status"), registry=own
        )
        self._seconds = Histogram(
            "pentad_http_request_seconds",
            "Seconds until the answer began.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=own,
        )
        self.in_flight = Gauge("pentad_http_requests_in_flight", "Requests being answered.", registry=own)
        self._events = Counter("pentad_ingest_events", "Records taken in, by outcome.", ("outcome",), registry=own)
        self._mentions = Counter("pentad_ingest_mentions", "Mentions written.", registry=own)
        Gauge("pentad_build_info", "1; the label says which Pentad this is.", ("version",), registry=own).labels(
            version
        ).set(1)
        ProcessCollector(registry=own)
        for outcome in ("new", "changed", "unchanged", "rejected"):
            self._events.labels(outcome)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request; `route` is a template, never a path."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(known, route).observe(seconds)

    def taken_in(self, report: Report) -> None:
        """One ingest through the API."""
        self._events.labels("new").inc(report.events_new)
        self._events.labels("changed").inc(report.events_changed)
        self._events.labels("unchanged").inc(report.events_unchanged)
        self._events.labels("rejected").inc(report.rejected)
        self._mentions.inc(report.mentions)

    def text(self, asked: Iterable[tuple[str, tuple[str, ...], float]]) -> bytes:
        """Everything in the text format; `asked` are the figures of this scrape: name, label values, value."""
        families: dict[str, GaugeMetricFamily] = {}
        for name, labels, value in asked:
            told, of = ASKED[name]
            family = families.setdefault(name, GaugeMetricFamily(name, told, labels=of))
            family.add_metric(labels, value)
        return generate_latest(_Both(self.registry, list(families.values())))


class _Both(CollectorRegistry):
    """What was counted, and what was just asked."""

    def __init__(self, counted: CollectorRegistry, asked: list[GaugeMetricFamily]) -> None:
        super().__init__()
        self._counted = counted
        self._asked = asked

    def collect(self) -> Iterator[Metric]:
        yield from self._counted.collect()
        yield from self._asked


class CountedIngest:
    """The pipeline, with what it took in counted."""

    def __init__(self, ingest: Ingest, measures: Measures) -> None:
        self._ingest = ingest
        self._measures = measures

    def ingest(self, records: Iterable[tuple[int, Raw]], /) -> Report:
        """As the pipeline. What was committed before a failure is not counted."""
        report = self._ingest.ingest(records)
        self._measures.taken_in(report)
        return report
