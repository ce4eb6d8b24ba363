"""How often answers were kept ones: for `/metrics` and `GET /api/cache`."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

FROM = ("memory", "redis", "made")
"""Where an answer of a door that keeps them came from; `made`: from the stores, as without a cache."""


class Counts(Collector):
    """Counts of one process. Only the event loop writes them, so they need no lock."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        """By door (template of its path) and where the answer came from, memory left out."""
        self._memory: dict[str, list[int]] = {}
        self.unchanged = 0
        self.entries = 0
        self.bytes = 0

    def memory(self, route: str) -> list[int]:
        """The one number of answers of a door from memory: whoever gives one adds to it."""
        return self._memory.setdefault(route, [0])

    def _all(self) -> dict[tuple[str, str], int]:
        return {**self.answers, **{(route, "memory"): given[0] for route, given in self._memory.items()}}

    def of(self, source: str) -> int:
        """Answers of all doors that came from there."""
        return sum(count for (_, where), count in self._all().items() if where == source)

    def rate(self) -> float:
        """Share of answers, 0..1, that did not have to be made."""
        made, kept = self.of("made"), self.of("memory") + self.of("redis")
        return kept / (made + kept) if made + kept else 0.0

    def collect(self) -> Iterator[Metric]:
        answers = CounterMetricFamily(
            "pentad_kept_answers",
            "Answers of doors that keep them, by where they came from: memory, redis, or made anew.",
            labels=("route", "source"),
        )
        for (route, source), count in sorted(self._all().items()):
            answers.add_metric((route, source), count)
        yield answers
        yield CounterMetricFamily(
            "pentad_answers_unchanged", "Requests told 304: the client has it already.", value=self.unchanged
        )
        yield GaugeMetricFamily("pentad_kept_answers_held", "Answers in this process's memory.", value=self.entries)
        yield GaugeMetricFamily("pentad_kept_answers_bytes", "Bytes they take.", value=self.bytes)
        yield GaugeMetricFamily("pentad_kept_answers_hit_ratio", "Share not made anew, 0..1.", value=self.rate())
