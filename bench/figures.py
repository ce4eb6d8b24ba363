"""One line of the table, and how a pair is timed: ours and its limit in turn, so that both meet the same machine."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours beside its raw limit, both in `unit`; `target` is what the project holds itself to."""

    figure: str
    ours: float
    raw: float | None = None
    unit: str = ""
    target: str = ""

    def row(self) -> dict[str, Any]:
        """As the table and the JSON show it."""
        ratio = round(self.ours / self.raw, 2) if self.raw else None
        told = {**asdict(self), "ours": _short(self.ours), "raw": _short(self.raw), "ratio": ratio}
        return {name: value for name, value in told.items() if value not in (None, "")}


def _short(value: float | None) -> float | None:
    return value if value is None else round(value) if abs(value) >= 100 else round(value, 2)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(ours: Callable[[], object], raw: Callable[[], object], times: int) -> tuple[float, float]:
    """Median milliseconds of each, asked in turn after a tenth of the times to warm up."""
    for _ in range(max(1, times // 10)):
        ours()
        raw()
    pairs = [(seconds(ours), seconds(raw)) for _ in range(times)]
    return statistics.median(p[0] for p in pairs) * 1e3, statistics.median(p[1] for p in pairs) * 1e3
