"""The search behind paths: who is linked with whom around two or three entities, nearest and least famous first.

Each step asks the graph for the newest events of a few entities by index, so that what it costs is bounded by numbers
here and not by the fame of anybody. It ends when no better path can be hidden, or at a bound, and says which.
"""

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from graph.database import Transaction
from graph.keys import W
from graph.queries import statement
from graph.reading.co_mentions import PLAYERS
from graph.reading.instants import BEGINNING, END
from graph.reading.shortest import Link, Links, Wanted, Way, shortest

SECONDS = 0.3
"""After this, counted from when the ends were looked at, no further step is begun."""
EXPANDED = 72
STEP = 8
"""Entities that are looked at in all, and together."""
FIRST_BUDGET, FIRST_PAIRS = 500, 3_000
LATER_BUDGET, LATER_PAIRS = 100, 500
"""Newest mentions per W, and pairs of event and other, of the entities asked about and of others. No entity that is no
hub has more than the first; hubs that are asked about are looked at twice as far as others."""
FEW, MANY = 5, 200
"""Events kept of a link; where dates count more are wanted."""


@dataclass(frozen=True, slots=True)
class Within:
    """Which events connect: by these W's and in this period (epoch ms, both included)."""

    ws: Collection[W] = PLAYERS
    since: int = BEGINNING
    until: int = END

    @property
    def unbounded(self) -> bool:
        """Whether this is what kept co-mentions count."""
        return frozenset(self.ws) == PLAYERS and (self.since, self.until) == (BEGINNING, END)


@dataclass(slots=True)
class Reach:
    """What has been seen so far around the ends of the paths wanted."""

    tx: Transaction
    within: Within
    wanted: Wanted
    hubs: Collection[str] = ()
    links: Links = field(default_factory=Links)
    expanded: set[str] = field(default_factory=set[str])
    cut: bool = False
    """Somebody was not looked at whole."""

    def search(self) -> tuple[list[Way], bool]:
        """The cheapest paths, and whether others may be hidden. Raises DatabaseUnavailable, BudgetExceeded."""
        roots = [key for key in self._roots() if key]
        self._expand([key for key in roots if key not in self.hubs], FIRST_BUDGET, FIRST_PAIRS)
        self._expand([key for key in roots if key in self.hubs], 2 * LATER_BUDGET, 2 * LATER_PAIRS)
        self._close(roots)
        # From here on: a fresh Neo4j plans the first step for longer than all of them take.
        ends, asked_again = time.monotonic() + SECONDS, len(self.expanded)
        while True:
            todo, bound = self._next()
            spent = len(self.expanded) >= EXPANDED or time.monotonic() > ends
            if not todo or spent or len(self.expanded) >= asked_again:
                # Looking for the paths costs more than a step: it is done after twice as many each time.
                asked_again = len(self.expanded) * 2
                ways, given_up = shortest(self.links, self.wanted)
                proved = len(ways) == self.wanted.k and ways[-1].cost <= bound
                if not todo or spent or proved:
                    return ways, given_up or self.cut or (bool(todo) and not proved)
            self._expand(todo, LATER_BUDGET, LATER_PAIRS)

    def _close(self, roots: list[str]) -> None:
        """A hub shares old events with those near the other ends, older than were looked at: what it keeps tells."""
        if not self.within.unbounded or self.wanted.ordered:
            return
        for hub in (key for key in roots if key in self.hubs):
            others = {key for root in roots if root != hub for key in (root, *self.links.of.get(root, ()))}
            asked = {"key": hub, "others": sorted(others - {hub})}
            for row in self.tx.rows(statement("read/paths_kept"), asked):
                self.links.add(hub, row["key"], Link(row["n"], [], whole=True, last=row["last_ts"]))

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
        asked = {
            "keys": keys,
            "ws": [str(w) for w in self.within.ws],
            "since": self.within.since,
            "until": self.within.until,
            "budget": budget,
            "most": most,
            "few": MANY if self.wanted.ordered else FEW,
        }
        self.expanded.update(keys)
        for row in self.tx.rows(statement("read/paths_expand"), asked):
            whole = row["seen"] < budget and row["pairs"] < most and not row["beside"]
            self.cut = self.cut or not whole
            for key, mentions, n, ids, times in row["others"]:
                self.links.mentions[key] = mentions
                told = list(zip(times, ids, strict=True))
                self.cut = self.cut or (self.wanted.ordered and n > len(told))
                self.links.add(row["key"], key, Link(n, told, whole))
