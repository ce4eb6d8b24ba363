"""Who connects two entities: the cheapest chains of shared events between them, with the events that say so."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import prod

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import reach
from graph.reading.co_mentions import PLAYERS, brief
from graph.reading.instants import from_time, of_graph, to_time
from graph.reading.linking import Live, Within
from graph.reading.reach import Reach
from graph.reading.shortest import Link, Links, Wanted, Way
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


Step = tuple[str, str, list[str]]
"""Keys of both ends of a step, and ids of events that name both, in the order in which they are told."""
Evidence = Callable[[list[Step]], list[list[PathEvent]]]
"""What the events of some steps tell, for each step; raises DatabaseUnavailable."""


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
    check(ws, k, hops)
    within = Within(ws, from_time(since), to_time(until))

    def work(tx: Transaction) -> Paths:
        ends = [brief(tx, key) for key in (start, end, via) if key is not None]
        wanted = between([one.key for one in ends], k, hops, ordered)
        live = Live(tx, within, reach.SECONDS, {one.key for one in ends if one.hub})
        search = Reach(live, within, wanted)
        search.links.mentions |= {one.key: one.mentions for one in ends}
        found = search.search()
        rows = tx.rows(statement("read/entity_names"), {"keys": list({key for way in found[0] for key in way.keys})})
        nodes = {one.key: PathNode(one.key, one.name, one.kind, one.mentions) for one in ends}
        nodes |= {row["key"]: PathNode(**row) for row in rows[0]["rows"]}
        _look_up(tx, search.links, found[0])
        return told(search, found, nodes, ends[0].change, lambda steps: _evidence(tx, steps))

    return database.reading(work)


def check(ws: Collection[W], k: int, hops: int) -> None:
    """Whether so much may be asked. Raises InvalidInput."""
    if not 1 <= hops <= HOPS or not 1 <= k <= MOST or not ws:
        raise InvalidInput(f"1 to {HOPS} steps, 1 to {MOST} paths, and some W", "hops")


def between(ends: Sequence[str], k: int, hops: int, ordered: bool) -> Wanted:
    """What is wanted between two entities, and through a third where there is one, by their own keys. Raises
    InvalidInput where two are the same."""
    if len(set(ends)) < len(ends):
        raise InvalidInput("these keys lead to the same entity", "to" if ends[0] == ends[1] else "via")
    return Wanted(ends[0], ends[1], ends[2] if len(ends) > 2 else None, k, hops, ordered)


def told(
    search: Reach, found: tuple[list[Way], bool], nodes: Mapping[str, PathNode], change: int, evidence: Evidence
) -> Paths:
    """What a search found, with the entities (by key) and the evidence of each step."""
    ways, truncated = found
    wanted = search.wanted
    steps: list[tuple[Link, Step]] = []
    for way in ways:
        for at, (a, b) in enumerate(pairwise(way.keys)):
            link = search.links.of[a][b]
            steps.append((link, (a, b, _shown(link, way.times[at] if wanted.ordered else None))))
    told_of = evidence([step for _, step in steps]) if steps else []
    hops = iter([_hop(link, events) for (link, _), events in zip(steps, told_of, strict=True)])
    return Paths(
        start=nodes[wanted.start],
        end=nodes[wanted.end],
        via=nodes[wanted.via] if wanted.via else None,
        change=change,
        expanded=len(search.expanded),
        truncated=truncated,
        paths=[_path(way, nodes, [next(hops) for _ in way.times]) for way in ways],
    )


def plan(database: Database) -> None:
    """Has Neo4j plan what a search asks, which takes it longer than the search; asks about nobody."""

    def work(tx: Transaction) -> None:
        Reach(Live(tx, Within(), reach.SECONDS), Within(), Wanted("nobody", "nobody else")).search()
        tx.rows(statement("read/paths_evidence"), {"rows": []})
        tx.rows(statement("read/entity_names"), {"keys": []})

    database.reading(work)


def _evidence(tx: Transaction, steps: list[Step]) -> list[list[PathEvent]]:
    rows: list[Row] = [{"a": a, "b": b, "events": ids} for a, b, ids in steps]
    return [
        [PathEvent(one["id"], one["title"], of_graph(one["occurred_at"]), float(one["confidence"])) for one in events]
        for events in (row["events"] for row in tx.rows(statement("read/paths_evidence"), {"rows": rows}))
    ]


def _look_up(tx: Transaction, links: Links, ways: Sequence[Way]) -> None:
    """Events of links of which only the number is known, from the end with fewer mentions."""
    bare = {frozenset(pair) for way in ways for pair in pairwise(way.keys) if not links.of[pair[0]][pair[1]].events}
    pairs: list[Row] = []
    for few, many in (sorted(pair, key=lambda key: (links.mentions[key], key)) for pair in bare):
        pairs.append({"few": few, "many": many, "last": links.of[few][many].last})
    asked = {"pairs": pairs, "budget": EVIDENCE_BUDGET, "limit": EVIDENCE_SHOWN}
    for row in tx.rows(statement("read/co_evidence"), asked) if pairs else ():
        events = [(epoch_ms(event["occurred_at"].to_native()), event["id"]) for event in row["events"]]
        links.of[row["few"]][row["many"]].events = events


def _shown(link: Link, at: int | None) -> list[str]:
    """The newest events of a step; where dates count, the first that can be taken and those after it."""
    if at is None:
        return [event for _, event in link.events[:EVIDENCE_SHOWN]]
    return [event for _, event in sorted(one for one in link.events if one[0] >= at)[:EVIDENCE_SHOWN]]


def _hop(link: Link, shown: list[PathEvent]) -> Hop:
    doubt = prod(1 - min(event.confidence, 1.0) for event in shown)
    return Hop(link.n, not link.whole, 1 - doubt, shown)


def _path(way: Way, nodes: Mapping[str, PathNode], hops: list[Hop]) -> Path:
    return Path(way.cost, prod(hop.confidence for hop in hops), [nodes[key] for key in way.keys], hops)
