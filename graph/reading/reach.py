"""The search behind paths: who is linked with whom around two or three entities, nearest and least famous first.

Each step asks a source for the newest events of a few entities, so that what it costs is bounded by numbers here and
not by the fame of anybody. It ends when no better path can be hidden, or at a bound, and says which.
"""

import math
import time
from dataclasses import dataclass, field, replace

from graph.reading.linking import Look, Source, Within
from graph.reading.shortest import Link, Links, Wanted, Way, shortest

SECONDS = 0.3
"""After this, counted from when the ends were looked at, no further step is begun among what is live."""
EXPANDED = 72
STEP = 8
"""Entities that are looked at in all, and together."""
FIRST_BUDGET, FIRST_PAIRS = 500, 3_000
LATER_BUDGET, LATER_PAIRS = 100, 500
"""Newest mentions per W, and pairs of event and other, of the entities asked about and of others. No entity that is no
hub has more than the first; hubs that are asked about are looked at twice as far as others."""
FEW, MANY = 5, 200
"""Events kept of a link; where dates count more are wanted."""


@dataclass(slots=True)
class Reach:
    """What has been seen so far around the ends of the paths wanted."""

    source: Source
    within: Within
    wanted: Wanted
    links: Links = field(default_factory=Links)
    expanded: set[str] = field(default_factory=set[str])
    cut: bool = False
    """Somebody was not looked at whole."""

    def search(self) -> tuple[list[Way], bool]:
        """The cheapest paths, and whether others may be hidden. Raises DatabaseUnavailable, BudgetExceeded."""
        roots = [key for key in self._roots() if key]
        hubs = self.source.hubs
        self._expand([key for key in roots if key not in hubs], FIRST_BUDGET, FIRST_PAIRS)
        self._expand([key for key in roots if key in hubs], 2 * LATER_BUDGET, 2 * LATER_PAIRS)
        self._close(roots)
        # From here on: a fresh Neo4j plans the first step for longer than all of them take.
        ends, asked_again = time.monotonic() + self.source.seconds, len(self.expanded)
        while True:
            todo, bound = self._next()
            spent = len(self.expanded) >= EXPANDED or time.monotonic() > ends
            if not todo or spent or len(self.expanded) >= asked_again:
                # Looking for the paths costs more than a step: it is done after twice as many each time.
                asked_again = len(self.expanded) * 2
                ways, given_up = self._cheapest(ends)
                proved = len(ways) == self.wanted.k and ways[-1].cost <= bound
                if not todo or spent or proved:
                    return ways, given_up or self.cut or (bool(todo) and not proved)
            self._expand(todo, LATER_BUDGET, LATER_PAIRS)

    def _cheapest(self, ends: float) -> tuple[list[Way], bool]:
        """The paths by what has been seen. Who is mentioned at least so often costs at least so much: paths of whom all
        are counted are the cheapest; after `ends` those that were found last are told, counted."""
        while True:
            ways, given_up = shortest(self.links, self.wanted)
            counted = self.source.counted({key for way in ways for key in way.keys[1:-1]})
            self.links.mentions |= counted
            if not counted:
                return ways, given_up
            if time.monotonic() > ends:
                paid = [replace(way, cost=self._cost(way)) for way in ways]
                return sorted(paid, key=lambda way: (way.cost, way.keys)), True

    def _cost(self, way: Way) -> float:
        return len(way.keys) - 1 + sum(self.links.toll(key) for key in way.keys[1:-1])

    def _close(self, roots: list[str]) -> None:
        """A hub shares old events with those near the other ends, older than were looked at: what it keeps tells."""
        if not self.within.unbounded or self.wanted.ordered:
            return
        for hub in (key for key in roots if key in self.source.hubs):
            others = {key for root in roots if root != hub for key in (root, *self.links.of.get(root, ()))}
            for other, link in self.source.kept(hub, sorted(others - {hub})):
                self.links.add(hub, other, link)

    def _roots(self) -> tuple[str | None, ...]:
        return (self.wanted.start, self.wanted.end, self.wanted.via)

    def _next(self) -> tuple[list[str], float]:
        """Who is to be looked at next, and what a path through anybody not yet seen costs at least.

        Only direct neighbours of the roots: a link between two who are both further away lies on no path of 4 steps.
        Of 2 steps all are seen from the roots, unless one was too famous to be looked at whole.
        """
        if self.wanted.hops < 2 or (self.wanted.hops == 2 and not self.cut):
            return [], 0.0
        near: dict[str, float] = {}
        lowest: list[float] = []
        for root in filter(None, self._roots()):
            tolls = {key: self.links.toll(key) for key in self.links.of.get(root, ()) if key not in self.expanded}
            lowest.append(min(tolls.values(), default=math.inf))
            near |= tolls
        best = sorted(near, key=lambda key: (near[key], key))[:STEP]
        return best, self._bound(lowest)

    def _bound(self, lowest: list[float]) -> float:
        """Of 3 steps both in the middle are still to be looked at, of 4 one of the neighbours of the ends."""
        if self.wanted.via is not None:
            return 0.0
        return min(3 + sum(lowest), math.inf if self.wanted.hops == 3 else 4 + min(lowest) + 2 * math.log10(2))

    def _expand(self, keys: list[str], budget: int, most: int) -> None:
        if not keys:
            return
        self.expanded.update(keys)
        for seen in self.source.around(keys, Look(budget, most, MANY if self.wanted.ordered else FEW)):
            self.cut = self.cut or not seen.whole
            for other in seen.others:
                self.links.mentions[other.key] = other.mentions
                self.cut = self.cut or (self.wanted.ordered and other.n > len(other.events))
                self.links.add(seen.key, other.key, Link(other.n, other.events, seen.whole))
