"""Who connected two entities at a past time: the search for paths, over what was recorded and who was who then."""

from collections.abc import Collection, Iterable
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.keys import W
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import PLAYERS
from graph.reading.instants import from_time, of_graph, to_time
from graph.reading.linking import Look, Other, Seen, Source, Within
from graph.reading.past import Told
from graph.reading.paths import HOPS, PathEvent, PathNode, Paths, Step, between, check, told
from graph.reading.reach import Reach
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import Mentions, totals, weigh, window_of
from resolution.past.reads import change_of, stood_on
from resolution.past.sureness import sureness

SOUGHT = 3.0
"""Seconds after which no further step is begun."""
OFTEN = 2_000
"""Mentions of a name in one W from which on they are counted only for those who stand on a path."""


def paths_then(
    database: Database,
    start: str,
    end: str,
    clocks: Clocks,
    *,
    via: str | None = None,
    ws: Collection[W] = PLAYERS,
    since: datetime | None = None,
    until: datetime | None = None,
    k: int = 3,
    hops: int = HOPS,
    ordered: bool = False,
) -> Paths:
    """Paths as `graph.reading.paths` tells them, between the entities that held two names, by the events of then.

    A hub that is asked about is looked at in its newest 500 mentions, and nothing is kept of it. Raises NotFound,
    InvalidInput, BudgetExceeded.
    """
    check(ws, k, hops)
    within = Within(ws, from_time(since), min(to_time(until), clocks.until))

    def work(tx: Transaction) -> Paths:
        then = Then(tx, clocks, within)
        ends = [then.entity(key) for key in (start, end, via) if key is not None]
        search = Reach(then, within, between(ends, k, hops, ordered))
        ways, truncated = search.search()
        nodes = then.nodes({*ends, *(key for way in ways for key in way.keys)})
        return told(search, (ways, truncated), nodes, change_of(tx), then.evidence)

    return database.reading(work, timeout=SECONDS)


class Then(Source):
    """Who was named with whom by the clocks."""

    seconds = SOUGHT

    def __init__(self, tx: Transaction, clocks: Clocks, within: Within) -> None:
        self._tx = tx
        self._clocks = clocks
        self._within = within
        self._identity = Identity(tx, clocks.identity_at)
        self._ws: dict[str, list[str]] = {}
        self._mentions: dict[str, int] = {}
        self._at_least: set[str] = set()

    def entity(self, key: str) -> str:
        """The key that the entity went by which held a name. Raises NotFound, BudgetExceeded."""
        return self._identity.names_of(key)[0].key

    def around(self, keys: list[str], look: Look) -> Iterable[Seen]:
        """Found by the names that each had."""
        self._count(keys)
        pages = {key: self._page(key, look.mentions) for key in keys}
        events = {one.event for page in pages.values() for one in page}
        beside = past.companions(self._tx, events, [str(w) for w in self._within.ws], self._clocks)
        named = self._named(beside)
        seen = {key: _pairs(key, page, named, look.pairs) for key, page in pages.items()}
        self._count({other for pairs in seen.values() for _, other in pairs})
        for key, pairs in seen.items():
            whole = len(pages[key]) < look.mentions and len(pairs) < look.pairs
            yield Seen(key, whole, self._others(pairs, look.few))

    def counted(self, keys: Collection[str]) -> dict[str, int]:
        """Counted only where it matters: a hub's mentions are read one by one."""
        todo = self._at_least.intersection(keys)
        if todo:
            self._at_least -= todo
            self._mentions |= totals(self._tx, self._identity, todo, self._clocks)
        return {key: self._mentions[key] for key in todo}

    def nodes(self, keys: Collection[str]) -> dict[str, PathNode]:
        """Entities as they were shown, with all their mentions."""
        self._count(keys)
        self.counted(keys)
        weigh(self._tx, self._identity, keys, self._clocks)
        return {key: PathNode(key, *self._identity.shown(key), self._mentions[key]) for key in keys}

    def evidence(self, steps: list[Step]) -> list[list[PathEvent]]:
        """The events in their versions of then."""
        ids = {event for _, _, events in steps for event in events}
        heads = past.heads(self._tx, ids, self._clocks)
        sure = sureness(self._tx, ids, self._identity, self._clocks)
        return [
            [_event(event, heads.get(event, {}), sure[event, a], sure[event, b]) for event in events]
            for a, b, events in steps
        ]

    def _page(self, key: str, limit: int) -> list[Told]:
        """The newest mentions in the W's that connect; in its own where it occurs in none of them."""
        ws = sorted({str(w) for w in self._within.ws}.intersection(self._ws[key])) or self._ws[key]
        window = window_of(self._clocks, ws, self._within.since, self._within.until)
        return Mentions(self._tx, self._names([key]), self._clocks).page(window, limit)

    def _named(self, beside: list[Told]) -> dict[str, set[str]]:
        """Event -> entities that it named."""
        stood = stood_on(self._tx, beside, self._clocks)
        self._identity.learn(stood.values())
        named: dict[str, set[str]] = {}
        for one in beside:
            named.setdefault(one.event, set()).add(self._identity.entity_of(stood[one.address]))
        return named

    def _names(self, entities: Iterable[str]) -> dict[str, str]:
        """Name -> entity, of these entities."""
        return {one.key: entity for entity in entities for one in self._identity.names_of(entity)}

    def _count(self, entities: Iterable[str]) -> None:
        """How often they were mentioned in which W's, hubs at least so often."""
        todo = set(entities) - self._ws.keys()
        self._ws |= {key: [] for key in todo}
        self._mentions |= dict.fromkeys(todo, 0)
        names = self._names(todo)
        for (name, w), n in Mentions(self._tx, names, self._clocks).often(OFTEN).items():
            entity = names[name]
            self._mentions[entity] += n
            if w not in self._ws[entity]:
                self._ws[entity].append(w)
            if n >= OFTEN:
                self._at_least.add(entity)

    def _others(self, pairs: list[tuple[Told, str]], few: int) -> list[Other]:
        shared: dict[str, list[tuple[int, str]]] = {}
        for one, other in pairs:
            shared.setdefault(other, []).append((one.ts, one.event))
        return [Other(key, self._mentions[key], len(events), events[:few]) for key, events in shared.items()]


def plan(tx: Transaction, clocks: Clocks) -> None:
    """Has Neo4j plan what only these paths ask, about nobody."""
    Mentions(tx, ["0" * 64], clocks).often(1)
    past.sure(tx, ["-"], clocks)


def _pairs(key: str, page: list[Told], named: dict[str, set[str]], most: int) -> list[tuple[Told, str]]:
    """Events of an entity with each other that they name, newest first, `most` of them."""
    events = {one.event: one for one in page}
    newest = sorted(events.values(), key=lambda one: (-one.ts, one.event))
    return [(one, other) for one in newest for other in sorted(named.get(one.event, set())) if other != key][:most]


def _event(event: str, head: Row, one: float, other: float) -> PathEvent:
    own = head.get("confidence")
    confidence = (1.0 if own is None else float(own)) * one * other
    return PathEvent(event, head.get("title"), of_graph(head.get("occurred_at")), confidence)
