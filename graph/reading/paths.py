"""Who connects two entities: the cheapest chains of shared events between them, with the events that say so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import prod

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.co_mentions import PLAYERS, brief
from graph.reading.instants import from_time, of_graph, to_time
from graph.reading.reach import Reach, Within
from graph.reading.shortest import Link, Wanted, Way
from graph.reading.via import EVIDENCE_BUDGET, EVIDENCE_SHOWN

HOPS = 4
MOST = 10
"""Steps of a path, and paths, at most."""


@dataclass(frozen=True, slots=True)
class PathNode:
    """An entity on a path."""

    key: str
    name: str
    kind: str
    mentions: int


@dataclass(frozen=True, slots=True)
class PathEvent:
    """An event that names both ends of a step; `confidence` 0..1 that it does: its own, times that of both mentions."""

    id: str
    title: str | None
    occurred_at: datetime | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Hop:
    """A step: `n` events name both ends, `at_least` when not all were looked at. `confidence` that one of those shown
    does so rightly: 1 - Π (1 - c)."""

    n: int
    at_least: bool
    confidence: float
    evidence: list[PathEvent]


@dataclass(frozen=True, slots=True)
class Path:
    """Entities from end to end and the steps between them. `cost`: 1 a step and log10(1 + mentions) for each entity in
    the middle; `confidence` is the product of those of the steps."""

    cost: float
    confidence: float
    nodes: list[PathNode]
    hops: list[Hop]


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths from `start` to `end`, cheapest first, true at `change`; `truncated` when others may be hidden: somebody
    on the way has more events than were looked at, or the search ended at its bounds. `expanded` entities were looked
    at."""

    start: PathNode
    end: PathNode
    via: PathNode | None
    change: int
    expanded: int
    truncated: bool
    paths: list[Path]


def paths(
    database: Database,
    start: str,
    end: str,
    *,
    via: str | None = None,
    ws: Collection[W] = PLAYERS,
    since: datetime | None = None,
    until: datetime | None = None,
    k: int = 3,
    hops: int = HOPS,
    ordered: bool = False,
) -> Paths:
    """The `k` cheapest paths (1..10) of at most `hops` steps (1..4) between the entities that hold two aliases.

    Through `via` where given; by events of the period that name both ends in the W's `ws`. With `ordered` each step can
    be taken at an event that is not earlier than that of the step before. Raises NotFound, InvalidInput.
    """
    if not 1 <= hops <= HOPS or not 1 <= k <= MOST or not ws:
        raise InvalidInput(f"1 to {HOPS} steps, 1 to {MOST} paths, and some W", "hops")
    within = Within(ws, from_time(since), to_time(until))

    def work(tx: Transaction) -> Paths:
        ends = [brief(tx, key) for key in (start, end, via) if key is not None]
        if len({one.key for one in ends}) < len(ends):
            raise InvalidInput("these keys lead to the same entity", "to" if ends[0].key == ends[1].key else "via")
        middle = ends[2].key if len(ends) > 2 else None
        wanted = Wanted(ends[0].key, ends[1].key, middle, k, hops, ordered)
        reach = Reach(tx, within, wanted, {one.key for one in ends if one.hub})
        reach.links.mentions |= {one.key: one.mentions for one in ends}
        ways, truncated = reach.search()
        rows = tx.rows(statement("read/entity_names"), {"keys": list({key for way in ways for key in way.keys})})
        nodes = {one.key: PathNode(one.key, one.name, one.kind, one.mentions) for one in ends}
        nodes |= {row["key"]: PathNode(**row) for row in rows[0]["rows"]}
        told = _evidence(tx, reach, ways)
        return Paths(
            start=nodes[ends[0].key],
            end=nodes[ends[1].key],
            via=nodes[middle] if middle else None,
            change=ends[0].change,
            expanded=len(reach.expanded),
            truncated=truncated,
            paths=[_path(way, nodes, [told[way, at] for at in range(len(way.times))]) for way in ways],
        )

    return database.reading(work)


def _evidence(tx: Transaction, reach: Reach, ways: Sequence[Way]) -> dict[tuple[Way, int], Hop]:
    _look_up(tx, reach, ways)
    asked: dict[tuple[Way, int], tuple[str, str, Link, list[str]]] = {}
    for way in ways:
        for at, (a, b) in enumerate(pairwise(way.keys)):
            link = reach.links.of[a][b]
            asked[way, at] = a, b, link, _shown(link, way.times[at] if reach.wanted.ordered else None)
    rows: list[Row] = [{"a": a, "b": b, "events": ids} for a, b, _, ids in asked.values()]
    found = tx.rows(statement("read/paths_evidence"), {"rows": rows}) if rows else []
    hops = [_hop(link, row["events"]) for (_, _, link, _), row in zip(asked.values(), found, strict=True)]
    return dict(zip(asked, hops, strict=True))


def plan(database: Database) -> None:
    """Has Neo4j plan what a search asks, which takes it longer than the search; asks about nobody."""

    def work(tx: Transaction) -> None:
        Reach(tx, Within(), Wanted("nobody", "nobody else")).search()
        tx.rows(statement("read/paths_evidence"), {"rows": []})
        tx.rows(statement("read/entity_names"), {"keys": []})

    database.reading(work)


def _look_up(tx: Transaction, reach: Reach, ways: Sequence[Way]) -> None:
    """Events of links of which only the number is known, from the end with fewer mentions."""
    bare = {
        frozenset(pair) for way in ways for pair in pairwise(way.keys) if not reach.links.of[pair[0]][pair[1]].events
    }
    pairs: list[Row] = []
    for few, many in (sorted(pair, key=lambda key: (reach.links.mentions[key], key)) for pair in bare):
        pairs.append({"few": few, "many": many, "last": reach.links.of[few][many].last})
    asked = {"pairs": pairs, "budget": EVIDENCE_BUDGET, "limit": EVIDENCE_SHOWN}
    for row in tx.rows(statement("read/co_evidence"), asked) if pairs else ():
        events = [(epoch_ms(event["occurred_at"].to_native()), event["id"]) for event in row["events"]]
        reach.links.of[row["few"]][row["many"]].events = events


def _shown(link: Link, at: int | None) -> list[str]:
    """The newest events of a step; where dates count, the first that can be taken and those after it."""
    if at is None:
        return [event for _, event in link.events[:EVIDENCE_SHOWN]]
    return [event for _, event in sorted(one for one in link.events if one[0] >= at)[:EVIDENCE_SHOWN]]


def _hop(link: Link, events: Sequence[Row]) -> Hop:
    shown = [
        PathEvent(row["id"], row["title"], of_graph(row["occurred_at"]), float(row["confidence"])) for row in events
    ]
    doubt = prod(1 - min(event.confidence, 1.0) for event in shown)
    return Hop(link.n, not link.whole, 1 - doubt, shown)


def _path(way: Way, nodes: dict[str, PathNode], hops: list[Hop]) -> Path:
    return Path(way.cost, prod(hop.confidence for hop in hops), [nodes[key] for key in way.keys], hops)
