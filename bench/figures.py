"""One line of the table, and how sides are timed: ours, its limit and a peer in turn, so that all meet one machine."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """Ours beside its raw limit or a peer, all in `unit`; `target` is what the project holds itself to.

    The ratio is to the raw limit, where there is none to the peer. `spread` are the lowest and highest of ours by
    round; `note` says what a reader has to know, such as a peer that is not installed.
    """

    figure: str
    ours: float | None
    raw: float | None = None
    unit: str = ""
    target: str = ""
    peer: float | None = None
    spread: str = ""
    note: str = ""

    def row(self) -> dict[str, Any]:
        """As the table and the JSON show it."""
        beside = self.raw or self.peer
        ratio = round(self.ours / beside, 2) if beside and self.ours is not None else None
        told = {**asdict(self), "ours": _short(self.ours), "raw": _short(self.raw), "peer": _short(self.peer)}
        return {name: value for name, value in (told | {"ratio": ratio}).items() if value not in (None, "")}


def _short(value: float | None) -> float | None:
    return value if value is None else round(value) if abs(value) >= 100 else round(value, 2)


def spread(values: list[float]) -> str:
    """Lowest and highest."""
    return f"{_short(min(values))}–{_short(max(values))}"


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


def in_turn(sides: Mapping[str, Callable[[], object]], times: int, rounds: int = 3) -> dict[str, list[list[float]]]:
    """Milliseconds of each side: `rounds` lists of `times`, asked in turn after a tenth of the times to warm up."""
    for _ in range(max(1, times // 10)):
        for ask in sides.values():
            ask()
    taken: dict[str, list[list[float]]] = {name: [] for name in sides}
    for _ in range(rounds):
        for lists in taken.values():
            lists.append([])
        for _ in range(times):
            for name, ask in sides.items():
                taken[name][-1].append(seconds(ask) * 1e3)
    return taken


def share(lists: list[list[float]], part: float) -> float:
    """The median over the rounds of what that part (0..1) of a round's times stays under."""
    return statistics.median(sorted(one)[min(len(one) - 1, int(len(one) * part))] for one in lists)
