"""What an outbox record says to the boards, and what several records in a row come to on one board group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

from graph.trending import decay
from graph.trending.names import MENTIONS, METRICS, board_kind

Contributions = Sequence[tuple[int, float]]
"""(epoch milliseconds, weight) of newly live mentions."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A value counted anew after a decrease or a move: what shows at `at` (epoch ms), by half-life."""

    kind: str
    at: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What a record says of one metric: contributions added, by kind and entity key, then values set."""

    add: Mapping[str, Mapping[str, Contributions]] = field(default_factory=dict[str, Mapping[str, Contributions]])
    sets: Mapping[str, Recomputed] = field(default_factory=dict[str, Recomputed])

    @property
    def named(self) -> set[str]:
        """Every entity key whose value of this metric this part changes."""
        return {*(key for members in self.add.values() for key in members), *self.sets}


NOTHING = Part()


@dataclass(frozen=True, slots=True)
class Record:
    """One outbox record as the boards read it: a part for each metric that it says something of."""

    change: int
    parts: Mapping[str, Part]
    moved: frozenset[str]

    def of(self, metric: str) -> Part:
        """What it says of one metric."""
        return self.parts.get(metric, NOTHING)

    @property
    def named(self) -> set[str]:
        """Every entity key whose board values this record may have changed."""
        return set(self.moved).union(*(part.named for part in self.parts.values()))


def record(change: int, payload: str | bytes) -> Record:
    """Reads an outbox payload; absent parts are empty. The mentions stand at the top, the other metrics by name."""
    told = cast(dict[str, Any], orjson.loads(payload))
    parts = {metric: _part(told if metric == MENTIONS else told.get(metric, {})) for metric in METRICS}
    said = {metric: part for metric, part in parts.items() if part.add or part.sets}
    return Record(change, said, frozenset(told.get("moved", ())))


def _part(told: Mapping[str, Any]) -> Part:
    sets = {
        key: Recomputed(board_kind(value["kind"]), int(value["at"]), value["values"])
        for key, value in told.get("set", {}).items()
    }
    return Part(told.get("add", {}), sets)


@dataclass(slots=True)
class Delta:
    """What one or more records in a row come to on one board group, as board values of its landmark.

    `sets` are to be applied first (kind and value, 0 removes), then `adds` (kind, key, increment).
    """

    sets: dict[str, tuple[str, float]] = field(default_factory=dict[str, tuple[str, float]])
    adds: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])

    def add(self, kind: str, key: str, increment: float) -> None:
        """One more contribution, or several summed."""
        if increment:
            members = self.adds.setdefault(kind, {})
            members[key] = members.get(key, 0.0) + increment

    def set(self, key: str, kind: str, value: float) -> None:
        """A value that makes all before it void."""
        for members in self.adds.values():
            members.pop(key, None)
        self.sets[key] = (kind, value)

    def __len__(self) -> int:
        return len(self.sets) + sum(map(len, self.adds.values()))


def fold(parts: Iterable[Part], half_life: str, landmark: int, now: int) -> Delta:
    """Sums what consecutive records say for one board group; contributions beyond the cuts at `now` are left out."""
    delta, seconds = Delta(), decay.half_life_seconds(half_life)
    # News shares its dates, so the power of two, the dear part, is taken once for each.
    factors: dict[int, float] = {}
    for told in parts:
        for kind, members in told.add.items():
            board = board_kind(kind)
            for key, contributions in members.items():
                total = 0.0
                for at, weight in contributions:
                    factor = factors.get(at)
                    if factor is None:
                        counting = decay.counts(at, now, seconds)
                        factor = factors[at] = decay.raised(1.0, at, landmark, seconds) if counting else 0.0
                    total += weight * factor
                delta.add(board, key, total)
        # A value set was counted in the very transaction that wrote the record, its own contributions included.
        for key, value in told.sets.items():
            delta.set(key, value.kind, _raised(value, half_life, landmark, seconds))
    return delta


def _raised(value: Recomputed, half_life: str, landmark: int, seconds: float) -> float:
    number = value.values.get(half_life, 0.0)
    return decay.raised(number, value.at, landmark, seconds) if number else 0.0
