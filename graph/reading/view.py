"""A graph that a person puts together: chosen entities, and what joins each two of them in a period.

An edge counts the newest events of its ends, so its cost does not know how famous these are; where both have more than
were looked at, the count is at least that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.queries import statement
from graph.reading.instants import from_time, of_graph, to_time

MOST = 60
"""Entities of one view."""
EVENTS = 5_000
"""Mentions a W that one view looks at, shared by its entities."""
FEWEST, MANY = 100, 2_000
"""Newest mentions a W of each entity that are looked at, whatever the number of entities."""
TIMES = 200
"""Times of its newest events that an edge tells."""


@dataclass(frozen=True, slots=True)
class ViewNode:
    """An entity of the view."""

    key: str
    name: str
    kind: str
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """Two entities that `n` distinct events name together, `at_least` where not all were looked at; `times` are those
    of the newest 200, epoch milliseconds, newest first."""

    source: str
    target: str
    n: int
    at_least: bool
    times: list[int]


@dataclass(frozen=True, slots=True)
class View:
    """Nodes in the order asked for, each once; keys that nothing has are left out. Edges with most events first."""

    nodes: list[ViewNode]
    edges: list[ViewEdge]


def view(
    database: Database, keys: Sequence[str], *, since: datetime | None = None, until: datetime | None = None
) -> View:
    """The graph of the entities that hold these keys now, 60 at most. Raises InvalidInput."""
    check(keys)
    first = from_time(since)
    last = to_time(until)

    def work(tx: Transaction) -> View:
        rows: list[Row] = tx.rows(statement("read/entity_rows"), {"keys": list(keys)})[0]["rows"] if keys else []
        nodes = list({row["key"]: _node(row) for row in rows}.values())
        asked = {"keys": [node.key for node in nodes], "since": first, "until": last, "budget": budget_of(len(nodes))}
        if len(nodes) < 2:
            return View(nodes, [])
        found = tx.rows(statement("read/view_events"), asked)[0]
        return View(nodes, edges_of(found["events"], set(found["whole"])))

    return database.reading(work)


def check(keys: Sequence[str]) -> None:
    """Raises InvalidInput for more than a view takes."""
    if len(keys) > MOST:
        raise InvalidInput(f"takes {MOST} entities at most", "keys")


def budget_of(nodes: int) -> int:
    """Newest mentions a W of each of so many entities that are looked at."""
    return min(MANY, max(FEWEST, EVENTS // max(1, nodes)))


def edges_of(events: Iterable[tuple[int, Collection[str]]], whole: Collection[str]) -> list[ViewEdge]:
    """Edges of events, each by its time (epoch ms) and whom of the view it names; of those in `whole` all were looked
    at."""
    times: dict[tuple[str, str], list[int]] = {}
    for at, named in events:
        for pair in combinations(sorted(named), 2):
            times.setdefault(pair, []).append(at)
    edges = [
        ViewEdge(a, b, len(found), a not in whole and b not in whole, sorted(found, reverse=True)[:TIMES])
        for (a, b), found in times.items()
    ]
    return sorted(edges, key=lambda edge: (-edge.n, edge.source, edge.target))


def _node(row: Row) -> ViewNode:
    return ViewNode(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        mentions=row["mentions"] or 0,
        first_seen=of_graph(row["first_seen"]),
        last_seen=of_graph(row["last_seen"]),
    )
