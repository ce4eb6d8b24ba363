"""Board values by their definition: read from the mentions in the graph and summed without rounding on the way.

A mention counts when its edge is live (it has a kid), asks WHO or WHERE, and its event is on the boards (`boarded`).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.database import Database
from graph.queries import Statement, statement
from graph.trending import decay
from graph.trending.names import MENTIONS, METRICS, board_kind

Rows = Callable[[Statement, Mapping[str, Any]], list[dict[str, Any]]]
"""Runs a statement: `Database.read`, or `Transaction.rows` where the gate is held."""

_Parts = dict[tuple[str, str], list[float]]

PAGE = 500
_PAGE_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Member:
    """What an entity's key comes to at the time asked, by metric and half-life; all zero for a key that no entity has
    now."""

    key: str
    kind: str
    by_metric: Mapping[str, Mapping[str, float]]

    def of(self, metric: str) -> Mapping[str, float]:
        """Values of one metric by half-life."""
        return self.by_metric[metric]

    @property
    def values(self) -> Mapping[str, float]:
        """Values of the mentions by half-life."""
        return self.by_metric[MENTIONS]


def of_keys(rows: Rows, keys: Sequence[str], now: int, half_lives: Sequence[str]) -> list[Member]:
    """Values at `now` (epoch ms) of these keys, in their order; each is there once."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, Member] = {}
    for begin in range(0, len(wanted), PAGE):
        parameters = {"keys": wanted[begin : begin + PAGE], "from": _earliest(now, half_lives)}
        found.update((m.key, m) for m in _summed(rows(statement("read/board_members"), parameters), now, half_lives))
    nothing = {metric: dict.fromkeys(half_lives, 0.0) for metric in METRICS}
    return [found.get(key) or Member(key, board_kind(None), nothing) for key in wanted]


def scan(database: Database, now: int, half_lives: Sequence[str], since: int | None = None) -> Iterator[list[Member]]:
    """All entities with WHO or WHERE mentions in pages by key, with their values at `now`; memory stays bounded.

    `since` (epoch ms) leaves out those last seen before. Each page is a transaction of its own.
    """
    after = ""
    while True:
        page = {"after": after, "limit": PAGE, "since": since}
        keys = [row["key"] for row in database.read(statement("read/board_scan"), page, timeout=_PAGE_TIMEOUT)]
        if not keys:
            return
        yield of_keys(_patient(database), keys, now, half_lives)
        after = keys[-1]


def _patient(database: Database) -> Rows:
    return lambda query, parameters: database.read(query, parameters, timeout=_PAGE_TIMEOUT)


def _earliest(now: int, half_lives: Sequence[str]) -> int:
    return min(decay.oldest(now, decay.half_life_seconds(name)) for name in half_lives)


def _summed(rows: Sequence[Mapping[str, Any]], now: int, half_lives: Sequence[str]) -> Iterator[Member]:
    # A hub comes in several rows, one a month, so that no list of the database grows with its degree.
    parts: dict[str, _Parts] = {}
    kinds: dict[str, str] = {}
    for row in rows:
        kinds[row["key"]] = board_kind(row["kind"])
        sums = parts.setdefault(row["key"], {(metric, name): [] for metric in METRICS for name in half_lives})
        for metric in METRICS:
            # Few mentions have a risk, fewer a match: a month without any comes as null.
            weights = row[metric]
            for name in half_lives if weights else ():
                seconds = decay.half_life_seconds(name)
                sums[metric, name].append(decay.recomputed(row["times"], weights, now, seconds))
    for key, sums in parts.items():
        values = {metric: {name: math.fsum(sums[metric, name]) for name in half_lives} for metric in METRICS}
        yield Member(key, kinds[key], values)
