"""The k cheapest simple paths of a small graph, best first; they may have to pass an entity, or keep to dates. Pure.

A step costs 1 and an entity in the middle log10(1 + its mentions): who is named with everybody connects nobody. Paths
are enumerated best first with the exact cost to the end as the estimate of what is left (A*, Hart, Nilsson, Raphael
1968), so the first k that arrive are the k cheapest.
"""

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STATES = 20_000
"""Partial paths that are looked at; only dates that must not fall, or many equal paths, come near it."""


@dataclass(slots=True)
class Link:
    """Two entities named by the same events: `events` holds id and time (epoch ms) of some, newest first.

    `n` counts those looked at; `whole` when one end was looked at whole, so that there are no others. `last` is the
    time of the newest where only their number is known.
    """

    n: int
    events: list[tuple[int, str]]
    whole: bool = False
    last: int | None = None


@dataclass(slots=True)
class Links:
    """What a search has seen: who is linked with whom, and how often each is mentioned."""

    mentions: dict[str, int] = field(default_factory=dict[str, int])
    of: dict[str, dict[str, Link]] = field(default_factory=dict[str, dict[str, Link]])

    def add(self, a: str, b: str, link: Link) -> None:
        """Keeps the link that tells more, for both ends."""
        known = self.of.get(a, {}).get(b)
        if known is not None and (known.n, known.whole) >= (link.n, link.whole):
            return
        link.events = link.events or (known.events if known else [])
        self.of.setdefault(a, {})[b] = link
        self.of.setdefault(b, {})[a] = link

    def toll(self, key: str) -> float:
        """What it costs to pass through an entity."""
        return math.log10(1 + self.mentions.get(key, 0))


@dataclass(frozen=True, slots=True)
class Way:
    """Keys from end to end with the cost; `times` is the earliest time each step can be taken at, where dates count."""

    cost: float
    keys: tuple[str, ...]
    times: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paths: from, to, through whom, how many, how long, and whether their dates must not fall."""

    start: str
    end: str
    via: str | None = None
    k: int = 3
    hops: int = 4
    ordered: bool = False


def shortest(links: Links, wanted: Wanted) -> tuple[list[Way], bool]:
    """The k cheapest, ties by keys, and whether the bound on partial paths cut the search."""
    useful = _useful(links, wanted)
    left = _left(links, useful, wanted)
    heap: list[tuple[float, tuple[str, ...], float, tuple[int, ...]]] = []
    first = left.get((wanted.start, wanted.via is None))
    if first is not None:
        heap.append((first, (wanted.start,), 0.0, ()))
    found: list[Way] = []
    for _ in range(STATES):
        if not heap or len(found) == wanted.k:
            return found, False
        _, keys, cost, times = heapq.heappop(heap)
        if keys[-1] == wanted.end:
            found.append(Way(cost, keys, times))
            continue
        if len(keys) > wanted.hops:
            continue
        for key, link in useful[keys[-1]].items():
            passed = wanted.via is None or wanted.via in keys or key == wanted.via
            rest = left.get((key, passed))
            at = _next(link, times[-1] if times else None, wanted.ordered)
            if key in keys or rest is None or at is None:
                continue
            paid = cost + 1 + (0 if len(keys) == 1 else links.toll(keys[-1]))
            toll = 0 if key == wanted.end else links.toll(key)
            heapq.heappush(heap, (paid + toll + rest, (*keys, key), paid, (*times, at)))
    return found, True


def _next(link: Link, after: int | None, ordered: bool) -> int | None:
    """The earliest event of a link that is not before `after`; any will do where dates do not count."""
    if not ordered:
        return 0
    fitting = [ts for ts, _ in link.events if after is None or ts >= after]
    return min(fitting) if fitting else None


def _useful(links: Links, wanted: Wanted) -> Mapping[str, Mapping[str, Link]]:
    """Without those who are linked with one alone and so lead nowhere."""
    ends = {wanted.start, wanted.end, wanted.via}
    kept = {key for key, others in links.of.items() if key in ends or len(others) > 1}
    own: dict[str, Mapping[str, Link]] = {
        key: {other: link for other, link in links.of[key].items() if other in kept} for key in kept
    }
    nobody: Mapping[str, Link] = {}
    return {wanted.start: nobody, wanted.end: nobody, **own}


def _left(links: Links, useful: Mapping[str, Mapping[str, Link]], wanted: Wanted) -> dict[tuple[str, bool], float]:
    """What it costs at least to come from an entity to the end, by whether the one in the middle was passed."""
    best: dict[tuple[str, bool], float] = {}
    heap: list[tuple[float, str, bool]] = [(0.0, wanted.end, True)]
    while heap:
        cost, key, passed = heapq.heappop(heap)
        if (key, passed) in best:
            continue
        best[key, passed] = cost
        before: Sequence[bool] = (True, False) if key == wanted.via else (passed,)
        toll = 0 if key == wanted.end else links.toll(key)
        for other in useful.get(key, ()):
            for state in before:
                # Nobody leaves the end, and who stands on the one in the middle has passed it.
                if (other, state) not in best and other != wanted.end and (state or other != wanted.via):
                    heapq.heappush(heap, (cost + 1 + toll, other, state))
    return best
